"""Who wrote it: the candidates of every source, and the choice between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Byline, Evidence, Person, Source
from ingest.byline import merge_bylines, parse_byline
from ingest.extract.metadata.jsonld import Node, as_list, by_id, is_article, resolve, text_of, types
from ingest.extract.metadata.profiles import about_author, linked_profiles
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.visible import printed_bylines
from ingest.extract.metadata.vocabulary import AUTHOR_METAS
from ingest.extract.metadata.words import key, tidy

_ORGANISATIONS = frozenset(["organization", "newsmediaorganization", "corporation"])
#: Names that say only "someone here".
_GENERIC = re.compile(
    r"^(?:(?:die\s+|the\s+)?(?:online-?|web-?|news\s*)?(?:redaktion|redakteur(?:in)?|editorial(?:\s+(?:staff|team|board))?|editors?|staff(?:\s+(?:writer|reporter)s?)?|admin(?:istrator)?|"
    r"newsroom|news\s*desk|news|redacci[oó]n|la\s+r[ée]daction|rédaction|redazione|webmaster|root|user|guest|unknown|anonymous|nachrichten|contributor|author|autor))$",
    re.IGNORECASE,
)
#: How far each kind of signature counts (see `_kind`).
_FACTORS = {0: 0.45, 1: 0.85, 1.5: 0.8, 2: 1.0}
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|^/|^@|^\d+$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A byline as one source has it."""

    byline: Byline
    source: Source
    confidence: float
    detail: str


def byline_candidates(
    page: Survey,
    *,
    articles: Sequence[Node],
    nodes: Sequence[Node],
    headline: Mark | None,
    sites: Sequence[str],
    feed: Sequence[str] = (),
) -> list[Candidate]:
    """Return the bylines of every source that has one, in no order."""
    names = frozenset(map(key, sites))
    found = [
        _parsed(feed, Source.FEED, 0.9, "author", names),
        *_json_ld(articles, nodes, names),
        *_metas(page, names),
        *_printed(page, headline, names),
    ]
    return [candidate for candidate in found if candidate.byline.people]


def _parsed(
    strings: Sequence[str], source: Source, confidence: float, detail: str, sites: frozenset[str]
) -> Candidate:
    clean = [tidy(text) for text in strings if text.strip() and not _ADDRESS.match(text.strip())]
    return Candidate(byline=_read(clean, source, sites), source=source, confidence=confidence, detail=detail)


def _read(strings: Sequence[str], source: Source, sites: frozenset[str]) -> Byline:
    """Parse a byline's strings; one that is the publisher's own name is no list of people, whatever stands in it."""
    if strings and all(key(text) in sites for text in strings):
        people = tuple(Person(name=text, organisation=True, source=source) for text in strings)
        return Byline(people=people[:1], raw=", ".join(strings))
    return parse_byline(strings, source=source) if strings else Byline()


def _json_ld(articles: Sequence[Node], nodes: Sequence[Node], sites: frozenset[str]) -> Iterator[Candidate]:
    ids = by_id(nodes)
    for place, node in enumerate(articles):
        for name in ("author", "creator"):
            values = [resolve(value, ids) for value in as_list(node.get(name))]
            people = [person for value in values for person in _people(value, sites)]
            if people:
                raw = ", ".join(text_of(value) for value in values)
                yield Candidate(
                    byline=Byline(people=_unique(people), raw=raw),
                    source=Source.JSON_LD,
                    confidence=(0.93 if name == "author" else 0.8) - (0 if place == 0 and is_article(node) else 0.1),
                    detail=f"{name} of {', '.join(sorted(types(node)))}",
                )


def _people(value: object, sites: frozenset[str]) -> list[Person]:
    if not isinstance(value, dict):
        return list(_parsed([text_of(value)], Source.JSON_LD, 1.0, "", sites).byline.people)
    names = [text_of(name) for name in as_list(value.get("name"))] or [
        text_of(value.get("givenName")) + " " + text_of(value.get("familyName"))
    ]
    people = list(_parsed(names, Source.JSON_LD, 1.0, "", sites).byline.people)
    if len(people) != 1:
        return people
    return [_with_profile(people[0], value)]


def _with_profile(person: Person, node: Node) -> Person:
    url = next((text for name in ("url", "sameAs") if (text := text_of(node.get(name))).startswith("http")), None)
    return replace(
        person,
        role=person.role or tidy(text_of(node.get("jobTitle"))) or None,
        affiliation=person.affiliation
        or tidy(text_of(node.get("affiliation")) or text_of(node.get("worksFor")))
        or None,
        email=person.email or text_of(node.get("email")).removeprefix("mailto:") or None,
        bio=person.bio or tidy(text_of(node.get("description")))[:2_000] or None,
        url=person.url or url,
        organisation=person.organisation or bool(types(node) & _ORGANISATIONS),
    )


def _metas(page: Survey, sites: frozenset[str]) -> Iterator[Candidate]:
    for place, name in enumerate(AUTHOR_METAS):
        strings = [text for _, text in page.all(name)]
        if (
            name == "twitter:data1"
            and "by" not in page.first("twitter:label1").lower()
            and "von" not in page.first("twitter:label1").lower()
        ):
            continue
        if strings:
            yield _parsed(strings, Source.META, 0.86 - 0.005 * place, name, sites)


def _printed(page: Survey, headline: Mark | None, sites: frozenset[str]) -> Iterator[Candidate]:
    for printed in (
        *printed_bylines(page, headline=headline),
        *linked_profiles(page, headline=headline),
        *about_author(page, headline=headline),
    ):
        candidate = _parsed(printed.strings, printed.source, printed.confidence, printed.detail, sites)
        links = dict(printed.links)
        people = tuple(replace(p, url=p.url or links.get(p.name)) for p in candidate.byline.people)
        yield replace(candidate, byline=replace(candidate.byline, people=people, raw=printed.raw))


def _unique(people: Sequence[Person]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(key(person.name), person)
    return tuple(found.values())


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
