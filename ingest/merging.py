"""A partner's newer revision of an article that we edited, kept beside our words: merged, adopted, or in conflict."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.edited import Effective
from ingest.keeping import Keeping
from ingest.store import articles, edits, ledger, seals
from ingest.store.articles import KnownArticle


def partners_newest(connection: sa.Connection, known: KnownArticle) -> int:
    """Return the partner's newest revision of an article, whether or not we edited it."""
    state = edits.of(connection, known.id)
    return known.revision_id if state is None else state.conflict_id or state.base_id


def merge_in(
    connection: sa.Connection, words: Effective, known: KnownArticle, *, theirs_id: int, keeping: Keeping
) -> int:
    """Note what the partner's newer revision makes of our edit; return the revision that the article stands by."""
    # It is not judged by itself, so that this alone vouches for it.
    received = {"revision": theirs_id, "seals": seals.of_revision(connection, theirs_id)}
    _log(connection, known.id, "article.received", received, keeping)
    if words.collides:
        edits.conflict(connection, known.id, theirs_id=theirs_id)
        _log(connection, known.id, "article.edit-conflict", {"theirs": theirs_id, "places": words.places}, keeping)
        return known.revision_id
    if not words.edited:
        edits.drop(connection, known.id)
        _log(connection, known.id, "article.edit-adopted", {"theirs": theirs_id}, keeping)
        return theirs_id
    ours_id = articles.add_revision(connection, words.article, article_id=known.id, now=keeping.now)
    note_edit(
        connection,
        known.id,
        revision_id=ours_id,
        base_id=theirs_id,
        reason="our words merged with the partner's newer revision",
        keeping=keeping,
    )
    return ours_id


def note_edit(
    connection: sa.Connection, article_id: int, *, revision_id: int, base_id: int, reason: str, keeping: Keeping
) -> None:
    """Note a revision as our own, here and in the ledger."""
    edits.note(
        connection,
        article_id,
        revision_id=revision_id,
        base_id=base_id,
        actor=keeping.actor,
        reason=reason,
        now=keeping.now,
    )
    payload = {"revision": revision_id, "base": base_id, "reason": reason}
    _log(connection, article_id, "article.edited", payload, keeping)


def _log(
    connection: sa.Connection, article_id: int, event: str, payload: dict[str, object], keeping: Keeping
) -> None:
    ledger.append(
        connection,
        at=keeping.now,
        actor=keeping.actor,
        event=event,
        subject=f"article:{article_id}",
        payload=payload,
    )
