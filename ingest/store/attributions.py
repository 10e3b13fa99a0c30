"""Attribution records: who wrote, who first published, who delivered, what the terms said, and the credit's text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from ingest.attribution import AttributedArticle
from ingest.store.codec import ARTICLE, ATTRIBUTION, AttributionDocument
from ingest.store.schema import article, attribution, revision, standing
from ingest.store.schema import terms as terms_table
from ingest.terms import Terms


@dataclass(frozen=True, kw_only=True)
class AttributionRow:
    """One attribution record with what a person needs to judge it."""

    id: int
    article_id: int
    revision_id: int
    revision_number: int
    headline: str
    names: str
    partner: str
    partner_name: str
    origin_name: str
    verdict: str
    reasons: str
    credit_text: str
    terms_digest: str
    decided_at: datetime


def keep_terms(connection: sa.Connection, terms: Terms, *, now: datetime) -> bool:
    """Keep the exact wording of terms under its digest; return whether it is new."""
    known = sa.select(terms_table.c.digest).where(terms_table.c.digest == terms.digest)
    if connection.execute(known).first():
        return False
    row = {"digest": terms.digest, "document": terms.canonical_json, "recorded_at": now}
    connection.execute(terms_table.insert().values(row))
    return True


def add(connection: sa.Connection, value: AttributedArticle, *, revision_id: int, now: datetime) -> int:
    """Add an attribution record for a revision and return its id; its terms must be kept already."""
    document = AttributionDocument(origin=value.origin, decision=value.decision, credit=value.credit)
    row = {
        "revision_id": revision_id,
        "terms_digest": value.terms.digest,
        "partner": value.partner,
        "partner_name": value.partner_name,
        "origin_name": value.origin.name,
        "origin_key": value.origin.key,
        "verdict": value.decision.verdict.value,
        "reasons": json.dumps([asdict(reason) for reason in value.decision.reasons], ensure_ascii=False),
        "credit_text": value.credit.text,
        "document": ATTRIBUTION.dump_json(document).decode(),
        "decided_at": now,
    }
    return int(connection.execute(attribution.insert().values(row).returning(attribution.c.id)).scalar_one())


def load(connection: sa.Connection, attribution_id: int) -> AttributedArticle:
    """Return the attributed article of a record: the words, the terms and the credit as they were then."""
    return load_all(connection, [attribution_id])[attribution_id]


def load_all(connection: sa.Connection, attribution_ids: Sequence[int]) -> dict[int, AttributedArticle]:
    """Return the attributed articles of some records, by the records' ids; raises KeyError where one is not there."""
    query = (
        sa.select(
            attribution.c.id,
            attribution.c.partner,
            attribution.c.partner_name,
            attribution.c.document,
            terms_table.c.document.label("terms_document"),
            revision.c.document.label("article_document"),
        )
        .join(terms_table, terms_table.c.digest == attribution.c.terms_digest)
        .join(revision, revision.c.id == attribution.c.revision_id)
        .where(attribution.c.id.in_(attribution_ids))
    )
    found = {row.id: _attributed(row) for row in connection.execute(query)}
    return {attribution_id: found[attribution_id] for attribution_id in attribution_ids}


def _attributed(row: Any) -> AttributedArticle:
    document = ATTRIBUTION.validate_json(row.document)
    return AttributedArticle(
        article=ARTICLE.validate_json(row.article_document),
        partner=row.partner,
        partner_name=row.partner_name,
        origin=document.origin,
        terms=_terms(row.terms_document),
        decision=document.decision,
        credit=document.credit,
    )


@lru_cache(maxsize=64)
def _terms(document: str) -> Terms:
    """Return terms from their canonical JSON; a partner's stand behind most of its articles."""
    return Terms.model_validate_json(document)


def of_article(connection: sa.Connection, article_id: int) -> AttributedArticle:
    """Return an article as it stands: its newest revision with its newest attribution."""
    query = sa.select(standing.c.attribution_id).where(standing.c.article_id == article_id)
    return load(connection, connection.execute(query).scalar_one())


def rows(
    connection: sa.Connection, *, article_id: int | None = None, partner: str | None = None, limit: int = 50
) -> list[AttributionRow]:
    """Return attribution records, the newest first: the standing ones, or all of one article."""
    query = _listing().order_by(attribution.c.id.desc()).limit(limit)
    if article_id is not None:
        query = query.where(article.c.id == article_id)
    else:
        query = query.join(standing, standing.c.attribution_id == attribution.c.id)
    if partner is not None:
        query = query.where(article.c.partner == partner)
    return [AttributionRow(**row) for row in connection.execute(query).mappings()]


def _listing() -> sa.Select[*tuple[Any, ...]]:
    columns: list[sa.ColumnElement[Any]] = [
        attribution.c.id,
        article.c.id.label("article_id"),
        revision.c.id.label("revision_id"),
        revision.c.number.label("revision_number"),
        revision.c.headline,
        revision.c.names,
        attribution.c.partner,
        attribution.c.partner_name,
        attribution.c.origin_name,
        attribution.c.verdict,
        attribution.c.reasons,
        attribution.c.credit_text,
        attribution.c.terms_digest,
        attribution.c.decided_at,
    ]
    return (
        sa.select(*columns)
        .join(revision, revision.c.id == attribution.c.revision_id)
        .join(article, article.c.id == revision.c.article_id)
    )
