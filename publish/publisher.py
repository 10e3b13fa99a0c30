"""The outbox's postman: what is pending goes to its target, is marked, and stands in the ledger.

A publication is marked only after its target has it, and a target may be given the same one twice without harm. So a
publisher that is killed in between simply does it again, to the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

import sqlalchemy as sa
import structlog

from ingest.errors import PublishError
from ingest.store import attributions, bookmarks, ledger, publications
from ingest.store.database import read, write
from ingest.store.locks import alone
from ingest.store.publications import PublicationRow
from publish.feeds import FEED_SIZE, Withdrawal
from publish.publication import Publication
from publish.target import Target
from publish.teaser import teaser_from_json, teaser_of, teaser_to_json

log = structlog.get_logger()

#: The ledger's words for what puts a page up.
PUT_EVENTS = ("publication.published", "publication.updated", "publication.rebuilt")

_LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class PublishReport:
    """What one round did at one target."""

    target: str
    published: tuple[PublicationRow, ...] = ()
    updated: tuple[PublicationRow, ...] = ()
    withdrawn: tuple[PublicationRow, ...] = ()
    #: Slug and reason of each that the target refused; it is tried again later.
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(kw_only=True)
class _Tally:
    """The round's counts while it goes on."""

    published: list[PublicationRow] = field(default_factory=list)
    updated: list[PublicationRow] = field(default_factory=list)
    withdrawn: list[PublicationRow] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def publish_waiting(
    target: Target,
    *,
    engine: sa.Engine,
    clock: Callable[[], datetime],
    actor: str,
    stopping: Callable[[], bool] = lambda: False,
    on_done: Callable[[str], None] = lambda _slug: None,
) -> PublishReport:
    """Give the target all that waits for it, then bring its lists up to date.

    What the target refuses is set back with its reason and tried again later; the rest goes on.
    """
    tally = _Tally()
    # Two publishers side by side could write an older page over a newer one.
    with alone(engine, f"publish-{target.name}"):
        with read(engine) as connection:
            waiting = publications.waiting(connection, target.name, now=clock())
        for row in waiting:
            if stopping():
                break
            _deliver(row, target, tally, engine=engine, clock=clock, actor=actor)
            on_done(row.slug)
        try:
            refresh_if_stale(target, engine=engine)
        except PublishError as error:
            tally.failed.append(("lists and feeds", str(error)))
            log.warning("publish.refresh_failed", target=target.name, error=str(error))
    report = PublishReport(
        target=target.name,
        published=tuple(tally.published),
        updated=tuple(tally.updated),
        withdrawn=tuple(tally.withdrawn),
        failed=tuple(tally.failed),
    )
    _log_round(report)
    return report


def _deliver(
    row: PublicationRow,
    target: Target,
    tally: _Tally,
    *,
    engine: sa.Engine,
    clock: Callable[[], datetime],
    actor: str,
) -> None:
    try:
        if row.state == "withdrawing":
            _withdraw(row, target, engine=engine, now=clock(), actor=actor)
            tally.withdrawn.append(row)
        else:
            _put(row, target, engine=engine, now=clock(), actor=actor)
            (tally.updated if row.first_published_at else tally.published).append(row)
    except PublishError as error:
        tally.failed.append((row.slug, str(error)))
        _set_back(row, error, engine=engine, now=clock())
    except (ValueError, TypeError, LookupError) as error:
        # A record that this version cannot show must not stop the rest.
        log.exception("publication.crashed", target=row.target, slug=row.slug)
        failure = PublishError(f"it cannot be shown: {error}", where=row.slug, next_step="please report it")
        tally.failed.append((row.slug, str(failure)))
        _set_back(row, failure, engine=engine, now=clock())


def _put(row: PublicationRow, target: Target, *, engine: sa.Engine, now: datetime, actor: str) -> None:
    with read(engine) as connection:
        publication = load(connection, row)
    teaser = teaser_to_json(teaser_of(publication))
    location = target.put(publication)
    event = "publication.updated" if row.first_published_at else "publication.published"
    with write(engine) as connection:
        if not publications.mark_published(
            connection, row, location=location, teaser=teaser, changed=publication.updated_at
        ):
            publications.do_again(connection, row)
            return
        head = log_publication(
            connection, row, event, now=now, actor=actor, location=location, shown=shown_of(publication, teaser)
        )
        bookmarks.put(connection, stale_mark(target.name), str(head.seq))


def shown_of(publication: Publication, teaser: str) -> dict[str, object]:
    """Return what the ledger keeps of a publication as shown: its teaser's SHA-256 (hex), and its times."""
    return {
        "teaser": hashlib.sha256(teaser.encode()).hexdigest(),
        "since": publication.published_at,
        "changed": publication.updated_at,
    }


def load(connection: sa.Connection, row: PublicationRow) -> Publication:
    """Return the publication of an outbox row, from the records alone.

    Its times are the intent's, not the clock's, so that doing it again gives the same bytes.
    """
    return Publication(
        work_id=row.work_id,
        slug=row.slug,
        attributed=attributions.load(connection, row.attribution_id),
        published_at=row.first_published_at or row.intended_at,
        updated_at=_words_changed_at(connection, row),
    )


def _words_changed_at(connection: sa.Connection, row: PublicationRow) -> datetime:
    """Return since when these words stand at the target: other terms, or a while away, are no update to a reader."""
    if row.first_published_at is None:
        return row.intended_at
    if row.state == "published":
        return row.updated_at or row.intended_at
    for record in ledger.records(connection, subject=f"article:{row.article_id}"):
        said = record.data if record.event in PUT_EVENTS else {}
        if (said.get("target"), said.get("revision")) == (row.target, row.revision_id):
            return datetime.fromisoformat(said["changed"]) if "changed" in said else record.at
    return row.intended_at


def _withdraw(row: PublicationRow, target: Target, *, engine: sa.Engine, now: datetime, actor: str) -> None:
    location = target.withdraw(row.slug, withdrawn_at=row.intended_at)
    with write(engine) as connection:
        if not publications.mark_withdrawn(connection, row):
            publications.do_again(connection, row)
        else:
            head = log_publication(connection, row, "publication.withdrawn", now=now, actor=actor, location=location)
            bookmarks.put(connection, stale_mark(target.name), str(head.seq))


def _set_back(row: PublicationRow, error: PublishError, *, engine: sa.Engine, now: datetime) -> None:
    wait = min(timedelta(minutes=1) * 4 ** min(row.attempts, 6), _LONGEST_WAIT)
    with write(engine) as connection:
        publications.postpone(connection, row.id, error=str(error), due_at=now + wait)
    log.warning("publication.failed", target=row.target, slug=row.slug, error=str(error))


def refresh_if_stale(target: Target, *, engine: sa.Engine, always: bool = False) -> bool:
    """Bring the target's lists up to date if anything was marked since the last time; return whether it was done.

    The mark of staleness is set in the transaction that marks a publication, so a kill in between is made up for.
    """
    with read(engine) as connection:
        stale = int(bookmarks.get(connection, stale_mark(target.name)) or 0)
        fresh = int(bookmarks.get(connection, _fresh(target.name)) or 0)
        if stale <= fresh and not always:
            return False
        shelf = [
            teaser_from_json(row.teaser) for row in publications.published(connection, target.name) if row.teaser
        ]
        withdrawn = withdrawals(connection, target.name)
    target.refresh(shelf, withdrawn)
    with write(engine) as connection:
        bookmarks.put(connection, _fresh(target.name), str(stale))
    return True


def withdrawals(connection: sa.Connection, target: str) -> list[Withdrawal]:
    """Return what was taken down last at a target, as its feeds tell it."""
    return [
        Withdrawal(
            work_id=gone.work_id,
            published_at=gone.published_at,
            withdrawn_at=gone.withdrawn_at,
            partners=frozenset(key for key in (gone.partner, gone.origin_key) if key),
        )
        for gone in publications.taken_down(connection, target, most=FEED_SIZE)
    ]


def lists_wait(engine: sa.Engine, target: str) -> bool:
    """Tell whether something was published or taken down that the target's lists do not show yet."""
    with read(engine) as connection:
        stale = int(bookmarks.get(connection, stale_mark(target)) or 0)
        return stale > int(bookmarks.get(connection, _fresh(target)) or 0)


def waiting_count(engine: sa.Engine, targets: Iterable[Target], *, now: datetime) -> int:
    """Return how many publications wait in all targets' outboxes."""
    with read(engine) as connection:
        return sum(len(publications.waiting(connection, target.name, now=now)) for target in targets)


def log_publication(
    connection: sa.Connection,
    row: PublicationRow,
    event: str,
    *,
    now: datetime,
    actor: str,
    location: str,
    shown: Mapping[str, object] = MappingProxyType({}),
) -> ledger.Head:
    """Write into the ledger what became of a publication at its target."""
    payload = {
        **shown,
        "work": row.work_id,
        "target": row.target,
        "location": location,
        "revision": row.revision_id,
        "attribution": row.attribution_id,
    }
    return ledger.append(
        connection, at=now, actor=actor, event=event, subject=f"article:{row.article_id}", payload=payload
    )


def _log_round(report: PublishReport) -> None:
    if report.published or report.updated or report.withdrawn or report.failed:
        log.info(
            "publish.done",
            target=report.target,
            published=len(report.published),
            updated=len(report.updated),
            withdrawn=len(report.withdrawn),
            failed=len(report.failed),
        )


def stale_mark(target: str) -> str:
    """Return the bookmark that tells up to which record of the ledger a target's lists are out of date."""
    return f"stale:{target}"


def _fresh(target: str) -> str:
    return f"fresh:{target}"
