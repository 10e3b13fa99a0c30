"""Whatever a page holds, it gives an article or an error with a next step, and nothing else."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.body import Embed, Emphasis, Figure, Inline, Link, Paragraph
from ingest.errors import ExtractError
from ingest.extract import Page
from ingest.extract.article import extract_article
from tests.ingest.extract.pages import PROSE, URL

TAGS = [
    "p",
    "div",
    "article",
    "section",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "picture",
    "source",
    "img",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "a",
    "b",
    "em",
    "span",
    "br",
    "hr",
    "noscript",
    "template",
    "svg",
    "iframe",
    "video",
    "form",
    "input",
    "button",
    "details",
    "summary",
    "x-card",
]
NAMES = [
    "",
    "caption",
    "share",
    "article-body",
    "comments",
    "author-bio",
    "image",
    "widget",
    "dropcap",
    "twitter-tweet",
]
WORDS = [
    *PROSE,
    "",
    " ",
    "Share",
    "Photo: Jane Doe",
    "Jane Doe is a professor of law at the University of Marle.",
    "\u00a0",
    "1",
]
_attributes = st.sampled_from(
    [
        "",
        ' href="javascript:x()"',
        ' href="/a"',
        ' src="/p.jpg"',
        ' src="data:x"',
        " hidden",
        ' itemprop="articleBody"',
        ' width="9"',
    ]
)
_node = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.builds(
        lambda tag, name, attribute, children: f'<{tag} class="{name}"{attribute}>{"".join(children)}</{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(NAMES),
        _attributes,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def _links(children: tuple[Inline, ...]) -> list[str]:
    found: list[str] = []
    for child in children:
        match child:
            case Link(href=href, children=inner):
                found += [href, *_links(inner)]
            case Emphasis(children=inner):
                found += _links(inner)
            case _:
                pass
    return found


def _read(content: bytes) -> Article | None:
    """Return the article, or None where a clear error says that there is none."""
    found: list[Article] = []
    refusals: list[ExtractError] = []
    try:
        found.append(extract_article(Page(content=content, url=URL)))
    except ExtractError as error:
        refusals.append(error)
    assert all(refusal.next_step for refusal in refusals)
    return next(iter(found), None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_node, max_size=8), st.booleans())
def test_any_markup_gives_an_article_or_a_clear_error(nodes: list[str], whole: bool) -> None:
    """Nothing else is raised, and no address but a web address comes through."""
    markup = "".join(nodes)
    content = f"<html><body>{markup}</body></html>" if whole else markup
    article = _read(content.encode())
    for block in article.body.blocks if article else ():
        match block:
            case Paragraph(children=children):
                assert all(href.startswith(("http://", "https://", "mailto:")) for href in _links(children))
            case Figure(image=image):
                assert image.url.startswith(("http://", "https://"))
            case Embed(url=url):
                assert url.startswith(("http://", "https://"))
            case _:
                pass


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_an_article_or_a_clear_error(content: bytes) -> None:
    """Noise is no reason to crash."""
    _read(content)
