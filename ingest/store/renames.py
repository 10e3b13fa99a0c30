"""A partner under a new key: what is kept under its old one becomes the new one's."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ingest.store.schema import article, article_address, feed

#: Each table that names a partner and may change, with the column that tells its rows apart within the partner.
_TABLES = ((article, article.c.canonical_url), (article_address, article_address.c.address), (feed, feed.c.url))


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """How much of an old key's became the new one's."""

    articles: int
    feeds: int


def is_known(connection: sa.Connection, old: str) -> bool:
    """Tell whether anything is kept under a key that could become another's."""
    return any(
        connection.execute(sa.select(1).where(table.c.partner == old).limit(1)).first() for table, _ in _TABLES
    )


def rename(connection: sa.Connection, *, old: str, new: str) -> Renamed:
    """Give the new key what is kept under the old one, but for what it has itself already.

    Immutable records (attributions) keep the key that they were made under.
    """
    counts = {}
    for table, identity in _TABLES:
        other = table.alias()
        taken = sa.select(other.c[identity.name]).where(other.c.partner == new)
        moved = table.update().where(table.c.partner == old, identity.not_in(taken)).values(partner=new)
        counts[table.name] = connection.execute(moved).rowcount
    return Renamed(articles=counts["article"], feeds=counts["feed"])
