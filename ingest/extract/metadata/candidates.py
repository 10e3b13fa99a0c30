"""Who may have written it: the byline as each source has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Byline, Person, Source
from ingest.byline import parse_byline
from ingest.byline.roles import is_credit
from ingest.extract.metadata.jsonld import Node, as_list, by_id, is_article, resolve, text_of, types
from ingest.extract.metadata.lone import attributed_names, lone_names
from ingest.extract.metadata.profiles import about_author, dated_names, labelled_names, linked_profiles
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.visible import Printed, printed_bylines
from ingest.extract.metadata.vocabulary import AUTHOR_METAS
from ingest.extract.metadata.words import key, tidy

_ORGANISATIONS = frozenset(["organization", "newsmediaorganization", "corporation"])
#: What systems write where nobody signed.
_NOBODY = re.compile(
    r"^(?:no author|none|n/?a|null|undefined|unknown|"
    r"(?:word-?press|wp|site|web)?-?_?admin\w*|root|user|guest|webmaster|author)$",
    re.IGNORECASE,
)
#: Links and buttons around an author, not accounts.
_CONTROL = re.compile(
    r"author|profil|\bview|\ball\b|email|e-mail|posts?|more|mehr|follow|contact|kontakt|\b(?:by|von|par)\b|\d{4}|[|@:]",
    re.IGNORECASE,
)
_MAX_ACCOUNT_WORDS = 3
#: Words beside a date that are less sure to be a name do not replace what a source states, be it only the site.
_SURE = 0.55
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
    """Return the bylines of every source that has one, in no order.

    Unmarked names beside dates and boxes about authors are asked only where no other source names a person.
    """
    names = frozenset(map(key, sites))
    found = [
        _parsed(feed, Source.FEED, 0.9, "author", names),
        *_json_ld(articles, nodes, names),
        *_metas(page, names),
        *_printed(printed_bylines(page, headline=headline), names),
        *_printed(linked_profiles(page, headline=headline), names),
    ]
    signed = [candidate for candidate in map(_signed, found) if candidate.byline.people]
    if any(_is_person(person, names) for candidate in signed for person in candidate.byline.people):
        return signed
    least = _SURE if signed else 0.0
    unmarked = (*dated_names(page, headline=headline), *labelled_names(page, headline=headline))
    alone = (*lone_names(page, headline=headline), *attributed_names(page))
    weak = _printed((*unmarked, *about_author(page, headline=headline), *alone), names)
    return [
        *signed,
        *(c for c in map(_signed, weak) if c.byline.people and (c.confidence >= least or c.source is Source.BIO)),
    ]


def _is_person(person: Person, sites: frozenset[str]) -> bool:
    return not person.organisation and key(person.name) not in sites


def _signed(candidate: Candidate) -> Candidate:
    people = tuple(person for person in candidate.byline.people if not _NOBODY.match(person.name))
    return replace(candidate, byline=replace(candidate.byline, people=people))


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
                    confidence=(0.93 if name == "author" else 0.8) - (0 if place == 0 and is_article(node) else 0.06),
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


def _printed(found: Iterable[Printed], sites: frozenset[str]) -> Iterator[Candidate]:
    for printed in found:
        candidate = _parsed(printed.strings, printed.source, printed.confidence, printed.detail, sites)
        if printed.stated and not candidate.byline.people:
            candidate = replace(candidate, byline=_account(printed))
        links = dict(printed.links)
        people = tuple(replace(p, url=p.url or links.get(p.name)) for p in candidate.byline.people)
        yield replace(candidate, byline=replace(candidate.byline, people=people, raw=printed.raw))


def _account(printed: Printed) -> Byline:
    """Return the account that the page marks as author, where its name is none that a person bears ("rasos")."""
    name = printed.strings[0] if len(printed.strings) == 1 else ""
    if (
        not name
        or is_credit(name)
        or len(name.split()) > _MAX_ACCOUNT_WORDS
        or _CONTROL.search(name)
        or not any(map(str.isalnum, name))
    ):
        return Byline()
    return Byline(people=(Person(name=name, source=printed.source),), raw=printed.raw)


def _unique(people: Sequence[Person]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(key(person.name), person)
    return tuple(found.values())
