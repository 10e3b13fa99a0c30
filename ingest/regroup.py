"""A person's word on works, carried out: split or merged for good, judged and handed over anew, in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ingest.assess import assess
from ingest.errors import ConfigError
from ingest.handover import hand_over
from ingest.keep import Keeping, keep
from ingest.sources import Sources
from ingest.store import apart, articles, attributions, fingerprints, ledger, publications, works
from ingest.store.articles import ArticleRow
from ingest.store.database import write
from ingest.store.works import WorkRow


@dataclass(frozen=True, kw_only=True)
class Regrouped:
    """What became of two works."""

    #: The one that keeps its address.
    kept: WorkRow
    #: The one that was split off, or was merged into it.
    other: WorkRow
    #: The articles that changed their work.
    moved: tuple[int, ...]


def split(
    engine: sa.Engine, article_ids: Sequence[int], *, reason: str, sources: Sources, keeping: Keeping
) -> Regrouped:
    """Take articles out of their work into one of their own, for ever; our page stays with the copy that it shows.

    Each of both works is judged and handed over anew. Raises ConfigError where the articles are not part of one work,
    where they are all of it, or without a reason.
    """
    _require(reason)
    with write(engine) as connection:
        rows = [_article(connection, article_id) for article_id in sorted(set(article_ids))]
        work_id = _one_work(rows)
        named = {row.id for row in rows}
        rest = set(works.members(connection, work_id)) - named
        if not rest:
            raise ConfigError(
                "these are all articles of the work: there is nothing to split it from",
                where=f"work {rows[0].slug}",
                next_step="name only those that are another piece",
            )
        leaving, staying, home = _parted(connection, named, rest, work_id)
        other = home or works.create(
            connection, headline=_article(connection, min(leaving)).headline, now=keeping.now
        )
        moved = tuple(sorted(leaving))
        _move(connection, moved, other, "split", reason, keeping)
        _keep_apart(connection, leaving, work_id, reason, keeping)
        _keep_apart(connection, staying, other, reason, keeping)
        _settle(connection, (work_id, other), sources, keeping)
        return _regrouped(connection, work_id, other, moved)


def _parted(
    connection: sa.Connection, named: set[int], rest: set[int], work_id: int
) -> tuple[set[int], set[int], int | None]:
    """Return who leaves, who stays with the page, and the work that those who leave have again, if there is one.

    What a merge brought goes back where it came from, whichever copy the page shows meanwhile: each address keeps
    its piece. Else the page stays with the copy that it shows.
    """
    for leaving, staying in ((named, rest), (rest, named)):
        if (home := _reopened(connection, leaving, work_id)) is not None:
            return leaving, staying, home
    leaving, staying = (rest, named) if named & _shown(connection, work_id) else (named, rest)
    return leaving, staying, None


def _reopened(connection: sa.Connection, leaving: set[int], work_id: int) -> int | None:
    """Open the work again that a merge took all of these from, and return it; None where there is no one such."""
    came_from = {_merged_from(connection, article_id) for article_id in leaving}
    former = works.row_of(connection, came_from.pop() or 0) if len(came_from) == 1 else None
    if former is None or former.merged_into != work_id or works.members(connection, former.id):
        return None
    works.reopen(connection, former.id)
    return former.id


def _merged_from(connection: sa.Connection, article_id: int) -> int | None:
    """Return the work that a person's merge last took an article from."""
    merged = [
        record.data.get("from")
        for record in ledger.records(connection, subject=f"article:{article_id}")
        if record.event == "article.merged"
    ]
    return merged[-1] if merged else None


def merge(
    engine: sa.Engine, article_id: int, other_id: int, *, reason: str, sources: Sources, keeping: Keeping
) -> Regrouped:
    """Make the works of two articles one, for ever; the first one's address stays, or that of the only one published.

    What the other one had published goes, with a pointer to the page that stays. Raises ConfigError where they are
    one work already, or without a reason.
    """
    _require(reason)
    with write(engine) as connection:
        first, second = _article(connection, article_id), _article(connection, other_id)
        if first.work_id == second.work_id:
            raise ConfigError(
                "they are copies of one work already",
                where=f"work {first.slug}",
                next_step="see `reprint works show`",
            )
        kept, gone = first.work_id, second.work_id
        if _shown(connection, gone) and not _shown(connection, kept):
            kept, gone = gone, kept
        moved = tuple(works.members(connection, gone))
        _move(connection, moved, kept, "merged", reason, keeping)
        works.close(connection, gone, merged_into=kept)
        apart.merge(connection, gone, kept, members=works.members(connection, kept))
        # The page that stays first: what goes points at it.
        _settle(connection, (kept, gone), sources, keeping)
        return _regrouped(connection, kept, gone, moved)


def _require(reason: str) -> None:
    if not reason.strip():
        raise ConfigError("a reason is needed", where="works", next_step="say why, for the ledger")


def _article(connection: sa.Connection, article_id: int) -> ArticleRow:
    row = articles.row_of(connection, article_id)
    if row is None:
        raise ConfigError(f"there is no article {article_id}", where="works", next_step="see `reprint articles list`")
    return row


def _one_work(rows: Sequence[ArticleRow]) -> int:
    slugs = sorted({row.slug for row in rows})
    if len(slugs) != 1:
        raise ConfigError(
            f"these are articles of {len(slugs)} works: {', '.join(slugs)}",
            where="works",
            next_step="split one work at a time",
        )
    return rows[0].work_id


def _shown(connection: sa.Connection, work_id: int) -> set[int]:
    """Return the articles that stand published for a work, or are about to change there."""
    rows = publications.of_work(connection, work_id)
    out = (row for row in rows if row.state in {"pending", "published"} and row.first_published_at)
    return {row.article_id for row in out}


def _move(
    connection: sa.Connection, moved: Sequence[int], work_id: int, how: str, reason: str, keeping: Keeping
) -> None:
    came_from = {article_id: _article(connection, article_id).work_id for article_id in moved}
    works.move(connection, moved, work_id, relation=how, reason=f"{keeping.actor}: {reason}")
    for article_id in moved:
        ledger.append(
            connection,
            at=keeping.now,
            actor=keeping.actor,
            event=f"article.{how}",
            subject=f"article:{article_id}",
            payload={"work": work_id, "from": came_from[article_id], "reason": reason},
        )


def _keep_apart(
    connection: sa.Connection, article_ids: set[int], work_id: int, reason: str, keeping: Keeping
) -> None:
    apart.put(connection, sorted(article_ids), work_id, actor=keeping.actor, reason=reason, now=keeping.now)


def _settle(connection: sa.Connection, work_ids: Sequence[int], sources: Sources, keeping: Keeping) -> None:
    """Index both works' articles anew, judge them in their new places, and hand the works over."""
    inside = {work_id: works.members(connection, work_id) for work_id in work_ids}
    fingerprints.index_anew(connection, [one for members in inside.values() for one in members])
    for members in inside.values():
        for article_id in members:
            _judge_anew(connection, article_id, sources, keeping)
    for work_id in work_ids:
        targets = dict.fromkeys([*keeping.targets, *(p.target for p in publications.of_work(connection, work_id))])
        hand_over(connection, work_id, targets=tuple(targets), now=keeping.now, partners=keeping.partners)


def _judge_anew(connection: sa.Connection, article_id: int, sources: Sources, keeping: Keeping) -> None:
    stands = attributions.of_article(connection, article_id)
    supplier = sources.partner(stands.partner)
    # The copy of a partner that the sources no longer name stands as it was judged last.
    if supplier is not None:
        assessed = assess(
            connection, stands.article, supplier=supplier, sources=sources, now=keeping.now, article_id=article_id
        )
        keep(connection, assessed, keeping=keeping)


def _regrouped(connection: sa.Connection, kept: int, other: int, moved: tuple[int, ...]) -> Regrouped:
    return Regrouped(kept=_work(connection, kept), other=_work(connection, other), moved=moved)


def _work(connection: sa.Connection, work_id: int) -> WorkRow:
    row = works.row_of(connection, work_id)
    if row is None:
        raise AssertionError(f"work {work_id} was there a moment ago")
    return row
