"""Where an article belongs: with one that we know, with the work of another copy, or in a work of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa

from ingest import dedupe
from ingest.address import Addressed, find_address
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
    #: None where it is looked at again, and not delivered.
    addressed: Addressed | None = None

    @property
    def work_id(self) -> int | None:
        """The work that it belongs to already; None where it makes a new one."""
        if self.known is not None:
            return self.known.work_id
        return self.relation.work_id if isinstance(self.relation, Copy) else None


def find_place(connection: sa.Connection, article: Article, *, partner: str, origin: Origin) -> Place:
    """Find an article's place: by its addresses first, then by what the store holds that is like it."""
    addressed = find_address(connection, article, partner=partner)
    if addressed.known is not None:
        return Place(known=addressed.known, addressed=addressed)
    believed = replace(article, canonical_url=addressed.address)
    candidate = dedupe.candidate_of(believed, partner=partner, origin=origin)
    known = fingerprints.candidates(connection, candidate)
    # The address that an article only claimed says nothing of it any more.
    known = tuple(replace(k, canonical_url="") if k.article_id == addressed.pretender else k for k in known)
    relation = dedupe.decide(candidate, known)
    moved = articles.by_id(connection, relation.article_id) if isinstance(relation, Revision) else None
    return Place(known=moved, relation=relation, addressed=addressed)
