"""A byline cut into pieces at its separators, each with what joins it to the piece before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ingest.byline.clean import BREAK, word_set
from ingest.byline.front import starts_with_person, without_front_role
from ingest.byline.given import is_given_name, is_place
from ingest.byline.organisations import is_acronym, is_agency, is_organisation, is_thing
from ingest.byline.roles import is_credit, is_head, is_modifier
from ingest.byline.tongue import joiners, spread_prefixed
from ingest.byline.words import is_person


class Joint(Enum):
    """How a piece hangs on the one before it."""

    START = "start"
    BREAK = "break"
    LINE = "line"
    COMMA = "comma"
    AND = "and"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a byline between separators."""

    text: str
    joint: Joint


_SPLIT = re.compile(
    rf"(?P<inside>\s*[(\[\u3010\uff08](?P<text>[^()\[\]\u3010\u3011\uff08\uff09]*)[)\]\u3011\uff09]\s*)"
    rf"|(?P<break>\s*(?:[;|\u2022\u2027\u2219\u25cf\u25a0\u25c6\u25aa\u203b\uff1b\uff5c{BREAK}]"
    rf"|\s[-\u2013\u2014~]+\s|\s\u00b7\s|(?<=[A-Z]{{2}})\u2013(?=[A-Z][a-z])"
    rf"|(?<=[\uac00-\ud7a3])\u00b7|\u2014|[/\uff0f]|\s[-\u2013\u2014~]+\Z|\A[-\u2013\u2014~*]+\s"
    rf"|(?<=[a-zà-ÿ]{4})\.\s(?=[A-Z][\w-]+ [A-Z]))+\s*)"
    rf"|(?P<line>\s*\n\s*)|(?P<comma>\s*[,\u060c\u3001\uff0c\uff64]\s*)"
)
_AND = re.compile(
    r"(?P<space>\s+)(?P<word>and|und|et|och|og|sowie|plus|oraz|και|и|та|ve|és|și|dan|và|และ|और|و|ו|和|与|與|及|y|e|ed|i|a|ja|en"
    r"|ir|un|"
    r"й|і|with|mit|avec|med|met|con|com|z|im gespräch mit|im interview mit|in conversation with|as told to)\s+"
    r"|\s*(?P<mark>[&+\uff06])\s*",
    re.IGNORECASE,
)
#: Conjunctions that family names hold too, or that are prepositions elsewhere: both sides must be full names.
_WEAK = word_set("y e ed i a ja en ir un й і z con com med met mit with avec")
#: Of these, the ones that more often mean "in" or "to" in another language.
_PLACING = word_set("en a i")
_LEADING_AND = re.compile(
    r"(?:and|und|et|och|og|sowie|oraz|y|e|ed|en|i|и|та|και|ve|dan|with|mit|avec|med|met|con|com|&)\s+(?=\S)",
    re.IGNORECASE,
)
#: No byline joins more names; what does is no list of people.
_MOST_SEAMS = 120
_NICK = re.compile(r"[^\W\d_]{2,12}\Z")


def cut(text: str, *, led: bool = False, lead: str = "") -> list[Piece]:
    """Cut a byline into pieces.

    Takes cleaned text, whether a "By" stood before it, and the words it stood in. Returns the pieces in order,
    without empty ones; a conjunction parts two names, but not the two halves of one organisation ("Data & Society")
    or of one family name ("Ortega y Gasset").
    """
    pieces: list[Piece] = []
    tongue = joiners(text, lead)
    for piece in _coarse(text):
        first = _LEADING_AND.match(piece.text) if piece.joint is not Joint.START else None
        if first and _is_conjunction(first[0].strip(), piece.text[first.end() :]):
            piece = Piece(piece.text[first.end() :], Joint.AND)
        pieces += _halves(piece, listed=led or piece.joint in {Joint.COMMA, Joint.AND}, tongue=tongue)
    return [piece for piece in pieces if piece.text]


def _is_conjunction(word: str, rest: str) -> bool:
    """Tell "and" from a name that looks like one ("Ed", "Dan"): in lower case, or in capitals among capitals."""
    return word == word.lower() or (word.isupper() and rest.isupper() and not is_given_name(word))


def _coarse(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    start, joint = 0, Joint.START
    for found in _SPLIT.finditer(text):
        kind = str(found.lastgroup) if found.lastgroup != "text" else "inside"
        if found["text"] is not None and _is_nickname(text, start, found):
            continue
        pieces.append(Piece(text[start : found.start()].strip(), joint))
        if found["text"] is not None:
            inner = _coarse(found["text"])
            pieces += [Piece(inner[0].text, Joint.INSIDE), *inner[1:]]
            kind = "break"
        start, joint = found.end(), Joint(kind)
    pieces.append(Piece(text[start:].strip(), joint))
    return pieces


def _is_nickname(text: str, start: int, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 1]
    before = text[start : found.start()].split()
    return bool(
        found[0].startswith(" ") and found[0].endswith(" ") and _NICK.match(found["text"]) and after.isupper()
        and not found["text"].isupper() and 0 < len(before) <= 2 and found["text"][:1].isupper()
    )  # fmt: skip


def _halves(piece: Piece, *, listed: bool, tongue: frozenset[str]) -> list[Piece]:
    piece = Piece(spread_prefixed(piece.text), piece.joint)
    if " " not in piece.text and "&" not in piece.text and "+" not in piece.text:
        return [piece]
    seams = list(_AND.finditer(piece.text))
    if len(seams) > _MOST_SEAMS:
        return [piece]
    out, start, joint = [], 0, piece.joint
    for number, seam in enumerate(seams):
        left = piece.text[start : seam.start()].split()
        end = next((s.start() for s in seams[number + 1 :] if s["word"]), len(piece.text))
        right = piece.text[seam.end() : end].split()
        if left and right and _parts(left, right, seam, listed=listed, tongue=tongue):
            out.append(Piece(" ".join(left), joint))
            start, joint = seam.end(), Joint.AND
    return [*out, Piece(piece.text[start:].strip(), joint)]


def _parts(left: list[str], right: list[str], seam: re.Match[str], *, listed: bool, tongue: frozenset[str]) -> bool:
    word = seam["word"] or ""
    if " " in word:
        return is_person(left)
    if word != word.lower() and not (word.isupper() and left[-1].isupper()):
        return word.istitle() and len(left) > 1 and len(right) > 1 and is_person(left) and is_person(right)
    if len(left) == len(right) == 1:
        return _two_singles(left[0], right[0], strong=bool(word) and word.casefold() not in _WEAK, listed=listed)
    if word == "and" and _are_low(left, right) and (listed or is_given_name(left[0]) or is_given_name(right[0])):
        return True
    if _is_one_organisation(left, right):
        return False
    if word.casefold() in _WEAK:
        placing = word.casefold() in _PLACING and word.casefold() not in tongue
        credited = is_agency(" ".join(right)) if placing else _is_credited(right)
        return credited or _is_sure_pair(left, right, placing=placing)
    return True


def _are_low(left: list[str], right: list[str]) -> bool:
    """Tell whether two short pieces are written without any capital, as some sign."""
    return (
        len(left) in {2, 3}
        and len(right) in {2, 3}
        and all(word.isalpha() and word.islower() for word in left + right)
    )


def _is_sure_pair(left: list[str], right: list[str], *, placing: bool) -> bool:
    left, right = without_front_role(left)[0], without_front_role(right)[0]
    if not (starts_with_person(left) and starts_with_person(right)) or is_place(" ".join(right)):
        return False
    return not placing or is_given_name(right[0])


def _two_singles(left: str, right: str, *, strong: bool, listed: bool) -> bool:
    if is_given_name(left) and is_given_name(right):
        return True
    if _is_credited([left]) or _is_credited([right]):
        return len(left) > 1 and len(right) > 1
    return strong and listed


def _is_credited(words: list[str]) -> bool:
    text = " ".join(words)
    return is_agency(text) or is_credit(text) or (len(words) == 1 and is_acronym(text))


def _is_one_organisation(left: list[str], right: list[str]) -> bool:
    if _is_credited(right) or _is_credited(left):
        return False
    if _is_role_with_field(left) and not is_given_name(right[0]):
        return True
    left, right = without_front_role(left)[0], without_front_role(right)[0]
    if starts_with_person(left) or _is_whole(left):
        return False
    return not starts_with_person(right) or not is_given_name(right[0])


def _is_role_with_field(words: list[str]) -> bool:
    heads = [number for number, word in enumerate(words) if is_head(word)]
    return bool(heads) and any(is_modifier(word) and word.islower() for word in words[heads[0] + 1 :])


def _is_whole(words: list[str]) -> bool:
    return len(words) > 1 and is_thing(words[-1]) and is_organisation(words)
