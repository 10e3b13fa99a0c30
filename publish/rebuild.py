"""Write everything that stands at a target once more, from the records alone."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa
import structlog

from ingest.errors import PublishError
from ingest.store import listings, outbox, publications
from ingest.store.database import read, write
from ingest.store.listings import Place
from ingest.store.locks import alone
from ingest.store.publications import PublicationRow
from publish.farewell import farewell
from publish.publication import Publication, Related
from publish.records import as_it_stands, load_all, log_publication, related, shown_of, topics_of
from publish.refresh import refresh_if_stale
from publish.target import Listing, Target
from publish.teaser import Teaser, teaser_from_json, teaser_of, teaser_to_json

log = structlog.get_logger()

_AT_ONCE = 100


def rebuild(
    target: Target,
    *,
    engine: sa.Engine,
    clock: Callable[[], datetime],
    actor: str,
    on_done: Callable[[str], None] = lambda _slug: None,
) -> int:
    """Give the target everything that it shows, and every notice of what is gone; return how many pages.

    What waits in the outbox stays there: a page is written as it stands, not as it will. Raises PublishError.
    """
    count, before, refused = 0, _Before(), list[PublishError]()
    with alone(engine, f"publish-{target.name}"):
        if isinstance(target, Listing):
            target.undress()
        for row, publication in _published(engine, target.name):
            try:
                _write_again(row, publication, target, before, engine=engine, now=clock(), actor=actor)
            except PublishError as error:
                if isinstance(target, Listing):
                    # Our own folder refuses all or none.
                    raise
                # One that an editor changed at the target holds up no other.
                refused.append(error)
                log.warning("rebuild.refused", target=target.name, slug=row.slug, error=str(error))
            else:
                count += 1
            on_done(row.slug)
        with read(engine) as connection:
            rows = publications.withdrawn(connection, target.name)
            gone = [(row, farewell(connection, row)) for row in rows]
        for row, notice in gone:
            target.withdraw(row.slug, notice=notice, withdrawn_at=row.intended_at)
        if isinstance(target, Listing):
            with write(engine) as connection:
                listings.replace_all(connection, target.name, _places(connection, target, target.name))
        refresh_if_stale(target, engine=engine, always=True)
    if refused:
        raise PublishError(
            f"{len(refused)} of {count + len(refused)} pages could not be rebuilt; the first: {refused[0]}",
            where=target.name,
            next_step="see the log for the others",
        )
    return count


def _published(engine: sa.Engine, target: str) -> Iterator[tuple[PublicationRow, Publication]]:
    """Yield what stands at the target in our own order of time, some at a time."""
    with read(engine) as connection:
        ids = publications.standing_ids(connection, target)
    for start in range(0, len(ids), _AT_ONCE):
        with read(engine) as connection:
            rows = [as_it_stands(row) for row in publications.by_ids(connection, ids[start : start + _AT_ONCE])]
            found = load_all(connection, rows)
        yield from zip(rows, found, strict=True)


def _places(connection: sa.Connection, target: Listing, name: str) -> Iterator[tuple[int, Sequence[Place]]]:
    ids = publications.standing_ids(connection, name)
    for start in range(0, len(ids), _AT_ONCE):
        for row in publications.by_ids(connection, ids[start : start + _AT_ONCE]):
            if row.teaser:
                yield row.work_id, target.places(teaser_from_json(row.teaser))


@dataclass(frozen=True, kw_only=True)
class _Before:
    """The last pieces of each list on the way from the oldest to the newest."""

    lists: dict[str, deque[Related]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=listings.LOOKED_BACK))
    )

    def beside(self, publication: Publication, places: Sequence[Place]) -> Publication:
        """Return the publication with the pieces just before it on its topic."""
        for topic in topics_of(places):
            if found := tuple(reversed(self.lists[topic.list])):
                return replace(publication, topic=topic.name, related=found)
        return publication

    def pass_by(self, teaser: Teaser, places: Sequence[Place]) -> None:
        """Take a piece as the last one seen."""
        for topic in topics_of(places):
            self.lists[topic.list].append(related(teaser))


def _write_again(
    row: PublicationRow,
    publication: Publication,
    target: Target,
    before: _Before,
    *,
    engine: sa.Engine,
    now: datetime,
    actor: str,
) -> None:
    shown = teaser_of(publication)
    places = target.places(shown) if isinstance(target, Listing) else ()
    location = target.put(before.beside(publication, places))
    before.pass_by(shown, places)
    teaser = teaser_to_json(shown)
    if teaser == row.teaser:
        return
    # A newer reprint tells more, or otherwise, in its lists than the one that published it.
    with write(engine) as connection:
        outbox.keep_teaser(connection, row.id, teaser)
        kept = shown_of(publication, teaser)
        log_publication(connection, row, "publication.rebuilt", now=now, actor=actor, location=location, shown=kept)
