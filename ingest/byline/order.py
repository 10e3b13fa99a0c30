"""Family name first, as libraries write it ("Doe, Jane"): turned round only where it is sure."""

from __future__ import annotations

import re

from ingest.byline.clean import MARK
from ingest.byline.given import is_given_name, is_place
from ingest.byline.organisations import is_acronym, is_agency_word, is_thing
from ingest.byline.pieces import Joint, Piece
from ingest.byline.words import is_initial, is_name_word, is_particle

_MARKED = re.compile(f"{MARK}\\d+{MARK}")


def first_name_first(pieces: list[Piece]) -> list[Piece]:
    """Turn "Doe, Jane" pairs round.

    Takes the pieces of one byline; when all of them pair up by comma as family and given name, returns one piece a
    person, otherwise the pieces as they were.
    """
    if len(pieces) < 2 or len(pieces) % 2 or not _pair_up(pieces):
        return pieces
    pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
    if not all(_is_pair(family, given, sure=len(pairs) > 1) for family, given in pairs):
        return pieces
    return [Piece(f"{given.text} {family.text}".replace('"', ""), family.joint) for family, given in pairs]


def _pair_up(pieces: list[Piece]) -> bool:
    commas = all(piece.joint is Joint.COMMA for piece in pieces[1::2])
    return commas and all(piece.joint in {Joint.BREAK, Joint.LINE, Joint.AND} for piece in pieces[2::2])


def _is_letters(word: str, first: list[str]) -> bool:
    """Tell an outlet's letters from a family name in capitals, beside a given name in capitals ("DOE, JANE")."""
    return is_acronym(word) and (is_agency_word(word) or not (first[0].isupper() and is_given_name(first[0])))


def _is_pair(family: Piece, given: Piece, *, sure: bool) -> bool:
    first, last = _without_particles(_words(given.text)), _words(family.text)
    if not 0 < len(first) <= 3 or not last or len([word for word in last if not is_particle(word)]) > 2:
        return False
    if not all(is_name_word(word) or is_particle(word) for word in last) or not all(map(is_name_word, first)):
        return False
    if len(first) > 1 and not all(is_initial(word) or is_given_name(word) for word in first[1:]):
        return False
    if (
        any(_is_letters(word, first) or is_thing(word) for word in last)
        or is_place(" ".join(first))
        or any(is_given_name(word) for word in last[:1])
    ):
        return False
    trailing = len(first) < len(_words(given.text))
    return sure or trailing or is_given_name(first[0]) or all(map(is_initial, first))


def _words(text: str) -> list[str]:
    return _MARKED.sub(" ", text.replace('"', " ")).split()


def _without_particles(words: list[str]) -> list[str]:
    """Leave off the particles that libraries put after the given name ("Jong, Michiel de")."""
    end = len(words)
    while end > 1 and is_particle(words[end - 1]) and words[end - 1].islower():
        end -= 1
    return words[:end]
