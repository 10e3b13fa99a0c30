"""Partners: how their feeds are, what their terms say and why we think so, what ends soon; poll now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from starlette.responses import Response
from starlette.routing import Route

from ingest.feed_orders import Order, discard_flood, poll_now, release_flood, resume
from ingest.polled import FeedRecord
from ingest.sources import Partner
from ingest.sources.provenance import Permission, Rule, permissions_of, rules_of
from ingest.store import feed_counts, feeds, volumes
from ingest.store.database import read, write
from ingest.terms import Basis, Grant
from ingest.terms.preset import preset
from publish.body_html import safe_href
from publish.desk.feed_health import views
from publish.desk.visiting import Visit, action, missing, page

#: Partners, or feeds of one, on a page.
_AT_ONCE: Final = 30
_SOON: Final = timedelta(days=30)
_STUCK: Final = 40


def routes() -> list[Route]:
    """Return the routes."""
    feed = "/partners/{key}/feeds/{feed_id:int}"
    return [
        page("/partners", partners),
        page("/partners/{key}", partner),
        action(f"{feed}/poll", order_poll),
        action(f"{feed}/resume", order_resume),
        action(f"{feed}/release-flood", order_release),
        action(f"{feed}/discard-flood", order_discard),
    ]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One permission as the page shows it."""

    rules: tuple[Rule, ...]
    preset: str | None
    #: What is to be done before anything may be republished.
    needs: str | None
    grant: Grant
    #: The proof's address where it is a web page.
    proof_href: str | None


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A day on which something of the terms ends."""

    day: date
    what: str
    over: bool


def partners(visit: Visit) -> Response:
    """Show all partners, some on a page, with those that need a person told first."""
    wanted = visit.asked("find").casefold()
    known = visit.room.read_sources().partners
    chosen = [one for one in known if wanted in one.name.casefold() or wanted in one.key]
    number, pages = _paging(visit, len(chosen))
    now = visit.room.clock()
    with read(visit.room.engine) as connection:
        found = views(connection, chosen[(number - 1) * _AT_ONCE : number * _AT_ONCE], now=now)
        ending = volumes.ending(connection, by=now + _SOON, limit=10)
    deadlines = [(one, due) for one in known for due in deadlines_of(one, now)]
    return visit.page(
        "partners.html",
        views=found,
        find=wanted,
        number=number,
        pages=pages,
        count=len(chosen),
        ending=ending,
        deadlines=sorted(deadlines, key=lambda pair: pair[1].day)[:_STUCK],
        held=[one for one in known if one.terms.grant.basis is Basis.NONE and not one.other_terms],
    )


def partner(visit: Visit) -> Response:
    """Show one partner: its feeds, its terms with their sources, what ends soon, what got stuck."""
    found = visit.room.read_sources().partner(visit.request.path_params["key"])
    if found is None:
        return missing(visit, "there is no such partner in the sources")
    now = visit.room.clock()
    with read(visit.room.engine) as connection:
        view = views(connection, [found], now=now)[0]
        ids = [one.record.id for one in view.feeds if one.record]
        stuck = feed_counts.stuck(connection, ids, limit=_STUCK)
        keys = (found.key, *found.formerly)
        ending = volumes.ending(connection, by=now + _SOON, partners=keys)
    number, pages = _paging(visit, len(view.feeds))
    return visit.page(
        "partner.html",
        view=view,
        feeds=view.feeds[(number - 1) * _AT_ONCE : number * _AT_ONCE],
        number=number,
        pages=pages,
        permissions=[_shown(one) for one in permissions_of(found)],
        deadlines=list(deadlines_of(found, now)),
        ending=ending,
        stuck=stuck,
        home=safe_href(found.url),
        since=(now - timedelta(days=30)).date(),
        today=now.date(),
    )


def deadlines_of(one: Partner, now: datetime) -> list[Deadline]:
    """Return the days of a partner's terms that are over or come within a month, in order."""
    found = []
    for terms in (one.terms, *one.other_terms):
        days = (
            (terms.grant.valid_until, "The permission ends"),
            (terms.grant.review_by, "The terms are to be reviewed"),
        )
        found += [Deadline(day=day, what=what, over=day < now.date()) for day, what in days if day]
    return sorted((due for due in found if due.day <= (now + _SOON).date()), key=lambda due: due.day)


def _shown(permission: Permission) -> Shown:
    grant = permission.terms.grant
    needs = preset(permission.preset).needs if permission.preset and grant.basis is Basis.NONE else None
    return Shown(
        rules=tuple(rules_of(permission)),
        preset=permission.preset,
        needs=needs,
        grant=grant,
        proof_href=safe_href(grant.evidence),
    )


def order_poll(visit: Visit) -> Response:
    """Have a feed polled at the next chance."""
    return _order(visit, _polled)


def order_resume(visit: Visit) -> Response:
    """Poll a feed again that was parked, is gone or waits after failures, and its given-up entries with it."""
    return _order(visit, _resumed)


def order_release(visit: Visit) -> Response:
    """Let a held flood through."""
    return _order(visit, lambda *order: f"Released: {release_flood(*order):,} entries.")


def order_discard(visit: Visit) -> Response:
    """Give a held flood up."""
    return _order(visit, lambda *order: f"Given up: {discard_flood(*order):,} entries; they stay known.")


def _polled(connection: sa.Connection, feed: FeedRecord, order: Order) -> str:
    poll_now(connection, feed, order)
    return "The feed is due now. `reprint run` polls it within seconds, or `reprint ingest` when you run it."


def _resumed(connection: sa.Connection, feed: FeedRecord, order: Order) -> str:
    again = resume(connection, feed, order, failed_entries=True)
    entries = f" Entries that are tried again: {again:,}." if again else ""
    return f"The feed is polled again, at the next chance.{entries}"


def _order(visit: Visit, do: Callable[[sa.Connection, FeedRecord, Order], str]) -> Response:
    key, back = visit.request.path_params["key"], f"/partners/{visit.request.path_params['key']}"
    order = Order(actor=visit.user.name, now=visit.room.clock())
    with write(visit.room.engine) as connection:
        feed = feeds.by_id(connection, visit.number("feed_id"))
        if feed is None or feed.partner != key or visit.room.read_sources().partner(key) is None:
            return missing(visit, "there is no such feed of this partner")
        told = do(connection, feed, order)
    # The session's own write comes after this one has ended.
    return visit.go(back, told=told)


def _paging(visit: Visit, count: int) -> tuple[int, int]:
    """Return which page is asked for, from 1, and how many there are."""
    pages = max(-(-count // _AT_ONCE), 1)
    asked = visit.asked("page")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    return min(max(number, 1), pages), pages
