"""The index by which a reader's own browser searches the site: small files, of which a question needs few.

It is cut by time: a part for each month of the newest year and one for each year before, so that a new piece changes
only its month's. Each part is cut by the words' first characters, and names its pieces in files of a hundred.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.store.listings import ListRow
from publish.dates import iso
from publish.shelf import Shelf
from publish.site import layout
from publish.site.words import shard_of, words_of
from publish.teaser import Teaser

#: How many pieces one file names.
_NAMED = 100


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of the index: a month, or a year that is over."""

    name: str
    #: The lists of its months, the oldest first.
    months: tuple[str, ...]
    count: int

    @property
    def prefix(self) -> int:
        """How many characters of a word tell in which file it stands."""
        return 1 if len(self.name) > 4 else 2


def segments_of(months: Sequence[tuple[str, int]]) -> tuple[Segment, ...]:
    """Return the parts for these months ("month:2026-11") with their sizes, the newest first."""
    newest = max((name[6:10] for name, size in months if size), default="")
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, size in sorted(months):
        if size:
            found[name[6:] if name[6:10] == newest else name[6:10]].append((name, size))
    made = (
        Segment(name=key, months=tuple(name for name, _ in part), count=sum(size for _, size in part))
        for key, part in found.items()
    )
    return tuple(sorted(made, key=lambda segment: segment.name, reverse=True))


def search_files(shelf: Shelf, *, whole: bool) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the stale parts of the index, and last the file that names all parts."""
    rows = shelf.lists("month")
    now = segments_of([(row.list, row.size) for row in rows])
    before = {segment.name: segment.months for segment in segments_of([(row.list, row.drawn_size) for row in rows])}
    stale = {row.list for row in shelf.stale()}
    for segment in now:
        if whole or before.get(segment.name) != segment.months or stale & set(segment.months):
            yield from _segment_files(segment, shelf)
    index = {"segments": [[segment.name, segment.count, segment.prefix] for segment in now]}
    yield layout.SEARCH_INDEX, _bytes(index)


def gone_segments(rows: Sequence[ListRow]) -> set[str]:
    """Return the names of the parts that stood there when the site was last drawn, and no longer do."""
    before = segments_of([(row.list, row.drawn_size) for row in rows])
    return {segment.name for segment in before} - {
        segment.name for segment in segments_of([(row.list, row.size) for row in rows])
    }


def _segment_files(segment: Segment, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    shards: dict[str, dict[str, list[int]]] = defaultdict(dict)
    named: list[object] = []
    for number, teaser in enumerate(_oldest_first(segment, shelf)):
        for word in words_of(teaser):
            shards[shard_of(word, segment.prefix)].setdefault(word, []).append(number)
        named.append(_named(teaser))
        if len(named) == _NAMED:
            yield layout.search_path(segment.name, f"docs-{number // _NAMED}"), _bytes(named)
            named = []
    if named:
        yield layout.search_path(segment.name, f"docs-{segment.count // _NAMED}"), _bytes(named)
    for shard, words in sorted(shards.items()):
        yield layout.search_path(segment.name, shard), _bytes(dict(sorted(words.items())))


def _oldest_first(segment: Segment, shelf: Shelf) -> Iterator[Teaser]:
    for month in segment.months:
        for item in reversed(list(shelf.items(month))):
            yield item.teaser


def _named(teaser: Teaser) -> list[object]:
    names = ", ".join(author.display for author in teaser.authors)
    when = iso(teaser.published_at)
    return [teaser.slug, teaser.headline, teaser.standfirst, names, teaser.origin_name, when, teaser.language or ""]


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
