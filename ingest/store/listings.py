"""Which list of a target each piece stands in, in order: so that a change costs what it touches, not what there is.

Lists are named "kind:key" ("partner:pacific-forum") and ordered by our own time, then by work. What a change makes
stale is noted in the same transaction, and forgotten only when it has been drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import cast

import sqlalchemy as sa

from ingest.store.schema import catalogue, listing, publication, stale_listing

#: How many rows go to the database at once.
_BATCH = 2000
#: How many teasers are held at once.
_AT_ONCE = 200
#: SQLite knows no offset without a limit.
_ALL = 2**62
#: Only on these lists do pieces name earlier ones on their own pages.
TOPICAL = ("section:", "partner:")
#: How many later pieces of a list name an earlier one on their own page.
LOOKED_BACK = 3


@dataclass(frozen=True, kw_only=True)
class Place:
    """One piece's place in one list."""

    list: str
    #: The order within the list: when we first published it.
    at: datetime
    #: What the list is called, by this piece.
    name: str = ""
    #: What a directory says beside the name.
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """A list of a target: how long it is, how long it was when last drawn, and from where on it has moved."""

    list: str
    name: str
    note: str
    size: int
    drawn_size: int
    #: The lowest place (0 is the oldest) at which something came or went since; None where nothing did.
    moved_from: int | None


@dataclass(frozen=True, kw_only=True)
class StaleRow:
    """A piece whose teaser changed where it stands ("partner:x"), or whose own page must be drawn again ("page")."""

    list: str
    at: datetime
    work_id: int


PAGE = "page"


def place(connection: sa.Connection, target: str, work_id: int, places: Sequence[Place]) -> None:
    """Put a work into these lists and no others, and note which lists and neighbouring pages are stale by that."""
    own = (listing.c.target == target, listing.c.work_id == work_id)
    query = sa.select(listing.c.list, listing.c.at, listing.c.name, listing.c.note).where(*own)
    before = {(row.list, row.at): (row.name, row.note) for row in connection.execute(query)}
    after = {(found.list, found.at): (found.name, found.note) for found in places}
    for key in sorted(before.keys() - after.keys()):
        _remove(connection, target, work_id, *key)
    for key in sorted(after.keys() - before.keys()):
        _add(connection, target, work_id, *key, *after[key])
    for key in sorted(after.keys() & before.keys()):
        _change(connection, target, work_id, *key, *after[key])


def _add(
    connection: sa.Connection, target: str, work_id: int, name: str, at: datetime, title: str, note: str
) -> None:
    row = {"target": target, "list": name, "at": at, "work_id": work_id, "name": title, "note": note}
    connection.execute(listing.insert().values(row))
    values = {"target": target, "list": name, "size": 0, "drawn_size": 0, "name": title, "note": note}
    if _catalogued(connection, target, name) is None:
        connection.execute(catalogue.insert().values(values))
    _move(connection, target, name, at, work_id, by=1)


def _remove(connection: sa.Connection, target: str, work_id: int, name: str, at: datetime) -> None:
    here = (listing.c.target == target, listing.c.list == name, listing.c.at == at, listing.c.work_id == work_id)
    _move(connection, target, name, at, work_id, by=-1)
    connection.execute(listing.delete().where(*here))
    _rename(connection, target, name)


def _change(
    connection: sa.Connection, target: str, work_id: int, name: str, at: datetime, title: str, note: str
) -> None:
    here = (listing.c.target == target, listing.c.list == name, listing.c.at == at, listing.c.work_id == work_id)
    connection.execute(listing.update().where(*here).values(name=title, note=note))
    _rename(connection, target, name)
    _note_stale(connection, target, name, at, work_id)
    _note_neighbours(connection, target, name, at, work_id)


def _move(connection: sa.Connection, target: str, name: str, at: datetime, work_id: int, *, by: int) -> None:
    """Count a piece in or out of a list, and note from which place on the list has moved."""
    found = _catalogued(connection, target, name)
    size = found.size if found else 0
    at_or_after = connection.execute(
        sa.select(sa.func.count()).select_from(listing).where(*_from(target, name, at, work_id))
    ).scalar_one()
    rank = size + (1 if by > 0 else 0) - at_or_after
    moved = rank if found is None or found.moved_from is None else min(found.moved_from, rank)
    here = (catalogue.c.target == target, catalogue.c.list == name)
    connection.execute(catalogue.update().where(*here).values(size=size + by, moved_from=moved))
    if by > 0:
        _rename(connection, target, name)
    _note_neighbours(connection, target, name, at, work_id)


def _from(target: str, name: str, at: datetime, work_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    when = sa.literal(at, listing.c.at.type)
    later = sa.or_(listing.c.at > when, sa.and_(listing.c.at == when, listing.c.work_id >= work_id))
    # The first half of the condition is what the index can walk.
    return listing.c.target == target, listing.c.list == name, listing.c.at >= when, later


def _rename(connection: sa.Connection, target: str, name: str) -> None:
    """Call the list what its newest piece calls it; where that is another name, all its pages are stale by it."""
    newest = (
        sa.select(listing.c.name, listing.c.note)
        .where(listing.c.target == target, listing.c.list == name)
        .order_by(listing.c.at.desc(), listing.c.work_id.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    known = _catalogued(connection, target, name)
    if row is None or known is None or (row.name, row.note) == (known.name, known.note):
        return
    moved = known.moved_from if row.name == known.name else 0
    here = (catalogue.c.target == target, catalogue.c.list == name)
    connection.execute(catalogue.update().where(*here).values(name=row.name, note=row.note, moved_from=moved))


def _note_neighbours(connection: sa.Connection, target: str, name: str, at: datetime, work_id: int) -> None:
    """Note that the pages of the next later pieces, which name this one, must be drawn again."""
    if not name.startswith(TOPICAL):
        return
    later = (
        sa.select(listing.c.at, listing.c.work_id)
        .where(*_from(target, name, at, work_id), listing.c.work_id != work_id)
        .order_by(listing.c.at, listing.c.work_id)
        .limit(LOOKED_BACK)
    )
    for row in connection.execute(later).all():
        _note_stale(connection, target, PAGE, row.at, row.work_id)


def _note_stale(connection: sa.Connection, target: str, name: str, at: datetime, work_id: int) -> None:
    row = {"target": target, "list": name, "at": at, "work_id": work_id}
    known = (
        stale_listing.c.target == target,
        stale_listing.c.list == name,
        stale_listing.c.at == at,
        stale_listing.c.work_id == work_id,
    )
    if connection.execute(sa.select(stale_listing.c.list).where(*known)).first() is None:
        connection.execute(stale_listing.insert().values(row))


def replace_all(connection: sa.Connection, target: str, pieces: Iterable[tuple[int, Sequence[Place]]]) -> None:
    """Write all lists of a target anew from the records, the oldest piece first; every list is stale then."""
    drawn_sizes = {row.list: row.drawn_size for row in connection.execute(_lists(target))}
    for table in (listing, stale_listing, catalogue):
        connection.execute(table.delete().where(table.c.target == target))
    found: dict[str, dict[str, object]] = {
        name: {"target": target, "list": name, "name": "", "note": "", "size": 0, "drawn_size": size, "moved_from": 0}
        for name, size in drawn_sizes.items()
    }
    rows = (_listed(target, work_id, place, found) for work_id, places in pieces for place in places)
    while batch := list(islice(rows, _BATCH)):
        connection.execute(listing.insert(), batch)
    while batch := [found.pop(name) for name in list(islice(found, _BATCH))]:
        connection.execute(catalogue.insert(), batch)


def _listed(target: str, work_id: int, place: Place, found: dict[str, dict[str, object]]) -> dict[str, object]:
    """Return a piece's row in a list, and count it; the list is called what the last one calls it."""
    new: dict[str, object] = {"target": target, "list": place.list, "size": 0, "drawn_size": 0, "moved_from": 0}
    row = found.setdefault(place.list, new)
    row |= {"size": cast("int", row["size"]) + 1, "name": place.name, "note": place.note}
    return {
        "target": target,
        "list": place.list,
        "at": place.at,
        "work_id": work_id,
        "name": place.name,
        "note": place.note,
    }


def _catalogued(connection: sa.Connection, target: str, name: str) -> ListRow | None:
    row = connection.execute(_lists(target).where(catalogue.c.list == name)).mappings().first()
    return ListRow(**row) if row else None


def _lists(target: str) -> sa.Select[tuple[str, str, str, int, int, int | None]]:
    columns = (
        catalogue.c.list,
        catalogue.c.name,
        catalogue.c.note,
        catalogue.c.size,
        catalogue.c.drawn_size,
        catalogue.c.moved_from,
    )
    return sa.select(*columns).where(catalogue.c.target == target).order_by(catalogue.c.list)


def lists(connection: sa.Connection, target: str, kind: str) -> list[ListRow]:
    """Return a target's lists of one kind in the order of their keys, those that have become empty too."""
    named = catalogue.c.list.startswith(f"{kind}:", autoescape=True)
    return [ListRow(**row) for row in connection.execute(_lists(target).where(named)).mappings()]


def stale_lists(connection: sa.Connection, target: str) -> list[ListRow]:
    """Return the lists in which something came, went or changed since they were drawn."""
    changed = sa.select(stale_listing.c.list).where(stale_listing.c.target == target)
    stale = sa.or_(catalogue.c.moved_from.is_not(None), catalogue.c.list.in_(changed))
    return [ListRow(**row) for row in connection.execute(_lists(target).where(stale)).mappings()]


def stale_rows(connection: sa.Connection, target: str) -> list[StaleRow]:
    """Return the single places to be drawn again."""
    query = sa.select(stale_listing.c.list, stale_listing.c.at, stale_listing.c.work_id)
    order = (stale_listing.c.list, stale_listing.c.at, stale_listing.c.work_id)
    rows = connection.execute(query.where(stale_listing.c.target == target).order_by(*order)).mappings()
    return [StaleRow(**row) for row in rows]


def drawn(connection: sa.Connection, target: str) -> None:
    """Note that everything stale has been drawn; lists that are empty are forgotten."""
    here = catalogue.c.target == target
    connection.execute(stale_listing.delete().where(stale_listing.c.target == target))
    connection.execute(catalogue.delete().where(here, catalogue.c.size == 0))
    connection.execute(
        catalogue.update()
        .where(here, catalogue.c.moved_from.is_not(None))
        .values(drawn_size=catalogue.c.size, moved_from=None)
    )


def place_of(connection: sa.Connection, target: str, name: str, at: datetime, work_id: int, *, size: int) -> int:
    """Return a piece's place in a list of that size, 0 for the oldest."""
    count = sa.select(sa.func.count()).select_from(listing).where(*_from(target, name, at, work_id))
    return size - int(connection.execute(count).scalar_one())


def teasers(
    connection: sa.Connection, target: str, name: str, *, skip: int = 0, limit: int | None = None
) -> Iterator[tuple[int, str]]:
    """Yield a list's works and stored teasers, the newest first, as they are read."""
    order = (listing.c.at.desc(), listing.c.work_id.desc())
    # What is skipped is counted in the index alone, before anything is read of the pieces.
    some = (
        sa.select(listing.c.work_id, listing.c.at)
        .where(listing.c.target == target, listing.c.list == name)
        .order_by(*order)
        .offset(skip)
        .limit(limit if limit is not None else _ALL)
        .subquery()
    )
    query = (
        sa.select(some.c.work_id, publication.c.teaser)
        .join(publication, sa.and_(publication.c.work_id == some.c.work_id, publication.c.target == target))
        .where(publication.c.teaser.is_not(None))
        .order_by(some.c.at.desc(), some.c.work_id.desc())
    )
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        yield row.work_id, row.teaser


def earlier(
    connection: sa.Connection, target: str, name: str, at: datetime, work_id: int, *, limit: int = LOOKED_BACK
) -> list[str]:
    """Return the stored teasers of the pieces just before this one in a list, the newest first."""
    when = sa.literal(at, listing.c.at.type)
    before = sa.or_(listing.c.at < when, sa.and_(listing.c.at == when, listing.c.work_id < work_id))
    query = (
        sa.select(publication.c.teaser)
        .select_from(listing)
        .join(
            publication, sa.and_(publication.c.work_id == listing.c.work_id, publication.c.target == listing.c.target)
        )
        .where(listing.c.target == target, listing.c.list == name, listing.c.at <= when, before)
        .where(publication.c.teaser.is_not(None))
        .order_by(listing.c.at.desc(), listing.c.work_id.desc())
        .limit(limit)
    )
    return [row.teaser for row in connection.execute(query)]
