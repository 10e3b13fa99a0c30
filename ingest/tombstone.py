"""What is much like a withdrawn piece waits for a person: it may be that piece, edited, under a new address and id.

A copy of a withdrawn piece joins its work, and stays away with it; this is for what is too far from it to be a copy.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from ingest.article import Article
from ingest.dedupe import Neighbour
from ingest.place import Place
from ingest.store import articles, bookmarks, rulings

#: From so much of the text on, a neighbour of a withdrawn piece is more than one more of its series.
_LIKE: Final = 0.4


def like_withdrawn(connection: sa.Connection, place: Place, article: Article) -> str | None:
    """Return the headline of the withdrawn piece that an article is much like, or None."""
    if place.known is not None:
        noted = bookmarks.get(connection, _name(place.known.id))
        return _headline(connection, int(noted)) if noted else None
    if not isinstance(place.relation, Neighbour):
        return None
    headline = _headline(connection, place.relation.article_id)
    same = headline is not None and _folded(headline) == _folded(article.headline)
    return headline if same or place.relation.score >= _LIKE else None


def note_likeness(connection: sa.Connection, article_id: int, place: Place) -> None:
    """Remember what a new article is held for, so that later judgements know it too."""
    if isinstance(place.relation, Neighbour):
        bookmarks.put(connection, _name(article_id), str(place.relation.article_id))


def _headline(connection: sa.Connection, article_id: int) -> str | None:
    """Return an article's headline while its work is withdrawn."""
    row = articles.row_of(connection, article_id)
    return row.headline if row is not None and rulings.withdrawn_in(connection, row.work_id) else None


def _folded(headline: str) -> str:
    return " ".join(headline.casefold().split())


def _name(article_id: int) -> str:
    return f"like-withdrawn:{article_id}"
