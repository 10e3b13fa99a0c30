"""An article's story is told in words, whatever happened to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.store import ledger
from ingest.store.database import read, write
from publish.audit.story import Chapter, tell_story

NOW = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)


def _told(engine: sa.Engine, event: str, **payload: Any) -> Chapter:
    with write(engine) as connection:
        ledger.append(connection, at=NOW, actor="ana", event=event, subject="article:7", payload=payload)
    with read(engine) as connection:
        (chapter,) = tell_story(connection, 7)
    return chapter


@pytest.mark.parametrize(
    ("event", "payload", "words"),
    [
        ("article.merged", {"work": 3, "reason": "same as 2"}, "Found to be a copy of a piece we had"),
        ("article.merged", {"work": 3, "from": 4, "reason": "I read both"}, "Said by a person to be a copy"),
        (
            "article.split",
            {"work": 4, "from": 3, "reason": "two reports"},
            "Said by a person to be a piece of its own",
        ),
        (
            "article.readdressed",
            {"url": "https://a.example/x", "reason": "r"},
            "Lost an address that it only claimed",
        ),
        ("article.section-chosen", {"section": "climate"}, "Put into the section climate"),
        ("article.section-chosen", {"section": None}, "Left to the section of its labels"),
        ("article.scheduled", {"not_before": NOW}, "Kept back until 2026-11-25 04:30 UTC"),
        ("article.scheduled", {"not_before": None}, "No longer kept back until a time"),
        ("ruling.taken-back", {"stands": "hold"}, "The last word of a person was taken back"),
    ],
)
def test_what_people_did_is_told_in_words(engine: sa.Engine, event: str, payload: dict[str, Any], words: str) -> None:
    """No raw name of an event, and times as people write them."""
    chapter = _told(engine, event, **payload)
    assert chapter.what == words
    assert chapter.actor == "ana"


def test_an_event_of_a_later_version_is_still_told(engine: sa.Engine) -> None:
    """What this version has no words for is shown as it is kept, not left out."""
    chapter = _told(engine, "article.sung", tune="slow")
    assert (chapter.what, chapter.details) == ("article.sung", ("tune: slow",))
