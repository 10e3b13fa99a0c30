"""What two headlines, or two bylines, say for or against one piece of writing; never enough by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.dedupe.tokens import is_figure

_NUMERAL_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve i ii iii iv v vi vii viii ix x xi xii"
)
_NUMERALS = frozenset(_NUMERAL_WORDS.split())


def headlines_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two headlines, as folded words, share most of the shorter one's words."""
    shorter = min(len(set(a)), len(set(b)))
    return shorter >= 2 and len(set(a) & set(b)) >= 0.6 * shorter


def headlines_differ_in_figures(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two headlines are one frame with other figures or dates ("Part 2", "2024 in books")."""
    figures_a, figures_b = set(filter(_is_figure, a)), set(filter(_is_figure, b))
    plain_a, plain_b = set(a) - figures_a, set(b) - figures_b
    shorter = min(len(plain_a), len(plain_b))
    same_frame = shorter >= 1 and len(plain_a & plain_b) >= 0.7 * shorter
    return same_frame and bool(figures_a - figures_b) and bool(figures_b - figures_a)


def _is_figure(word: str) -> bool:
    return word in _NUMERALS or is_figure(word)
