"""Sitemaps and robots.txt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree

from ingest.terms import SearchPolicy
from publish.site.maps import map_files
from publish.site.places import places_of
from publish.sitemap import news_sitemap, robots_txt
from publish.teaser import Teaser, teaser_of
from tests.publish.making import PUBLISHED, SITE, article, publication
from tests.publish.shelves import MemoryShelf
from tests.publish.validity import valid_sitemap

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def _teaser(number: int, search: SearchPolicy, *, days: float = 0, language: str | None = "en") -> Teaser:
    made = article(language=language, headline=f"Story <{number}> & more")
    return teaser_of(publication(number, search=search, article_=made, published_at=PUBLISHED - timedelta(days=days)))


def _locs(document: bytes) -> list[str]:
    return [loc.text for loc in valid_sitemap(document).iterfind(".//s:loc", SPACES)]


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
    """A page that tells search engines to look elsewhere is on no sitemap's list."""
    places = places_of(_teaser(1, search), site=SITE)
    assert any(place.list.startswith("map:") for place in places) is listed


def _maps(count: int) -> dict[str, bytes]:
    shelf = MemoryShelf(_teaser(number, SearchPolicy.NONE, days=-number / 200) for number in range(count))
    return dict(map_files(shelf, SITE, whole=True))


def test_many_urls_are_sharded_under_an_index() -> None:
    """No file holds more than allowed, nothing is lost, and full parts stay as they are when a piece is added."""
    before, after = _maps(1001), _maps(1002)
    base = "https://courier.example/news/"
    names = ["sitemap-lists.xml", "sitemap-2026-11-1.xml", "sitemap-2026-11-2.xml"]
    assert _locs(after["sitemap.xml"]) == [base + name for name in names]
    pages = [loc for name in names[1:] for loc in _locs(after[name])]
    assert pages == [f"{base}articles/story-{number}.html" for number in range(1002)]
    assert len(_locs(after["sitemap-2026-11-1.xml"])) == 1000
    assert before["sitemap-2026-11-1.xml"] == after["sitemap-2026-11-1.xml"]
    assert {f"{base}archive/2026-11/", f"{base}partners/", base} <= set(_locs(after["sitemap-lists.xml"]))


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
