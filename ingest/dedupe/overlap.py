"""How far two texts are the same words: what each side has of the other's, and what it has of its own and where."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.dedupe.fingerprint import Fingerprint
from ingest.dedupe.furniture import is_furniture
from ingest.dedupe.tokens import FIGURE, NAME, to_codes, without_names

#: Words in the shingle that makes words count as shared.
GRAM = 4
#: Unshared words in a row up to this many are an edit; more are a passage of its own.
EDIT = 8

#: So many runs of shared words, of fewer words on average, are thin.
THIN_RUNS = 6
THIN = 6.5

_UNSHARED = re.compile(rb"\x00+")
_SHARED = re.compile(rb"\x01+")
# A phrase that any two texts share ("one of the most") inside a passage of its own, or at the end of it.
_CHANCE = re.compile(rb"(?<=\x00{8})\x01{1,5}(?=\x00{8}|\x00*\Z)|(?<=\x00{20})\x01{1,8}(?=\x00{20}|\x00*\Z)")


@dataclass(frozen=True, kw_only=True)
class Side:
    """One text held against another; all counts are words."""

    words: int
    #: Words in a shingle that the other has too.
    shared: int
    #: Unshared words before the first shared one, and after the last.
    head: int
    tail: int
    #: Words between those in passages of its own (more than EDIT unshared words in a row), and the longest passage.
    own: int
    longest: int
    #: Runs of shared words.
    runs: int = 0
    #: Whether what stands before the first shared word, or after the last, reads like credits, bios or a footer.
    credited: bool = False
    signed_off: bool = False

    @property
    def share(self) -> float:
        """The part of its words that the other has, 0 to 1."""
        return self.shared / self.words if self.words else 0.0

    @property
    def core(self) -> int:
        """Its words but for what reads like credits, bios or a footer."""
        return self.words - self.head * self.credited - self.tail * self.signed_off

    @property
    def thin(self) -> bool:
        """Whether what it shares lies in many short runs, as a template's frame does."""
        return self.runs >= THIN_RUNS and self.shared < THIN * self.runs

    @property
    def middle(self) -> int:
        """Words from the first shared one to the last."""
        return self.words - self.head - self.tail


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """Figures, or names, that stand in the same surroundings in both: how many are equal, how many differ."""

    kept: int
    changed: int

    @property
    def differ(self) -> bool:
        """Whether three or more differ, and a good part of all; or two, and none is kept."""
        if not self.kept:
            return self.changed >= 2
        return self.changed >= 3 and self.changed >= 0.3 * (self.changed + self.kept)


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Two texts held against each other."""

    a: Side
    b: Side
    #: Jaccard index of the two sets of shingles.
    resemblance: float
    figures: Particulars
    names: Particulars

    @property
    def shorter(self) -> Side:
        """The side with fewer words."""
        return self.a if self.a.words <= self.b.words else self.b

    @property
    def longer(self) -> Side:
        """The side with more words."""
        return self.b if self.a.words <= self.b.words else self.a

    @property
    def closeness(self) -> float:
        """The mean of the two shares: 1 for equal texts, some .6 for an excerpt of a quarter."""
        return (self.a.share + self.b.share) / 2

    @property
    def another_day(self) -> bool:
        """Whether figures or names differ as they do between two days of one template, not as after a correction."""
        both = Particulars(
            kept=self.figures.kept + self.names.kept, changed=self.figures.changed + self.names.changed
        )
        return self.figures.differ or both.differ


def overlap(a: Fingerprint, b: Fingerprint) -> Overlap:
    """Hold two fingerprints' traces against each other; time grows with their length, not with its square."""
    grams_a, grams_b = _grams(without_names(a.trace)), _grams(without_names(b.trace))
    set_a, set_b = frozenset(grams_a), frozenset(grams_b)
    common = set_a & set_b
    union = len(set_a) + len(set_b) - len(common)
    codes_a, codes_b = to_codes(a.trace), to_codes(b.trace)
    mask_a, mask_b = _mask(len(codes_a), grams_a, common), _mask(len(codes_b), grams_b, common)
    return Overlap(
        a=_furnished(_side(_without_echoes(mask_a, mask_b)), codes_a),
        b=_furnished(_side(_without_echoes(mask_b, mask_a)), codes_b),
        resemblance=len(common) / union if union else 0.0,
        figures=_particulars(codes_a, codes_b, FIGURE),
        names=_particulars(codes_a, codes_b, NAME),
    )


def _grams(trace: bytes) -> list[int]:
    """Return the text's shingles of GRAM words as 64-bit integers, in order."""
    count = len(trace) // 2 - GRAM + 1
    grams = [0] * max(0, count)
    for offset in range(min(GRAM, max(0, count))):
        part = trace[2 * offset :]
        lane = array("Q")
        lane.frombytes(part[: len(part) - len(part) % 8])
        grams[offset::GRAM] = lane
    return grams


def _mask(words: int, grams: list[int], common: frozenset[int]) -> bytes:
    """Return a byte for each word: 1 where a common shingle covers it, and not by chance."""
    mask = bytearray(words)
    for position, gram in enumerate(grams):
        if gram in common:
            mask[position : position + GRAM] = b"\x01\x01\x01\x01"
    return _CHANCE.sub(lambda match: bytes(len(match[0])), bytes(mask))


def _without_echoes(mask: bytes, other: bytes) -> bytes:
    """Return a longer text's mask up to where it has shown all of the shorter: what comes later says it again."""
    left = other.count(1)
    if left >= 0.85 * len(mask):
        return mask
    for run in _SHARED.finditer(mask):
        left -= run.end() - run.start()
        if left <= 0:
            return mask[: run.end()] + bytes(len(mask) - run.end())
    return mask


def _side(mask: bytes) -> Side:
    words, shared = len(mask), mask.count(1)
    if not shared:
        return Side(words=words, shared=0, head=words, tail=0, own=0, longest=0)
    head, last = mask.index(1), mask.rindex(1)
    passages = [n for n in _lengths(_UNSHARED.finditer(mask, head, last)) if n > EDIT]
    return Side(
        words=words,
        shared=shared,
        head=head,
        tail=words - last - 1,
        own=sum(passages),
        longest=max(passages, default=0),
        runs=sum(1 for _ in _SHARED.finditer(mask)),
    )


def _furnished(side: Side, codes: array[int]) -> Side:
    """Return the side with what its ends read like."""
    head, tail = codes[: side.head], codes[len(codes) - side.tail :]
    if not side.shared or not (head or tail):
        return side
    return replace(side, credited=is_furniture(head), signed_off=is_furniture(tail))


def _lengths(matches: Iterable[re.Match[bytes]]) -> Iterator[int]:
    return (match.end() - match.start() for match in matches)


def _particulars(a: array[int], b: array[int], mark: int) -> Particulars:
    """Count the marked words of the shorter text that stand in the same surroundings in the other."""
    if len(a) > len(b):
        a, b = b, a
    known: dict[tuple[int, ...], set[int]] = {}
    for surroundings, particular in _surrounded(b, mark):
        known.setdefault(surroundings, set()).add(particular)
    met = [
        particular in known[surroundings]
        for surroundings, particular in _surrounded(a, mark)
        if surroundings in known
    ]
    return Particulars(kept=sum(met), changed=len(met) - sum(met))


def _surrounded(codes: array[int], mark: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield each marked word with the two words before and the one after it, figures and names there made equal."""
    plain = [code & (FIGURE | NAME) or code for code in codes]
    for i, code in enumerate(codes):
        if code & mark:
            yield (*plain[max(0, i - 2) : i], -1, *plain[i + 1 : i + 2]), code
