"""Which copy of a work goes to the publisher, and what becomes of what is out there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from ingest.rights import Verdict
from ingest.store import outbox, publications, works
from ingest.store.publications import PublicationRow
from ingest.store.schema import article, attribution, ruling, standing


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One copy of a work, with the verdict that it stands by."""

    article_id: int
    revision_id: int
    attribution_id: int
    verdict: Verdict
    #: Delivered by the one who first published it.
    own: bool
    withdrawn: bool
    #: Permission is missing, over or refused: what is out must come down.
    forbidden: bool
    #: Delivered by a partner whom the sources still name.
    current: bool = True


@dataclass(frozen=True, kw_only=True)
class Put:
    """Publish this copy, or update what stands published to it."""

    copy: Copy


@dataclass(frozen=True, kw_only=True)
class TakeDown:
    """Withdraw what stands published."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Publish nothing new: what is pending may no longer go out, what is out already stays."""


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Change nothing."""


Step: TypeAlias = Put | TakeDown | Cancel | Leave


def choose(copies: Sequence[Copy], current: PublicationRow | None) -> Step:
    """Decide what one target should do about a work (pure).

    The origin's own copy goes before a middleman's, then the one that came first. A person's withdrawal of any copy
    takes the whole work down, for good. What is out stays out, and is not swapped for another copy, while its newer
    revision is only held.
    """
    if any(copy.withdrawn for copy in copies):
        return _take_down(current, "withdrawn by a person")
    mine = next((copy for copy in copies if current and copy.article_id == current.article_id), None)
    if current and mine and mine.verdict is Verdict.HOLD and not mine.forbidden and _is_out(current):
        return Cancel() if current.state == "pending" else Leave()
    allowed = [copy for copy in copies if copy.verdict is Verdict.PUBLISH]
    if allowed:
        best = min(allowed, key=lambda copy: (not copy.current, not copy.own, copy.article_id))
        return Leave() if _stands(best, current) else Put(copy=best)
    if current and mine is None:
        return _take_down(current, "its copy is part of another work now")
    if mine and mine.forbidden:
        return _take_down(current, "the terms no longer allow it")
    return Cancel() if current and current.state == "pending" else Leave()


def _is_out(current: PublicationRow) -> bool:
    return current.state in {"pending", "published"} and current.first_published_at is not None


def _stands(copy: Copy, current: PublicationRow | None) -> bool:
    if current is None or current.state not in {"pending", "published"}:
        return False
    return (current.revision_id, current.attribution_id) == (copy.revision_id, copy.attribution_id)


def _take_down(current: PublicationRow | None, reason: str) -> Step:
    if current is None or current.state in {"withdrawing", "withdrawn"}:
        return Leave()
    return TakeDown(reason=reason)


def hand_over(
    connection: sa.Connection,
    work_id: int,
    *,
    targets: Sequence[str],
    now: datetime,
    partners: frozenset[str] | None = None,
) -> list[Step]:
    """Put what follows from a work's copies into the outbox of each target, and return the steps taken.

    `partners` are the keys that the sources name; a copy of another one gives way to theirs. None: all are named.
    """
    copies = copies_of(connection, work_id, partners=partners)
    current = {row.target: row for row in publications.of_work(connection, work_id)}
    steps = []
    for target in targets:
        step = choose(copies, current.get(target))
        _take(connection, step, work_id=work_id, target=target, current=current.get(target), now=now)
        _tell_of_it_elsewhere(connection, step, work_id=work_id, current=current.get(target))
        steps.append(step)
    return steps


def _tell_of_it_elsewhere(
    connection: sa.Connection, step: Step, *, work_id: int, current: PublicationRow | None
) -> None:
    """Have the notices written anew that point at a work's page, where the page goes or comes back."""
    out = current is not None and current.state in {"pending", "published"}
    goes, returns = out and isinstance(step, TakeDown), not out and isinstance(step, Put)
    if current is None or not (goes or returns):
        return
    for other in works.merged_into(connection, work_id):
        for row in publications.of_work(connection, other):
            if row.target == current.target:
                outbox.do_again(connection, row)


def _take(
    connection: sa.Connection,
    step: Step,
    *,
    work_id: int,
    target: str,
    current: PublicationRow | None,
    now: datetime,
) -> None:
    match step:
        case Put(copy=copy):
            outbox.intend(
                connection,
                work_id=work_id,
                target=target,
                article_id=copy.article_id,
                revision_id=copy.revision_id,
                attribution_id=copy.attribution_id,
                now=now,
            )
        case TakeDown() if current is not None:
            outbox.intend_withdrawal(connection, current, now=now)
        case Cancel() if current is not None:
            outbox.cancel(connection, current)


def copies_of(connection: sa.Connection, work_id: int, *, partners: frozenset[str] | None = None) -> list[Copy]:
    """Return a work's copies, the first one first."""
    query = (
        sa.select(
            article.c.id,
            article.c.partner,
            standing.c.revision_id,
            standing.c.attribution_id,
            standing.c.verdict,
            standing.c.forbidden,
            attribution.c.origin_key,
            ruling.c.state.label("ruling"),
        )
        .join(standing, standing.c.article_id == article.c.id)
        .join(attribution, attribution.c.id == standing.c.attribution_id)
        .outerjoin(ruling, ruling.c.article_id == article.c.id)
        .where(article.c.work_id == work_id)
        .order_by(article.c.id)
    )
    return [
        Copy(
            article_id=row.id,
            revision_id=row.revision_id,
            attribution_id=row.attribution_id,
            verdict=Verdict(row.verdict),
            own=row.origin_key == row.partner,
            withdrawn=row.ruling == "withdrawn",
            forbidden=row.forbidden,
            current=partners is None or row.partner in partners,
        )
        for row in connection.execute(query)
    ]
