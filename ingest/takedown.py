"""Taking a work down for good because its publisher did: by a tombstone, or by a confirmed 404 or 410."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.handover import copies_of, hand_over
from ingest.keep import Keeping
from ingest.store import articles, ledger, rulings
from ingest.store.rulings import Ruling


def take_down(connection: sa.Connection, article_id: int, *, reason: str, keeping: Keeping) -> bool:
    """Withdraw an article's work as its publisher did, and return whether it goes; the caller's is the transaction.

    Its copies, under whatever address, id or partner they come, find the work withdrawn and stay away until a person
    releases it. Where the origin itself delivers another copy, a middleman's absence only is noted.
    """
    row = articles.row_of(connection, article_id)
    if row is None or rulings.of(connection, article_id) is Ruling.WITHDRAWN:
        return False
    copies = copies_of(connection, row.work_id, partners=keeping.partners)
    mine = next((copy for copy in copies if copy.article_id == article_id), None)
    if mine is not None and not mine.own and any(copy.own and copy.current for copy in copies):
        _log(connection, keeping, "article.retracted", article_id, reason)
        return False
    rulings.give(connection, article_id, Ruling.WITHDRAWN, actor=keeping.actor, reason=reason, now=keeping.now)
    _log(connection, keeping, f"ruling.{Ruling.WITHDRAWN.value}", article_id, reason)
    hand_over(connection, row.work_id, targets=keeping.targets, now=keeping.now, partners=keeping.partners)
    return True


def _log(connection: sa.Connection, keeping: Keeping, event: str, article_id: int, reason: str) -> None:
    subject, payload = f"article:{article_id}", {"reason": reason}
    ledger.append(connection, at=keeping.now, actor=keeping.actor, event=event, subject=subject, payload=payload)
