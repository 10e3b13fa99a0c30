"""Judge an article in the light of what the store remembers of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from ingest.article import Article, Origin
from ingest.attribution import AttributedArticle
from ingest.judge import History, judge, whose
from ingest.sources import Partner, Sources
from ingest.store import articles, publications, rulings
from ingest.store.rulings import Ruling
from ingest.terms import Terms


def assess(
    connection: sa.Connection, article: Article, *, supplier: Partner, sources: Sources, now: datetime
) -> AttributedArticle:
    """Return the article with its origin, terms, decision and credit, as of `now`.

    Remembers a person's release, when we first took the work, and how many of the origin's pieces we took lately.
    """
    origin, terms = whose(article, supplier=supplier, sources=sources)
    known = articles.find(connection, supplier.key, article.canonical_url)
    history = History(
        released=known is not None and rulings.of(connection, known.id) is Ruling.RELEASED,
        taken_at=publications.first_published(connection, known.work_id) if known else None,
        recent=_recent(connection, origin, terms, work_id=known.work_id if known else None, now=now),
    )
    return judge(article, supplier=supplier, origin=origin, terms=terms, history=history, now=now)


def _recent(
    connection: sa.Connection, origin: Origin, terms: Terms, *, work_id: int | None, now: datetime
) -> int | None:
    if terms.quota is None or origin.key is None:
        return None
    since = now - timedelta(days=terms.quota.days)
    return publications.taken_since(connection, origin.key, since=since, but_for=work_id)
