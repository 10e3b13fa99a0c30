"""Several readings of one article's byline, brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Byline, Person, Source
from ingest.byline.clean import name_key

#: Where a site's own name often stands in place of the author's; a person found elsewhere is then the better credit.
_YIELDING = frozenset({Source.JSON_LD, Source.MICRODATA, Source.META, Source.FEED, Source.REL_AUTHOR, Source.VISIBLE})
#: Readings that only tell of people credited elsewhere, as long as there are any.
_TELLING = frozenset({Source.BIO, Source.BODY, Source.URL, Source.LIBRARY})
_AGREED, _DISPUTED = 0.05, 0.8
#: Least belief with which a person replaces an organisation as the credit.
_SURE_PERSON = 0.7


def merge_bylines(candidates: Sequence[Byline]) -> Byline:
    """Bring the readings of one article's byline together.

    Takes them strongest first. Returns the first that credits anyone, in its own order and wording, with roles,
    affiliations, addresses and bios filled in by name from the others; one that credits only an organisation
    yields to a later one that surely credits people. Confidence rises where another reading agrees and
    falls where all differ.
    """
    standing = [candidate for candidate in candidates if candidate.people]
    if not standing:
        return candidates[0] if candidates else Byline()
    base = _base(standing)
    others = [candidate for candidate in standing if candidate is not base]
    people = tuple(_filled(person, [p for other in others for p in other.people]) for person in base.people)
    return replace(base, people=people, confidence=_confidence(base, others))


def same_person(one: Person, other: Person) -> bool:
    """Tell whether two credits are one person: the same name, or given name and family name around initials."""
    first, second = name_key(one.name).split(), name_key(other.name).split()
    if first == second:
        return bool(first)
    if min(len(first), len(second)) < 2 or first[-1] != second[-1]:
        return False
    given, also = sorted((first[0], second[0]), key=len)
    middles = first[1:-1], second[1:-1]
    if given == also:
        return not all(middles) or all(a[0] == b[0] for a, b in zip(*middles, strict=False))
    return len(given) == 1 and also.startswith(given)


def _base(standing: Sequence[Byline]) -> Byline:
    authors = [candidate for candidate in standing if candidate.people[0].source not in _TELLING] or list(standing)
    first = authors[0]
    if first.people[0].source in _YIELDING and all(person.organisation for person in first.people):
        return next((later for later in authors[1:] if _credits_people(later)), first)
    return first


def _credits_people(candidate: Byline) -> bool:
    named = [person for person in candidate.people if not person.organisation and " " in person.name]
    return bool(named) and candidate.confidence >= _SURE_PERSON


def _filled(person: Person, mentions: Sequence[Person]) -> Person:
    for other in mentions:
        if same_person(person, other):
            person = replace(
                person, role=person.role or other.role, affiliation=person.affiliation or other.affiliation,
                email=person.email or other.email, bio=person.bio or other.bio, url=person.url or other.url,
            )  # fmt: skip
    return person


def _confidence(base: Byline, others: Sequence[Byline]) -> float:
    confidence = base.confidence
    rivals = [other for other in others if other.people[0].source not in _TELLING and other.raw != base.raw]
    agreed = [_agree(base, other) for other in rivals if not all(person.organisation for person in other.people)]
    if any(agreed):
        confidence = min(1.0, confidence + _AGREED)
    elif agreed:
        confidence *= _DISPUTED
    return round(confidence, 3)


def _agree(base: Byline, other: Byline) -> bool:
    pairs = zip(base.people, other.people, strict=False)
    return len(base.people) == len(other.people) and all(same_person(one, two) for one, two in pairs)
