"""The words that an article stands in: the partner's, ours, or both merged."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ingest.article import Article
from ingest.edits import Collision, merge
from ingest.revisions import classify
from ingest.store import articles, edits
from ingest.store.articles import KnownArticle, content_hash


@dataclass(frozen=True, kw_only=True)
class Effective:
    """The article that is judged and shown, and how it came about."""

    article: Article
    #: Its words were changed by us.
    edited: bool = False
    #: Where our words and the partner's newer ones collide; the article is then ours, and held.
    places: tuple[str, ...] = ()
    #: The partner's revision that it takes account of, where that is to be kept.
    theirs: Article | None = None

    @property
    def collides(self) -> bool:
        """Whether a person must decide between our words and the partner's."""
        return bool(self.places)


def effective(
    connection: sa.Connection, article: Article, known: KnownArticle | None, *, incoming: bool
) -> Effective:
    """Return the article as it is to stand; `incoming` tells that it comes from the partner, and not from our store.

    A partner's revision of an article that we edited is merged with our words, and never put over them.
    """
    state = edits.of(connection, known.id) if known is not None else None
    if state is None:
        return Effective(article=article)
    waits = ("the partner's newer revision",) if state.conflict_id is not None else ()
    if not incoming:
        return Effective(article=article, edited=True, places=waits)
    ours = articles.load(connection, state.revision_id)
    newest = articles.load(connection, state.conflict_id or state.base_id)
    if content_hash(article) == content_hash(newest) or classify(newest, article).nothing:
        return Effective(article=ours, edited=True, places=waits)
    merged = merge(articles.load(connection, state.base_id), ours, article)
    if isinstance(merged, Collision):
        return Effective(article=ours, edited=True, places=merged.places, theirs=article)
    adopted = content_hash(merged.article) == content_hash(article)
    return Effective(article=merged.article, edited=not adopted, theirs=article)
