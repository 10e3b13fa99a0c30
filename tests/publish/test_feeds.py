"""Our own feeds, read as others read them."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.article import Byline, Person
from ingest.terms import Mode
from publish.feeds import (
    FEED_SIZE,
    Channel,
    Withdrawal,
    atom,
    content_html,
    entry_id,
    feed_files,
    feed_paths,
    json_feed,
    rss,
)
from publish.teaser import Teaser, teaser_of
from tests.publish.making import PUBLISHED, SITE, VECTORS, article, credit, publication, read_page, with_credit
from tests.publish.validity import valid_feed, valid_json

CHANNEL = Channel(title=SITE.name)
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


def _rss(*teasers: Teaser) -> bytes:
    made = rss(teasers, site=SITE, channel=CHANNEL)
    valid_feed(made, "rss.rng")
    return made


def _atom(*teasers: Teaser) -> bytes:
    made = atom(teasers, site=SITE, channel=CHANNEL)
    valid_feed(made, "atom.rng")
    return made


def _json(*teasers: Teaser) -> bytes:
    made = json_feed(teasers, site=SITE, channel=CHANNEL)
    valid_json(made, "jsonfeed.json")
    return made


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


def test_json_feed_says_who_wrote_it_and_whose_it_is(teaser: Teaser) -> None:
    """Authors with their pages, our page as url and the original as external_url, the credit in the content."""
    (item,) = valid_json(_json(teaser), "jsonfeed.json")["items"]
    assert item["id"] == entry_id(teaser, site=SITE)
    assert [author["name"] for author in item["authors"]] == ["Jane Doe", "Ana Ruiz, PF"]
    assert item["authors"][0]["url"] == "https://courier.example/news/authors/jane-doe-pacific-forum/"
    assert (item["url"], item["external_url"]) == (
        "https://courier.example/news/articles/story-7.html",
        "https://pacforum.example/2026/11/line",
    )
    assert "This article first stood in Pacific Forum." in item["content_html"]
    assert item["_reprint"] == {
        "credit": "This article first stood in Pacific Forum.",
        "origin": {"name": "Pacific Forum"},
    }


def test_atom_keeps_both_times_apart_and_names_the_source(teaser: Teaser) -> None:
    """`published` never moves, `updated` does; `source` is the origin, with nothing in it that is not known."""
    changed = replace(teaser, updated_at=PUBLISHED + timedelta(days=1))
    entry = valid_feed(_atom(changed), "atom.rng").find("a:entry", ATOM)
    assert entry.findtext("a:published", namespaces=ATOM) == "2026-11-20T09:15:00Z"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2026-11-21T09:15:00Z"
    source = {etree.QName(child).localname: child.text for child in entry.find("a:source", ATOM)}
    assert source == {"id": "https://pacforum.example/2026/11/line", "title": "Pacific Forum"}


def test_what_was_withdrawn_is_told_to_those_who_subscribed(teaser: Teaser) -> None:
    """A tombstone under the entry's own name, the last first, and no word of the piece (distributor #112 #627)."""
    gone = [
        Withdrawal(
            work_id=number,
            published_at=PUBLISHED,
            withdrawn_at=PUBLISHED + timedelta(days=number),
            partners=frozenset(),
        )
        for number in range(FEED_SIZE + 7)
    ]
    root = valid_feed(atom([], site=SITE, channel=CHANNEL, withdrawn=gone), "atom.rng")
    stones = root.findall("at:deleted-entry", ATOM)
    assert stones[-1].get("ref") == entry_id(teaser, site=SITE)
    assert stones[0].get("when") == root.findtext("a:updated", namespaces=ATOM) == "2027-01-15T09:15:00Z"
    assert len(stones) == FEED_SIZE


def test_a_partners_feed_is_the_feed_of_its_page(teaser: Teaser) -> None:
    """Each form names its own address and the page that lists the same pieces."""
    channel = Channel(title="P", folder="partners/pf", home="partners/pf/index.html")
    files = dict(feed_files([teaser], site=SITE, channel=channel))
    assert tuple(files) == feed_paths(channel)
    base = "https://courier.example/news/partners/pf/"
    for name in ("feed.xml", "atom.xml"):
        links = {link.rel: link.href for link in _parse(files[f"partners/pf/{name}"]).feed.links}
        assert (links["self"], links["alternate"]) == (f"{base}{name}", base)
    found = valid_json(files["partners/pf/feed.json"], "jsonfeed.json")
    assert (found["feed_url"], found["home_page_url"]) == (f"{base}feed.json", base)


def test_an_entry_keeps_its_id_when_headline_and_slug_change(teaser: Teaser) -> None:
    """An edited headline must not come up as a new item (miniflux #2358, #3120)."""
    edited = replace(teaser, headline="Another", slug="another", updated_at=PUBLISHED.replace(hour=20))
    assert entry_id(edited, site=SITE) == entry_id(teaser, site=SITE)
    assert _parse(_rss(edited)).entries[0].id == _parse(_atom(teaser)).entries[0].id


def test_the_body_stays_out_unless_the_terms_let_it_in() -> None:
    """No resyndication by default."""
    opened_terms = {"full_in_feeds": True}
    for build in (_rss, _atom, _json):
        assert b"Fourth paragraph" not in build(teaser_of(publication()))
        assert b"Fourth paragraph" not in build(teaser_of(publication(terms=opened_terms, mode=Mode.EXCERPT)))
        assert b"Fourth paragraph" in build(teaser_of(publication(terms=opened_terms)))


def test_a_whole_text_in_a_feed_brings_what_the_terms_demand_at_its_end() -> None:
    """Closing line, note on the author and counting pixel go where the text goes; without the text, none of them."""
    made = with_credit(
        publication(terms={"full_in_feeds": True}, article_=article(bio="Jane Doe teaches at Delta.")),
        tagline="The Forum is funded by its readers.",
        pixel="https://count.pacforum.example/1",
    )
    found = content_html(teaser_of(made), site=SITE)
    for piece in ("funded by its readers", "teaches at Delta", 'src="https://count.pacforum.example/1"'):
        assert piece in found
    closed = with_credit(publication(), tagline="T.", pixel="https://count.pacforum.example/1")
    assert "count.pacforum" not in content_html(teaser_of(closed), site=SITE)


@pytest.mark.parametrize("build", [_rss, _atom, _json])
def test_an_empty_feed_is_a_feed(build: Any) -> None:
    """Before the first piece is published, readers can already subscribe."""
    assert _parse(build()).entries == [] if build is not _json else json.loads(build())["items"] == []


@pytest.mark.parametrize("build", [_rss, _atom])
def test_a_feed_holds_the_newest_and_only_so_many(build: Any) -> None:
    """Long shelves do not make long feeds."""
    teasers = [teaser_of(publication(number)) for number in range(FEED_SIZE + 5)]
    assert len(_parse(build(*teasers)).entries) == FEED_SIZE


@given(st.one_of(st.sampled_from([*VECTORS, "]]>" * 3000]), st.text(min_size=1, max_size=60)))
@settings(max_examples=60)
def test_any_text_makes_a_sound_feed(text: str) -> None:
    """Hostile words in every field: well-formed XML, sound HTML within, no element that is not ours."""
    made = article(headline=text, standfirst=text, byline=Byline(people=(Person(name=text),)))
    teaser = teaser_of(publication(article_=made, credit_=credit(text + " x", byline=(text,)), partner_name=text))
    assert [len(document) > 0 for document in (_rss(teaser), _atom(teaser), _json(teaser))] == [True] * 3
    assert set(read_page(content_html(teaser, site=SITE)).tags) <= {"p", "a"}
    assert html.escape(teaser.credit_text.split()[-1]) in content_html(teaser, site=SITE)
