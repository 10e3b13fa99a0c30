"""The verdict on an article, and its reasons."""

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


#: Reasons that say there is no permission now, or not for this.
_NO_PERMISSION = frozenset({"no-permission", "not-own", "not-yet-valid", "expired"})


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason for a verdict: a stable code, and a sentence for a person that says what would release it."""

    code: str
    message: str
    #: Whether a person's word lifts it; never so for a missing permission, an embargo or a no of the terms.
    releasable: bool = False


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A verdict with all its reasons; `mode` says how much may be shown when it is to publish."""

    verdict: Verdict
    mode: Mode
    #: What keeps it from being published; empty when it is to publish.
    reasons: tuple[Reason, ...] = ()
    #: What does not change the verdict, but a person should know: gaps, terms that run out, holds that were released.
    notices: tuple[Reason, ...] = ()
    #: When time alone may change the verdict: an embargo ends, a permission begins or runs out; aware.
    reconsider_at: datetime | None = None

    @property
    def releasable(self) -> bool:
        """Whether a person's word is all that it waits for."""
        return self.verdict is Verdict.HOLD and all(reason.releasable for reason in self.reasons)

    @property
    def forbidden(self) -> bool:
        """Whether what is out must come down: the terms say no, or permission is missing; a doubt is not enough."""
        codes = {reason.code for reason in self.reasons}
        return self.verdict is Verdict.DENY or (self.verdict is Verdict.HOLD and bool(codes & _NO_PERMISSION))
