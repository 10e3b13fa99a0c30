"""The fingerprint of a text: an exact hash, its words as codes, and the keys under which the SQL index finds it.

Keys are chosen by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: Local Algorithms for Document
Fingerprinting", SIGMOD 2003): the smallest hash of every window of shingles. Two texts that share a run of words
share a key, wherever the run stands, which MinHash cannot promise for an excerpt. The opening is winnowed finely,
since teasers are cut from it; the rest coarsely, since whole copies and excerpts share long runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from ingest.dedupe.tokens import MAX_WORDS, coded, to_bytes, without_names, words_of

#: Words in the shingle behind a key: 6 in a row by chance are rare, and survive a light rewrite often enough.
SHINGLE = 6
#: A shared run of window + SHINGLE - 1 words is always found: of 17 in two openings, of 61 elsewhere.
OPENING_WINDOW = 12
BODY_WINDOW = 56
#: The opening, in words: a teaser of 40 and a credit line before it.
OPENING = 64


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What is kept of a text to tell it from others; equal texts have equal ones."""

    #: 64 bits of BLAKE2b over the folded words, as a signed integer; 0 where there is no word.
    exact: int
    #: Words in the text.
    words: int
    #: The words' codes, two bytes each (see tokens.py), at most MAX_WORDS of them.
    trace: bytes
    #: Index keys of 48 bits, the opening's first.
    keys: tuple[int, ...]
    #: The headline's and the byline's folded words.
    headline: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


def fingerprint(*, headline: str | None, names: Sequence[str], text: str) -> Fingerprint:
    """Return the fingerprint of an article's body text, with its headline and credited names for support."""
    exact, codes = coded(text)
    trace = to_bytes(codes[:MAX_WORDS])
    return Fingerprint(
        exact=exact,
        words=len(codes),
        trace=trace,
        keys=keys_of(trace),
        headline=tuple(words_of(headline or "")),
        names=folded_names(names),
    )


def folded_names(names: Sequence[str]) -> frozenset[str]:
    """Return names in the form in which two bylines are compared."""
    return frozenset(folded for name in names if (folded := " ".join(words_of(name))))


def keys_of(trace: bytes) -> tuple[int, ...]:
    """Return the index keys of a trace, in the text's order, each once; none for a text shorter than a shingle."""
    width, trace = 2 * SHINGLE, without_names(trace)
    grams = [trace[i : i + width] for i in range(0, len(trace) - width + 1, 2)]
    order = list(map(crc32, grams))
    opening = winnow(order[: OPENING - SHINGLE + 1], OPENING_WINDOW)
    chosen = sorted({*opening, *winnow(order, BODY_WINDOW)})
    digests = dict.fromkeys(blake2b(grams[i], digest_size=6).digest() for i in chosen)
    return tuple(int.from_bytes(digest, "big") for digest in digests)


def winnow(order: Sequence[int], window: int) -> list[int]:
    """Return the positions of the leftmost minimum of each window; of the whole where it is shorter than a window."""
    if not order:
        return []
    first = order[:window]
    position = first.index(min(first))
    picked = [position]
    for end in range(window, len(order)):
        if order[end] < order[position]:
            position = end
        elif position <= end - window:
            start = end - window + 1
            part = order[start : end + 1]
            position = start + part.index(min(part))
        else:
            continue
        picked.append(position)
    return picked
