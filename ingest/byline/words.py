"""Which words can make up a person's name."""

from __future__ import annotations

import re

from ingest.byline.casing import PARTICLES
from ingest.byline.clean import fold, word_set
from ingest.byline.given import is_given_name
from ingest.byline.organisations import is_agency_word, is_surname_too, is_thing, is_titled
from ingest.byline.roles import is_head

_NAME = re.compile(
    r"(?:[^\W\d_]|[\u0300-\u036f'\u2019\u02bb\u02bc`\u2010\u2011.\u200c\u200d\u00b7\u30fb\u0900-\u0eff-])+,?\Z"
)
_NICK_MARKS = '"()\u201c\u201d\u201e\u00ab\u00bb'
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.?\Z")
_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|jnr|snr|i{2,3}|iv|junior|senior|filho|neto|fils|ii)\.?\Z", re.IGNORECASE)
_ARTICLES = word_set("the a an die der das les los unser our your notre ein eine")
_FUNCTION = word_set(
    """
    of for in on at to from with without about into over the a an is are was were be been has have had will
    would can und oder für im am auf aus mit ist sind war der die das ein eine nicht auch pour dans sur avec
    sans les des une est sont para con sin por los las es son per con il gli che è och för på med är til på med
    er for til som voor met is zijn het een dla na ze
    """
)
_NEVER = word_set("of for at the with from without")
_MOST_WORDS = 7


def is_suffix(word: str) -> bool:
    """Tell whether a word is a generational suffix ("Jr.", "III")."""
    return bool(_SUFFIX.match(word.strip(", ")))


def is_initial(word: str) -> bool:
    """Tell whether a word is an initial with its dot ("A.", "J.K.")."""
    return "." in word and bool(_INITIAL.match(word))


def is_particle(word: str) -> bool:
    """Tell whether a word is a particle inside a name ("van", "de", "al")."""
    return word.casefold() in PARTICLES


def is_name_word(word: str) -> bool:
    """Tell whether a word can be the given or family part of a name: letters only, not in lower case."""
    if not _NAME.match(word):
        return False
    first = next((char for char in word if char.isalpha()), "")
    return first != "" and (not first.islower() or any(char.isupper() for char in word))


def is_person(words: list[str]) -> bool:
    """Tell whether words read as a full person's name: two or more name words, particles and initials allowed."""
    if not 2 <= len(words) <= _MOST_WORDS or fold(words[0]) in _ARTICLES or is_titled(words):
        return False
    solid = [word.strip(_NICK_MARKS) for word in words if not is_particle(word) or word.isupper()]
    if len(solid) < 2 or not all(is_name_word(word) for word in solid):
        return False
    if is_particle(words[-1]) and words[-1].islower():
        return False
    return not _speaks_of_things(words)


def _speaks_of_things(words: list[str]) -> bool:
    if any(is_thing(word) or is_head(word) for word in (words[1:] if is_given_name(words[0]) else words)):
        return True
    if any(fold(word) in _NEVER for word in words):
        return True
    if any(is_agency_word(word) and word.isupper() for word in words) and not all(map(str.isupper, words)):
        return True
    if any(fold(word) in _FUNCTION and not is_particle(word) and word.islower() for word in words):
        return True
    return is_surname_too(words[-1]) and not is_given_name(words[0]) and not any(is_initial(w) for w in words)


def is_surely_person(words: list[str], *, led: bool) -> bool:
    """Tell whether words are a full name beyond doubt: led in by "By", or with an initial or a common given name."""
    if not is_person(words):
        return False
    return led or is_given_name(words[0]) or any(is_initial(word) for word in words)


def is_sentence(words: list[str]) -> bool:
    """Tell whether words are running text rather than a name or a title."""
    if len(words) > 12:
        return True
    low = sum(1 for word in words if word[:1].islower())
    return len(words) > 4 and low * 2 > len(words)
