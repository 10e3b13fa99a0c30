"""What an editor does to an article: each action calls what the command line calls, and counts on what was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.responses import Response
from starlette.routing import Route

from ingest.choosing import choose_section, schedule
from ingest.editing import Desk, correct_byline, edit, give_up, with_headline
from ingest.edits import Sheet, parse_sheet
from ingest.errors import ConfigError
from ingest.rights import Verdict
from ingest.ruling import give_ruling
from ingest.store import attributions
from ingest.store.database import read
from ingest.store.rulings import Ruling
from publish.desk.undoing import Before, look_before, note_action
from publish.desk.visiting import Visit, action

_MOST_CHARACTERS = 2000


def routes() -> list[Route]:
    """Return the routes."""
    return [
        action("/articles/{article_id:int}/release", release),
        action("/articles/{article_id:int}/withdraw", withdraw),
        action("/articles/{article_id:int}/headline", change_headline),
        action("/articles/{article_id:int}/byline", change_byline),
        action("/articles/{article_id:int}/words", change_words),
        action("/articles/{article_id:int}/their-words", give_words_up),
        action("/articles/{article_id:int}/section", change_section),
        action("/articles/{article_id:int}/schedule", change_schedule),
    ]


def release(visit: Visit) -> Response:
    """Let an article pass what a person may let pass."""
    before = look_before(visit, "release")
    verdict = _rule(visit, Ruling.RELEASED)
    told = (
        "Released; it goes out in a moment." if verdict is Verdict.PUBLISH else f"Released, but still {_why(visit)}"
    )
    return _done(visit, before, told)


def withdraw(visit: Visit) -> Response:
    """Take an article's work down, or keep it from ever being published; only a release brings it back."""
    before = look_before(visit, "withdraw")
    _rule(visit, Ruling.WITHDRAWN)
    told = "Withdrawn; its page comes down now." if before.out else "Rejected for good; no copy of it comes back."
    return _done(visit, before, told, at_once=True)


def _rule(visit: Visit, ruling: Ruling) -> Verdict:
    return give_ruling(
        visit.room.engine,
        visit.number("article_id"),
        ruling,
        reason=_field(visit, "reason"),
        sources=visit.room.read_sources(),
        keeping=visit.room.keeping(visit.user.name),
        notice=_field(visit, "notice"),
        seen=_seen(visit),
    )


def change_headline(visit: Visit) -> Response:
    """Write another headline, where the terms allow it."""
    headline = _field(visit, "headline")
    if not headline:
        raise ConfigError("a headline needs words", where=f"article {visit.number('article_id')}")
    return _edit(visit, lambda sheet: with_headline(sheet, headline))


def change_words(visit: Visit) -> Response:
    """Write other words, where the terms allow it."""
    sheet = parse_sheet(visit.form.get("text", ""))
    return _edit(visit, lambda _before: sheet)


def _edit(visit: Visit, change: Callable[[Sheet], Sheet]) -> Response:
    before = look_before(visit, "edit")
    desk = _desk(visit)
    verdict = edit(desk, visit.number("article_id"), change, reason=_field(visit, "reason"))
    if verdict is None:
        return visit.go(_way_back(visit), told="Nothing was changed.")
    return _done(visit, before, "Our words stand now; the partner's stay on record.")


def change_byline(visit: Visit) -> Response:
    """Say who wrote it."""
    before = look_before(visit, "edit")
    names = [line for line in visit.form.get("byline", "").splitlines() if line.strip()]
    verdict = correct_byline(_desk(visit), visit.number("article_id"), names, reason=_field(visit, "reason"))
    if verdict is None:
        return visit.go(_way_back(visit), told="That is how the byline stands.")
    return _done(visit, before, "The byline is corrected; what the partner printed stays on record.")


def give_words_up(visit: Visit) -> Response:
    """Let it stand in the partner's words again."""
    before = look_before(visit, "edit")
    give_up(_desk(visit), visit.number("article_id"), reason=_field(visit, "reason"))
    return _done(visit, before, "It stands in the partner's words again.")


def change_section(visit: Visit) -> Response:
    """Put it into one of our sections, or back where the partner's labels put it."""
    before = look_before(visit, "section")
    choose_section(_desk(visit), visit.number("article_id"), _field(visit, "section") or None)
    return _done(visit, before, "The section is chosen.")


def change_schedule(visit: Visit) -> Response:
    """Keep it back until a time, or no longer."""
    before = look_before(visit, "schedule")
    at = moment_of(_field(visit, "not_before"))
    schedule(_desk(visit), visit.number("article_id"), at)
    told = f"Scheduled for {at:%-d %b %Y, %H:%M} UTC." if at is not None else "It is scheduled no longer."
    return _done(visit, before, told)


def moment_of(text: str) -> datetime | None:
    """Return the time in UTC that a form names, None where it names none; raises ConfigError for nonsense."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise ConfigError(
            f"{text[:40]!r} is no time", where="schedule", next_step="write it like 2026-11-25T18:00, in UTC"
        ) from None


def _done(visit: Visit, before: Before, told: str, *, at_once: bool = False) -> Response:
    note_action(visit, before)
    send = visit.room.send_now if at_once else visit.room.send_soon
    send(before.work_id)
    return visit.go(_way_back(visit), told=f"“{before.headline}”: {told}")


def _why(visit: Visit) -> str:
    with read(visit.room.engine) as connection:
        decision = attributions.of_article(connection, visit.number("article_id")).decision
    reasons = " ".join(reason.message for reason in decision.reasons)
    return f"{'denied' if decision.verdict is Verdict.DENY else 'held'}: {reasons}"


def _desk(visit: Visit) -> Desk:
    room = visit.room
    return Desk(
        engine=room.engine,
        sources=room.read_sources(),
        keeping=room.keeping(visit.user.name),
        seen=_seen(visit),
    )


def _seen(visit: Visit) -> int:
    """Return the version that the form was made for; a form without one has seen nothing."""
    text = visit.form.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _field(visit: Visit, name: str) -> str:
    return visit.form.get(name, "").strip()[:_MOST_CHARACTERS]


def _way_back(visit: Visit) -> str:
    """Return where the editor goes on: the next held article, or where this one is."""
    wanted, article_id = visit.form.get("then", ""), visit.number("article_id")
    if wanted == "queue":
        return "/queue"
    if wanted.isdecimal() and len(wanted) < 19:
        return f"/queue/{wanted}"
    return f"/articles/{article_id}"
