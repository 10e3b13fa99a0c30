"""Whether we may publish: terms, article and time in, a verdict with its reasons out (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ingest.terms import Mode


class Verdict(StrEnum):
    """What may happen to an article."""

    PUBLISH = "publish"
    #: A person, or time, or better terms may release it.
    HOLD = "hold"
    #: The terms say no.
    DENY = "deny"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason for a verdict: a stable code, and a sentence for a person."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A verdict with all its reasons; `mode` says how much may be shown when it is to publish."""

    verdict: Verdict
    mode: Mode
    reasons: tuple[Reason, ...] = ()
    #: When time alone may change the verdict: an embargo's end, the end of a window or of the permission; None: never.
    reconsider_at: datetime | None = None
    #: Permission is missing, over or refused: what stands published must come down (not so for a mere doubt).
    forbidden: bool = False
