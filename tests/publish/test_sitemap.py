"""Sitemaps and robots.txt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree

from ingest.terms import SearchPolicy
from publish.sitemap import news_sitemap, robots_txt, sitemaps
from publish.teaser import Teaser, teaser_of
from tests.publish.making import PUBLISHED, SITE, article, publication

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def _teaser(number: int, search: SearchPolicy, *, days: float = 0, language: str | None = "en") -> Teaser:
    made = article(language=language, headline=f"Story <{number}> & more")
    return teaser_of(publication(number, search=search, article_=made, published_at=PUBLISHED - timedelta(days=days)))


def _locs(document: bytes) -> list[str]:
    return [loc.text for loc in etree.fromstring(document).iterfind(".//s:loc", SPACES)]


@pytest.mark.parametrize(
    ("search", "listed"),
    [
        (SearchPolicy.NONE, True),
        (SearchPolicy.NEWS_NOINDEX, True),
        (SearchPolicy.NOINDEX, False),
        (SearchPolicy.CANONICAL, False),
    ],
)
def test_a_sitemap_names_only_what_may_be_indexed_as_ours(search: SearchPolicy, *, listed: bool) -> None:
    """A page that tells search engines to look elsewhere is in no sitemap; list pages are."""
    (document,) = sitemaps([_teaser(1, search)], ["index.html"], site=SITE).values()
    expected = ["https://courier.example/news/"]
    assert _locs(document) == expected + (["https://courier.example/news/articles/story-1.html"] if listed else [])


def test_many_urls_are_sharded_under_an_index() -> None:
    """No file holds more than allowed, nothing is lost, and full shards stay as they are when a piece is added."""
    teasers = [_teaser(number, SearchPolicy.NONE, days=-number) for number in range(7, 0, -1)]
    before = sitemaps(teasers[1:], [], site=SITE, shard=3)
    after = sitemaps(teasers, [], site=SITE, shard=3)
    assert _locs(after["sitemap.xml"]) == [f"https://courier.example/news/sitemap-{n}.xml" for n in (1, 2, 3)]
    pages = [loc for name in ("sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml") for loc in _locs(after[name])]
    assert pages == [f"https://courier.example/news/articles/story-{n}.html" for n in range(1, 8)]
    assert before["sitemap-1.xml"] == after["sitemap-1.xml"]


def test_the_news_sitemap_holds_two_days_of_what_is_ours() -> None:
    """Fresh and indexable pieces only, with name, language, time and title as Google asks."""
    teasers = [
        _teaser(1, SearchPolicy.NONE),
        _teaser(2, SearchPolicy.NEWS_NOINDEX),
        _teaser(3, SearchPolicy.NONE, days=1.9, language="zh-hant"),
        _teaser(4, SearchPolicy.NONE, days=2.1),
    ]
    document = news_sitemap(teasers, site=SITE)
    assert [loc.rsplit("/")[-1] for loc in _locs(document)] == ["story-1.html", "story-3.html"]
    root = etree.fromstring(document)
    assert [e.text for e in root.iterfind(".//n:title", SPACES)] == ["Story <1> & more", "Story <3> & more"]
    assert [e.text for e in root.iterfind(".//n:language", SPACES)] == ["en", "zh-tw"]
    assert root.find(".//n:publication_date", SPACES).text == "2026-11-20T09:15:00Z"


def test_robots_txt_names_the_sitemaps() -> None:
    """Crawlers find both by robots.txt alone."""
    lines = robots_txt(site=SITE).decode().splitlines()
    assert "Sitemap: https://courier.example/news/sitemap.xml" in lines
    assert "Sitemap: https://courier.example/news/news-sitemap.xml" in lines
