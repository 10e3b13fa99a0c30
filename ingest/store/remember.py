"""What a feed's document brings: which of its entries are new, which are known under another name, which changed.

An entry's key tells it apart (ingest/feed/identity.py). Keys drift all the same: they grow when a second item of one
link appears, and links move. So before an entry counts as new, its GUID is looked for among the feed's known ones:

    same GUID, same link                the same entry, whose key grew or shrank
    same GUID, same headline or words   the same entry, which moved to another address
    same GUID, other headline, link     a GUID used again for another article: new
    a GUID twice in one document        tells nothing apart, and is not looked for
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from ingest.feed import Entry, ParsedFeed, SetAside
from ingest.store.entry_codec import ENTRY
from ingest.store.schema import entry
from ingest.urls import canonical_url

#: SQLite refuses statements with more variables than this in its oldest builds.
_CHUNK: Final = 500

#: How long a new time of update without new words waits, by how many came to nothing before it.
_STAMP_WAITS: Final = (timedelta(0), timedelta(hours=6), timedelta(days=1), timedelta(days=4), timedelta(days=30))

#: So many new entries under headlines that the feed had already are the old ones under new names.
_RENAMED: Final = 10

_COLUMNS: Final = (
    entry.c.id, entry.c.key, entry.c.guid, entry.c.url, entry.c.headline, entry.c.content_hash, entry.c.words_hash,
    entry.c.stamps, entry.c.state, entry.c.due_at,
)  # fmt: skip

_BY_KEY: Final = sa.select(*_COLUMNS).where(
    entry.c.feed_id == sa.bindparam("feed"), entry.c.key.in_(sa.bindparam("keys", expanding=True))
)
#: Two indexed searches; an OR over both would make some databases read the whole feed.
_BY_NAME: Final = sa.union(
    _BY_KEY,
    sa.select(*_COLUMNS).where(
        entry.c.feed_id == sa.bindparam("feed"), entry.c.guid.in_(sa.bindparam("guids", expanding=True))
    ),
)

_UPDATED: Final = (
    "key", "guid", "content_hash", "words_hash", "stamps", "url", "headline", "document", "state", "attempts",
    "due_at", "error",
)  # fmt: skip
_UPDATE: Final = (
    entry.update().where(entry.c.id == sa.bindparam("row")).values({n: sa.bindparam(f"b_{n}") for n in _UPDATED})
)
_RENAME: Final = (
    entry.update()
    .where(entry.c.id == sa.bindparam("row"))
    .values({n: sa.bindparam(f"b_{n}") for n in ("key", "guid", "url", "words_hash", "content_hash")})
)


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What a poll brought: entries in the feed, new ones, ones that the partner changed, ones newly set aside."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    #: Entries that only got a new time of update, or a new address.
    restamped: int = 0
    set_aside: tuple[SetAside, ...] = ()
    #: How many new ones are held as a flood, and why.
    held: int = 0
    held_why: str | None = None


def remember(
    connection: sa.Connection,
    feed_id: int,
    parsed: ParsedFeed,
    *,
    now: datetime,
    most_new: int | None = None,
    full_text: bool = False,
) -> Remembered:
    """Keep what is new or changed in a feed as pending entries, before anything is done with it.

    `most_new` is how many new ones may come at once, None for any number (a feed's first document); more of them are
    held. `full_text` tells that the entries hold the whole articles, so that without new words nothing is new.
    """
    readable = list({item.key: item for item in parsed.entries if item.url}.values())
    known = _matched(connection, feed_id, readable)
    new = [item for item in readable if item.key not in known]
    changed, restamped = _update(connection, readable, known, full_text=full_text, now=now)
    why = _flood(connection, feed_id, new, most_new) if most_new is not None else None
    if new:
        state = "pending" if why is None else "flood"
        connection.execute(entry.insert(), [_row(feed_id, item, state, why, now) for item in new])
    without_link = [
        SetAside(reason="it has no link to its article", excerpt=i.headline) for i in parsed.entries if not i.url
    ]
    return Remembered(
        seen=len(parsed.entries) + len(parsed.set_aside) + parsed.unchanged,
        new=0 if why else len(new),
        changed=changed,
        restamped=restamped,
        set_aside=_set_aside(connection, feed_id, [*parsed.set_aside, *without_link], now=now),
        held=len(new) if why else 0,
        held_why=why,
    )


def _matched(connection: sa.Connection, feed_id: int, items: Sequence[Entry]) -> dict[str, Any]:
    """Return the known row of each entry that has one, by the entry's key."""
    keys, times = {item.key for item in items}, Counter(item.guid for item in items)
    candidates = _candidates(connection, feed_id, [(item.key, item.guid) for item in items])
    rows = {row.key: row for row in candidates if row.key in keys}
    by_guid = {i.guid: i for i in items if i.key not in rows and i.guid and times[i.guid] == 1}
    found: dict[str, list[Any]] = {}
    for row in candidates:
        if row.key not in keys and row.guid in by_guid and _same(row, by_guid[row.guid]):
            found.setdefault(row.guid, []).append(row)
    # Where several known entries fit, which one it is cannot be told.
    return rows | {by_guid[guid].key: fitting[0] for guid, fitting in found.items() if len(fitting) == 1}


def _candidates(connection: sa.Connection, feed_id: int, names: Sequence[tuple[str, str | None]]) -> list[Any]:
    """Return the feed's rows that have one of the keys or GUIDs, each once."""
    found: dict[int, Any] = {}
    for start in range(0, len(names), _CHUNK // 2):
        chunk = names[start : start + _CHUNK // 2]
        guids = [guid for _, guid in chunk if guid]
        values = {"feed": feed_id, "keys": [key for key, _ in chunk]} | ({"guids": guids} if guids else {})
        found |= {row.id: row for row in connection.execute(_BY_NAME if guids else _BY_KEY, values)}
    return list(found.values())


def _same(row: Any, item: Entry) -> bool:
    same_link = row.url is not None and canonical_url(row.url) == canonical_url(item.url or "")
    same_words = row.words_hash is not None and row.words_hash == item.words_hash
    return same_link or same_words or (row.headline.casefold() == item.headline.casefold() != "")


def _rows(
    connection: sa.Connection, feed_id: int, column: sa.Column[Any], values: Sequence[str | None]
) -> Iterator[Any]:
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        yield from connection.execute(sa.select(*_COLUMNS).where(entry.c.feed_id == feed_id, column.in_(chunk)))


def _update(
    connection: sa.Connection, items: Iterable[Entry], known: dict[str, Any], *, full_text: bool, now: datetime
) -> tuple[int, int]:
    """Bring known rows up to date; return how many entries changed, and how many only bear another time or name."""
    changes, renames = [], []
    restamped = 0
    for item in items:
        row = known.get(item.key)
        if row is None:
            continue
        if row.content_hash == item.content_hash or (full_text and _only_stamped(row, item)):
            if _name(row) != _name(item) or row.content_hash != item.content_hash:
                renames.append(_renaming(row, item))
            continue
        restamped += _only_stamped(row, item)
        changes.append(_change(row, item, now))
    if changes:
        connection.execute(_UPDATE, changes)
    if renames:
        connection.execute(_RENAME, renames)
    return len(changes) - restamped, restamped + len(renames)


def _name(named: Any) -> tuple[object, ...]:
    return named.key, named.guid, named.url, named.words_hash or None


def _only_stamped(row: Any, item: Entry) -> bool:
    return bool(row.words_hash) and row.words_hash == item.words_hash


def _renaming(row: Any, item: Entry) -> dict[str, object]:
    names = {"key": item.key, "guid": item.guid, "url": item.url}
    hashes = {"words_hash": item.words_hash or None, "content_hash": item.content_hash}
    return {"row": row.id, **{f"b_{name}": value for name, value in (names | hashes).items()}}


def _change(row: Any, item: Entry, now: datetime) -> dict[str, object]:
    values = _fresh(item, now) | {"key": item.key}
    if _only_stamped(row, item):
        # One that waits already keeps its time, or a feed that is stamped at each poll would put it off for ever.
        wait = _STAMP_WAITS[min(row.stamps, len(_STAMP_WAITS) - 1)]
        due = row.due_at if row.state == "pending" else now + wait
        values |= {"stamps": row.stamps + (row.state != "pending"), "due_at": due}
    if row.state == "flood":
        values |= {"state": "flood", "error": "held with the flood that it came in"}
    return {"row": row.id, **{f"b_{name}": value for name, value in values.items()}}


def _row(feed_id: int, item: Entry, state: str, why: str | None, now: datetime) -> dict[str, object]:
    values = {"feed_id": feed_id, "key": item.key, "first_seen_at": now, **_fresh(item, now)}
    return values | {"state": state, "error": why}


def _fresh(item: Entry, now: datetime) -> dict[str, object]:
    return {
        "guid": item.guid,
        "content_hash": item.content_hash,
        "words_hash": item.words_hash or None,
        "stamps": 0,
        "url": item.url,
        "headline": item.headline,
        "document": ENTRY.dump_json(item).decode(),
        "state": "pending",
        "attempts": 0,
        "due_at": now,
        "error": None,
    }


def _flood(connection: sa.Connection, feed_id: int, new: Sequence[Entry], most_new: int) -> str | None:
    """Return why the new entries are no ordinary news, or None."""
    if len(new) > most_new:
        return f"{len(new)} new items at once, more than {most_new}"
    if len(new) < _RENAMED:
        return None
    headlines = [item.headline for item in new if item.headline]
    known = {row.headline for row in _rows(connection, feed_id, entry.c.headline, headlines)}
    renamed = sum(headline in known for headline in headlines)
    if renamed < _RENAMED or renamed * 2 < len(new):
        return None
    return f"{renamed} of {len(new)} new items have headlines that the feed had already: old ones under new addresses"


def _set_aside(
    connection: sa.Connection, feed_id: int, items: Sequence[SetAside], *, now: datetime
) -> tuple[SetAside, ...]:
    """Keep what could not be read, and return what of it was not known yet."""
    keyed = {f"set-aside:{hashlib.sha256(i.excerpt.encode()).hexdigest()}": i for i in items}
    known = {row.key for row in _rows(connection, feed_id, entry.c.key, list(keyed))}
    new = {key: item for key, item in keyed.items() if key not in known}
    if new:
        connection.execute(entry.insert(), [_aside_row(feed_id, key, item, now) for key, item in new.items()])
    return tuple(new.values())


def _aside_row(feed_id: int, key: str, item: SetAside, now: datetime) -> dict[str, object]:
    return {
        "feed_id": feed_id,
        "key": key,
        "content_hash": key[-64:],
        "headline": item.excerpt[:300],
        "state": "set-aside",
        "due_at": now,
        "error": item.reason,
        "first_seen_at": now,
    }
