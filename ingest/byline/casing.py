"""Names printed in capitals, brought to the case a reader expects; other names are left as they were."""

from __future__ import annotations

import re

from ingest.byline.clean import word_set

PARTICLES = word_set(
    """
    van von der den de del della dalla dello degli dei di da do dos das du des la le lo el al as bin ibn ben
    bint abu af av zu zur zum ter ten te vom vander vande y e i und ul ur uz 't op aan het ap san
    """
)
#: Particles that capital names are lowered to; the others keep a capital when in doubt.
_LOWERED = word_set("van von der den de del della di da do dos das du des la le y e bin ibn zu zur ter ten af")
_ROMAN = re.compile(r"(?:I{1,3}|IV|V|VI{0,3})\.?\Z")
_PART = re.compile(r"[^\s'\u2019-]+")
_DOTTED = re.compile(r"(?:\w\.)+\w?\.?\Z")
_MAC = re.compile(r"Mc[a-z]{2,}\Z")
_TITLES = {
    "JR": "Jr",
    "JR.": "Jr.",
    "SR": "Sr",
    "SR.": "Sr.",
    "DR": "Dr",
    "DR.": "Dr.",
    "PROF.": "Prof.",
    "MRS": "Mrs",
}


def sane_case(name: str) -> str:
    """Bring a person's name in capitals into mixed case ("JÖRG VAN DER BERG" -> "Jörg van der Berg").

    Initials, roman numerals and names that are not wholly in capitals are left, except a family name of four or more
    capitals beside mixed ones ("André KLEIN").
    """
    words = name.split()
    letters = [word for word in words if sum(map(str.isalpha, word)) > 1]
    if len(words) < 2 or not any(word.isupper() for word in letters):
        return name
    whole = all(word.isupper() or word.casefold() in PARTICLES for word in letters)
    return " ".join(_cased(word, position, whole=whole) for position, word in enumerate(words))


def _cased(word: str, position: int, *, whole: bool) -> str:
    letters = sum(map(str.isalpha, word))
    if not word.isupper() or letters < 2 or _DOTTED.match(word):
        return word
    if not whole and (letters < 4 or "." in word):
        return word
    if position and _ROMAN.match(word):
        return word
    if word in _TITLES:
        return _TITLES[word]
    if position and word.casefold() in _LOWERED:
        return word.casefold()
    if whole and letters == 2 and word.isascii() and position == 0 and not re.search("[AEIOUY]", word):
        return word
    return _PART.sub(_capital, word)


def _capital(found: re.Match[str]) -> str:
    part = found[0]
    lowered = part.replace("İ", "i").lower()
    cased = part[:1] + lowered[1:]
    return f"Mc{cased[2:].capitalize()}" if _MAC.match(cased) else cased
