"""What every record of a pass shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What every record of a pass shares: when, who, and the targets that are published to."""

    now: datetime
    actor: str
    targets: Sequence[str]
    #: Keys of the partners that the sources name; None: all are.
    partners: frozenset[str] | None = None
