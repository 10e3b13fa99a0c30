"""A shelf in memory, drawn whole, for tests of pages that need no store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ingest.sources import Site
from ingest.store.listings import ListRow, Place
from publish.shelf import Item
from publish.site.build import StaticSite
from publish.site.places import places_of
from publish.teaser import Teaser, teaser_to_json
from tests.publish.making import SITE


class MemoryShelf:
    """All that is published, given in any order."""

    def __init__(self, teasers: Iterable[Teaser], site: Site = SITE) -> None:
        self._teasers = sorted(teasers, key=lambda t: (t.published_at, t.work_id), reverse=True)
        self._lists: dict[str, list[tuple[Teaser, Place]]] = defaultdict(list)
        for teaser in self._teasers:
            for place in places_of(teaser, site=site):
                self._lists[place.list].append((teaser, place))

    def __iter__(self) -> Iterator[Teaser]:
        """Yield all teasers."""
        yield from self._teasers

    def lists(self, kind: str) -> Sequence[ListRow]:
        """Return the lists of a kind."""
        return [self._row(name) for name in sorted(self._lists) if name.startswith(f"{kind}:")]

    def items(self, name: str, *, skip: int = 0, limit: int | None = None) -> Iterator[Item]:
        """Yield a list's pieces, the newest first."""
        found = islice(self._lists.get(name, []), skip, None if limit is None else skip + limit)
        yield from (Item(teaser.work_id, teaser_to_json(teaser)) for teaser, _ in found)

    def stale(self) -> Sequence[ListRow]:
        """Return every list."""
        return [self._row(name) for name in sorted(self._lists)]

    def changed(self, row: ListRow) -> Sequence[int]:
        """Return none: all is drawn."""
        return ()

    def stale_pages(self) -> Sequence[int]:
        """Return none."""
        return ()

    def _row(self, name: str) -> ListRow:
        newest = self._lists[name][0][1]
        size = len(self._lists[name])
        return ListRow(list=name, name=newest.name, note=newest.note, size=size, drawn_size=0, moved_from=0)


def refresh(site: StaticSite, teasers: Iterable[Teaser], *, ours: Site = SITE) -> None:
    """Draw all lists anew."""
    site.undress()
    site.refresh(MemoryShelf(teasers, ours))
