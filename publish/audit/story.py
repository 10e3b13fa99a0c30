"""One article's whole story from the ledger, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ingest.store import ledger
from ingest.store.ledger import Record
from ingest.store.schema import attribution, revision
from publish.audit.records.reading import payload_of


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One event: when, what happened, by whom, and what more there is to say of it."""

    seq: int
    at: datetime
    what: str
    actor: str
    details: tuple[str, ...]


def tell_story(connection: sa.Connection, article_id: int) -> Iterator[Chapter]:
    """Yield an article's events in order, in words for a person."""
    for record in ledger.records(connection, subject=f"article:{article_id}"):
        data = payload_of(record)
        what, details = _TOLD.get(record.event, _tell_other)(connection, record, data)
        yield Chapter(
            seq=record.seq,
            at=record.at,
            what=what,
            actor=record.actor,
            details=tuple(line for line in details if line),
        )


_Told = tuple[str, list[str]]


def _tell_decision(connection: sa.Connection, record: Record, data: dict[str, Any]) -> _Told:
    row = connection.execute(
        sa.select(revision.c.number, revision.c.headline, revision.c.word_count)
        .join(attribution, attribution.c.revision_id == revision.c.id)
        .where(attribution.c.id == data.get("attribution", 0))
    ).first()
    verdicts = {"publish": "Allowed to be published", "hold": "Held back", "deny": "Denied"}
    what = verdicts[record.event.removeprefix("article.")]
    reasons = ", ".join(data.get("reasons", []))
    return what + (f": {reasons}" if reasons else ""), [
        f"version {row.number}: “{row.headline}”, {row.word_count} words" if row else "the version is gone",
        f"delivered by {data.get('partner')}, first published by {data.get('origin')}",
        f"by {', '.join(data['byline'])}" if data.get("byline") else "no author is known",
        f"the credit owed: “{data.get('credit')}”",
        f"under the terms {str(data.get('terms'))[:12]}",
    ]


def _tell_merged(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    # Only a person's word names the work that it came from.
    what = "Said by a person to be a copy" if "from" in data else "Found to be a copy of a piece we had"
    return what, [f"work {data.get('work')}: {data.get('reason')}"]


def _tell_split(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    places = f"from work {data.get('from')} to work {data.get('work')}"
    return "Said by a person to be a piece of its own", [places, str(data.get("reason", ""))]


def _tell_readdressed(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    return "Lost an address that it only claimed", [str(data.get("url", "")), str(data.get("reason", ""))]


def _tell_section(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    section = data.get("section")
    return f"Put into the section {section}" if section else "Left to the section of its labels", []


def _tell_scheduled(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    until = data.get("not_before")
    return f"Kept back until {_moment(str(until))}" if until else "No longer kept back until a time", []


def _tell_taken_back(_connection: sa.Connection, _record: Record, _data: dict[str, Any]) -> _Told:
    return "The last word of a person was taken back", []


def _tell_moved(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    return "Moved by the partner", [f"now at {data.get('url')}", str(data.get("reason", ""))]


def _tell_ruling(_connection: sa.Connection, record: Record, data: dict[str, Any]) -> _Told:
    what = {"ruling.released": "Released by a person", "ruling.withdrawn": "Withdrawn, until a person releases it"}
    return what[record.event], [f"because: {data.get('reason')}"]


def _tell_published(_connection: sa.Connection, record: Record, data: dict[str, Any]) -> _Told:
    what = {"published": "Published", "updated": "The page was updated", "withdrawn": "The page was taken down"}
    return f"{what[record.event.removeprefix('publication.')]} at {data.get('location')}", []


def _tell_edited(_connection: sa.Connection, record: Record, data: dict[str, Any]) -> _Told:
    what = {
        "article.received": "The partner changed it, and we hold it against our own words",
        "article.edited": "Our own words were kept",
        "article.edit-conflict": "The partner's newer words collide with ours; a person decides",
        "article.edit-adopted": "The partner's newer words hold our change",
        "article.edit-given-up": "Our words were given up for the partner's",
    }
    places = f"in {', '.join(data['places'])}" if data.get("places") else ""
    return what[record.event], [places, str(data.get("reason", ""))]


def _tell_retracted(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    return "Taken back by who delivered it; its origin's own copy is not", [str(data.get("reason", ""))]


def _tell_corrected(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    by = "by us" if data.get("by") == "ours" else "by the partner"
    return f"Corrected {by}", [f"“{data.get('text')}”", f"changed at {_moment(str(data.get('changed')))}"]


def _tell_correction_shown(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    delay = timedelta(seconds=int(data.get("delay_seconds", 0)))
    return f"Its correction stands on our page at {data.get('target')}", [f"{delay} after the change"]


def _tell_notified(_connection: sa.Connection, _record: Record, data: dict[str, Any]) -> _Told:
    return "The partner was told", [str(data.get("how", ""))]


def _moment(text: str) -> str:
    """Return an ISO 8601 time as a person writes it, in UTC; what is none stays as it is."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return text


def _tell_other(_connection: sa.Connection, record: Record, data: dict[str, Any]) -> _Told:
    return record.event, [f"{name}: {value}" for name, value in sorted(data.items())]


_TOLD: dict[str, Callable[[sa.Connection, Record, dict[str, Any]], _Told]] = {
    "article.publish": _tell_decision,
    "article.hold": _tell_decision,
    "article.deny": _tell_decision,
    "article.merged": _tell_merged,
    "article.moved": _tell_moved,
    "article.split": _tell_split,
    "article.readdressed": _tell_readdressed,
    "article.section-chosen": _tell_section,
    "article.scheduled": _tell_scheduled,
    "ruling.taken-back": _tell_taken_back,
    "ruling.released": _tell_ruling,
    "ruling.withdrawn": _tell_ruling,
    "publication.published": _tell_published,
    "publication.updated": _tell_published,
    "publication.withdrawn": _tell_published,
    "article.received": _tell_edited,
    "article.edited": _tell_edited,
    "article.edit-conflict": _tell_edited,
    "article.edit-adopted": _tell_edited,
    "article.edit-given-up": _tell_edited,
    "article.retracted": _tell_retracted,
    "article.corrected": _tell_corrected,
    "correction.shown": _tell_correction_shown,
    "partner.notified": _tell_notified,
}
