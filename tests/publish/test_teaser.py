"""Teasers, and the JSON in which they are kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Byline, Person
from ingest.errors import PublishError
from ingest.terms import Mode
from publish.teaser import teaser_from_json, teaser_of, teaser_to_json
from tests.publish.making import BODY, VECTORS, article, credit, origin, publication

_text = st.one_of(st.sampled_from(VECTORS), st.text(max_size=40))


@given(
    headline=_text,
    standfirst=st.none() | _text,
    name=_text,
    at=st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)),  # noqa: DTZ001
    mode=st.sampled_from(list(Mode)),
)
@settings(max_examples=80)
def test_a_teaser_survives_the_store(
    headline: str, standfirst: str | None, name: str, at: datetime | None, mode: Mode
) -> None:
    """To JSON and back is the same teaser, whatever the partner sent."""
    made = article(
        headline=headline,
        standfirst=standfirst,
        published_at=at,
        byline=Byline(people=(Person(name=name, bio=name),)),
    )
    teaser = teaser_of(publication(mode=mode, article_=made, credit_=credit(byline=(name + " of X",))))
    assert teaser_from_json(teaser_to_json(teaser)) == teaser


def test_a_teaser_of_a_newer_program_can_be_read() -> None:
    """A field that we do not know is passed over, so that going back a version loses no list."""
    teaser = teaser_of(publication())
    newer = json.dumps({**json.loads(teaser_to_json(teaser)), "mood": "bright"})
    assert teaser_from_json(newer) == teaser


@pytest.mark.parametrize("text", ["", "null", "{}", '{"work_id": "x"}', "[1"])
def test_what_is_no_teaser_is_a_clear_error(text: str) -> None:
    """A damaged record is named, with what to do."""
    with pytest.raises(PublishError, match="publish the article again"):
        teaser_from_json(text)


def test_the_standfirst_is_the_partners_own_else_the_opening() -> None:
    """Their words first; else the first sentences."""
    assert teaser_of(publication()).standfirst == "The ministry says it asked everyone."
    bare = teaser_of(publication(article_=article(standfirst=None)))
    assert bare.standfirst == "The harbour at low water smells of diesel and kelp. The first boat goes out at four."


def test_link_mode_takes_no_sentence_of_the_body() -> None:
    """A link may carry the partner's standfirst, and nothing of the text."""
    teaser = teaser_of(publication(mode=Mode.LINK, article_=article(standfirst=None)))
    assert (teaser.standfirst, teaser.minutes, teaser.feed_html) == ("", None, "")


@pytest.mark.parametrize(
    ("allowed", "mode", "whole"), [(True, Mode.FULL, True), (False, Mode.FULL, False), (True, Mode.EXCERPT, False)]
)
def test_the_whole_text_is_kept_for_feeds_only_where_allowed(allowed: bool, mode: Mode, whole: bool) -> None:
    """Our feeds hand a piece on to anyone: only where the terms say so, and only what is shown in full."""
    teaser = teaser_of(publication(mode=mode, terms={"full_in_feeds": allowed}))
    assert ("Fourth paragraph" in teaser.feed_html) == whole


def test_the_way_to_the_whole_piece_is_known() -> None:
    """The original where it is known, else the page that was delivered; a gap is never filled in `origin_url`."""
    known = teaser_of(publication())
    unknown = teaser_of(
        publication(origin_=origin(url=None), article_=article(url="https://middle.example/1", body=BODY))
    )
    assert known.source_url == known.origin_url == "https://pacforum.example/2026/11/line"
    assert (unknown.origin_url, unknown.source_url) == (None, "https://middle.example/1")
