"""Our own feeds, read as others read them."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.article import Byline, Person
from publish.feeds import FEED_SIZE, atom, content_html, entry_id, rss
from publish.teaser import Teaser, teaser_of
from tests.publish.making import PUBLISHED, SITE, VECTORS, article, credit, publication, read_page


def _rss(*teasers: Teaser) -> bytes:
    return rss(teasers, site=SITE, path="feed.xml", title=SITE.name)


def _atom(*teasers: Teaser) -> bytes:
    return atom(teasers, site=SITE, path="atom.xml", title=SITE.name)


def _parse(content: bytes) -> Any:
    found = feedparser.parse(content, response_headers={"content-type": "application/xml"}, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.fixture
def teaser() -> Teaser:
    """Return a teaser by two authors."""
    people = (Person(name="Jane Doe"), Person(name="Ana Ruiz"))
    return teaser_of(
        publication(
            7, article_=article(byline=Byline(people=people)), credit_=credit(byline=("Jane Doe", "Ana Ruiz, PF"))
        )
    )


def test_rss_says_who_wrote_it_and_whose_it_is(teaser: Teaser) -> None:
    """A creator for each author, the origin as source, our page as link, the credit in the content."""
    found = _parse(_rss(teaser))
    (item,) = found.entries
    assert found.feed.link == "https://courier.example/news/"
    assert [link.href for link in found.feed.links if link.rel == "self"] == ["https://courier.example/news/feed.xml"]
    assert [author.name for author in item.authors] == ["Jane Doe", "Ana Ruiz, PF"]
    assert item.link == "https://courier.example/news/articles/story-7.html"
    assert (item.source.title, item.source.href) == ("Pacific Forum", "https://pacforum.example/2026/11/line")
    assert item.published_parsed[:5] == PUBLISHED.timetuple()[:5]
    assert "This article first stood in Pacific Forum." in item.content[0].value


def test_atom_says_who_wrote_it_and_whose_it_is(teaser: Teaser) -> None:
    """Authors, rights, both times, and the original as via."""
    found = _parse(_atom(teaser))
    (entry,) = found.entries
    assert [author.name for author in entry.authors] == ["Jane Doe", "Ana Ruiz, PF"]
    assert entry.rights == "This article first stood in Pacific Forum."
    assert [link.href for link in entry.links if link.rel == "via"] == ["https://pacforum.example/2026/11/line"]
    assert (entry.published, entry.updated) == ("2026-11-20T09:15:00Z", "2026-11-20T09:15:00Z")


def test_an_entry_keeps_its_id_when_headline_and_slug_change(teaser: Teaser) -> None:
    """An edited headline must not come up as a new item (miniflux #2358, #3120)."""
    edited = replace(teaser, headline="Another", slug="another", updated_at=PUBLISHED.replace(hour=20))
    assert entry_id(edited, site=SITE) == entry_id(teaser, site=SITE)
    assert _parse(_rss(edited)).entries[0].id == _parse(_atom(teaser)).entries[0].id


def test_the_body_stays_out_unless_the_terms_let_it_in() -> None:
    """No resyndication by default."""
    closed = _rss(teaser_of(publication()))
    opened = _rss(teaser_of(publication(terms={"full_in_feeds": True})))
    assert b"Fourth paragraph" not in closed
    assert b"Fourth paragraph" in opened


@pytest.mark.parametrize("build", [_rss, _atom])
def test_an_empty_feed_is_a_feed(build: Any) -> None:
    """Before the first piece is published, readers can already subscribe."""
    assert _parse(build()).entries == []


@pytest.mark.parametrize("build", [_rss, _atom])
def test_a_feed_holds_the_newest_and_only_so_many(build: Any) -> None:
    """Long shelves do not make long feeds."""
    teasers = [teaser_of(publication(number)) for number in range(FEED_SIZE + 5)]
    assert len(_parse(build(*teasers)).entries) == FEED_SIZE


@given(st.one_of(st.sampled_from(VECTORS), st.text(min_size=1, max_size=60)))
@settings(max_examples=60)
def test_any_text_makes_a_sound_feed(text: str) -> None:
    """Hostile words in every field: well-formed XML, sound HTML within, no element that is not ours."""
    made = article(headline=text, standfirst=text, byline=Byline(people=(Person(name=text),)))
    teaser = teaser_of(publication(article_=made, credit_=credit(text + " x", byline=(text,)), partner_name=text))
    for document in (_rss(teaser), _atom(teaser)):
        assert etree.fromstring(document) is not None
    assert set(read_page(content_html(teaser, site=SITE)).tags) <= {"p", "a"}
    assert html.escape(teaser.credit_text.split()[-1]) in content_html(teaser, site=SITE)
