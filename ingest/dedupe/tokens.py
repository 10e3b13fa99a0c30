"""Text to words, and words to 16-bit codes: what house style changes (quotes, dashes, case, accents) is gone."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from functools import lru_cache
from zlib import crc32

#: Longer texts are compared by their opening alone; no article that we saw is longer, hostile ones are.
MAX_WORDS = 6000
#: The bit of a code that tells a figure or a date word, which differ between two days of one template.
FIGURE = 0x8000

# Scripts without spaces between words: each character is a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_WORD_OR_CHARACTER = re.compile(rf"[{_UNSPACED}]|\d+(?:[.,]\d+)+|[^\W_{_UNSPACED}]+")
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4]")
_GROUPING = str.maketrans("", "", ".,")
# Weekdays and months of the languages whose partners we know; a template report of another day changes them.
_DATE_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december first second third fourth fifth
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz juni juli oktober dezember
lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre
octobre novembre decembre lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo
junio julio agosto septiembre octubre noviembre diciembre segunda terca quarta quinta sexta janeiro fevereiro
marco maio junho julho setembro outubro novembro dezembro
"""
_DATES = frozenset(_DATE_WORDS.split())


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded (NFKD without accents, case, apostrophes, digit grouping)."""
    if text.isascii():
        folded, pattern = text.lower(), _WORD
    else:
        folded = unicodedata.normalize("NFKD", text.casefold()).casefold()
        folded = _MARKS.sub("", folded)
        pattern = _WORD_OR_CHARACTER if _HAS_UNSPACED.search(folded) else _WORD
    return pattern.findall(folded.replace("'", "").replace("`", ""))


@lru_cache(maxsize=1 << 16)
def code_of(word: str) -> int:
    """Return a word's code: 15 bits of CRC-32, and FIGURE where it holds a digit or names a day or month."""
    if word[0].isdigit():
        word = word.translate(_GROUPING)
    figure = FIGURE if word in _DATES or any(c.isdigit() for c in word) else 0
    return crc32(word.encode("utf-8", "surrogatepass")) & 0x7FFF | figure


def trace_of(words: list[str]) -> bytes:
    """Return the codes of the first MAX_WORDS words, two bytes each, little-endian."""
    codes = array("H", map(code_of, words[:MAX_WORDS]))
    if sys.byteorder == "big":
        codes.byteswap()
    return codes.tobytes()


def codes_of(trace: bytes) -> array[int]:
    """Return a trace's codes; the inverse of `trace_of`."""
    codes = array("H")
    codes.frombytes(trace)
    if sys.byteorder == "big":
        codes.byteswap()
    return codes
