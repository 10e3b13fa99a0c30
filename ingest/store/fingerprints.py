"""Fingerprints in the store, and the index that finds the few articles a text may be a copy of.

`fingerprint_key` maps a key to one article of each work that holds it. A key that many works hold is boilerplate:
past COMMON works it is kept no more and counts for nothing, so that a lookup reads few rows however often a footer
recurs.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from ingest.dedupe import Candidate, Fingerprint, Known
from ingest.dedupe.fingerprint import folded_names, keys_of
from ingest.dedupe.tokens import words_of
from ingest.signing import VERSION
from ingest.store import apart
from ingest.store.schema import article, metadata, revision

#: How many works may hold a key before it tells nothing.
COMMON = 4
#: How many candidates the index may name for one text, the best first.
LIMIT = 4
#: How many candidates that share but one key are named, where none shares more: one key may be chance.
CHANCE = 2
#: How many candidates a URL, GUID or equal text may name; more are a partner's mistake (miniflux #4197).
IDENTITY_LIMIT = 20

fingerprint_table = Table(
    "fingerprint",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("version", Integer, nullable=False, comment="of the fingerprint's making"),
    Column("exact", BigInteger, nullable=False, index=True, comment="hash of the folded text"),
    Column("words", Integer, nullable=False),
    Column("trace", LargeBinary, nullable=False, comment="the words' 16-bit codes"),
    Column("language", String(35)),
    Column("origin_url", Text, index=True, comment="the original's, where a middleman names it"),
)

fingerprint_key = Table(
    "fingerprint_key",
    metadata,
    # 48 bits of a hash: SQLite stores them in six bytes.
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("article.id"), primary_key=True, autoincrement=False),
    # One B-tree of (key, article) and no second copy of it.
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article that the index names: by how many shared keys, or `exact`, by nothing but equal text."""

    article_id: int
    shared_keys: int
    exact: bool = False


def index(
    connection: sa.Connection,
    article_id: int,
    fingerprint: Fingerprint,
    *,
    language: str | None = None,
    origin_url: str | None = None,
) -> None:
    """Keep an article's fingerprint, in place of the one it had; its row in `article` must stand, with its work."""
    forget(connection, article_id)
    connection.execute(
        fingerprint_table.insert().values(
            article_id=article_id,
            version=VERSION,
            exact=fingerprint.exact,
            words=fingerprint.words,
            trace=fingerprint.trace,
            language=language,
            origin_url=origin_url,
        )
    )
    rows = [
        {"key": key, "article_id": article_id} for key in _worth_keeping(connection, article_id, fingerprint.keys)
    ]
    if rows:
        connection.execute(fingerprint_key.insert(), rows)


def index_anew(connection: sa.Connection, article_ids: Sequence[int]) -> None:
    """Index articles anew, the oldest first, after they changed their works: keys are kept once for each work."""
    kept = {known.article_id: known for known in load(connection, article_ids)}
    for article_id in kept:
        forget(connection, article_id)
    for article_id, known in sorted(kept.items()):
        index(connection, article_id, known.fingerprint, language=known.language, origin_url=known.origin_url)


def forget(connection: sa.Connection, article_id: int) -> None:
    """Take an article's fingerprint and keys out; without one this does nothing."""
    trace = connection.execute(
        sa.select(fingerprint_table.c.trace).where(fingerprint_table.c.article_id == article_id)
    ).scalar()
    if trace is None:
        return
    keys = [{"k": key, "a": article_id} for key in keys_of(trace)]
    if keys:
        one = fingerprint_key.delete().where(
            fingerprint_key.c.key == sa.bindparam("k"), fingerprint_key.c.article_id == sa.bindparam("a")
        )
        connection.execute(one, keys)
    connection.execute(fingerprint_table.delete().where(fingerprint_table.c.article_id == article_id))


def _worth_keeping(connection: sa.Connection, article_id: int, keys: Sequence[int]) -> list[int]:
    """Return the keys that the article's work does not hold yet, and that are not common."""
    work_id = connection.execute(sa.select(article.c.work_id).where(article.c.id == article_id)).scalar_one()
    holders: defaultdict[int, set[int]] = defaultdict(set)
    asked = _asked(connection, keys)
    query = (
        sa.select(fingerprint_key.c.key, article.c.work_id)
        .select_from(asked)
        .join(fingerprint_key, fingerprint_key.c.key == asked.c.value)
        .join(article, article.c.id == fingerprint_key.c.article_id)
    )
    for key, holder in connection.execute(query):
        holders[key].add(holder)
    return [key for key in keys if work_id not in holders[key] and len(holders[key]) < COMMON]


def find(connection: sa.Connection, fingerprints: Sequence[Fingerprint]) -> list[list[Hit]]:
    """Return for each fingerprint the articles that its text may be a copy of, the likeliest first, LIMIT at most.

    Two queries for all of them: ask for a whole feed's at once.
    """
    telling = _telling(connection, {key for one in fingerprints for key in one.keys})
    found = [_ranked(one, telling) for one in fingerprints]
    unfound = {one.exact for one, hits in zip(fingerprints, found, strict=True) if not hits and one.words}
    equal = _equal(connection, unfound)
    return [hits or equal.get(one.exact, []) for one, hits in zip(fingerprints, found, strict=True)]


def _telling(connection: sa.Connection, keys: set[int]) -> dict[int, list[int]]:
    """Return the articles under each of these keys that is not common."""
    asked = _asked(connection, sorted(keys))
    query = (
        sa.select(fingerprint_key.c.key, fingerprint_key.c.article_id)
        .select_from(asked)
        .join(fingerprint_key, fingerprint_key.c.key == asked.c.value)
    )
    by_key: defaultdict[int, list[int]] = defaultdict(list)
    # All at once: fetching rows one by one costs more than finding them.
    for key, article_id in connection.execute(query).all():
        by_key[key].append(article_id)
    return {key: found for key, found in by_key.items() if len(found) < COMMON}


def _ranked(fingerprint: Fingerprint, telling: Mapping[int, Sequence[int]]) -> list[Hit]:
    counts = Counter(article_id for key in fingerprint.keys if key in telling for article_id in telling[key])
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    hits = [Hit(article_id=article_id, shared_keys=shared) for article_id, shared in ranked[:LIMIT]]
    return [hit for hit in hits if hit.shared_keys > 1] or hits[:CHANCE]


def _equal(connection: sa.Connection, digests: set[int]) -> dict[int, list[Hit]]:
    """Return the oldest article with each of these texts: a phrase that thousands have costs one row."""
    asked, table = _asked(connection, sorted(digests)), fingerprint_table
    oldest = (
        sa.select(table.c.article_id)
        .where(table.c.exact == asked.c.value)
        .order_by(table.c.article_id)
        .limit(1)
        .correlate(asked)
        .scalar_subquery()
    )
    rows = connection.execute(sa.select(asked.c.value, oldest)).all()
    return {exact: [Hit(article_id=id_, shared_keys=0, exact=True)] for exact, id_ in rows if id_ is not None}


def candidates(connection: sa.Connection, candidate: Candidate) -> tuple[Known, ...]:
    """Return the known articles that a candidate may be a revision or copy of, by URL, GUID and text."""
    ids = [hit.article_id for hit in find(connection, [candidate.fingerprint])[0]]
    return load(connection, [*_by_identity(connection, candidate), *ids])


def _by_identity(connection: sa.Connection, candidate: Candidate) -> list[int]:
    """Return the newest articles that a GUID or a URL names, IDENTITY_LIMIT for each way."""
    urls = sorted(candidate.urls | ({candidate.origin_url} if candidate.origin_url else set()))
    ways = [
        sa.select(article.c.id).where(article.c.partner == candidate.partner, article.c.guid == candidate.guid),
        sa.select(article.c.id).where(article.c.canonical_url.in_(urls)),
        sa.select(fingerprint_table.c.article_id.label("id")).where(fingerprint_table.c.origin_url.in_(urls)),
    ]
    asked = (
        way for way, used in zip(ways, (candidate.guid is not None, bool(urls), bool(urls)), strict=True) if used
    )
    newest = (way.order_by(sa.desc("id")).limit(IDENTITY_LIMIT) for way in asked)
    return [id_ for way in newest for id_ in connection.execute(way).scalars()]


def load(connection: sa.Connection, article_ids: Iterable[int]) -> tuple[Known, ...]:
    """Return the articles with these ids as `decide` wants them, by id; those without fingerprint are left out."""
    table = fingerprint_table
    numbers = revision.alias()
    newest = (
        sa.select(sa.func.max(numbers.c.number)).where(numbers.c.article_id == article.c.id).correlate(article)
    ).scalar_subquery()
    query = (
        sa.select(
            *(article.c[name] for name in ("id", "work_id", "partner", "canonical_url", "guid")),
            *(revision.c[name] for name in ("headline", "names", "published_at")),
            *(table.c[name] for name in ("exact", "words", "trace", "language", "origin_url")),
        )
        .select_from(table)
        .join(article, article.c.id == table.c.article_id)
        .join(revision, sa.and_(revision.c.article_id == article.c.id, revision.c.number == newest))
        .where(table.c.article_id.in_(sorted(set(article_ids))), table.c.version == VERSION)
        .order_by(article.c.id)
    )
    rows = connection.execute(query).all()
    told_apart = apart.of_articles(connection, [row.id for row in rows]) if rows else {}
    return tuple(_known(row, told_apart.get(row.id, frozenset())) for row in rows)


def _known(row: sa.Row[tuple[object, ...]], told_apart: frozenset[int]) -> Known:
    names = tuple(filter(None, row.names.split("; ")))
    return Known(
        work_id=row.work_id,
        article_id=row.id,
        partner=row.partner,
        canonical_url=row.canonical_url,
        origin_url=row.origin_url,
        guid=row.guid,
        headline=row.headline,
        published_at=row.published_at,
        language=row.language,
        fingerprint=Fingerprint(
            exact=row.exact,
            words=row.words,
            trace=row.trace,
            keys=keys_of(row.trace),
            headline=tuple(words_of(row.headline)),
            names=folded_names(names),
        ),
        apart=told_apart,
    )


def _asked(connection: sa.Connection, values: Sequence[int]) -> sa.TableValuedAlias:
    """Return whole numbers as a table of one column, `value`: one bound parameter, however many they are."""
    if connection.dialect.name == "postgresql":
        numbers = sa.cast(sa.literal(list(values)), sa.ARRAY(BigInteger))
        return sa.func.unnest(numbers).table_valued(sa.column("value", BigInteger), name="asked").render_derived()
    return sa.func.json_each(json.dumps(list(values))).table_valued(sa.column("value", BigInteger), name="asked")
