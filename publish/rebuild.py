"""Write everything that stands at a target once more, from the records alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from ingest.store import publications
from ingest.store.database import read, write
from ingest.store.locks import alone
from ingest.store.publications import PublicationRow
from publish.publisher import load, log_publication, refresh_if_stale, shown_of
from publish.target import Target
from publish.teaser import teaser_of, teaser_to_json


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
    with alone(engine, f"publish-{target.name}"):
        with read(engine) as connection:
            rows = publications.published(connection, target.name)
            gone = publications.withdrawn(connection, target.name)
        for row in rows:
            _write_again(as_it_stands(row), target, engine=engine, now=clock(), actor=actor)
            on_done(row.slug)
        for row in gone:
            target.withdraw(row.slug, withdrawn_at=row.intended_at)
        refresh_if_stale(target, engine=engine, always=True)
    return len(rows)


def as_it_stands(row: PublicationRow) -> PublicationRow:
    """Return the row as it was published last, whatever change waits in the outbox."""
    return replace(
        row,
        state="published",
        attribution_id=row.out_attribution_id or row.attribution_id,
        intended_at=row.updated_at or row.intended_at,
    )


def _write_again(row: PublicationRow, target: Target, *, engine: sa.Engine, now: datetime, actor: str) -> None:
    with read(engine) as connection:
        publication = load(connection, row)
    location = target.put(publication)
    teaser = teaser_to_json(teaser_of(publication))
    if teaser == row.teaser:
        return
    # A newer reprint tells more, or otherwise, in its lists than the one that published it.
    with write(engine) as connection:
        publications.keep_teaser(connection, row.id, teaser)
        shown = shown_of(publication, teaser)
        log_publication(connection, row, "publication.rebuilt", now=now, actor=actor, location=location, shown=shown)
