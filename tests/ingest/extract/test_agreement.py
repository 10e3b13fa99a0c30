"""Readings are held against what was chosen: who agrees, who speaks against it, who only guesses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.article import Article, Byline, Evidence, Person, Source
from ingest.body import Body
from ingest.extract.agreement import Standing, disagreements, standings


def _article(*evidence: Evidence) -> Article:
    return Article(
        url="https://news.example/a",
        canonical_url="https://news.example/a",
        headline="Harbour to be rebuilt",
        byline=Byline(people=(Person(name="Mara Quist"), Person(name="Tove Lind"))),
        published_at=datetime(2026, 5, 4, 22, 0, tzinfo=UTC),
        language="en-gb",
        body=Body(),
        evidence=evidence,
    )


def _reading(field: str, value: str, source: Source = Source.JSON_LD, confidence: float = 0.9) -> Evidence:
    return Evidence(field=field, value=value, source=source, confidence=confidence)


@pytest.mark.parametrize(
    ("reading", "standing"),
    [
        (_reading("headline", "Harbour to be rebuilt"), Standing.CHOSEN),
        (_reading("headline", "HARBOUR to be rebuilt!"), Standing.CHOSEN),
        (_reading("headline", "Why the harbour matters", Source.META, 0.38), Standing.DISAGREES),
        (_reading("byline", "Tove Lind; Mara Quist"), Standing.CHOSEN),
        (_reading("byline", "Mara Quist"), Standing.DISAGREES),
        (_reading("byline", "Ola Berg", Source.VISIBLE, 0.6), Standing.OTHER),
        (_reading("byline", "Ola Berg", Source.LIBRARY, 0.9), Standing.OTHER),
        (_reading("byline", "", Source.RULE, 0.0), Standing.OTHER),
        (_reading("published_at", "2026-05-05T00:00:00+02:00"), Standing.CHOSEN),
        (_reading("published_at", "2026-05-04T00:00:00+00:00"), Standing.CHOSEN),
        (_reading("published_at", "2026-05-09T22:00:00+00:00"), Standing.DISAGREES),
        (_reading("published_at", "no date"), Standing.DISAGREES),
        (_reading("language", "en"), Standing.CHOSEN),
        (_reading("canonical_url", "https://other.example/a"), Standing.DISAGREES),
        (_reading("pixel", "https://count.example/1.gif"), Standing.NOTED),
    ],
)
def test_a_reading_stands_to_the_chosen_value_as_its_field_is_compared(reading: Evidence, standing: Standing) -> None:
    """Words, sets of names, days and languages, each by what makes two of them the same."""
    assert standings(_article(reading)) == ((reading, standing),)


def test_a_fields_readings_stand_together_the_surest_chosen_one_first() -> None:
    """However they were noted; no reading is lost."""
    weak = _reading("headline", "Harbour to be rebuilt", Source.META, 0.5)
    other = _reading("headline", "Why the harbour matters", Source.META, 0.4)
    sure = _reading("headline", "Harbour to be rebuilt", Source.VISIBLE, 0.9)
    name = _reading("byline", "Mara Quist; Tove Lind")
    found = standings(_article(other, name, weak, sure))
    assert found == (
        (sure, Standing.CHOSEN),
        (weak, Standing.AGREES),
        (other, Standing.DISAGREES),
        (name, Standing.CHOSEN),
    )
    assert disagreements(_article(other, name, weak, sure)) == (other,)
