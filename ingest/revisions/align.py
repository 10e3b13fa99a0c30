"""Two sequences held against each other in time that no hostile input can stretch (pure)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: What is left after equal beginnings and ends is compared if the product of the lengths is no more than this;
#: beyond, it counts as replaced: difflib's time may grow with the product, or worse.
MOST_WORK = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Span:
    """One step from `a` to `b`: a[a_from:a_to] became b[b_from:b_to]."""

    equal: bool
    a_from: int
    a_to: int
    b_from: int
    b_to: int


def align(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[Span]:
    """Yield the steps from one sequence to another, in order; they cover both."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    a_end, b_end = len(a) - tail, len(b) - tail
    if head:
        yield Span(equal=True, a_from=0, a_to=head, b_from=0, b_to=head)
    yield from _middle(a[head:a_end], b[head:b_end], head)
    if tail:
        yield Span(equal=True, a_from=a_end, a_to=len(a), b_from=b_end, b_to=len(b))


def _common(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    return next((i for i, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _middle(a: Sequence[Hashable], b: Sequence[Hashable], at: int) -> Iterator[Span]:
    if not a and not b:
        return
    if not a or not b or len(a) * len(b) > MOST_WORK:
        yield Span(equal=False, a_from=at, a_to=at + len(a), b_from=at, b_to=at + len(b))
        return
    for step, a_from, a_to, b_from, b_to in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield Span(equal=step == "equal", a_from=at + a_from, a_to=at + a_to, b_from=at + b_from, b_to=at + b_to)
