"""The values that flow: people, bylines, origins and the article itself; all frozen, none knows the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ingest.body import Body, Image


class Source(StrEnum):
    """Where a value came from, the strongest first."""

    EDITOR = "editor"
    #: A selector in the partner's own entry of sources.yaml.
    RULE = "partner-rule"
    FEED = "feed"
    JSON_LD = "json-ld"
    MICRODATA = "microdata"
    META = "meta"
    REL_AUTHOR = "rel-author"
    VISIBLE = "visible"
    BIO = "bio"
    BODY = "body"
    URL = "url"
    LIBRARY = "trafilatura"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One reading of one field: what was read, where, and how far it is believed."""

    #: The Article field it speaks for: "headline", "byline", "published_at", "origin", ...
    field: str
    value: str
    source: Source
    #: 0 (a guess) to 1 (stated by the partner in so many words).
    confidence: float
    #: A selector, JSON path or the sentence it was read from.
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone, or some organisation, credited with the writing."""

    name: str
    role: str | None = None
    affiliation: str | None = None
    email: str | None = None
    bio: str | None = None
    url: str | None = None
    #: AFP, an editorial board: credited as author, but no person.
    organisation: bool = False
    source: Source = Source.VISIBLE


@dataclass(frozen=True, kw_only=True)
class Byline:
    """Who wrote it: the credited people in order, and the strings they were read from."""

    people: tuple[Person, ...] = ()
    #: The byline as the partner printed or sent it, verbatim; empty where there was none.
    raw: str = ""
    #: 0 to 1; low ones hold the article for a person.
    confidence: float = 1.0

    @property
    def names(self) -> tuple[str, ...]:
        """The credited names, in order."""
        return tuple(person.name for person in self.people)

    def __bool__(self) -> bool:
        return bool(self.people)


@dataclass(frozen=True, kw_only=True)
class OriginClaim:
    """One statement, by the page or the feed, of who first published the piece."""

    #: The publisher's name as stated; empty where only a URL is known.
    name: str
    url: str | None
    source: Source
    #: The sentence or tag it was read from, verbatim.
    evidence: str
    #: The home page that the statement links to, where it links to no article.
    home: str | None = None
    #: Said in passing (a copyright holder): counts only when it names someone we know.
    weak: bool = False


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who first published the piece, after the claims were held against the partners we know."""

    name: str
    #: The partner's key in sources.yaml; None where the origin is no partner of ours.
    key: str | None
    #: The original's URL where it is known; None is a gap, never filled by a guess.
    url: str | None
    #: Why: the claim's evidence, or "delivered by its own feed".
    evidence: str
    #: Whether the origin is the partner who delivered it.
    own: bool
    #: The origin's home page, where we know it.
    home: str | None = None


class Fate(StrEnum):
    """What became of one block of the page."""

    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class BlockRecord:
    """One block of the page's main part, with what became of it and why (completeness)."""

    fate: Fate
    #: A stable word: "body", "bio", "credit", "share", "related", "newsletter", "caption", "ad", ...
    reason: str
    #: The block's words, cut to 300 characters.
    text: str


class Doubt(StrEnum):
    """A reason to hold an article for a person."""

    NO_BODY = "no-body"
    SHORT_BODY = "short-body"
    STUB = "stub"
    BYLINE = "byline-unsure"
    DISAGREEMENT = "sources-disagree"
    INCOMPLETE = "incomplete"
    HEADLINE = "headline-unsure"
    NO_HEADLINE = "no-headline"


@dataclass(frozen=True, kw_only=True)
class Article:
    """One partner's copy of one piece of writing, extracted and clean, before any judgement on it."""

    #: Where it was fetched, after redirects.
    url: str
    #: The identity among this partner's pieces: canonical form, tracking removed.
    canonical_url: str
    #: The feed's id for it, verbatim; None where it came by URL.
    guid: str | None = None
    headline: str
    standfirst: str | None = None
    byline: Byline = field(default_factory=Byline)
    dateline: str | None = None
    #: Aware; midnight UTC where the page gives only a day (`Evidence.detail` says so).
    published_at: datetime | None = None
    modified_at: datetime | None = None
    #: BCP 47, lower case ("en", "pt-br"); None where unknown.
    language: str | None = None
    body: Body
    image: Image | None = None
    labels: tuple[str, ...] = ()
    claims: tuple[OriginClaim, ...] = ()
    #: The credit line that a middleman printed, taken out of the body and kept on record.
    inherited_credit: str | None = None
    #: The closing note on the author ("Jane Doe is a professor of ..."), apart from the body.
    bio: str | None = None
    blocks: tuple[BlockRecord, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[Doubt, ...] = ()
