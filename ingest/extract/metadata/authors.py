"""Who wrote it: the choice between the bylines of all sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Byline, Evidence, Person, Source
from ingest.byline import merge_bylines
from ingest.extract.metadata.candidates import Candidate
from ingest.extract.metadata.words import key

#: Names that say only "someone here".
_DESK = (
    r"redaktion|redakteur(?:in)?|editorial(?:\s+(?:staff|team|board))?|editors?|staff(?:\s+(?:writer|reporter)s?)?"
)
_GENERIC = re.compile(
    rf"^(?:(?:die\s+|the\s+)?(?:online-?|web-?|news\s*)?(?:{_DESK}|newsroom|news\s*desk|news|redacci[oó]n|"
    r"(?:la\s+)?r[ée]daction|redazione|anonymous|nachrichten|contributor|autor))$",
    re.IGNORECASE,
)
#: How far each kind of signature counts (see `_kind`).
#: A printed word that only may be somebody's name is read with no more confidence than this.
_LOOSE = 0.45
_STATED = frozenset({Source.FEED, Source.JSON_LD, Source.META, Source.MICRODATA})
_FACTORS = {0: 0.45, 1: 0.85, 1.5: 0.8, 2: 1.0}


def choose_byline(candidates: Sequence[Candidate], *, sites: Sequence[str]) -> Byline:
    """Return the byline to believe, empty where there is none; what other sources know of its people is filled in.

    People go before organisations, those before the publisher itself; then a source's trust, raised by agreement. A
    byline that has all of the chosen people and more replaces it: metadata often names only the first of several.
    """
    names = frozenset(map(key, sites))
    ranked = sorted(candidates, key=lambda c: -_rank(c, candidates, names))
    if not ranked:
        return Byline()
    best = ranked[0]
    for other in ranked[1:]:
        if _kind(other, names) == _kind(best, names) == 2 and _extends(other, best) and other.confidence >= 0.7:
            best = other
    merged = merge_bylines([best.byline, *(c.byline for c in ranked if c is not best)])
    kept = {key(name) for name in best.byline.names}
    if kept - names:
        kept -= names
    people = tuple(_spelled(p, ranked) for p in merged.people if key(p.name) in kept) or best.byline.people
    return replace(
        merged, people=people, raw=best.byline.raw, confidence=round(min(1.0, _rank(best, candidates, names)), 2)
    )


def _spelled(person: Person, ranked: Sequence[Candidate]) -> Person:
    """Give a name that came as one word ("janedoe") the spelling in words that another source has."""
    if " " in person.name:
        return person
    own = key(person.name)
    spelled = (name for c in ranked for name in c.byline.names if " " in name and key(name) == own)
    return replace(person, name=next(spelled, person.name))


def _extends(other: Candidate, best: Candidate) -> bool:
    """Tell whether a byline has all people of another, and more people (an organisation alone is no more)."""
    known = {key(name) for name in best.byline.names}
    more = [p for p in other.byline.people if key(p.name) not in known]
    return known < {key(name) for name in other.byline.names} and not any(p.organisation for p in more)


def _kind(candidate: Candidate, sites: frozenset[str]) -> float:
    """Return the kind of signature: 2 people, 1.5 someone whose name the site bears, 1 an organisation, 0 "staff"."""
    return max((_kind_of(person, sites) for person in candidate.byline.people), default=0)


def _kind_of(person: Person, sites: frozenset[str]) -> float:
    if _GENERIC.match(person.name):
        return 0
    if key(person.name) in sites:
        return 0 if person.organisation or " " not in person.name else 1.5
    return 1 if person.organisation else 2


def _rank(candidate: Candidate, candidates: Sequence[Candidate], sites: frozenset[str]) -> float:
    names = {key(name) for name in candidate.byline.names}
    allies = {
        c.source for c in candidates if c.source is not candidate.source and names & {key(n) for n in c.byline.names}
    }
    factor = _FACTORS[_kind(candidate, sites)] * (0.8 if all(map(_is_handle, candidate.byline.names)) else 1.0)
    loose = candidate.source is Source.VISIBLE and candidate.byline.confidence <= _LOOSE
    if loose and any(other.source in _STATED for other in candidates):
        factor *= 0.5
    return candidate.confidence * factor + 0.05 * len(allies)


def _is_handle(name: str) -> bool:
    """Tell whether a name is one word, as accounts and first names are: a full name elsewhere says more."""
    return " " not in name and name.isascii()


def evidence_of(candidates: Sequence[Candidate]) -> tuple[Evidence, ...]:
    """Return the candidates as evidence."""
    return tuple(
        Evidence(
            field="byline",
            value="; ".join(c.byline.names),
            source=c.source,
            confidence=round(c.confidence, 2),
            detail=c.detail,
        )
        for c in candidates
    )
