"""Finding articles among many: by their words, partner, origin, state and day, as fast in 100,000 as in 1,000."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from ingest.article import Article
from ingest.attribution import AttributedArticle
from ingest.printable import printable
from ingest.store.schema import UtcDateTime, metadata, ruling

article_index = Table(
    "article_index",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("partner", String(200), nullable=False),
    Column("origin", Text, nullable=False, comment="who first published it, by name"),
    Column("verdict", String(10), nullable=False),
    Column("state", String(10), nullable=False, comment="the verdict, or withdrawn"),
    Column("why", String(60), nullable=False, comment="the first reason's code; empty for none"),
    Column("published_at", UtcDateTime, comment="by the partner"),
    Index("ix_article_index_partner", "partner", "article_id"),
    Index("ix_article_index_origin", "origin", "article_id"),
    Index("ix_article_index_state", "state", "article_id"),
    Index("ix_article_index_state_why", "state", "why", "article_id"),
    Index("ix_article_index_published_at", "published_at", "article_id"),
)

#: The words themselves, in a table that each database searches in its own way: FTS5, or a tsvector.
WORDS: Final = "article_words"
#: An index entry of PostgreSQL's may hold a megabyte; what comes after is no news.
_MOST_CHARACTERS: Final = 100_000
_MOST_TERMS: Final = 12
#: More of them are no menu.
MOST_ORIGINS: Final = 200

_WORDS: Final = sa.table(WORDS, sa.column("rowid", sa.BigInteger))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to look for; empty ones count for nothing."""

    words: str = ""
    partner: str = ""
    origin: str = ""
    #: publish, hold, deny, withdrawn.
    state: str = ""
    #: The first reason's code.
    why: str = ""
    since: datetime | None = None
    #: Up to, without.
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page of finds ends, and the next one begins."""

    article_id: int
    published_at: datetime | None = None


def index(connection: sa.Connection, article_id: int, value: AttributedArticle) -> None:
    """Have an article found as it stands now."""
    decision = value.decision
    row = {
        "article_id": article_id,
        "partner": value.partner,
        "origin": value.origin.name,
        "verdict": decision.verdict.value,
        "state": decision.verdict.value,
        "why": next((reason.code for reason in decision.reasons), "")[:60],
        "published_at": value.article.published_at,
    }
    connection.execute(article_index.delete().where(article_index.c.article_id == article_id))
    connection.execute(article_index.insert().values(row))
    restate(connection, article_id)
    index_words(connection, article_id, words_of(value.article))


def restate(connection: sa.Connection, article_id: int) -> None:
    """Have an article found under its state, once a person's word on it came or went."""
    withdrawn = sa.exists().where(ruling.c.article_id == article_id, ruling.c.state == "withdrawn")
    state = sa.case((withdrawn, "withdrawn"), else_=article_index.c.verdict)
    connection.execute(article_index.update().where(article_index.c.article_id == article_id).values(state=state))


def words_of(article: Article) -> str:
    """Return the words that an article is found by."""
    parts = (article.headline, article.standfirst or "", "; ".join(article.byline.names), article.body.text)
    return printable("\n".join(parts))[:_MOST_CHARACTERS]


def index_words(connection: sa.Connection, article_id: int, words: str) -> None:
    """Have an article found by these words, in place of those that it had."""
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text(f"DELETE FROM {WORDS} WHERE rowid = :id"), {"id": article_id})  # noqa: S608 - a constant
        into = f"INSERT INTO {WORDS} (rowid, words) VALUES (:id, :words)"  # noqa: S608 - a constant
    else:
        into = (
            f"INSERT INTO {WORDS} (article_id, words) VALUES (:id, to_tsvector('simple', :words)) "  # noqa: S608 - a constant
            "ON CONFLICT (article_id) DO UPDATE SET words = excluded.words"
        )
    connection.execute(sa.text(into), {"id": article_id, "words": words})


def find(connection: sa.Connection, wanted: Wanted, *, after: Place | None = None, limit: int = 50) -> list[Place]:
    """Return the places of the articles that fit, the newest first, past `after`, at most `limit`.

    The newest are those taken last; where only days are asked for, those published last.
    """
    terms = list(_terms(wanted.words))
    if wanted.words and not terms:
        return []
    columns = (article_index.c.article_id, article_index.c.published_at)
    query: sa.Select[Any] = sa.select(*columns).where(*_filters(wanted)).limit(limit)
    query = _by_words(connection, query, terms) if terms else query
    order = _order(wanted, by_words=bool(terms))
    if terms and connection.dialect.name == "sqlite":
        # In its own order the index of words gives the newest first, and stops when there are enough.
        order = [_WORDS.c.rowid]
    if after is not None:
        query = query.where(_past(order, after))
    return [Place(**row) for row in connection.execute(query.order_by(*(one.desc() for one in order))).mappings()]


def before(connection: sa.Connection, wanted: Wanted, article_id: int) -> int | None:
    """Return the id of the article that comes just before one in the order of `find`, or None for the first."""
    table = article_index.c
    query = sa.select(sa.func.min(table.article_id)).where(*_filters(wanted), table.article_id > article_id)
    return connection.execute(query).scalar()


def partners(connection: sa.Connection) -> list[str]:
    """Return the keys of the partners that articles came from, by jumps in the index."""
    return _distinct(connection, article_index.c.partner)


def origins(connection: sa.Connection) -> list[str]:
    """Return the names of the origins, the first MOST_ORIGINS of them in their order."""
    return _distinct(connection, article_index.c.origin)


def _distinct(connection: sa.Connection, column: sa.Column[Any]) -> list[str]:
    """Return a column's values: one look into its index for each, where DISTINCT would read all of it."""
    found: list[str] = []
    query = sa.select(sa.func.min(column))
    while len(found) < MOST_ORIGINS:
        value = connection.execute(query.where(column > found[-1]) if found else query).scalar()
        if value is None:
            break
        found.append(str(value))
    return found


def counts_by_reason(connection: sa.Connection, state: str) -> Mapping[str, int]:
    """Return how many articles stand in a state, by their first reason's code, the most frequent first."""
    number = sa.func.count().label("number")
    query = (
        sa.select(article_index.c.why, number)
        .where(article_index.c.state == state)
        .group_by(article_index.c.why)
        .order_by(number.desc(), article_index.c.why)
    )
    return {row.why: int(row.number) for row in connection.execute(query)}


def _filters(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    table = article_index.c
    for column in (table.partner, table.origin, table.state, table.why):
        if value := getattr(wanted, column.name):
            yield column == value
    if wanted.since is not None:
        yield table.published_at >= wanted.since
    if wanted.until is not None:
        yield table.published_at < wanted.until


def _order(wanted: Wanted, *, by_words: bool) -> list[sa.ColumnClause[Any]]:
    by_day = (wanted.since is not None or wanted.until is not None) and not by_words
    return [article_index.c.published_at, article_index.c.article_id] if by_day else [article_index.c.article_id]


def _past(order: list[sa.ColumnClause[Any]], after: Place) -> sa.ColumnElement[bool]:
    if len(order) == 1:
        return order[0] < after.article_id
    if after.published_at is None:
        return article_index.c.article_id < after.article_id
    published_at, article_id = order
    same = sa.and_(published_at == after.published_at, article_id < after.article_id)
    return sa.and_(published_at <= after.published_at, sa.or_(published_at < after.published_at, same))


def _terms(words: str) -> Iterator[str]:
    """Yield the words to look for, without what either database would take for an operator."""
    letters = "".join(character if character.isalnum() else " " for character in printable(words))
    yield from letters.split()[:_MOST_TERMS]


def _by_words(connection: sa.Connection, query: sa.Select[Any], terms: list[str]) -> sa.Select[Any]:
    """Want all of the terms, the last one as the beginning of a word, since it may still be typed."""
    if connection.dialect.name == "sqlite":
        pattern = " ".join(f'"{term}"' for term in terms) + "*"
        match = sa.text(f"{WORDS} MATCH :found").bindparams(found=pattern)
        return query.join(_WORDS, _WORDS.c.rowid == article_index.c.article_id).where(match)
    found = sa.text(f"SELECT article_id AS id FROM {WORDS} WHERE words @@ to_tsquery('simple', :found)")  # noqa: S608 - a constant
    pattern = " & ".join(terms) + ":*"
    ids = found.bindparams(found=pattern).columns(sa.column("id", sa.BigInteger)).subquery()
    return query.where(article_index.c.article_id.in_(sa.select(ids.c.id)))
