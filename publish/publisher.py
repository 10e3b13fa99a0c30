"""The outbox's postman: what is pending goes to its target, is marked, and stands in the ledger.

A publication is marked only after its target has it, and a target may be given the same one twice without harm. So a
publisher that is killed in between simply does it again, to the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from ingest.errors import PublishError
from ingest.store import bookmarks, corrections, ledger, listings, outbox, publications
from ingest.store.database import read, write
from ingest.store.locks import alone
from ingest.store.publications import PublicationRow
from publish.farewell import farewell
from publish.rebuild import rebuild
from publish.records import load, log_publication, shown_of, with_related
from publish.refresh import refresh_if_stale, stale_mark
from publish.target import Listing, Target
from publish.teaser import teaser_of, teaser_to_json

log = structlog.get_logger()

_BEGUN_AT_ONCE = 50
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
    only: int | None = None,
) -> PublishReport:
    """Give the target all that waits for it, or one work `only`, then bring its lists up to date.

    What the target refuses is set back with its reason and tried again later; the rest goes on.
    """
    if isinstance(target, Listing) and not target.is_dressed():
        rebuild(target, engine=engine, clock=clock, actor=actor)
    tally = _Tally()
    # Two publishers side by side could write an older page over a newer one.
    with alone(engine, f"publish-{target.name}"):
        with read(engine) as connection:
            waiting = publications.waiting(connection, target.name, now=clock())
        for row in _begun([row for row in waiting if only in {None, row.work_id}], engine=engine, stopping=stopping):
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


def _begun(
    waiting: Sequence[PublicationRow], *, engine: sa.Engine, stopping: Callable[[], bool]
) -> Iterator[PublicationRow]:
    """Yield what is to be given, some at a time noted as begun: what a kill leaves there must be found again."""
    for start in range(0, len(waiting), _BEGUN_AT_ONCE):
        batch = waiting[start : start + _BEGUN_AT_ONCE]
        with write(engine) as connection:
            outbox.begin(connection, [row.id for row in batch if row.state == "pending"])
        for at, row in enumerate(batch):
            if stopping():
                with write(engine) as connection:
                    outbox.begin(connection, [rest.id for rest in batch[at:] if not rest.begun], begun=False)
                return
            yield row


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
        shown = teaser_of(publication)
        places = target.places(shown) if isinstance(target, Listing) else ()
        publication = with_related(connection, target.name, publication, places)
    teaser = teaser_to_json(shown)
    location = target.put(publication)
    event = "publication.updated" if row.first_published_at else "publication.published"
    with write(engine) as connection:
        if not outbox.mark_published(
            connection, row, location=location, teaser=teaser, changed=publication.updated_at
        ):
            outbox.do_again(connection, row)
            return
        listings.place(connection, target.name, row.work_id, places)
        _mark_corrections(connection, row, now=now, actor=actor)
        head = log_publication(
            connection, row, event, now=now, actor=actor, location=location, shown=shown_of(publication, teaser)
        )
        bookmarks.put(connection, stale_mark(target.name), str(head.seq))


def _mark_corrections(connection: sa.Connection, row: PublicationRow, *, now: datetime, actor: str) -> None:
    """Note since when the page shows each of its corrections, and how long that took."""
    shown = corrections.mark_shown(
        connection,
        row.article_id,
        target=row.target,
        revision_id=row.revision_id,
        intended_at=row.intended_at,
        now=now,
    )
    for number, delay in shown:
        payload = {"correction": number, "target": row.target, "delay_seconds": delay}
        subject = f"article:{row.article_id}"
        ledger.append(connection, at=now, actor=actor, event="correction.shown", subject=subject, payload=payload)


def _withdraw(row: PublicationRow, target: Target, *, engine: sa.Engine, now: datetime, actor: str) -> None:
    with read(engine) as connection:
        notice = farewell(connection, row)
    location = target.withdraw(row.slug, notice=notice, withdrawn_at=row.intended_at)
    with write(engine) as connection:
        if not outbox.mark_withdrawn(connection, row):
            outbox.do_again(connection, row)
        else:
            listings.place(connection, target.name, row.work_id, ())
            head = log_publication(connection, row, "publication.withdrawn", now=now, actor=actor, location=location)
            bookmarks.put(connection, stale_mark(target.name), str(head.seq))


def _set_back(row: PublicationRow, error: PublishError, *, engine: sa.Engine, now: datetime) -> None:
    wait = min(timedelta(minutes=1) * 4 ** min(row.attempts, 6), _LONGEST_WAIT)
    with write(engine) as connection:
        outbox.postpone(connection, row.id, error=str(error), due_at=now + wait)
    log.warning("publication.failed", target=row.target, slug=row.slug, error=str(error))


def waiting_count(engine: sa.Engine, targets: Iterable[Target], *, now: datetime) -> int:
    """Return how many publications wait in all targets' outboxes."""
    with read(engine) as connection:
        return sum(len(publications.waiting(connection, target.name, now=now)) for target in targets)


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
