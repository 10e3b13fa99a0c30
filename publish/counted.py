"""How many of what, as English says it."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Return "1 page" or "1,200 pages"; `many` is given where it is not `one` with an s (pure)."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
