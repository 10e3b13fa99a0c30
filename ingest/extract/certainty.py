"""Whether headline and byline are certain enough to be published unseen (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.article import Byline, Doubt, Evidence, Person, Source
from ingest.byline import parse_byline
from ingest.byline.merge import same_person

#: A byline, or a headline, that is believed less is looked at by a person.
_SURE = 0.5
#: What states who wrote a piece, for machines; believed so far, it is the publisher's own word.
_STATED = frozenset({Source.RULE, Source.FEED, Source.JSON_LD, Source.MICRODATA, Source.META, Source.REL_AUTHOR})
_SURELY_STATED = 0.8
#: Sources that are believed so far speak against the chosen people when they name others.
_STRONG = 0.75
_OWN_WORD = frozenset({Source.EDITOR, Source.RULE, Source.FEED})


def uncertainties(*, headline: str, byline: Byline, evidence: Sequence[Evidence]) -> Iterator[Doubt]:
    """Yield the doubts on who wrote the piece and what it is called."""
    if headline.strip() and _is_unsure_headline(headline, evidence):
        yield Doubt.HEADLINE
    if byline and byline.confidence < _SURE and not _is_unsigned(byline, evidence):
        yield Doubt.BYLINE
    if byline and _disagree(byline, evidence):
        yield Doubt.DISAGREEMENT


def _is_unsure_headline(headline: str, evidence: Sequence[Evidence]) -> bool:
    """Tell a headline that no heading of the page shows, and that few sources state."""
    readings = [reading for reading in evidence if reading.field == "headline" and reading.value == headline]
    if not readings or any(reading.source in _OWN_WORD for reading in readings):
        return False
    return max(reading.confidence for reading in readings) < _SURE


def _is_unsigned(byline: Byline, evidence: Sequence[Evidence]) -> bool:
    """Tell a piece whose publisher states in so many words that it, and no person, is the author."""
    names = "; ".join(byline.names)
    stated = any(
        r.field == "byline" and r.value == names and r.source in _STATED and r.confidence >= _SURELY_STATED
        for r in evidence
    )
    return stated and all(person.organisation for person in byline.people)


def _disagree(byline: Byline, evidence: Sequence[Evidence]) -> bool:
    """Tell whether one strong source names other people, and only one bears out the chosen ones."""
    chosen = [person for person in byline.people if not person.organisation]
    if not chosen or any(person.source is Source.RULE for person in chosen):
        return False
    readings = [r for r in evidence if r.field == "byline" and r.value and r.source in _STATED | {Source.VISIBLE}]
    people = [(reading, _people(reading)) for reading in readings]
    allies = {reading.source for reading, found in people if _names(reading, chosen) or _overlap(found, chosen)}
    rivals = (
        reading
        for reading, found in people
        if found and reading.confidence >= _STRONG and reading.source not in allies and not _names(reading, chosen)
    )
    return len(allies) < 2 and next(rivals, None) is not None


def _people(reading: Evidence) -> list[Person]:
    """Return the people that a reading names by more than one word."""
    found = parse_byline(reading.value.split("; "), source=reading.source).people
    return [person for person in found if not person.organisation and " " in person.name]


def _names(reading: Evidence, people: Sequence[Person]) -> bool:
    """Tell whether a reading holds a name, be it that others run into it."""
    text = reading.value.casefold()
    return any(person.name.casefold() in text for person in people)


def _overlap(some: Sequence[Person], others: Sequence[Person]) -> bool:
    return any(same_person(one, other) for one in some for other in others)
