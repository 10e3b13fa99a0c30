"""A person's word on an article, carried out: kept, judged anew, handed over, and in the ledger."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.assess import assess
from ingest.errors import ConfigError
from ingest.followup.gone import OVERRULED
from ingest.handover import hand_over
from ingest.keep import Keeping, keep
from ingest.rights import Verdict
from ingest.sources import Sources
from ingest.store import articles, followups, ledger, notices, publications, rulings
from ingest.store.articles import ArticleRow
from ingest.store.database import write
from ingest.store.rulings import Ruling
from ingest.unchanged import require_unchanged


def give_ruling(
    engine: sa.Engine,
    article_id: int,
    ruling: Ruling,
    *,
    reason: str,
    sources: Sources,
    keeping: Keeping,
    notice: str = "",
    seen: int | None = None,
) -> Verdict:
    """Rule on an article in one transaction, and return the verdict that it then stands by.

    A withdrawal takes the whole work down, and keeps every copy of it away; `notice` is what readers are told in its
    place. Only a release, of any of its copies, brings it back. Raises ConfigError when there is no such article, or
    no reason; ChangedError where it changed after the version that was `seen`.
    """
    if not reason.strip():
        raise ConfigError("a reason is needed", where=f"article {article_id}", next_step="say why, for the ledger")
    with write(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise _no_article(article_id)
        require_unchanged(connection, article_id, seen)
        withdrawn = rulings.withdrawn_in(connection, row.work_id)
        for ruled_on in {article_id} | (withdrawn if ruling is Ruling.RELEASED else set()):
            rulings.give(connection, ruled_on, ruling, actor=keeping.actor, reason=reason, now=keeping.now)
            _log(connection, ruled_on, ruling, reason, keeping)
        if ruling is Ruling.RELEASED and withdrawn:
            # Else the next look at an original that is gone would take it down again.
            followups.overrule(connection, row.work_id, mark=OVERRULED)
            notices.forget(connection, row.work_id)
        if notice.strip():
            notices.put(connection, article_id, notice.strip())
        return _carry_out(connection, row, sources, keeping)


def take_back_ruling(
    engine: sa.Engine, article_id: int, *, before: Ruling | None, sources: Sources, keeping: Keeping, seen: int
) -> Verdict:
    """Undo the newest ruling on an article in one transaction, so that the one `before` it stands, or none.

    Raises ChangedError where the article changed after the ruling, of which `seen` is the ledger's number, and
    ConfigError where a release is out already: what readers saw comes down by a withdrawal only, with its reason.
    """
    with write(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None:
            raise _no_article(article_id)
        require_unchanged(connection, article_id, seen)
        if rulings.of(connection, article_id) is Ruling.RELEASED:
            _require_not_out(connection, row)
        if before is None:
            rulings.take_back(connection, article_id)
        else:
            rulings.give(connection, article_id, before, actor=keeping.actor, reason="undone", now=keeping.now)
        notices.forget(connection, row.work_id)
        stands = before.value if before is not None else None
        ledger.append(
            connection,
            at=keeping.now,
            actor=keeping.actor,
            event="ruling.taken-back",
            subject=f"article:{article_id}",
            payload={"stands": stands},
        )
        return _carry_out(connection, row, sources, keeping)


def _require_not_out(connection: sa.Connection, row: ArticleRow) -> None:
    rows = publications.of_work(connection, row.work_id)
    out = [one for one in rows if one.state in {"pending", "published"} and (one.first_published_at or one.begun)]
    if out:
        raise ConfigError(
            f"it is out already at {out[0].location or out[0].target}",
            where=f"article {row.id}",
            next_step="withdraw it, with a reason",
        )


def _log(connection: sa.Connection, article_id: int, ruling: Ruling, reason: str, keeping: Keeping) -> None:
    ledger.append(
        connection,
        at=keeping.now,
        actor=keeping.actor,
        event=f"ruling.{ruling.value}",
        subject=f"article:{article_id}",
        payload={"reason": reason},
    )


def _carry_out(connection: sa.Connection, row: ArticleRow, sources: Sources, keeping: Keeping) -> Verdict:
    """Judge the article anew where its terms are known, and hand its work over; a withdrawal needs no terms."""
    supplier, verdict = sources.partner(row.partner), Verdict(row.verdict)
    if supplier is not None:
        article = articles.load(connection, row.revision_id)
        assessed = assess(connection, article, supplier=supplier, sources=sources, now=keeping.now, article_id=row.id)
        verdict = keep(connection, assessed, keeping=keeping).verdict
    hand_over(connection, row.work_id, targets=keeping.targets, now=keeping.now, partners=keeping.partners)
    return verdict


def _no_article(article_id: int) -> ConfigError:
    return ConfigError(f"there is no article {article_id}", where="articles", next_step="see `reprint articles list`")
