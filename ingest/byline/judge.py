"""What one piece of a byline is: a person, an organisation, a role, a place, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ingest.byline.clean import fold, word_set
from ingest.byline.east import is_eastern_name
from ingest.byline.front import without_front_role
from ingest.byline.given import is_place
from ingest.byline.noise import is_nothing, trim_furniture
from ingest.byline.organisations import (
    agency_at,
    is_acronym,
    is_agency,
    is_agency_word,
    is_domain,
    is_newspaper_noun,
    is_organisation,
    is_thing,
)
from ingest.byline.roles import is_collective, is_credit, is_degree, is_head, is_modifier
from ingest.byline.words import is_person, is_sentence, is_suffix, is_surely_person


class Kind(Enum):
    """What a piece of a byline says."""

    PERSON = "person"
    ORGANISATION = "organisation"
    #: A single word, a nickname, a title: a name where it stands alone.
    LOOSE = "loose"
    ROLE = "role"
    PLACE = "place"
    SUFFIX = "suffix"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged piece: its kind, its text, and what was found behind or before the name."""

    kind: Kind
    text: str
    role: str | None = None
    affiliation: str | None = None


_PLACEHOLDERS = word_set(
    """
    admin administrator webmaster unknown none null undefined n/a na hidden user default test noreply nobody
    root unbekannt inconnu desconocido desconhecido sconosciuto onbekend nieznany nan false true website
    redirect site he/him she/her they/them he/him/his she/her/hers they/them/theirs er/ihm sie/ihr author guest
    """
)
_OTHERS = re.compile(
    r"(?:et al|others|and others|u\.\s?a|more"
    r"|(?:\d{1,3}|two|three|four|five|several|many) (?:others?|more|weitere|andere|autres|otros|outros|altri)"
    r"|andere|autres|otros|outros|外\s?\d*\s?명|외\s?\d+\s?명)\.?\Z",
    re.IGNORECASE,
)
#: What stands in an author's place and says that nobody signed.
_UNSIGNED = re.compile(
    r"press release|pressemitteilung|communiqué de presse|comunicado(?: de prensa)?|comunicato stampa|persbericht"
    r"|pressmeddelande|pressemeddelelse|pressemelding|lehdistötiedote|informacja prasowa|tisková zpráva"
    r"|basın bülteni|пресс-релиз|name withheld(?: by request| on request)?"
    r"|(?:sponsored|paid|partner|branded|promoted) (?:content|post|partnership|article)|advertorial"
    r"|publireportage|anzeige"
    r"|contenu (?:sponsorisé|partenaire)|contenido patrocinado|conteúdo patrocinado|contenuto sponsorizzato"
    r"|annonsørinnhold|sponsrat innehåll|материал партнёра|sponsorlu içerik",
    re.IGNORECASE,
)
#: Around a single word less is cut, for pen names begin and end with marks ("_why").
_OUTER_OF_ONE = ' \t,;:|*\u2022\u00b7/\u2013\u2014"'
_IN_PLACE = re.compile(r"(?:reporting\s+)?(?:in|aus|à|en|em|a|i|w|v|в|from|au|da|z|en el)\s+(?=[^\W\d_a-zà-ÿ])")
_FROM_PLACE = re.compile(r"(?:de|da|do|des|dal|vom|fra|från|Da|De|Aus|In) ")
_SPECIAL = re.compile(
    r"\s+(?:special(?:ly)? (?:to|for)|exclusive(?:ly)? (?:to|for)|contribut(?:ed|ing) to|reports? (?:from|for)"
    r"|for release|"
    r"reporting (?:from|for)|writing (?:in|for)|is (?:a|an|the)|has been|joined the|was (?:a|the)"
    r"|took (?:the )?over)\b",
    re.IGNORECASE,
)
#: "Jane Doe is a staff writer": what she is follows.
_COPULA = re.compile(r"(?:is|was) (?:an?|the) ")
_PREPOSITIONS = word_set("in for of at from via für pour para per voor dla для aus bei chez with")
_BEHIND_WIRE = word_set("in aus à en em a i w from")
_PLACING = word_set("à en em a i w v в da au")
#: Letter case that names of outlets have and names of people do not ("USA", "WebMD").
_BRAND = re.compile(r"[A-Z]{2,}\Z|[A-Z][a-z]+[A-Z]{2}")
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_WRAPS = _QUOTES + "'\u2018\u2019"
_OUTER = " \t,;:|*~+_=#>\u2022\u00b7\u2013\u2014-/"


def judge(piece: str, *, led: bool) -> Verdict:
    """Tell what a piece is.

    Takes the piece without its lead-in, and whether it had one. Returns the verdict; its text is the name for a
    person, the piece for all else.
    """
    text = piece.strip(_OUTER if " " in piece.strip() else _OUTER_OF_ONE)
    if text[:1] in _WRAPS and text[-1:] in _WRAPS:
        text = text.strip(_WRAPS)
    words = _once(trim_furniture(text.split()))
    text = _without_stop(" ".join(words))
    words = text.split()
    words, role = without_front_role(words)
    small = _judge_small(text, words) if role is None else None
    if small is not None:
        return Verdict(small, text)
    wire = _wire_end(words)
    if wire:
        return Verdict(Kind.ORGANISATION, " ".join(words[:wire]), affiliation=" ".join(words[wire:]))
    end, kind = _name_end(words, led=led)
    if end == len(words):
        return Verdict(_judge_whole(words), " ".join(words).rstrip(","), role=role)
    tail = " ".join(words[end:])
    name = (
        " ".join(words[:end]).rstrip(" ,:-\u2013\u2014.") if not is_suffix(words[end - 1]) else " ".join(words[:end])
    )
    if kind is Kind.ROLE:
        return Verdict(Kind.PERSON, name, role=_COPULA.sub("", tail))
    return Verdict(Kind.PERSON, name, role=role, affiliation=tail)


def _once(words: list[str]) -> list[str]:
    for half in (2, 3, 4):
        if words[:half] == words[half : 2 * half]:
            return words[half:]
    return words


def _without_stop(text: str) -> str:
    last = text.rpartition(" ")[2]
    keeps = not text.endswith(".") or "." in last[:-1] or len(last) < 5 or is_suffix(last)
    return text if keeps else text[:-1]


def _judge_small(text: str, words: list[str]) -> Kind | None:
    if is_nothing(text) or fold(text) in _PLACEHOLDERS or _OTHERS.match(text) or _UNSIGNED.fullmatch(text):
        return Kind.NOTHING
    if len(words) == 1 and is_suffix(text):
        return Kind.SUFFIX
    if is_degree(text) or (len(words) > 1 and all(is_degree(word.strip(",")) for word in words)):
        return Kind.ROLE
    if is_credit(text):
        return Kind.ROLE
    if is_agency(text) or fold(text) == "the editors":
        return Kind.ORGANISATION
    place = _IN_PLACE.match(text)
    if _FROM_PLACE.match(text) and is_place(text.partition(" ")[2]):
        return Kind.PLACE
    if is_place(text) or (place and len(words) <= 5 and not is_person(words)):
        return Kind.PLACE
    if not is_role(words):
        return None
    return Kind.ORGANISATION if len(words) > 2 and is_collective(words[0]) else Kind.ROLE


def is_role(words: list[str]) -> bool:
    """Tell whether a piece is a role and nothing else ("Senior Reporter", "Corresponsal en Atenas")."""
    heads = [number for number, word in enumerate(words) if is_head(word)]
    if not heads:
        return False
    before = words[: heads[0]]
    known = [word for word in before if is_modifier(word) or is_agency_word(word) or is_domain(word)]
    unknown = [word for word in before if word not in known]
    return len(unknown) <= 1 and all(map(is_acronym, unknown)) and (not unknown or unknown[0] == before[0])


def _judge_whole(words: list[str]) -> Kind:
    if is_person(words) or (len(words) == 1 and is_eastern_name(words[0])):
        return Kind.PERSON
    if is_organisation(words):
        return Kind.NOTHING if is_sentence(words) and not words[0][:1].isupper() else Kind.ORGANISATION
    return Kind.NOTHING if is_sentence(words) else Kind.LOOSE


def _name_end(words: list[str], *, led: bool) -> tuple[int, Kind]:
    """Find where the name ends and what follows it begins.

    Returns the number of words of the name and the kind of the tail; all words where there is no tail.
    """
    whole = len(words), Kind.PERSON
    if len(words) < 3:
        return whole
    text = " ".join(words)
    special = _SPECIAL.search(text) or None
    limit = len(text[: special.start()].split()) if special else len(words)
    agency = agency_at(text)
    if agency:
        limit = min(limit, len(text[:agency].split()))
    for end in range(2, min(limit, 8) + 1):
        kind = _after_limit(words[end:]) if end == limit < len(words) else _tail_kind(words, end, led=led)
        if kind is not None and is_person(words[:end]):
            return end, kind
    return whole


def _wire_end(words: list[str]) -> int | None:
    """Find the place behind an agency ("Associated Press in Valencia"). Returns the number of words of its name."""
    for end, word in enumerate(words[:6]):
        if end and word in _BEHIND_WIRE and is_agency(" ".join(words[:end])):
            return end
    return None


def _after_limit(tail: list[str]) -> Kind:
    return Kind.ROLE if fold(tail[0]) in {"is", "was", "has"} else Kind.ORGANISATION


def _tail_kind(words: list[str], end: int, *, led: bool) -> Kind | None:
    if end >= len(words):
        return None
    name, tail = words[:end], words[end:]
    if all(is_degree(word.strip(",")) and sum(map(str.isupper, word)) > 1 for word in tail):
        return Kind.ROLE
    if is_agency_word(tail[0]) or (is_domain(tail[0]) and is_person(name)):
        return Kind.ROLE if is_head(tail[-1]) else Kind.ORGANISATION
    if _starts_role(tail):
        return Kind.ROLE
    if _is_paper(name, tail, led=led):
        return Kind.ORGANISATION
    if len(tail) > 1 and _BRAND.match(tail[0]) and not name[-1].isupper() and is_organisation(tail):
        return Kind.ORGANISATION
    return Kind.ORGANISATION if _starts_place(name, tail, led=led) else None


def _is_paper(name: list[str], tail: list[str], *, led: bool) -> bool:
    """Tell whether a newspaper stands behind the name ("Jane Doe Los Angeles Times", "Jane Doe The Onion")."""
    if len(tail) < 2 or tail[0].islower():
        return False
    return tail[0] == "The" or (is_newspaper_noun(tail[-1]) and is_surely_person(name, led=led))


def _starts_role(tail: list[str]) -> bool:
    for number, word in enumerate(tail[:6]):
        if is_head(word):
            return number > 0 or len(fold(word)) > 4
        if not is_modifier(word) and not is_agency_word(word):
            return False
    return False


def _starts_place(name: list[str], tail: list[str], *, led: bool) -> bool:
    word, rest = fold(tail[0]), tail[1:]
    if not rest or not tail[0].islower():
        return False
    if word in _PLACING:
        proper = word != "i" and len(rest) == 1 and rest[0][:1].isupper() and is_surely_person(name, led=led)
        return proper or is_place(" ".join(rest)) or is_place(rest[0]) or is_thing(rest[0])
    if word not in _PREPOSITIONS:
        return False
    known = is_place(" ".join(rest)) or is_domain(rest[-1]) or is_agency(" ".join(rest))
    return known or (is_surely_person(name, led=led) and _is_proper(rest))


def _is_proper(words: list[str]) -> bool:
    article = fold(words[0]) in {"the", "die", "der", "das", "le", "la", "el", "il", "our", "l"}
    return not words[0][:1].islower() or (article and len(words) > 1)
