"""Only what is new or changed in a feed, for a tenth of the work (pure).

Most polls bring one new item among thirty that were read before. A scan tells which items stand in the document as
they did at the poll before; the parser is given the document without those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Final

from ingest.feed.entry import Entry, ParsedFeed
from ingest.feed.identity import identified
from ingest.feed.marks import MarkedFeed, mark_items
from ingest.feed.parse import cleaned, read_feed, read_xml_feed
from ingest.feed.prolog import read_prolog
from ingest.feed.reading import Reading, finished

_KEY_BYTES: Final = 8

#: By mark of an item: a hash of the key that it has where no other item has the same.
Known = Mapping[str, str]


def read_changed_feed(text: str, *, headers: Mapping[str, str], url: str, state: str) -> ParsedFeed:
    """Return what is new or changed in a feed's text since `state` was made, and the state after it.

    Whole and without a state where it is no well-formed XML, and whole where a new item has the link of another item,
    as keys then depend on each other. Raises FeedError and TooMuchError as the reader of whole feeds does.
    """
    # What stands as it did was searched for forbidden characters when it was new.
    marked = None if text[0] in "{[" else mark_items(read_prolog(text), headers, url)
    known = _known(state)
    old = frozenset(n for n, mark in enumerate(marked.marks) if mark in known) if marked else frozenset()
    changed = _read_without(old, known, marked, headers, url) if marked and old else None
    if changed is not None:
        return changed
    whole = read_feed(cleaned(text, url), headers, url)
    if marked is None or not _fits(whole, marked.marks):
        return finished(whole)
    whole = _identified(whole, url)
    known = dict(zip(marked.marks, _key_hashes(whole.entries), strict=True))
    return replace(finished(whole), state=_written(known))


def _read_without(
    old: frozenset[int], known: Known, marked: MarkedFeed, headers: Mapping[str, str], url: str
) -> ParsedFeed | None:
    """Return the feed without the items at `old`, or None where reading them apart could differ."""
    fresh = [mark for position, mark in enumerate(marked.marks) if position not in old]
    rest = marked.without(old)
    reading = read_xml_feed(rest, headers, url) if rest is not None else None
    if reading is None or not _fits(reading, fresh):
        return None
    reading = _identified(reading, url)
    keys = _key_hashes(reading.entries)
    kept = {marked.marks[position]: known[marked.marks[position]] for position in old}
    if len({*keys, *kept.values()}) != len(keys) + len(set(kept.values())):
        return None
    new = dict(zip(fresh, keys, strict=True))
    return replace(finished(reading), state=_written(kept | new), unchanged=len(old))


def _fits(reading: Reading, marks: Iterable[str]) -> bool:
    return reading.strict and len(reading.entries) == len(list(marks))


def _identified(reading: Reading, url: str) -> Reading:
    return replace(reading, entries=[identified(entry, url) for entry in reading.entries])


def _key_hashes(entries: Iterable[Entry]) -> list[str]:
    return [blake2b(entry.key.encode(), digest_size=_KEY_BYTES).hexdigest() for entry in entries]


def _written(known: Known) -> str:
    return " ".join(f"{mark}:{key}" for mark, key in known.items())


def _known(state: str) -> Known:
    return dict(pair.split(":", 1) for pair in state.split(" ") if ":" in pair)
