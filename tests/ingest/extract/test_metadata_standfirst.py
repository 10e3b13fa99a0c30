"""The standfirst is this article's own deck, or there is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from ingest.extract.metadata import Metadata, read_metadata
from ingest.feed import Entry

DECK = "Guests came from far and wide, and all were given a cup of it."
OTHER = "The mayor has lost her hat, and nobody will say who saw it last."
BODY = "<p>" + "Tea was served to everyone who came to the house on the hill that day. " * 3 + "</p>"


def read(body: str, *, head: str = "", entry: Entry | None = None) -> Metadata:
    """Read a page whose body holds its own h1."""
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(html.document_fromstring(page), url="https://www.example.org/news/one", entry=entry)


def entry(summary: str) -> Entry:
    """Return a feed's item with a summary."""
    return Entry(
        key="1", guid="1", url="https://www.example.org/news/one", headline="Tea is served", summary=summary,
        published_at=datetime(2026, 5, 3, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Tea is served</h1><div class='body'><p class='lead'>{DECK}</p>{BODY}<h2>More tea</h2></div>",
        f"<header><p class='deck'>{DECK}</p><h1>Tea is served</h1></header>{BODY}",
        f"<h1>Tea is served</h1><h2 class='subtitle'>{DECK}</h2>{BODY}",
        f"<h1>Tea is served</h1><p class='intro'>{DECK} </p>{BODY}",
    ],
)
def test_a_deck_stands_between_headline_and_body(body: str) -> None:
    """Or just above the headline, in the same box."""
    assert read(body).standfirst == DECK


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='module'><h3>Hat lost</h3><div class='excerpt'>{OTHER}</div></div><h1>Tea is served</h1>{BODY}",
        f"<h1>Tea is served</h1><ul><li><div class='excerpt'>{OTHER}</div></li></ul>{BODY}",
        f"<h1>Tea is served</h1><a href='/b'><p class='summary'>{OTHER}</p></a>{BODY}",
        f"<h1>Tea is served</h1><p class='summary'><a href='/b'>{OTHER}</a></p>{BODY}",
        f"<h1>Tea is served</h1>{BODY}<div class='excerpt'>{OTHER}</div>",
        f"<h1>Tea is served</h1><div class='excerpt'>{OTHER} <a href='/b'>Continue reading</a></div>{BODY}",
        f"<h1>Tea is served</h1><div class='excerpt'>{OTHER} <a href='/b'>Weiterlesen »</a></div>{BODY}",
    ],
)
def test_a_teaser_of_another_piece_is_none(body: str) -> None:
    """What is linked, listed, under a heading of its own, behind the body or leads on speaks of something else."""
    assert read(body).standfirst is None


@pytest.mark.parametrize(
    "box",
    [
        "<div class='lead-image-caption'>The house on the hill, in better days, with guests.</div>",
        "<div class='intro'>Photograph by Jane Doe; Example Pictures, all of them</div>",
        "<div class='subhead'>By Jane Doe, 3 May 2026, at eight in the morning</div>",
        "<div class='summary'><h2>Three things to know of tea</h2></div>",
    ],
)
def test_captions_bylines_and_boxes_with_headings_are_none(box: str) -> None:
    """Whatever the box is called."""
    assert read(f"<h1>Tea is served</h1>{box}{BODY}").standfirst is None


def test_a_deck_that_says_what_the_feed_says_counts_wherever_it_stands() -> None:
    """The feed's summary, its markup taken out, is a witness as the page's description is."""
    body = f"<h1>Tea is served</h1>{BODY}<div class='abstract'>{DECK}</div>"
    assert read(body).standfirst is None
    assert read(body, entry=entry(f"<p>{DECK}</p><p>The post appeared first.</p>")).standfirst == DECK
    assert read(body, head=f'<meta name="description" content="{DECK}">').standfirst == DECK
