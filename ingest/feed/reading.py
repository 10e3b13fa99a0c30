"""What a reader made of one document, before identity: the value that all readers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse

from ingest.feed.entry import Entry, ParsedFeed, SetAside
from ingest.feed.identity import excerpt_of, with_identity


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document's items in order, without their identity."""

    #: The feed's own fields; its entries are none yet.
    head: ParsedFeed
    entries: Sequence[Entry]
    set_aside: Sequence[SetAside] = ()
    #: What relative links and GUIDs stand against.
    base: str
    #: Whether it was well-formed and whole, so that its items can be read one by one.
    strict: bool = False


def finished(reading: Reading) -> ParsedFeed:
    """Return the feed with identities; what says nothing, and what repeats, is set aside with its reason."""
    kept, repeated = with_identity(filter(says_something, reading.entries), base=reading.base)
    bare = filterfalse(says_something, reading.entries)
    empty = [SetAside(reason="neither link, headline nor text", excerpt=excerpt_of(entry)) for entry in bare]
    return replace(reading.head, entries=kept, set_aside=(*reading.set_aside, *empty, *repeated))


def says_something(entry: Entry) -> bool:
    """Tell whether there is anything in an entry to know it by."""
    return bool(entry.url or entry.headline or entry.content or entry.summary)
