"""Where an article belongs: with one that we know, with the work of another copy, or in a work of its own."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ingest import dedupe
from ingest.article import Article, Origin
from ingest.dedupe import Copy, Neighbour, New, Revision
from ingest.store import articles, fingerprints
from ingest.store.articles import KnownArticle


@dataclass(frozen=True, kw_only=True)
class Place:
    """An article's place among those that are kept."""

    #: The same partner's same article; None where it is the first time.
    known: KnownArticle | None
    #: How it was told, where its address alone did not tell it.
    relation: New | Copy | Neighbour | Revision | None = None

    @property
    def work_id(self) -> int | None:
        """The work that it belongs to already; None where it makes a new one."""
        if self.known is not None:
            return self.known.work_id
        return self.relation.work_id if isinstance(self.relation, Copy) else None


def find_place(connection: sa.Connection, article: Article, *, partner: str, origin: Origin) -> Place:
    """Find an article's place: by its addresses first, then by what the store holds that is like it."""
    known = articles.find(connection, partner, article.canonical_url)
    if known is not None:
        return Place(known=known)
    candidate = dedupe.candidate_of(article, partner=partner, origin=origin)
    relation = dedupe.decide(candidate, fingerprints.candidates(connection, candidate))
    moved = articles.by_id(connection, relation.article_id) if isinstance(relation, Revision) else None
    return Place(known=moved, relation=relation)
