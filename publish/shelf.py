"""All that is published at one target, read a list at a time, and what of it must be drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import sqlalchemy as sa

from ingest.store import listings, publications
from ingest.store.listings import ListRow, StaleRow
from publish.teaser import Teaser, teaser_from_json


class Item:
    """One piece on a list; its teaser is read from what the store keeps only when it is asked for."""

    def __init__(self, work_id: int, stored: str) -> None:
        self.work_id = work_id
        self._stored = stored

    @cached_property
    def teaser(self) -> Teaser:
        """The piece's teaser; raises PublishError where the stored one cannot be read."""
        return teaser_from_json(self._stored)


class Shelf(Protocol):
    """What a target's lists are drawn from; `listings.Place` names the lists."""

    def __iter__(self) -> Iterator[Teaser]:
        """Yield all teasers, in the order in which their works were first given to the target."""

    def lists(self, kind: str) -> Sequence[ListRow]:
        """Return the lists of a kind ("partner"), those too that have become empty, by key."""

    def items(self, name: str, *, skip: int = 0, limit: int | None = None) -> Iterator[Item]:
        """Yield a list's pieces, the newest first."""

    def stale(self) -> Sequence[ListRow]:
        """Return the lists that must be drawn anew, in whole or in part."""

    def changed(self, row: ListRow) -> Sequence[int]:
        """Return the places (0 is the oldest) in a list at which a teaser changed where it stands."""

    def stale_pages(self) -> Sequence[int]:
        """Return the works whose own pages must be drawn anew, as a piece that they name has changed."""


@dataclass(frozen=True, kw_only=True)
class StoreShelf:
    """The shelf in the store, as one transaction sees it."""

    connection: sa.Connection
    target: str

    def __iter__(self) -> Iterator[Teaser]:
        """Yield all teasers."""
        for row in publications.published(self.connection, self.target):
            if row.teaser:
                yield teaser_from_json(row.teaser)

    def lists(self, kind: str) -> Sequence[ListRow]:
        """Return the lists of a kind."""
        return listings.lists(self.connection, self.target, kind)

    def items(self, name: str, *, skip: int = 0, limit: int | None = None) -> Iterator[Item]:
        """Yield a list's pieces, the newest first."""
        for work_id, stored in listings.teasers(self.connection, self.target, name, skip=skip, limit=limit):
            yield Item(work_id, stored)

    def stale(self) -> Sequence[ListRow]:
        """Return the lists that must be drawn anew."""
        return listings.stale_lists(self.connection, self.target)

    def changed(self, row: ListRow) -> Sequence[int]:
        """Return the places at which a teaser changed."""
        return [
            listings.place_of(self.connection, self.target, row.list, stale.at, stale.work_id, size=row.size)
            for stale in self._stale_rows
            if stale.list == row.list
        ]

    def stale_pages(self) -> Sequence[int]:
        """Return the works whose own pages must be drawn anew."""
        return [stale.work_id for stale in self._stale_rows if stale.list == listings.PAGE]

    @cached_property
    def _stale_rows(self) -> list[StaleRow]:
        return listings.stale_rows(self.connection, self.target)
