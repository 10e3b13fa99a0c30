"""What JSON-LD says of an article."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest.article import Byline, Evidence, Person, Source
from ingest.corrections import CorrectedBy, Correction
from publish.jsonld import news_article
from publish.page import article_page
from publish.publication import Publication
from publish.teaser import teaser_of
from tests.publish.making import PUBLISHED, SITE, VECTORS, article, credit, origin, publication, read_page
from tests.publish.test_ninjs import picture


def _said(found: Publication) -> dict[str, Any]:
    return dict(news_article(found, teaser_of(found), site=SITE))


def test_each_correction_is_a_comment_of_who_made_it() -> None:
    """The partner's is the origin's, ours is ours."""
    corrections = (
        Correction(text="It was ten miles.", at=PUBLISHED, by=CorrectedBy.PARTNER),
        Correction(text="We misspelt a name.", at=PUBLISHED, by=CorrectedBy.OURS),
    )
    first, second = _said(replace(publication(), corrections=corrections))["correction"]
    assert (first["@type"], first["text"], first["datePublished"]) == (
        "CorrectionComment",
        "It was ten miles.",
        "2026-11-20T09:15:00Z",
    )
    assert (first["author"]["name"], second["author"]["name"]) == ("Pacific Forum", "The Aldous Courier")


def test_a_picture_is_named_by_our_address_with_its_credit() -> None:
    """Never by the partner's address, which may hold a key (superdesk-core)."""
    found = _said(replace(publication(), pictures=(picture(),)))
    assert found["image"] == [
        {
            "@type": "ImageObject",
            "url": f"https://courier.example/news/images/story-1/{'0' * 20}-480.jpg",
            "width": 480,
            "height": 320,
            "caption": "A quay",
            "creditText": "Ana Ruiz/PF",
        }
    ]
    assert "hunter2" not in str(found)


def test_what_is_unknown_is_left_out() -> None:
    """No licence, no original, no author, no image, no correction: no such key, and none that is empty."""
    bare = article(byline=Byline(), standfirst=None, dateline=None, language=None)
    found = _said(publication(article_=bare, credit_=credit(byline=()), origin_=origin(url=None)))
    for absent in ("license", "usageInfo", "isBasedOn", "author", "image", "correction", "dateline", "inLanguage"):
        assert absent not in found
    assert all(value not in ("", [], None) for value in found.values())


def test_an_author_has_an_affiliation_and_an_organisation_is_one() -> None:
    """Each credited name in order, with what is known of it."""
    people = (
        Person(name="Jane Doe", affiliation="Delta University", role="professor"),
        Person(name="AFP", organisation=True),
    )
    found = _said(
        publication(article_=article(byline=Byline(people=people)), credit_=credit(byline=("Jane Doe", "AFP")))
    )
    assert [(one["@type"], one["name"]) for one in found["author"]] == [
        ("Person", "Jane Doe"),
        ("Organization", "AFP"),
    ]
    assert found["author"][0]["affiliation"] == {"@type": "Organization", "name": "Delta University"}


def test_reserved_mining_rights_are_passed_on() -> None:
    """The original's reservation and policy stand in our page's head; where it says nothing, we say nothing."""
    said = [("tdm-reservation", "1"), ("tdm-policy", "https://pacforum.example/tdm.json")]
    evidence = tuple(Evidence(field=name, value=value, source=Source.META, confidence=1.0) for name, value in said)
    found = publication(article_=article(evidence=evidence))
    page = read_page(article_page(found, site=SITE))
    metas = [(meta["name"], meta["content"]) for meta in page.metas if (meta.get("name") or "").startswith("tdm")]
    assert metas == said
    assert page.json_ld["usageInfo"] == "https://pacforum.example/tdm.json"
    assert "tdm-" not in article_page(publication(), site=SITE)


@pytest.mark.parametrize("text", [*VECTORS, "\u2028</script>" * 900])
def test_hostile_words_end_no_script_and_no_document(text: str) -> None:
    """Whatever stands in headline, names and corrections, one script of JSON is read back, and no other."""
    corrections = (Correction(text=f"{text} x", at=PUBLISHED, by=CorrectedBy.PARTNER),)
    made = article(headline=text, byline=Byline(people=(Person(name=text, affiliation=text),)))
    found = replace(publication(article_=made, credit_=credit(f"{text} x", byline=(text,))), corrections=corrections)
    page = read_page(article_page(found, site=SITE))
    assert page.json_ld["creditText"] == teaser_of(found).credit_text
    assert page.tags.count("script") == 1
