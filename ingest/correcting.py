"""Corrections kept: those that a partner's revision brings, and our own; each asks for the page to be shown anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from ingest.article import Article
from ingest.body import Body
from ingest.corrections import CorrectedBy, Correction, partners_corrections
from ingest.errors import ConfigError
from ingest.keeping import Keeping
from ingest.printable import one_line
from ingest.revisions import classify
from ingest.store import articles, corrections, followups, ledger, outbox, publications
from ingest.store.database import write
from ingest.store.publications import PublicationRow

#: Longer ones are articles.
MAX_LENGTH = 2000


def note_corrections(
    connection: sa.Connection,
    article_id: int,
    *,
    before: tuple[Article, datetime] | None,
    after: Article,
    revision_id: int,
    keeping: Keeping,
) -> None:
    """Keep the correction notices that a partner's revision brought.

    `before` is its earlier revision with the time it was fetched; None where this is the first.
    """
    earlier = before[0] if before else replace(after, body=Body(), standfirst=None, bio=None)
    notices = classify(earlier, after).notices
    if not notices:
        return
    seen = [before[1]] if before else []
    checks = (watch.checked_at for watch in followups.of_article(connection, article_id)) if before else ()
    last_seen_at = max((*seen, *(at for at in checks if at is not None)), default=None)
    for one in partners_corrections(notices, after, last_seen_at=last_seen_at, now=keeping.now):
        _keep(connection, article_id, one, revision_id=revision_id, keeping=keeping)


def correct(engine: sa.Engine, article_id: int, text: str, *, keeping: Keeping) -> int:
    """Keep a correction of our own and show it on every page of the work; return its number.

    Raises ConfigError where there is no such article or page, the text is blank or too long, or it has it already.
    """
    text = one_line(text)
    where = f"article {article_id}"
    if not text or len(text) > MAX_LENGTH:
        what = "a correction needs words" if not text else f"a correction has at most {MAX_LENGTH} characters"
        raise ConfigError(what, where=where, next_step="say what was wrong and what is right, in a sentence or two")
    with write(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise ConfigError(f"there is no {where}", where="articles", next_step="see `reprint articles list`")
        pages = [
            out for out in publications.of_work(connection, row.work_id) if out.state in {"pending", "published"}
        ]
        if not pages:
            raise ConfigError(
                "it has no page that could show a correction; nothing was kept",
                where=where,
                next_step=f"see `reprint articles show {article_id}` for what it waits for",
            )
        one = Correction(text=text, at=keeping.now, by=CorrectedBy.OURS)
        number = _keep(connection, article_id, one, revision_id=None, keeping=keeping)
        if number is None:
            raise ConfigError("it says so already", where=where, next_step="see `reprint articles corrections`")
        for out in pages:
            _show_again(connection, out, keeping)
    return number


def _show_again(connection: sa.Connection, out: PublicationRow, keeping: Keeping) -> None:
    outbox.intend(
        connection,
        work_id=out.work_id,
        target=out.target,
        article_id=out.article_id,
        revision_id=out.revision_id,
        attribution_id=out.attribution_id,
        now=keeping.now,
    )


def _keep(
    connection: sa.Connection, article_id: int, one: Correction, *, revision_id: int | None, keeping: Keeping
) -> int | None:
    number = corrections.add(
        connection, article_id, one, revision_id=revision_id, actor=keeping.actor, now=keeping.now
    )
    if number is not None:
        payload = {"correction": number, "by": one.by.value, "text": one.text, "changed": one.at}
        ledger.append(
            connection,
            at=keeping.now,
            actor=keeping.actor,
            event="article.corrected",
            subject=f"article:{article_id}",
            payload=payload,
        )
    return number
