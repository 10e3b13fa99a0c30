"""The decision: every rule is asked, and the strictest word counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias

from ingest.article import Article, Origin
from ingest.rights import choice, duty, permission, timing
from ingest.rights.case import Case, Finding, in_utc, later
from ingest.rights.values import Decision, Reason, Verdict
from ingest.sources import Partner
from ingest.terms import UNKNOWN, AtEnd, Mode, Terms

Rule: TypeAlias = Callable[[Case], Iterator[Finding]]

#: In the order in which their reasons are shown.
RULES: tuple[Rule, ...] = (
    permission.check_basis,
    permission.check_validity,
    permission.check_review,
    choice.check_labels,
    choice.check_marker,
    choice.check_authors,
    choice.check_words,
    timing.check_delay,
    timing.check_window,
    timing.check_stay,
    timing.check_quota,
    choice.check_selection,
    duty.check_doubts,
    duty.check_credit,
    duty.check_link,
    duty.check_pixel,
)

_STRICTNESS = (Verdict.PUBLISH, Verdict.HOLD, Verdict.DENY)


def decide(
    *,
    article: Article,
    origin: Origin,
    terms: Terms,
    now: datetime,
    released: bool = False,
    taken_at: datetime | None = None,
    recent: int | None = None,
    quota_frees_at: datetime | None = None,
) -> Decision:
    """Decide whether the article may be published under its origin's terms at the time `now` (aware UTC).

    `released`: a person has let it pass what a person may let pass: doubts and manual selection; never a missing,
    future or ended permission, an embargo or a no. `taken_at`: when we first published it (None: not yet), so that
    the window to take it is judged by then. `recent`: how many others of this origin we published in the quota's
    days (None: not counted, which holds where there is a quota), `quota_frees_at` when the oldest of them leaves
    those days. Never raises.
    """
    case = Case(
        article=article,
        origin=origin,
        terms=terms,
        now=now,
        taken_at=taken_at,
        recent=recent,
        quota_frees_at=quota_frees_at,
    )
    findings = [finding for rule in RULES for finding in rule(case)]
    standing = [finding for finding in findings if not (released and finding.reason.releasable)]
    verdict = max((finding.verdict for finding in standing), key=_STRICTNESS.index, default=Verdict.PUBLISH)
    ends = stands_until(terms, taken_at=taken_at or now) if verdict is Verdict.PUBLISH else None
    return Decision(
        verdict=verdict,
        mode=_mode(terms, findings),
        reasons=tuple(f.reason for f in standing if f.verdict is not Verdict.PUBLISH),
        notices=(*(f.reason for f in standing if f.verdict is Verdict.PUBLISH), *_released(findings, standing)),
        reconsider_at=_reconsider_at((*(f.until for f in standing), ends), now),
    )


def _mode(terms: Terms, findings: Iterable[Finding]) -> Mode:
    over = any(f.verdict is Verdict.PUBLISH and f.reason.code in {"expired", "stay-over"} for f in findings)
    return Mode.LINK if over and terms.at_end is AtEnd.LINK else terms.mode


def _reconsider_at(times: Iterable[datetime | None], now: datetime) -> datetime | None:
    return max((moment for moment in times if moment is not None and moment > in_utc(now)), default=None)


def _released(findings: Iterable[Finding], standing: Sequence[Finding]) -> Iterator[Reason]:
    for finding in findings:
        if finding not in standing:
            code = f"released-{finding.reason.code}"
            yield Reason(code=code, message=f"Released by a person, in spite of: {finding.reason.message}")


def held_back(decision: Decision, reasons: Iterable[Reason], *, released: bool) -> Decision:
    """Return the decision with what beside the terms holds the article back; a person's release lifts what it may."""
    standing = tuple(reason for reason in reasons if not (released and reason.releasable))
    if not standing:
        return decision
    verdict = Verdict.HOLD if decision.verdict is Verdict.PUBLISH else decision.verdict
    return replace(decision, verdict=verdict, reasons=(*decision.reasons, *standing))


def terms_for(origin: Origin, *, partners: Sequence[Partner], supplier: Partner | None = None) -> tuple[Terms, ...]:
    """Return the terms that an origin's work may be judged by: those of the partner it is, else terms.UNKNOWN alone.

    Where a partner gave several permissions, `better.choose` says which one counts. Where the origin is no partner
    and `supplier` is given, those of its terms count that say `own_only: false`: it may pass on what others gave it.
    """
    known = next((partner for partner in partners if partner.key == origin.key), None)
    if known is not None:
        return known.permissions
    if supplier is not None and origin.key is None and not origin.own:
        passed_on = tuple(terms for terms in supplier.permissions if not terms.own_only)
        return passed_on or (UNKNOWN,)
    return (UNKNOWN,)


def stands_until(terms: Terms, *, taken_at: datetime) -> datetime | None:
    """Return when a copy that we published at `taken_at` has to go or be asked for anew; None where it may stay."""
    ends: list[datetime] = []
    if terms.keep_days is not None:
        ends.append(later(in_utc(taken_at), timedelta(days=terms.keep_days)))
    if terms.grant.valid_until is not None:
        ends.append(later(datetime.combine(terms.grant.valid_until, time(), UTC), timedelta(days=1)))
    return min(ends, default=None)
