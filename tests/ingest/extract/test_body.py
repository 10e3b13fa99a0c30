"""The container's DOM becomes typed blocks; nothing of the article is lost on the way."""

from __future__ import annotations

import pytest

from ingest.body import (
    Body,
    Code,
    Embed,
    Emphasis,
    Figure,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
    inline_text,
)
from tests.ingest.extract.pages import PROSE, kept, paragraphs, pieces_of, texts


def _article(middle: str) -> list[object]:
    blocks = kept(pieces_of(f"<article>{paragraphs(*PROSE[:2])}{middle}{paragraphs(*PROSE[2:])}</article>"))
    return [*blocks[2:-2]]


def test_prose_is_kept_in_order_and_to_the_letter() -> None:
    """NBSPs, curly quotes, typos and double hyphens come out as they went in."""
    odd = "He said\u00a0“no” -- and teh clerk wrote\u202fit down: 5\u00a0km, ‘as is’, in the minutes of that evening."
    assert texts(pieces_of(f"<article>{paragraphs(*PROSE, odd)}</article>"))[-1] == odd


def test_white_space_is_as_a_browser_shows_it() -> None:
    """Line feeds of the source are blanks; blanks across elements fold into one."""
    [block] = _article("<p>\n  One <b> bold </b>\n word,\tthen the rest of this sentence runs on to its end. </p>")
    assert isinstance(block, Paragraph)
    assert inline_text(block.children) == "One bold word, then the rest of this sentence runs on to its end."


def test_inline_markup_is_kept_as_values() -> None:
    """Emphasis, code, breaks and links nest: link outside, then strong, then italic."""
    [block] = _article(
        '<p>See <a href="/a?b=1"><strong>the <em>old</em> plan</strong></a> and <code>run.sh</code><br>now.</p>'
    )
    assert isinstance(block, Paragraph)
    assert block.children == (
        Text(text="See "),
        Link(
            href="https://news.example/a?b=1",
            children=(
                Emphasis(
                    children=(Text(text="the "), Emphasis(children=(Text(text="old"),)), Text(text=" plan")),
                    strong=True,
                ),
            ),
        ),
        Text(text=" and "),
        Code(text="run.sh"),
        LineBreak(),
        Text(text="now."),
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " java\nscript:alert(1)",
        "vbscript:x",
        "#note",
        "file:///secret",
        "http://[bad",
    ],
)
def test_only_web_and_mail_links_survive(href: str) -> None:
    """A link to anything else loses its address and keeps its words."""
    [block] = _article(
        f'<p>The <a href="{href}">minutes of the meeting</a> are open to anyone who asks for them.</p>'
    )
    assert isinstance(block, Paragraph)
    assert not any(isinstance(child, Link) for child in block.children)
    assert "minutes of the meeting" in inline_text(block.children)


def test_two_breaks_part_paragraphs_and_one_does_not() -> None:
    """A div of text with br elements is read as its reader sees it."""
    lines = f"<div>{PROSE[0]}<br><br>{PROSE[1]}<br>{PROSE[2]}</div>"
    assert texts(pieces_of(f"<article>{lines}</article>")) == [PROSE[0], f"{PROSE[1]}\n{PROSE[2]}"]


def test_lists_nest_and_keep_their_kind() -> None:
    """Items are blocks of their own; a list within one stays within it."""
    [block] = _article(
        "<ol><li>First the mole, then the quay:<ul><li>stone</li><li>sand</li></ul></li><li>Then the light.</li></ol>"
    )
    assert isinstance(block, ListBlock)
    assert block.ordered
    assert isinstance(block.items[0][1], ListBlock)
    assert Body(blocks=(block,)).text.split("\n\n") == [
        "First the mole, then the quay:",
        "stone",
        "sand",
        "Then the light.",
    ]


def test_quotes_tables_code_rules_and_subheads_have_their_types() -> None:
    """Each kind of block comes out as that kind."""
    blocks = _article(
        "<h3>The money</h3><blockquote><p>We will not wait for another winter.</p><cite>Ann Roe</cite></blockquote>"
        "<table><caption>Costs</caption><tr><th>Part</th><th>Euros</th></tr><tr><td>Mole</td><td>3</td></tr></table>"
        "<pre>a  = 1\n  b</pre><hr>"
    )
    heading, quote, table, code, rule = blocks
    assert isinstance(heading, Heading)
    assert heading.level == 3
    assert isinstance(quote, Quote)
    assert inline_text(quote.cite) == "Ann Roe"
    assert isinstance(table, Table)
    assert table.rows[0][0].header
    assert inline_text(table.caption) == "Costs"
    assert code == Preformatted(text="a  = 1\n  b")
    assert rule == Rule()


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    """Old pages put their prose into cells; it comes out as paragraphs."""
    body = f"<table><tr><td><a href='/'>Home</a></td><td>{paragraphs(*PROSE)}</td></tr></table>"
    assert all(isinstance(block, Paragraph) for block in kept(pieces_of(body)))


def test_frames_and_posts_become_links() -> None:
    """A player or a social post is kept as a link to it, advertising frames are not."""
    blocks = _article(
        '<iframe src="https://player.example/v/1" title="The vote"></iframe>'
        '<blockquote class="twitter-tweet"><p>hi</p><a href="https://social.example/ann/status/1">May 1</a></blockquote>'
        '<iframe src="https://securepubads.doubleclick.net/x"></iframe>'
    )
    assert blocks == [
        Embed(url="https://player.example/v/1", provider="player.example", title="The vote"),
        Embed(url="https://social.example/ann/status/1", provider="social.example"),
    ]


def test_nothing_of_foreign_markup_passes() -> None:
    """Scripts, styles, handlers and templates leave no trace in any value."""
    body = f"<article>{paragraphs(*PROSE)}<p onclick='x()'>The last line has a handler and a style of its own.<script>steal()</script><style>p{{}}</style></p></article>"
    text = repr(kept(pieces_of(body)))
    assert "steal" not in text
    assert "onclick" not in text


def test_an_article_split_over_sections_is_whole() -> None:
    """Advertising between sections parts the markup, not the article."""
    parts = "".join(
        f'<section itemprop="articleBody">{paragraphs(text)}</section><div class="ad-slot">Advertisement</div>'
        for text in PROSE
    )
    assert texts(pieces_of(f"<main>{parts}</main>")) == list(PROSE)


def test_on_an_endless_page_the_headline_tells_which_article() -> None:
    """The next article below is another article."""
    other = "Snow fell on the hills on Monday, and the road to the pass stays closed until the ploughs have been through it."
    body = (
        f"<main><article><h1>Harbour to be rebuilt</h1>{paragraphs(*PROSE)}</article>"
        f"<article><h1>Snow closes the pass</h1>{paragraphs(*[f'{other} Part {n}.' for n in range(6)])}</article></main>"
    )
    assert texts(pieces_of(body)) == list(PROSE)


def test_captionless_spacers_and_pixels_are_no_pictures() -> None:
    """Only pictures that a reader sees are figures."""
    blocks = _article(
        '<p><img src="/pixel.gif" width="1" height="1"><img src="data:image/gif;base64,x" data-src="/photo.jpg" alt="The mole"></p>'
    )
    assert [block.image.url for block in blocks if isinstance(block, Figure)] == ["https://news.example/photo.jpg"]
