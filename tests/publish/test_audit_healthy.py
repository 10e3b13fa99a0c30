"""A healthy site has no findings, however odd what stands on it: each of these once had one, or might have."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from lxml import html as lxml_html

from ingest.article import Article
from ingest.body import Body, Paragraph, Text
from ingest.terms import CreditRule, Mode, SearchPolicy, Terms
from publish.audit.gone import gone_faults
from publish.audit.lists import own_slugs
from publish.audit.search import search_faults
from tests.newswire import GRANTED, article, partner, prose, sources
from tests.publish.audit_site import audited, published

LONG = "The harbour keeps its own hours, and whoever comes late waits for the tide with everybody else."
OWN = frozenset({b"https://courier.example/"})


def _body(*lines: str) -> Body:
    return Body(blocks=tuple(Paragraph(children=(Text(text=line),)) for line in lines))


ODD: list[tuple[str, Terms, Article]] = [
    (
        "an excerpt of an article with fewer paragraphs",
        GRANTED.model_copy(update={"mode": Mode.EXCERPT, "excerpt_paragraphs": 5}),
        article(body=_body(*prose(1)[:2])),
    ),
    (
        "an excerpt of one with more",
        GRANTED.model_copy(update={"mode": Mode.EXCERPT, "excerpt_paragraphs": 1}),
        article(body=_body(*prose(1))),
    ),
    (
        "a link whose standfirst is its first paragraph",
        GRANTED.model_copy(update={"mode": Mode.LINK}),
        article(standfirst=LONG, body=_body(LONG, *prose(1))),
    ),
    (
        "a link without a standfirst, with a short first paragraph",
        GRANTED.model_copy(update={"mode": Mode.LINK}),
        article(body=_body(LONG, *prose(1))),
    ),
    (
        "an article about noindex",
        GRANTED,
        article(
            headline="Why noindex hides your pages", standfirst="What noindex does, and does not.", body=_body(LONG)
        ),
    ),
    (
        "an original in a folder of our name",
        GRANTED.model_copy(update={"credit": CreditRule(template="[{headline}] at {url}, {origin}")}),
        article("articles/old-tides.html"),
    ),
]


@pytest.mark.parametrize(("terms", "piece"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_what_is_odd_but_right_is_no_finding(engine: sa.Engine, tmp_path: Path, terms: Terms, piece: Article) -> None:
    """Terms obeyed to the letter give a clean audit: pages, lists and feeds."""
    known = sources(partner("forum", terms))
    assert audited(engine, published(engine, tmp_path, known, piece), known) == []


@pytest.mark.parametrize(
    ("content", "slugs"),
    [
        (b'<a href="../articles/a.html">', {"a"}),
        (b'<a href="articles/a.html">', {"a"}),
        (b"<loc>https://courier.example/articles/a.html</loc>", {"a"}),
        (b'<a href="https://forum.example/articles/a.html">', set()),
        (b"<link>https://forum.example/x/articles/a.html</link>", set()),
        (b'<a href="https://courier.example/sub/articles/a.html">', set()),
        (b"x" * 5000 + b"articles/a.html", set()),
    ],
)
def test_only_our_own_articles_are_looked_for_in_lists(content: bytes, slugs: set[str]) -> None:
    """A partner's address that happens to look like ours leads to the partner."""
    assert own_slugs(content, OWN) == slugs


@pytest.mark.parametrize(
    ("meta", "codes"),
    [
        ('name="robots" content="noindex"', []),
        ('name="description" content="How noindex works"', ["noindex-missing"]),
        ('name="twitter:title" content="noindex"', ["noindex-missing"]),
        ('name="googlebot" content="noindex"', ["noindex-missing"]),
    ],
)
def test_only_what_speaks_to_robots_keeps_a_page_out_of_search(meta: str, codes: list[str]) -> None:
    """A description that has the word is no mark."""
    page = lxml_html.document_fromstring(f"<html><head><meta {meta}></head><body></body></html>")
    found = search_faults(page, SearchPolicy.NOINDEX, original=None, own_url="https://courier.example/a")
    assert [code for code, _evidence in found] == codes


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<footer class="credit">Proudly powered</footer><p>Nothing here.</p>', False),
        ('<div class="reprint-story"><p class="credit">By courtesy of another.</p></div>', False),
        ('<article class="story"><div class="credit">By courtesy of Forum.</div></article>', True),
        (f"<p>{prose(0)[0]}</p>", True),
    ],
)
def test_a_withdrawn_page_is_judged_by_its_own_article(page: str, *, found: bool) -> None:
    """A theme's footer, or another article that the server leads on to, is not the one that was withdrawn."""
    assert bool(list(gone_faults(lxml_html.document_fromstring(page), article()))) is found
