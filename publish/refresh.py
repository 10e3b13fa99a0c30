"""Lists and feeds follow what was published: drawn when something was marked since the last time."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.store import bookmarks, listings, publications
from ingest.store.database import read, write
from publish.feeds import FEED_SIZE, Withdrawal
from publish.records import as_it_stands, load, with_related
from publish.shelf import StoreShelf
from publish.target import Listing, Target
from publish.teaser import teaser_of


def refresh_if_stale(target: Target, *, engine: sa.Engine, always: bool = False) -> bool:
    """Bring the target's lists up to date if anything was marked since the last time; return whether it was done.

    The mark of staleness is set in the transaction that marks a publication, so a kill in between is made up for.
    """
    with read(engine) as connection:
        stale = int(bookmarks.get(connection, stale_mark(target.name)) or 0)
        fresh = int(bookmarks.get(connection, _fresh(target.name)) or 0)
        if stale <= fresh and not always:
            return False
        shelf = StoreShelf(connection=connection, target=target.name)
        _draw_pages_again(target, shelf)
        target.refresh(shelf, withdrawals(connection, target.name))
    with write(engine) as connection:
        listings.drawn(connection, target.name)
        bookmarks.put(connection, _fresh(target.name), str(stale))
    return True


def _draw_pages_again(target: Target, shelf: StoreShelf) -> None:
    """Put up once more the pages that name a piece which has changed, or is new just before them."""
    if not isinstance(target, Listing):
        return
    for work_id in shelf.stale_pages():
        for row in publications.of_work(shelf.connection, work_id):
            if row.target == target.name and row.state in {"published", "pending"} and row.teaser:
                publication = load(shelf.connection, as_it_stands(row))
                places = target.places(teaser_of(publication))
                target.put(with_related(shelf.connection, target.name, publication, places))


def withdrawals(connection: sa.Connection, target: str) -> list[Withdrawal]:
    """Return what was taken down last at a target, as its feeds tell it."""
    return [
        Withdrawal(
            work_id=gone.work_id,
            published_at=gone.published_at,
            withdrawn_at=gone.withdrawn_at,
            partners=frozenset(key for key in (gone.partner, gone.origin_key) if key),
        )
        for gone in publications.taken_down(connection, target, most=FEED_SIZE)
    ]


def lists_wait(engine: sa.Engine, target: str) -> bool:
    """Tell whether something was published or taken down that the target's lists do not show yet."""
    with read(engine) as connection:
        stale = int(bookmarks.get(connection, stale_mark(target)) or 0)
        return stale > int(bookmarks.get(connection, _fresh(target)) or 0)


def stale_mark(target: str) -> str:
    """Return the bookmark that tells up to which record of the ledger a target's lists are out of date."""
    return f"stale:{target}"


def drawn_mark(target: str) -> str:
    """Return the bookmark that tells up to which record of the ledger a target's lists are drawn."""
    return _fresh(target)


def _fresh(target: str) -> str:
    return f"fresh:{target}"
