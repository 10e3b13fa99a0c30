"""Undoing a user's last action, where nothing came after it and no reader saw it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from ingest.choosing import choose_section, schedule
from ingest.editing import Desk, go_back
from ingest.errors import ConfigError
from ingest.ruling import take_back_ruling
from ingest.store import articles, choices, desk_undo, edits, publications
from ingest.store.database import read, write
from ingest.store.desk_undo import LastAction
from ingest.store.rulings import Ruling
from ingest.unchanged import version_of
from publish.desk.visiting import Visit, action

_REASON: Final = "undone by the editor who did it"


@dataclass(frozen=True, kw_only=True)
class Before:
    """How an article stood before an action."""

    article_id: int
    work_id: int
    headline: str
    kind: str
    #: Whether readers could see it.
    out: bool
    ruling: str | None
    #: Our own revision that stood; None: the partner's words.
    edit: int | None
    section: str | None
    not_before: datetime | None


def routes() -> list[Route]:
    """Return the route."""
    return [action("/undo", undo)]


def look_before(visit: Visit, kind: str) -> Before:
    """Return how the article of the route stands before an action; raises ConfigError where there is none."""
    article_id = visit.number("article_id")
    with read(visit.room.engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise ConfigError(f"there is no article {article_id}", where="articles")
        state, choice = edits.of(connection, article_id), choices.of(connection, article_id)
        out = any(one.state == "published" for one in publications.of_work(connection, row.work_id))
    return Before(
        article_id=article_id,
        work_id=row.work_id,
        headline=row.headline[:80],
        kind=kind,
        out=out,
        ruling=row.ruling,
        edit=state.revision_id if state is not None else None,
        section=choice.section,
        not_before=choice.not_before,
    )


def note_action(visit: Visit, before: Before) -> None:
    """Make an action that was carried out the one that its user may undo."""
    stood = {
        "ruling": before.ruling,
        "edit": before.edit,
        "section": before.section,
        "not_before": before.not_before.isoformat() if before.not_before is not None else None,
    }
    with write(visit.room.engine) as connection:
        last = LastAction(
            user_id=visit.user.id,
            article_id=before.article_id,
            kind=before.kind,
            before=json.dumps(stood),
            seq=version_of(connection, before.article_id),
            at=visit.room.clock(),
        )
        desk_undo.note(connection, last)


def undo(visit: Visit) -> Response:
    """Undo the user's last action; raises ChangedError where the article changed after it."""
    with read(visit.room.engine) as connection:
        last = desk_undo.of(connection, visit.user.id)
        row = articles.row_of(connection, last.article_id) if last is not None else None
    if last is None or row is None:
        return visit.go("/queue", told="There is nothing to undo.")
    _BACK[last.kind](visit, last, json.loads(last.before))
    with write(visit.room.engine) as connection:
        desk_undo.forget(connection, visit.user.id)
    visit.room.send_soon(row.work_id)
    return visit.go(f"/articles/{last.article_id}", told=f"“{row.headline[:80]}”: undone.")


def _ruling_back(visit: Visit, last: LastAction, before: Mapping[str, Any]) -> None:
    room = visit.room
    take_back_ruling(
        room.engine,
        last.article_id,
        before=Ruling(before["ruling"]) if before["ruling"] else None,
        sources=room.read_sources(),
        keeping=room.keeping(visit.user.name),
        seen=last.seq,
    )


def _edit_back(visit: Visit, last: LastAction, before: Mapping[str, Any]) -> None:
    go_back(_desk(visit, last), last.article_id, before["edit"], reason=_REASON)


def _section_back(visit: Visit, last: LastAction, before: Mapping[str, Any]) -> None:
    choose_section(_desk(visit, last), last.article_id, before["section"])


def _schedule_back(visit: Visit, last: LastAction, before: Mapping[str, Any]) -> None:
    at = before["not_before"]
    schedule(_desk(visit, last), last.article_id, datetime.fromisoformat(at) if at else None)


def _desk(visit: Visit, last: LastAction) -> Desk:
    room = visit.room
    keeping = room.keeping(visit.user.name)
    return Desk(engine=room.engine, sources=room.read_sources(), keeping=keeping, seen=last.seq)


_BACK: Final[Mapping[str, Callable[[Visit, LastAction, Mapping[str, Any]], None]]] = MappingProxyType(
    {
        "release": _ruling_back,
        "withdraw": _ruling_back,
        "edit": _edit_back,
        "section": _section_back,
        "schedule": _schedule_back,
    }
)
