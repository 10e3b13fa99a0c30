"""Publications as the store's records have them, and what stands beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa

from ingest.corrections import CorrectedBy, Correction
from ingest.store import attributions, choices, corrections, ledger, listings
from ingest.store.listings import Place
from ingest.store.publications import PublicationRow
from publish.images.records import pictures_of
from publish.publication import Publication, Related
from publish.teaser import Teaser, teaser_from_json

#: The ledger's words for what puts a page up.
PUT_EVENTS = ("publication.published", "publication.updated", "publication.rebuilt")


def load(connection: sa.Connection, row: PublicationRow) -> Publication:
    """Return the publication of an outbox row, from the records alone.

    Its times are the intent's, not the clock's, so that doing it again gives the same bytes.
    """
    return load_all(connection, [row])[0]


def load_all(connection: sa.Connection, rows: Sequence[PublicationRow]) -> list[Publication]:
    """Return the publications of some outbox rows, in their order."""
    attributed = attributions.load_all(connection, [row.attribution_id for row in rows])
    corrected = corrections.corrected_works(connection, [row.work_id for row in rows])
    sections = choices.sections_of(connection, [row.article_id for row in rows])
    return [
        Publication(
            work_id=row.work_id,
            slug=row.slug,
            attributed=attributed[row.attribution_id],
            published_at=row.first_published_at or row.intended_at,
            updated_at=_updated_at(connection, row, corrected=row.work_id in corrected),
            pictures=pictures_of(connection, row.work_id, attributed[row.attribution_id]),
            section=sections.get(row.article_id),
            corrections=_corrections(connection, row) if row.work_id in corrected else (),
        )
        for row in rows
    ]


def _corrections(connection: sa.Connection, row: PublicationRow) -> tuple[Correction, ...]:
    return corrections.to_show(
        connection, row.article_id, target=row.target, revision_id=row.revision_id, intended_at=row.intended_at
    )


def _updated_at(connection: sa.Connection, row: PublicationRow, *, corrected: bool) -> datetime:
    """Return when what a reader sees changed last: the words, or our own correction of them (schema.org)."""
    changed = _words_changed_at(connection, row)
    if not corrected or row.state == "published" or row.first_published_at is None:
        return changed
    ours = (one.at for one in _corrections(connection, row) if one.by is CorrectedBy.OURS)
    return max((changed, *ours))


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


def as_it_stands(row: PublicationRow) -> PublicationRow:
    """Return the row as it was published last, whatever change waits in the outbox."""
    return replace(
        row,
        state="published",
        attribution_id=row.out_attribution_id or row.attribution_id,
        intended_at=row.updated_at or row.intended_at,
    )


def with_related(
    connection: sa.Connection, target: str, publication: Publication, places: Sequence[Place]
) -> Publication:
    """Return the publication with the pieces just before it on its topic."""
    for topic in topics_of(places):
        stored = listings.earlier(connection, target, topic.list, topic.at, publication.work_id)
        if stored:
            found = tuple(related(teaser_from_json(text)) for text in stored)
            return replace(publication, topic=topic.name, related=found)
    return publication


def topics_of(places: Sequence[Place]) -> Iterator[Place]:
    """Yield the lists that tell what a piece is about, its sections before its partners."""
    yield from (place for place in places if place.list.startswith(listings.TOPICAL))


def related(teaser: Teaser) -> Related:
    """Return a piece as another piece's page names it."""
    return Related(
        slug=teaser.slug,
        headline=teaser.headline,
        partner_name=teaser.origin_name,
        language=teaser.language,
        published_at=teaser.published_at,
    )


def shown_of(publication: Publication, teaser: str) -> dict[str, object]:
    """Return what the ledger keeps of a publication as shown: its teaser's SHA-256 (hex), and its times."""
    return {
        "teaser": hashlib.sha256(teaser.encode()).hexdigest(),
        "since": publication.published_at,
        "changed": publication.updated_at,
    }


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
