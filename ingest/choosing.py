"""An editor's word on where and when an article appears: kept, judged anew, handed over, and in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from ingest.assess import assess
from ingest.editing import Desk
from ingest.errors import ConfigError
from ingest.handover import hand_over
from ingest.keep import attribute_revision
from ingest.rights import Verdict
from ingest.store import articles, choices, ledger
from ingest.store.articles import ArticleRow
from ingest.store.choices import Choice
from ingest.store.database import write
from ingest.unchanged import require_unchanged


def choose_section(desk: Desk, article_id: int, section: str | None) -> Verdict:
    """Put an article into one of our sections by its key, or back where the partner's labels put it (None).

    Raises ConfigError where there is no such article or section, ChangedError where it changed meanwhile.
    """
    keys = [known.key for known in desk.sources.site.sections]
    if section is not None and section not in keys:
        raise ConfigError(
            f"there is no section {section[:80]!r}",
            where=f"article {article_id}",
            next_step=f"name one of: {', '.join(keys) or 'none yet, see site.sections'}",
        )
    with write(desk.engine) as connection:
        row, choice = _standing(connection, article_id, desk)
        changed = replace(choice, section=section)
        return _carry_out(connection, row, changed, "article.section-chosen", {"section": section}, desk)


def schedule(desk: Desk, article_id: int, not_before: datetime | None) -> Verdict:
    """Keep an article back until an aware time, or no longer (None); what is out already stays out.

    Raises ConfigError where there is no such article or the time is over, ChangedError where it changed meanwhile.
    """
    if not_before is not None and not_before <= desk.keeping.now:
        raise ConfigError(
            "that time is over", where=f"article {article_id}", next_step="name a later one, or release it at once"
        )
    with write(desk.engine) as connection:
        row, choice = _standing(connection, article_id, desk)
        changed = replace(choice, not_before=not_before)
        return _carry_out(connection, row, changed, "article.scheduled", {"not_before": not_before}, desk)


def _standing(connection: sa.Connection, article_id: int, desk: Desk) -> tuple[ArticleRow, Choice]:
    row = articles.row_of(connection, article_id)
    if row is None:
        raise ConfigError(
            f"there is no article {article_id}", where="articles", next_step="see `reprint articles list`"
        )
    require_unchanged(connection, article_id, desk.seen)
    return row, choices.of(connection, article_id)


def _carry_out(
    connection: sa.Connection, row: ArticleRow, choice: Choice, event: str, payload: Mapping[str, object], desk: Desk
) -> Verdict:
    """Keep the choice, and judge the article anew: a judgement of its own lets what is out be given again."""
    keeping, supplier = desk.keeping, desk.sources.partner(row.partner)
    if supplier is None:
        raise ConfigError(
            f"its partner {row.partner!r} is not in the sources, so that its terms are unknown",
            where=f"article {row.id}",
            next_step="put the partner back into sources.yaml",
        )
    choices.put(connection, row.id, choice)
    subject = f"article:{row.id}"
    ledger.append(connection, at=keeping.now, actor=keeping.actor, event=event, subject=subject, payload=payload)
    article = articles.load(connection, row.revision_id)
    assessed = assess(
        connection, article, supplier=supplier, sources=desk.sources, now=keeping.now, article_id=row.id
    )
    attribute_revision(connection, assessed, row.id, row.revision_id, keeping)
    hand_over(connection, row.work_id, targets=keeping.targets, now=keeping.now, partners=keeping.partners)
    return assessed.judged.decision.verdict
