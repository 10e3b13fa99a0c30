"""Closing notes on the author: "Jane Doe is an associate professor of history at the University of X"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.article import Person, Source
from ingest.byline.bio_words import (
    ABOUT_US,
    ARTICLE,
    AT,
    BEAT,
    COPULA,
    DEGREES,
    END,
    HEADING,
    MAIL,
    NO_NAMES,
    OCCUPATION,
    OPENING,
    PUBLIC,
    REACH,
    SAID,
    SENTENCE,
    SENTENCE_END,
    WORK,
)
from ingest.byline.clean import clean
from ingest.byline.organisations import is_organisation
from ingest.byline.words import is_name_word, is_particle, is_person, is_suffix

#: Longer paragraphs are articles, not notes on their authors.
_MAX_CHARS = 2_000
_MAX_PEOPLE = 12
#: Within how many characters a note comes to what its person does.
_EARLY = 60
#: "Jane DoeJane Doe": the link and the heading, run together.
_DOUBLED = re.compile(r"\A(.{5,60}?) ?\1\Z")


@dataclass(frozen=True, slots=True)
class _Opening:
    names: tuple[str, ...]
    note: str
    verb: str
    rest: str


def parse_bio(text: str) -> Person | None:
    """Read a paragraph as a closing note on the author.

    Takes one paragraph of plain text. Returns who it is about, with role, affiliation and address where it states
    them, and the paragraph verbatim as `bio`; None where it is no such note, or not surely one.
    """
    people = parse_bios(text)
    return people[0] if people else None


def parse_bios(text: str) -> tuple[Person, ...]:
    """Read a paragraph as closing notes on one or more authors ("Jane Doe is ... John Roe is ...").

    Takes plain text. Returns the people in order, each with its own part of the text, verbatim, as `bio`.
    """
    if not 20 <= len(text) <= _MAX_CHARS:
        return ()
    parts = _parts(text)
    people = [person for part in parts for person in _people(part)]
    return tuple(people[:_MAX_PEOPLE])


def _parts(text: str) -> list[str]:
    """Cut a text where the next person's note begins; each part stays verbatim."""
    starts = [0, *(found.end() for found in SENTENCE_END.finditer(text) if _opens(text[found.end() :]) is not None)]
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _opens(text: str) -> _Opening | None:
    stripped = clean(text)
    heading = HEADING.match(stripped)
    found = OPENING.match(stripped[heading.end() :] if heading else stripped)
    if found is None:
        return None
    names = _names(_DOUBLED.sub(r"\1", DEGREES.sub("", found["names"])))
    return _Opening(names, found["note"] or "", found["verb"], found["rest"]) if names else None


def _names(text: str) -> tuple[str, ...]:
    if is_person(text.replace(",", "").split()):
        names = [text]
    else:
        names = re.split(r",? (?:and|und|et|y|e|og|och|en|i|и|та) ", text)
    return tuple(names) if all(_is_full_name(name) for name in names) else ()


def _is_full_name(name: str) -> bool:
    words = name.replace(",", "").split()
    solid = [word for word in words if not is_particle(word) and not is_suffix(word)]
    if len(solid) < 2 or not is_person(words) or is_organisation(words):
        return False
    return words[0].casefold() not in NO_NAMES and all(map(is_name_word, solid)) and not words[-1].islower()


def _people(part: str) -> list[Person]:
    opening = _opens(part)
    if opening is None:
        return _reachable(part)
    if not _is_bio(part, opening):
        return []
    role, affiliation = _role(opening)
    mail = MAIL.search(part)
    return [
        Person(
            name=name.strip(" ,"), role=role, affiliation=affiliation, bio=part, source=Source.BIO,
            email=mail[0] if mail and len(opening.names) == 1 else None,
        )
        for name in opening.names
    ]  # fmt: skip


def _reachable(part: str) -> list[Person]:
    found = REACH.search(part)
    name = (found["names"] or found["also"]) if found else ""
    mail = MAIL.search(part)
    if not name or mail is None or len(part) > 300 or not _is_full_name(name):
        return []
    return [Person(name=name, email=mail[0], bio=part, source=Source.BIO)]


def _is_bio(part: str, opening: _Opening) -> bool:
    """Weigh the signs: an occupation of those who write, or a public office with a sign that this is a note."""
    first = _first_sentence(opening.rest)
    head = first[:160]
    if SAID.search(first) or (opening.verb == "was" and not ABOUT_US.search(part)):
        return False
    told = bool(ABOUT_US.search(part) or MAIL.search(part) or HEADING.match(part.lstrip()))
    if _is_copula(opening.verb):
        early = OCCUPATION.search(head)
        return (early is not None and early.start() < _EARLY) or (told and bool(PUBLIC.search(head)))
    beat = len(part) < 300 and opening.verb not in {"lives", "leads", "holds"} and bool(BEAT.match(first))
    return beat or bool(OCCUPATION.search(head) and WORK.match(first)) or (told and bool(WORK.match(first)))


def _is_copula(verb: str) -> bool:
    return verb in {"-", "\u2013", "\u2014"} or bool(COPULA.fullmatch(verb))


def _first_sentence(text: str) -> str:
    found = SENTENCE.match(text)
    return (found[1] or found[2]) if found else text


def _role(opening: _Opening) -> tuple[str | None, str | None]:
    if not _is_copula(opening.verb):
        return None, _affiliation(opening.rest)
    rest = _first_sentence(opening.rest).rstrip()
    article = ARTICLE.match(rest)
    rest = rest[article.end() :] if article else rest
    at = AT.search(rest)
    end = END.search(rest)
    stop = min(
        at.start() if at else len(rest), end.start() if end and not (at and end.start() > at.start()) else len(rest)
    )
    role = rest[:stop].strip(" .,;")
    return (role or None) if len(role) <= 160 else None, _affiliation(rest)


def _affiliation(rest: str) -> str | None:
    at = AT.search(rest)
    if at is None:
        return None
    tail = rest[at.end() :]
    end = END.search(tail)
    name = (tail[: end.start()] if end else tail).strip(" .,;")
    return name if 1 < len(name) <= 160 else None
