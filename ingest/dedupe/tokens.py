"""Text to words, and words to 16-bit codes: what house style changes (quotes, dashes, case, accents) is gone."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from functools import cache, lru_cache
from hashlib import blake2b
from zlib import crc32

#: Longer texts are compared by their opening alone; no article that we saw is longer, hostile ones are.
MAX_WORDS = 6000
#: The bit of a code that tells a figure or a date word, which differ between two days of one template.
FIGURE = 0x8000
#: The bit of a code that tells a capital within a sentence: a name, mostly. No part of a word's identity.
NAME = 0x4000

# Scripts without spaces between words: each character is a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# A number with its grouping, a word with its inner apostrophes, or what ends a sentence.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['\u2019][^\W_]+)*|[.!?:\n]")
# Soft hyphens, joiners, directions, the stretched Arabic line, and what picks a form of a sign.
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = re.compile("[\u2018\u201b\u2032\u02bc\u00b4`]")
# Below are scripts whose letters are letters to `\w`; above, some words hold marks that are none.
_BEYOND_LATIN = re.compile("[\u0300-\u1fff\u2c00-\U0010ffff]")
# Points and vowel signs that Hebrew and Arabic are written with or without (Unicode chart 0590, 0600).
_OPTIONAL = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
# Accents, and the hamza and madda that house styles leave out.
_MARKS = re.compile("[\u0300-\u036f\u0653-\u0655]")
_DROPPED = str.maketrans("", "", "'\u2019.,!?:\n")
# Letters that Arabic and Persian keyboards and house styles exchange (as Lucene's ArabicNormalizer has them).
_EXCHANGED = str.maketrans({"\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643"})
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
    """Return the words of a text in order, folded: no accents, case, apostrophes or digit grouping."""
    return list(filter(None, map(_folded, _tokens(text))))


def coded(text: str) -> tuple[int, array[int]]:
    """Return a hash of the text's words, 0 where it has none, and the codes of all its words in order."""
    tokens = _tokens(text)
    codes = list(map(_code, tokens))
    for i, code in enumerate(codes):
        # A capital after a full stop tells no name.
        if not code and i + 1 < len(codes):
            codes[i + 1] &= ~NAME
    if codes:
        codes[0] &= ~NAME
    found = array("H", filter(None, codes))
    return _hash64(b"".join(map(_digest, tokens))) if found else 0, found


def is_figure(word: str) -> bool:
    """Tell whether a folded word holds a digit or names a day or month."""
    return word in _DATES or any(c.isdigit() for c in word)


def to_bytes(codes: array[int]) -> bytes:
    """Return codes as bytes, two each, little-endian."""
    if sys.byteorder == "big":
        codes = codes[:]
        codes.byteswap()
    return codes.tobytes()


def to_codes(trace: bytes) -> array[int]:
    """Return the codes in these bytes; the inverse of `to_bytes`."""
    codes = array("H")
    codes.frombytes(trace)
    if sys.byteorder == "big":
        codes.byteswap()
    return codes


def without_names(trace: bytes) -> bytes:
    """Return a trace whose codes are the words alone, without the NAME bit, so that equal words are equal bytes."""
    plain = bytearray(trace)
    plain[1::2] = plain[1::2].translate(_PLAIN_HIGH_BYTE)
    return bytes(plain)


_PLAIN_HIGH_BYTE = bytes(high & ~(NAME >> 8) for high in range(256))


def _tokens(text: str) -> list[str]:
    if text.isascii():
        return _TOKEN.findall(text)
    text = unicodedata.normalize("NFC", _APOSTROPHES.sub("'", _INVISIBLE.sub("", text)))
    if not _BEYOND_LATIN.search(text):
        return _TOKEN.findall(text)
    text = _OPTIONAL.sub("", text).replace("_", " ")
    spaced, unspaced = _tokens_with_marks()
    return (unspaced if _HAS_UNSPACED.search(text) else spaced).findall(text)


@cache
def _tokens_with_marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of tokens whose words hold marks (vowel signs, viramas): with spaces between, and without.

    Letters and figures alone would cut a Devanagari word at each vowel; its marks are Unicode's Mn and Mc.
    """
    marks = "".join(chr(n) for n in range(0x300, 0x10000) if unicodedata.category(chr(n)) in {"Mn", "Mc"})
    word = rf"\w[\w{marks}]*"
    part = rf"(?:(?![{_UNSPACED}])[\w{marks}])"
    return (
        re.compile(rf"\d+(?:[.,]\d+)+|{word}(?:['\u2019]{word})*|[.!?:\n]"),
        re.compile(rf"[{_UNSPACED}]|\d+(?:[.,]\d+)+|{part}+(?:['\u2019]{part}+)*|[.!?:\n]"),
    )


def _hash64(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=1 << 16)
def _digest(token: str) -> bytes:
    """Return 8 bytes that stand for a token's word; none for what ends a sentence."""
    word = _folded(token)
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() if word else b""


@lru_cache(maxsize=1 << 16)
def _folded(token: str) -> str:
    """Return a token in the form in which words are equal; empty for what ends a sentence."""
    token = token.casefold()
    if not token.isascii():
        token = _MARKS.sub("", unicodedata.normalize("NFKD", token)).casefold().translate(_EXCHANGED)
    return token.translate(_DROPPED)


@lru_cache(maxsize=1 << 16)
def _code(token: str) -> int:
    """Return a token's code: 14 bits of its word's CRC-32, never 0, and the two bits; 0 for what ends a sentence."""
    word = _folded(token)
    if not word:
        return 0
    plain = crc32(word.encode("utf-8", "surrogatepass")) & 0x3FFF or 1
    name = len(token) > 1 and token[0].isupper()
    return plain | (FIGURE if is_figure(word) else NAME if name else 0)
