"""Typed blocks to HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.body import (
    Block,
    Body,
    Cell,
    Code,
    Embed,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from ingest.printable import printable
from publish.body_html import body_html, excerpt_html, safe_href
from tests.publish.making import BAD_LINKS, VECTORS, paragraph, read_page, words

_ALLOWED = set(
    "p h2 h3 h4 h5 h6 ul ol li blockquote footer div table caption tr th td pre code em strong a br hr".split()  # noqa: SIM905
)


def _text(text: str) -> tuple[Inline, ...]:
    return (Text(text=text),)


CASES: list[tuple[Block, str]] = [
    (paragraph("a < b & c"), "<p>a &lt; b &amp; c</p>"),
    (paragraph("  "), ""),
    (Paragraph(children=(Emphasis(children=_text("x"), strong=True),)), "<p><strong>x</strong></p>"),
    (Paragraph(children=(Text(text="a"), LineBreak(), Code(text="<b>"))), "<p>a<br><code>&lt;b&gt;</code></p>"),
    (
        Paragraph(children=(Link(href='https://x.example/?a="1"&b', children=_text("x")),)),
        '<p><a href="https://x.example/?a=&#34;1&#34;&amp;b">x</a></p>',
    ),
    (
        Paragraph(children=(Link(href="mailto:a@b.example", children=_text("x")),)),
        '<p><a href="mailto:a@b.example">x</a></p>',
    ),
    (Heading(level=5, children=_text("only level")), "<h2>only level</h2>"),
    (ListBlock(items=((paragraph("a"),), (paragraph(" "),))), "<ul><li>a</li></ul>"),
    (
        ListBlock(items=((paragraph("a"), ListBlock(items=((paragraph("b"),),), ordered=True)),)),
        "<ul><li>a<ol><li>b</li></ol></li></ul>",
    ),
    (ListBlock(items=()), ""),
    (Quote(blocks=(paragraph("q"),), cite=_text("who")), "<blockquote><p>q</p><footer>who</footer></blockquote>"),
    (Quote(blocks=()), ""),
    (Rule(), "<hr>"),
    (Preformatted(text=" a\n  b"), '<pre tabindex="0"> a\n  b</pre>'),
    (
        Table(
            rows=(
                (Cell(children=_text("h"), header=True), Cell(children=_text("i"), header=True)),
                (Cell(children=_text("r"), header=True), Cell(children=_text("1"))),
            ),
            caption=_text("c"),
        ),
        (
            '<div class="table" tabindex="0"><table><caption>c</caption>'
            '<tr><th scope="col">h</th><th scope="col">i</th></tr>'
            '<tr><th scope="row">r</th><td>1</td></tr></table></div>'
        ),
    ),
    (Table(rows=()), ""),
    (
        Embed(url="https://video.example/1", provider="Video"),
        '<p class="embed"><a href="https://video.example/1">Video</a></p>',
    ),
    (Embed(url="javascript:1", title="x"), ""),
    (Figure(image=Image(url="https://x.example/i.jpg", caption=_text("c"))), ""),
]


@pytest.mark.parametrize(("block", "expected"), CASES)
def test_each_block_has_its_html(block: Block, expected: str) -> None:
    """Each kind of block gives exactly this HTML; what has no words gives none; no image is loaded."""
    assert body_html(Body(blocks=(block,))) == expected


@pytest.mark.parametrize("href", BAD_LINKS)
def test_a_bad_address_leaves_only_its_words(href: str) -> None:
    """What is no absolute http, https or mailto address never becomes a link."""
    assert body_html(Body(blocks=(Paragraph(children=(Link(href=href, children=_text("x")),)),))) == "<p>x</p>"


def test_a_link_within_a_link_is_only_its_words() -> None:
    """HTML knows no nested links, and a parser would tear the outer one apart."""
    inner = Link(href="https://b.example/", children=_text("b"))
    outer = Link(href="https://a.example/", children=(Emphasis(children=(inner,)),))
    assert (
        body_html(Body(blocks=(Paragraph(children=(outer,)),)))
        == '<p><a href="https://a.example/"><em>b</em></a></p>'
    )


def test_subheads_follow_the_headline_without_a_gap() -> None:
    """Levels 3 and 5 become 2 and 3, their order kept."""
    blocks = tuple(Heading(level=level, children=_text(str(level))) for level in (5, 3, 5))
    assert body_html(Body(blocks=blocks)) == "<h3>5</h3>\n<h2>3</h2>\n<h3>5</h3>"


def test_an_excerpt_is_paragraphs_and_no_more() -> None:
    """Lists, headings and tables between do not stretch an excerpt."""
    filler = ListBlock(items=tuple((paragraph(f"i{n}"),) for n in range(50)))
    body = Body(blocks=(filler, paragraph("a"), paragraph(" "), filler, paragraph("b"), paragraph("c")))
    assert excerpt_html(body, paragraphs=2) == "<p>a</p>\n<p>b</p>"


_hostile = st.one_of(st.sampled_from(VECTORS), st.text(max_size=40))
_href = st.one_of(st.sampled_from(BAD_LINKS), st.just("https://x.example/a?b=c&d"), st.text(max_size=20))
_inline: st.SearchStrategy[Inline] = st.recursive(
    st.one_of(st.builds(Text, text=_hostile), st.builds(Code, text=_hostile), st.builds(LineBreak)),
    lambda inner: st.one_of(
        st.builds(Emphasis, children=st.lists(inner, max_size=3).map(tuple), strong=st.booleans()),
        st.builds(Link, href=_href, children=st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
_children = st.lists(_inline, max_size=4).map(tuple)
_cell = st.builds(Cell, children=_children, header=st.booleans())
_block: st.SearchStrategy[Block] = st.recursive(
    st.one_of(
        st.builds(Paragraph, children=_children),
        st.builds(Heading, level=st.integers(2, 6), children=_children),
        st.builds(Preformatted, text=_hostile),
        st.builds(Embed, url=_href, provider=_hostile, title=_hostile),
        st.builds(
            Table, rows=st.lists(st.lists(_cell, max_size=3).map(tuple), max_size=3).map(tuple), caption=_children
        ),
        st.builds(Rule),
    ),
    lambda inner: st.one_of(
        st.builds(ListBlock, items=st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple)),
        st.builds(Quote, blocks=st.lists(inner, max_size=2).map(tuple), cite=_children),
    ),
    max_leaves=8,
)


@given(st.lists(_block, max_size=5))
def test_no_body_breaks_the_page(blocks: list[Block]) -> None:
    """Whatever a partner sends, the HTML is balanced, of our own elements only, and links nowhere unsafe."""
    found = read_page(printable(body_html(Body(blocks=tuple(blocks)))))
    assert set(found.tags) <= _ALLOWED
    assert found.handlers == []
    assert all(safe_href(link) == link for link in found.links)


@given(st.lists(st.one_of(st.sampled_from(VECTORS), st.text(min_size=1, max_size=60)), max_size=5))
def test_no_word_is_lost(texts: list[str]) -> None:
    """Every printable word of every paragraph stands on the page, in order."""
    found = read_page(printable(body_html(Body(blocks=tuple(paragraph(text) for text in texts)))))
    assert found.text == words(printable(" ".join(texts)))
