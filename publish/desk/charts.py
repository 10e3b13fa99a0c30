"""Small charts of counts by day: one path of SVG, and the same in words (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: The drawing's own units; the style sheet says how large it is.
_BAR: Final = 4
_GAP: Final = 1
HEIGHT: Final = 24


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Counts of consecutive days, the oldest first."""

    first: date
    counts: tuple[int, ...]

    @property
    def width(self) -> int:
        """How wide the drawing is, in its own units."""
        return len(self.counts) * (_BAR + _GAP) - _GAP

    @property
    def path(self) -> str:
        """The bars; a day with anything has at least a line, and the highest fills the height."""
        most = max(self.counts, default=0)
        return "".join(
            f"M{place * (_BAR + _GAP)} {HEIGHT}v-{max(round(count / most * HEIGHT), 1)}h{_BAR}V{HEIGHT}z"
            for place, count in enumerate(self.counts)
            if count
        )

    @property
    def words(self) -> str:
        """The same for those who do not see it."""
        days, total = len(self.counts), sum(self.counts)
        if not total:
            return f"nothing new in {days} days"
        most = max(self.counts)
        day = self.first + timedelta(days=self.counts.index(most))
        return f"{total:,} new in {days} days, at most {most:,} a day ({day:%-d %b}), {self.counts[-1]:,} today"


def chart(counts: Mapping[date, int], *, today: date, days: int = 28) -> Chart:
    """Return the chart of the last `days` days up to today."""
    first = today - timedelta(days=days - 1)
    return Chart(first=first, counts=tuple(counts.get(first + timedelta(days=n), 0) for n in range(days)))
