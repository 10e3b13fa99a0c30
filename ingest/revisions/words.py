"""Words as a change counts them: house style folded away, figures and what stands with them kept exactly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A figure with its sign and its grouping, a sign of money or measure, a character of a script without spaces, a word.
_TOKEN: Final = re.compile(
    rf"(?<!\w)[-−]?\d+(?:[.,:]\d+)*|[$£€¥₹₽%‰°]|[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+"
    rf"(?:['’ʼ](?:(?![{_UNSPACED}])[^\W_])+)*"
)
_DROPPED: Final = str.maketrans("", "", "'’ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")

#: British and American endings of one word (Oxford style guide, "spelling"); the longest first.
_SPELLINGS: Final = (
    (re.compile(r"(?<=[a-z]{2})isation(s?)\Z"), r"ization\1"),
    (re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing|er|ers)\Z"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})ys(e|es|ed|ing)\Z"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able|ite|ites|er|ers|hood|ful|less|ly)?\Z"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2})([bt])re(s|d)?\Z"), r"\1er\2"),
    (re.compile(r"(?<=[a-z]{3})ll(ed|ing|er|ers)\Z"), r"l\1"),
    (re.compile(r"(?<=[a-z]{2})ogue(s?)\Z"), r"og\1"),
    (re.compile(r"(?<=[a-z]{4})ence(s?)\Z"), r"ense\1"),
    (re.compile(r"(?<=[a-z]{4})amme(s?)\Z"), r"am\1"),
)


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word: as written, and in the form in which words are equal."""

    raw: str
    folded: str

    @property
    def is_figure(self) -> bool:
        """Whether it counts or measures."""
        return any(c.isdigit() for c in self.raw) or not self.raw[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital: a name, or a sentence's first."""
        return self.raw[0].isupper()


def words(text: str) -> list[Word]:
    """Return a text's words in order."""
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return [Word(raw=raw, folded=_folded(raw)) for raw in _TOKEN.findall(composed)]


def _folded(raw: str) -> str:
    if any(c.isdigit() for c in raw):
        return unicodedata.normalize("NFKC", raw).replace("−", "-").casefold()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", raw.translate(_DROPPED).casefold()))
    return unicodedata.normalize("NFC", plain) or raw


def one_spelling(word: str) -> str:
    """Return an English word in American spelling, as far as endings tell it."""
    for pattern, american in _SPELLINGS:
        changed, count = pattern.subn(american, word)
        if count:
            return changed
    return word


def misspelt(a: Word, b: Word) -> bool:
    """Tell whether two words are one, spelt or typed in two ways; a name or a figure is never a slip.

    A slip swaps two neighbours, doubles a letter, or loses one inside a long word; "million" for "billion" is none.
    """
    if a.is_figure or b.is_figure:
        return False
    if one_spelling(a.folded) == one_spelling(b.folded):
        return True
    if a.is_capital or b.is_capital or min(len(a.folded), len(b.folded)) < 3:
        return False
    return _swapped(a.folded, b.folded) or _lost_letter(*sorted((a.folded, b.folded), key=len))


def _swapped(a: str, b: str) -> bool:
    if len(a) != len(b):
        return False
    apart = [i for i in range(len(a)) if a[i] != b[i]]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]


def _lost_letter(short: str, long: str) -> bool:
    if len(long) != len(short) + 1:
        return False
    at = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
    if short[at:] != long[at + 1 :]:
        return False
    doubled = at > 0 and long[at] == long[at - 1]
    inside = 0 < at < len(short) and len(long) >= 8
    return doubled or inside
