"""A teaser: all that a list, a feed or a sitemap shows of a publication, small enough to keep beside it (pure)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from ingest.article import Origin, Person
from ingest.corrections import Correction
from ingest.errors import PublishError
from ingest.printable import one_line, printable
from ingest.terms import Mode, SearchPolicy
from publish.author_key import author_key
from publish.body_html import safe_href
from publish.credit_line import CreditedName, credit_html, credited_names
from publish.full_text import full_text
from publish.images.values import Thumbnail, thumbnail_of
from publish.languages import language_tag
from publish.publication import Publication
from publish.reading import opening, reading_minutes


@dataclass(frozen=True, kw_only=True)
class TeaserAuthor:
    """One credited author: how the terms want them named, and what their own page says of them."""

    #: As printed in the byline ("Jane Doe, Pacific Forum").
    display: str
    #: The name alone; None where the printed byline fits no one person.
    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    bio: str | None = None
    organisation: bool = False
    #: What stands for this person in addresses: of two people of one name, each has their own.
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Teaser:
    """What lists show of one publication; plain text throughout but `credit_html` and `feed_html`."""

    work_id: int
    slug: str
    headline: str
    #: The partner's own, else the body's first sentences where the mode allows; may be empty.
    standfirst: str
    #: The place in the dateline, or empty.
    dateline: str
    authors: tuple[TeaserAuthor, ...]
    #: The supplier.
    partner: str
    partner_name: str
    origin_name: str
    #: The origin's key where it is a partner too.
    origin_key: str | None
    #: The original where it is known.
    origin_url: str | None
    #: The origin's home page where it is known.
    origin_home: str | None = None
    #: Where the whole piece stands: the original, else the page that was delivered.
    source_url: str
    #: The public licence by name, if it is under one.
    licence: str | None = None
    credit_text: str
    credit_html: str
    mode: Mode
    search: SearchPolicy
    language: str | None
    minutes: int | None
    #: When the origin published it; midnight UTC where only the day is known.
    original_at: datetime | None
    published_at: datetime
    updated_at: datetime
    #: What was put right in it, the oldest first.
    corrections: tuple[Correction, ...] = ()
    #: The partner's categories and tags.
    labels: tuple[str, ...] = ()
    #: The key of the section that an editor chose; None: by the labels.
    section: str | None = None
    #: The first picture that its page shows, for lists.
    thumbnail: Thumbnail | None = None
    #: The whole text for our own feeds, where the terms allow it there; else empty.
    feed_html: str = ""


#: More labels of one piece say nothing of what it is about.
_MOST_LABELS = 30

_TEASER: TypeAdapter[Teaser] = TypeAdapter(Teaser)


def teaser_of(publication: Publication) -> Teaser:
    """Return the publication's teaser; raises PublishError where its credit's HTML and text differ."""
    return _LAST.of(publication)


class _Last:
    """The last teaser that was made: who publishes a piece asks for it, and then the target does."""

    def __init__(self) -> None:
        self._known: tuple[Publication, Teaser] | None = None

    def of(self, publication: Publication) -> Teaser:
        """Return the last teaser where it is this publication's: values never change, so it is the same."""
        known = self._known
        if known is not None and _same(known[0], publication):
            return known[1]
        made = _teaser_of(publication)
        self._known = (publication, made)
        return made


def _same(one: Publication, other: Publication) -> bool:
    """Tell whether two publications have one teaser: all but what stands beside a piece is the very same."""
    if one.attributed is not other.attributed:
        return False
    return all(getattr(one, name) == getattr(other, name) for name in _TOLD)


#: What of a publication besides its attributed article a teaser tells.
_TOLD = tuple(field.name for field in fields(Publication) if field.name not in {"attributed", "related", "topic"})
_LAST = _Last()


def _teaser_of(publication: Publication) -> Teaser:
    attributed = publication.attributed
    article, origin, mode = attributed.article, attributed.origin, attributed.decision.mode
    return Teaser(
        work_id=publication.work_id,
        slug=publication.slug,
        headline=one_line(article.headline),
        standfirst=standfirst_of(publication),
        dateline=one_line(article.dateline or ""),
        authors=tuple(_author(credited, origin) for credited in credited_names(attributed)),
        partner=attributed.partner,
        partner_name=one_line(attributed.partner_name),
        origin_name=one_line(origin.name),
        origin_key=origin.key,
        origin_url=safe_href(origin.url),
        origin_home=safe_href(origin.home),
        source_url=safe_href(origin.url) or safe_href(article.url) or "",
        licence=attributed.credit.licence,
        credit_text=printable(attributed.credit.text),
        credit_html=str(credit_html(attributed.credit)),
        mode=mode,
        search=attributed.terms.search,
        language=language_tag(article.language),
        minutes=reading_minutes(article.body) if mode is Mode.FULL else None,
        original_at=article.published_at,
        published_at=publication.published_at,
        updated_at=publication.updated_at,
        corrections=publication.corrections,
        labels=tuple(filter(None, map(one_line, article.labels[:_MOST_LABELS]))),
        section=publication.section,
        thumbnail=next((thumbnail_of(picture) for picture in publication.pictures), None),
        feed_html=full_text(attributed),
    )


def standfirst_of(publication: Publication) -> str:
    """Return the partner's standfirst, else the body's first sentences; in link mode none of the body is shown."""
    attributed = publication.attributed
    own = one_line(attributed.article.standfirst or "")
    if own or attributed.decision.mode is Mode.LINK:
        return own
    return opening(attributed.article.body)


def teaser_to_json(teaser: Teaser) -> str:
    """Return the teaser as JSON, the form that the store keeps."""
    return _TEASER.dump_json(teaser).decode()


def teaser_from_json(text: str) -> Teaser:
    """Return the teaser that `teaser_to_json` wrote; raises PublishError for anything else."""
    try:
        return _TEASER.validate_json(text)
    except ValidationError as error:
        raise PublishError(
            f"a stored teaser cannot be read: {error.errors()[0]['msg']}",
            where=text[:80],
            next_step="publish the article again",
        ) from error


def _author(credited: CreditedName, origin: Origin) -> TeaserAuthor:
    person = credited.person
    if person is None:
        return TeaserAuthor(display=credited.display)
    return TeaserAuthor(
        display=credited.display,
        name=one_line(person.name),
        role=_optional(person.role),
        affiliation=_optional(person.affiliation),
        bio=_bio(person),
        organisation=person.organisation,
        key=author_key(person, origin),
    )


def _bio(person: Person) -> str | None:
    return printable(person.bio).strip() or None if person.bio else None


def _optional(text: str | None) -> str | None:
    return one_line(text) or None if text else None
