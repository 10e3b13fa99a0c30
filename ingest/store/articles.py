"""Articles and their immutable revisions: one article for each partner and canonical URL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingest.article import Article
from ingest.store.codec import ARTICLE
from ingest.store.schema import article, article_address, attribution, revision, ruling, standing, work
from ingest.urls import canonical_url as canonical_form


@dataclass(frozen=True, kw_only=True)
class KnownArticle:
    """An article that the store has, with its newest revision."""

    id: int
    work_id: int
    revision_id: int
    content_hash: str
    attribution_id: int
    reconsider_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ArticleRow:
    """One line of `reprint articles list`."""

    id: int
    work_id: int
    revision_id: int
    slug: str
    partner: str
    headline: str
    names: str
    word_count: int
    published_at: datetime | None
    first_seen_at: datetime
    relation: str
    relation_reason: str
    verdict: str
    reasons: str
    origin_name: str
    #: A person's word, where one was given: released, withdrawn.
    ruling: str | None

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """The codes of what keeps it back."""
        return tuple(str(reason["code"]) for reason in json.loads(self.reasons))


@dataclass(frozen=True, kw_only=True)
class RevisionRow:
    """One revision of an article."""

    id: int
    number: int
    headline: str
    word_count: int
    fetched_at: datetime


def content_hash(value: Article) -> str:
    """Return the SHA-256, hex, over what readers see; two fetches of an unchanged article are equal in it."""
    document = ARTICLE.dump_json(value, include=_SHOWN)
    return hashlib.sha256(document).hexdigest()


_SHOWN = {"headline", "standfirst", "byline", "dateline", "body", "image", "bio", "inherited_credit", "published_at"}


def identity(url: str) -> str:
    """Return the form of a canonical URL that tells articles apart: no tracking, http as https."""
    return canonical_form(url)


def find(connection: sa.Connection, partner: str, canonical_url: str) -> KnownArticle | None:
    """Return a partner's article by any canonical URL that it has or had, or None."""
    query = _known().join(article_address, article_address.c.article_id == article.c.id)
    here = (article_address.c.partner == partner, article_address.c.address == identity(canonical_url))
    row = connection.execute(query.where(*here)).mappings().first()
    return KnownArticle(**row) if row else None


def by_id(connection: sa.Connection, article_id: int) -> KnownArticle:
    """Return an article that is there."""
    row = connection.execute(_known().where(article.c.id == article_id)).mappings().one()
    return KnownArticle(**row)


def _known() -> sa.Select[*tuple[Any, ...]]:
    columns: list[sa.ColumnElement[Any]] = [
        article.c.id,
        article.c.work_id,
        revision.c.id.label("revision_id"),
        revision.c.content_hash,
        standing.c.attribution_id,
        standing.c.reconsider_at,
    ]
    return (
        sa.select(*columns)
        .join(standing, standing.c.article_id == article.c.id)
        .join(revision, revision.c.id == standing.c.revision_id)
    )


def add(
    connection: sa.Connection,
    value: Article,
    *,
    partner: str,
    work_id: int,
    address: str,
    relation: str,
    reason: str,
    now: datetime,
) -> int:
    """Add a partner's article to a work under its address, in identity form, and return its id."""
    row = {
        "partner": partner,
        "canonical_url": address,
        "guid": value.guid,
        "work_id": work_id,
        "relation": relation,
        "relation_reason": reason,
        "first_seen_at": now,
    }
    article_id = int(connection.execute(article.insert().values(row).returning(article.c.id)).scalar_one())
    add_address(connection, article_id, partner=partner, canonical_url=address)
    return article_id


def add_address(connection: sa.Connection, article_id: int, *, partner: str, canonical_url: str) -> bool:
    """Let an article be found also by another URL; the older ones stay its own. False where the URL is taken."""
    here = {"partner": partner, "address": identity(canonical_url)}
    taken = sa.select(article_address.c.article_id).filter_by(**here)
    if connection.execute(taken).first() is not None:
        return False
    connection.execute(article_address.insert().values(**here, article_id=article_id))
    return True


def give_up_address(connection: sa.Connection, article_id: int, *, partner: str, address: str, own: str) -> None:
    """Free an address that an article's page only claimed; it is known by the one at which it was fetched."""
    claimed = (article_address.c.partner == partner, article_address.c.address == identity(address))
    connection.execute(article_address.delete().where(*claimed, article_address.c.article_id == article_id))
    add_address(connection, article_id, partner=partner, canonical_url=own)
    # No address twice among one partner's: what is known elsewhere keeps a mark of its own.
    same = sa.select(article.c.id).where(article.c.partner == partner, article.c.canonical_url == identity(own))
    free = connection.execute(same).first() is None
    here = (article.c.id == article_id, article.c.canonical_url == identity(address))
    renamed = identity(own) if free else f"{identity(own)}#article-{article_id}"
    connection.execute(article.update().where(*here).values(canonical_url=renamed))


def add_revision(connection: sa.Connection, value: Article, *, article_id: int, now: datetime) -> int:
    """Add the next revision of an article and return its id."""
    last = sa.select(sa.func.max(revision.c.number)).where(revision.c.article_id == article_id)
    row = {
        "article_id": article_id,
        "number": (connection.execute(last).scalar() or 0) + 1,
        "content_hash": content_hash(value),
        "headline": value.headline,
        "names": "; ".join(value.byline.names),
        "word_count": value.body.word_count,
        "published_at": value.published_at,
        "document": ARTICLE.dump_json(value).decode(),
        "fetched_at": now,
    }
    return int(connection.execute(revision.insert().values(row).returning(revision.c.id)).scalar_one())


def load(connection: sa.Connection, revision_id: int) -> Article:
    """Return the article as it stood in a revision."""
    query = sa.select(revision.c.document).where(revision.c.id == revision_id)
    return ARTICLE.validate_json(connection.execute(query).scalar_one())


def revisions(connection: sa.Connection, article_id: int) -> list[RevisionRow]:
    """Return an article's revisions, the oldest first."""
    columns = [revision.c[name] for name in RevisionRow.__dataclass_fields__]
    query = sa.select(*columns).where(revision.c.article_id == article_id).order_by(revision.c.number)
    return [RevisionRow(**row) for row in connection.execute(query).mappings()]


def load_with_time(connection: sa.Connection, revision_id: int) -> tuple[Article, datetime]:
    """Return the article as it stood in a revision, and when that was fetched."""
    query = sa.select(revision.c.document, revision.c.fetched_at).where(revision.c.id == revision_id)
    row = connection.execute(query).one()
    return ARTICLE.validate_json(row.document), row.fetched_at


def rows(
    connection: sa.Connection,
    *,
    partner: str | None = None,
    verdict: str | None = None,
    search: str | None = None,
    limit: int = 50,
) -> list[ArticleRow]:
    """Return the newest articles first, at most `limit`; `search` looks in headlines and names."""
    query = _listing().order_by(article.c.id.desc()).limit(limit)
    if partner is not None:
        query = query.where(article.c.partner == partner)
    if verdict is not None:
        query = query.where(standing.c.verdict == verdict)
    if search is not None:
        found = [column.icontains(search, autoescape=True) for column in (revision.c.headline, revision.c.names)]
        query = query.where(sa.or_(*found))
    return [ArticleRow(**row) for row in connection.execute(query).mappings()]


def rows_of(connection: sa.Connection, article_ids: Sequence[int]) -> list[ArticleRow]:
    """Return these articles' lines in the order of their ids; of those that are there."""
    found = connection.execute(_listing().where(article.c.id.in_(list(article_ids)))).mappings()
    by_id = {row["id"]: ArticleRow(**row) for row in found}
    return [by_id[article_id] for article_id in article_ids if article_id in by_id]


def row_of(connection: sa.Connection, article_id: int) -> ArticleRow | None:
    """Return one article's line, or None."""
    row = connection.execute(_listing().where(article.c.id == article_id)).mappings().first()
    return ArticleRow(**row) if row else None


def _listing() -> sa.Select[*tuple[Any, ...]]:
    columns: list[sa.ColumnElement[Any]] = [
        article.c.id,
        article.c.work_id,
        standing.c.revision_id,
        work.c.slug,
        article.c.partner,
        revision.c.headline,
        revision.c.names,
        revision.c.word_count,
        revision.c.published_at,
        article.c.first_seen_at,
        article.c.relation,
        article.c.relation_reason,
        standing.c.verdict,
        attribution.c.reasons,
        attribution.c.origin_name,
        ruling.c.state.label("ruling"),
    ]
    return (
        sa.select(*columns)
        .join(work, work.c.id == article.c.work_id)
        .join(standing, standing.c.article_id == article.c.id)
        .join(revision, revision.c.id == standing.c.revision_id)
        .join(attribution, attribution.c.id == standing.c.attribution_id)
        .outerjoin(ruling, ruling.c.article_id == article.c.id)
    )
