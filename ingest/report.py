"""What a pass tells its caller: values for the closing table, the log's closing event and the exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.errors import ReprintError
from ingest.keep import Kept, Outcome
from ingest.rights import Decision, Reason, Verdict
from ingest.store.remember import Remembered


class Fate(StrEnum):
    """What became of one entry."""

    PUBLISH = "publish"
    HELD = "held"
    DENIED = "denied"
    COPY = "copy"
    UNCHANGED = "unchanged"
    POSTPONED = "postponed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class EntryReport:
    """One entry's fate, and why."""

    headline: str
    url: str
    fate: Fate
    reasons: tuple[Reason, ...] = ()
    article_id: int | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class PollReport:
    """One feed's pass."""

    partner: str
    feed: str
    #: "changed", "unchanged", "missing", "gone", "failed"; "waiting" and "parked" for one that was not asked.
    outcome: str
    error: str | None = None
    #: What a person may want to know though nothing failed.
    note: str | None = None
    remembered: Remembered = field(default_factory=Remembered)
    entries: tuple[EntryReport, ...] = ()

    def count(self, *fates: Fate) -> int:
        """Return how many entries met one of the fates."""
        return sum(entry.fate in fates for entry in self.entries)

    @property
    def failed(self) -> bool:
        """Whether something needs a person: the feed failed, or an entry was given up or must be tried again."""
        return self.error is not None or self.remembered.held > 0 or self.count(Fate.FAILED, Fate.POSTPONED) > 0

    @property
    def event(self) -> dict[str, object]:
        """The pass as fields of one log event."""
        fates = {fate.value: self.count(fate) for fate in Fate if self.count(fate)}
        return {
            "partner": self.partner,
            "feed": self.feed,
            "outcome": self.outcome,
            "seen": self.remembered.seen,
            "new": self.remembered.new,
            "changed": self.remembered.changed,
            "restamped": self.remembered.restamped,
            "set_aside": len(self.remembered.set_aside),
            "flood": self.remembered.held,
            **fates,
            **({"note": self.note} if self.note else {}),
            **({"error": self.error} if self.error else {}),
        }


def of_kept(headline: str, url: str, kept: Kept, decision: Decision) -> EntryReport:
    """Report an entry that was kept."""
    fate = _fate(kept, decision)
    reasons = (Reason(code=kept.outcome.value, message=kept.reason),) if fate is Fate.COPY else decision.reasons
    return EntryReport(
        headline=headline, url=url, fate=fate, reasons=reasons, article_id=kept.article_id, outcome=kept.outcome
    )


def _fate(kept: Kept, decision: Decision) -> Fate:
    if kept.outcome is Outcome.UNCHANGED:
        return Fate.UNCHANGED
    if kept.outcome is Outcome.COPY:
        return Fate.COPY
    return {Verdict.PUBLISH: Fate.PUBLISH, Verdict.HOLD: Fate.HELD, Verdict.DENY: Fate.DENIED}[decision.verdict]


def of_failure(headline: str, url: str, error: ReprintError, *, final: bool) -> EntryReport:
    """Report an entry that could not be had, for now or for good."""
    reason = Reason(code=type(error).__name__, message=str(error))
    return EntryReport(headline=headline, url=url, fate=Fate.FAILED if final else Fate.POSTPONED, reasons=(reason,))
