"""The queue: what is held and why, and the page on which an editor decides about one of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from starlette.responses import Response
from starlette.routing import Route

from ingest.errors import ReprintError
from ingest.store import articles, desk_undo, edits, entry_counts, search
from ingest.store.articles import ArticleRow
from ingest.store.database import read
from ingest.store.search import Place, Wanted
from publish.desk.paging import after_of, token_of
from publish.desk.reasons import say_reason
from publish.desk.review import load_review
from publish.desk.visiting import Visit, missing, page

_AT_ONCE: Final = 40


@dataclass(frozen=True, kw_only=True)
class Held:
    """One line of the queue."""

    row: ArticleRow
    #: Each reason in a few words.
    reasons: tuple[str, ...]


def routes() -> list[Route]:
    """Return the routes."""
    return [page("/queue", queue), page("/queue/{article_id:int}", review)]


def queue(visit: Visit) -> Response:
    """Show what is held, the newest first, or that of one reason."""
    why = visit.asked("why")
    with read(visit.room.engine) as connection:
        counts = search.counts_by_reason(connection, "hold")
        held, more = _held(connection, why, after_of(visit))
        stuck = entry_counts.stuck_by_state(connection)
        conflicts = len(edits.conflicts(connection))
        last = desk_undo.of(connection, visit.user.id)
    return visit.page(
        "queue.html",
        held=held,
        more=more,
        why=why,
        counts={code: (say_reason(code), number) for code, number in counts.items()},
        total=sum(counts.values()),
        stuck=stuck,
        conflicts=conflicts,
        last=last,
    )


def _held(connection: sa.Connection, why: str, after: Place | None) -> tuple[list[Held], str]:
    places = search.find(connection, Wanted(state="hold", why=why), after=after, limit=_AT_ONCE + 1)
    rows = articles.rows_of(connection, [place.article_id for place in places[:_AT_ONCE]])
    more = token_of(places[_AT_ONCE - 1]) if len(places) > _AT_ONCE else ""
    return [Held(row=row, reasons=tuple(say_reason(code) for code in row.reason_codes)) for row in rows], more


def review(visit: Visit) -> Response:
    """Show one article to decide about, with the way to the next one."""
    article_id = visit.number("article_id")
    with read(visit.room.engine) as connection:
        found = load_review(connection, article_id)
        if found is None:
            return missing(visit, f"There is no article {article_id}")
        following = search.find(connection, Wanted(state="hold"), after=Place(article_id=article_id), limit=1)
        before = search.before(connection, Wanted(state="hold"), article_id)
        last = desk_undo.of(connection, visit.user.id)
    return visit.page(
        "review.html",
        one=found,
        reasons=[(say_reason(reason.code), reason) for reason in found.reasons],
        following=following[0].article_id if following else None,
        before=before,
        last=last,
        sections=_sections(visit),
    )


def _sections(visit: Visit) -> Mapping[str, str]:
    try:
        return {section.key: section.name for section in visit.room.read_sources().site.sections}
    except ReprintError:
        return {}
