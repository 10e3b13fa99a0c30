"""All articles: found by words and by what they are, and each one's story, words and changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

import sqlalchemy as sa
from starlette.responses import Response
from starlette.routing import Route

from ingest.edits import write_sheet
from ingest.edits.sheet import sheet_of
from ingest.revisions import diff
from ingest.store import articles, desk_undo, search
from ingest.store.articles import RevisionRow
from ingest.store.database import read
from ingest.store.search import Wanted
from publish.audit.story import tell_story
from publish.desk.paging import after_of, token_of
from publish.desk.reasons import say_reason
from publish.desk.review import load_review, whole_body
from publish.desk.visiting import Visit, missing, page
from publish.diff_page import in_context

_AT_ONCE: Final = 40
#: Chapters of a story that one page tells.
_CHAPTERS: Final = 200
_FIELDS: Final = ("q", "partner", "origin", "state", "since", "until")
#: A change of a whole book is not read passage by passage.
_PASSAGES: Final = 120


def routes() -> list[Route]:
    """Return the routes."""
    return [
        page("/articles", list_articles),
        page("/articles/{article_id:int}", show_article),
        page("/articles/{article_id:int}/text", show_text),
        page("/articles/{article_id:int}/page", show_page_read),
        page("/articles/{article_id:int}/words", show_words),
        page("/articles/{article_id:int}/diff/{earlier:int}/{later:int}", show_diff),
    ]


def list_articles(visit: Visit) -> Response:
    """Show the articles that fit, the newest first."""
    asked = {name: visit.asked(name)[:200] for name in _FIELDS}
    wanted = Wanted(
        words=asked["q"],
        partner=asked["partner"],
        origin=asked["origin"],
        state=asked["state"],
        since=_day(asked["since"]),
        until=_next_day(asked["until"]),
    )
    with read(visit.room.engine) as connection:
        places = search.find(connection, wanted, after=after_of(visit), limit=_AT_ONCE + 1)
        rows = articles.rows_of(connection, [place.article_id for place in places[:_AT_ONCE]])
        partners, origins = search.partners(connection), search.origins(connection)
    filters = {name: value for name, value in asked.items() if value}
    more = urlencode({**filters, "after": token_of(places[_AT_ONCE - 1])}) if len(places) > _AT_ONCE else ""
    return visit.page(
        "articles.html",
        rows=rows,
        asked=asked,
        more=more,
        first=urlencode(filters) if visit.asked("after") else None,
        partners=partners,
        origins=origins,
        say=say_reason,
    )


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC) if text else None
    except ValueError:
        return None


def _next_day(text: str) -> datetime | None:
    day = _day(text)
    try:
        return day + timedelta(days=1) if day is not None else None
    except OverflowError:
        return None


def show_article(visit: Visit) -> Response:
    """Show one article: how it stands, its words, what may be done, and its whole story."""
    article_id = visit.number("article_id")
    with read(visit.room.engine) as connection:
        one = load_review(connection, article_id)
        if one is None:
            return missing(visit, f"There is no article {article_id}")
        story = list(tell_story(connection, article_id))
        last = desk_undo.of(connection, visit.user.id)
    return visit.page(
        "article.html",
        one=one,
        reasons=[(say_reason(reason.code), reason) for reason in one.reasons],
        story=story[-_CHAPTERS:][::-1],
        earlier=max(len(story) - _CHAPTERS, 0),
        last=last if last is not None and last.article_id == article_id else None,
        pairs=_pairs(one.revisions),
        sections={section.key: section.name for section in visit.room.read_sources().site.sections},
    )


def _pairs(revisions: tuple[RevisionRow, ...]) -> list[tuple[RevisionRow, RevisionRow | None]]:
    """Return each revision with the one before it, the newest first."""
    before: list[RevisionRow | None] = [None, *revisions]
    return list(zip(revisions, before, strict=False))[::-1][:50]


def show_text(visit: Visit) -> Response:
    """Show the whole text as we have it."""
    with read(visit.room.engine) as connection:
        one = load_review(connection, visit.number("article_id"))
    if one is None:
        return missing(visit, "There is no such article")
    return visit.page("text.html", one=one, body=whole_body(one.article.body))


def show_page_read(visit: Visit) -> Response:
    """Show the partner's page block by block, kept and dropped; for a frame that may run and load nothing."""
    with read(visit.room.engine) as connection:
        one = load_review(connection, visit.number("article_id"))
    if one is None:
        return missing(visit, "There is no such article")
    answer = visit.bare("page.html", one=one)
    answer.headers["content-security-policy"] = FRAME_POLICY
    return answer


#: Partner's words alone: no script, nothing loaded, no origin of its own, and shown in our own pages only.
FRAME_POLICY: Final = (
    "sandbox; default-src 'none'; img-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


def show_words(visit: Visit) -> Response:
    """Show the words as a sheet to write on."""
    with read(visit.room.engine) as connection:
        one = load_review(connection, visit.number("article_id"))
    if one is None:
        return missing(visit, "There is no such article")
    return visit.page("words.html", one=one, text=write_sheet(sheet_of(one.article)))


def show_diff(visit: Visit) -> Response:
    """Show what changed between two revisions, word for word."""
    with read(visit.room.engine) as connection:
        one = load_review(connection, visit.number("article_id"))
        pair = _pair(connection, visit)
        if one is None or pair is None:
            return missing(visit, "There are no such two versions")
        before, after = pair
        found = diff(articles.load(connection, before.id), articles.load(connection, after.id))
    parts = list(in_context(found.passages))
    return visit.page(
        "changes.html",
        one=one,
        before=before,
        after=after,
        change=found.change,
        parts=parts[:_PASSAGES],
        left_out=max(len(parts) - _PASSAGES, 0),
    )


def _pair(connection: sa.Connection, visit: Visit) -> tuple[RevisionRow, RevisionRow] | None:
    known = {row.number: row for row in articles.revisions(connection, visit.number("article_id"))}
    earlier, later = known.get(visit.number("earlier")), known.get(visit.number("later"))
    return (earlier, later) if earlier is not None and later is not None else None
