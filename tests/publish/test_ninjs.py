"""An article as ninjs 3.0."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Byline, Person
from ingest.body import Image
from ingest.terms import Mode
from publish.images.values import Made, Picture, Variant
from publish.ninjs import canceled, ninjs
from publish.publication import Publication
from publish.teaser import teaser_of
from tests.publish.making import (
    ORIGINAL,
    PUBLISHED,
    SITE,
    VECTORS,
    article,
    credit,
    origin,
    publication,
    with_credit,
)
from tests.publish.validity import valid_json

OPEN = {"full_in_feeds": True}


def picture(**changes: Any) -> Picture:
    """Return a picture that was made in one width."""
    image = Image(url="https://pacforum.example/a.jpg?key=hunter2", alt="A quay", credit="Ana Ruiz/PF", **changes)
    variants = tuple(
        Variant(name=f"{'0' * 20}-480.{ending}", kind=kind, width=480, height=320, size=9000)
        for ending, kind in (("webp", "image/webp"), ("jpg", "image/jpeg"))
    )
    return Picture(image=image, made=Made(sha256="0" * 64, width=480, height=320, variants=variants))


def _read(found: Publication) -> Any:
    return valid_json(ninjs(found, teaser_of(found), site=SITE), "ninjs.json")


def test_an_article_tells_whose_it_is_and_who_wrote_it() -> None:
    """Our address, both times, the credit, the origin, the original and each author; and no more of the text."""
    found = _read(publication(7, updated_at=PUBLISHED + timedelta(hours=2)))
    assert found["uri"] == "https://courier.example/news/articles/story-7.html"
    assert (found["firstCreated"], found["versionCreated"]) == ("2026-11-20T09:15:00Z", "2026-11-20T11:15:00Z")
    assert found["contentCreated"] == "2026-11-18T06:30:00Z"
    assert found["copyrightHolder"] == "Pacific Forum"
    assert found["copyrightNotice"] == "This article first stood in Pacific Forum."
    assert found["altIds"] == [{"role": "original", "value": "https://pacforum.example/2026/11/line"}]
    (person,) = found["people"]
    assert (person["name"], person["rel"], found["by"]) == ("Jane Doe", "author", "Jane Doe")
    assert found["representationType"] == "partial"
    assert not {"bodies", "associations"} & found.keys()


def test_text_and_pictures_go_out_only_where_our_feeds_may_carry_them() -> None:
    """Not by default, not of an excerpt; a partner's address of an image never."""
    opened = publication(terms=OPEN)
    whole = Publication(**{**vars(opened), "pictures": (picture(),)})
    found = _read(whole)
    assert found["representationType"] == "full"
    assert "Fourth paragraph" in found["bodies"][0]["value"]
    (shown,) = found["associations"]
    assert shown["by"] == "Ana Ruiz/PF"
    assert all(one["href"].startswith("https://courier.example/news/images/story-1/") for one in shown["renditions"])
    closed = publication()
    for kept in (
        Publication(**{**vars(closed), "pictures": (picture(),)}),
        publication(terms=OPEN, mode=Mode.EXCERPT),
    ):
        assert not {"bodies", "associations"} & _read(kept).keys()
    assert b"hunter2" not in ninjs(whole, teaser_of(whole), site=SITE)


def test_a_licence_is_linked_and_a_permission_is_not_handed_on() -> None:
    """What the licence lets others do they may; what was granted to us alone they must ask for."""
    deed = "https://creativecommons.org/licenses/by-nd/4.0/"
    licensed = _read(with_credit(publication(), licence="CC BY-ND 4.0", licence_url=deed))
    assert (licensed["usageTerms"], licensed["rightsInfo"]) == (
        "Licensed under CC BY-ND 4.0.",
        {"linkedRights": deed},
    )
    granted = _read(publication())
    assert granted["usageTerms"] == "Shown here with permission; ask Pacific Forum for any other use."
    assert "rightsInfo" not in granted


def test_what_is_unknown_is_left_out() -> None:
    """No empty properties, and no time where only the day is known."""
    bare = article(
        standfirst=None,
        byline=Byline(),
        dateline=None,
        language=None,
        published_at=ORIGINAL.replace(hour=0, minute=0),
    )
    found = _read(publication(article_=bare, credit_=credit(byline=()), origin_=origin(url=None)))
    assert not {"contentCreated", "people", "by", "located", "language", "altIds"} & found.keys()
    assert all(value not in ("", [], {}, None) for value in found.values())


def test_a_withdrawn_article_is_told_as_canceled_by_its_address_alone() -> None:
    """Whoever took it in learns that it is gone, and nothing else."""
    found = valid_json(canceled("story-7", site=SITE, withdrawn_at=PUBLISHED), "ninjs.json")
    assert found.pop("standard")["version"] == "3.0"
    assert found == {
        "uri": "https://courier.example/news/articles/story-7.html",
        "type": "text",
        "pubStatus": "canceled",
        "versionCreated": "2026-11-20T09:15:00Z",
    }


@pytest.mark.parametrize("text", [*VECTORS, "]]>" * 3500])
def test_hostile_words_stay_words(text: str) -> None:
    """Valid JSON, valid ninjs, whatever stands in the fields."""
    made = article(headline=text, standfirst=text, dateline=text, byline=Byline(people=(Person(name=text),)))
    _read(publication(terms=OPEN, article_=made, credit_=credit(f"{text} x", byline=(text,)), partner_name=text))


@given(st.text(min_size=1, max_size=80))
@settings(max_examples=40)
def test_any_words_make_a_valid_document(text: str) -> None:
    """Control characters, lone surrogates, separators: nothing breaks it."""
    made = article(headline=text, standfirst=text, byline=Byline(people=(Person(name=text, affiliation=text),)))
    _read(publication(article_=made, credit_=credit(f"{text} x", byline=(text,))))
