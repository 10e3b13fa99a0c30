"""JSON Feed 1.0 and 1.1 to entries (pure). Source: https://www.jsonfeed.org/version/1.1/ ."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ingest.errors import FeedError
from ingest.feed.dates import read_date
from ingest.feed.entry import Entry, SetAside
from ingest.feed.links import absolute_url
from ingest.feed.prolog import without_forbidden
from ingest.feed.text import one_line
from ingest.feed.xml_entries import distinct, language_of
from ingest.feed.xml_handlers import MAX_ENTRIES, TooMuchError


def _text(value: object) -> object:
    # The spec asks for strings, and for numbers as ids to be read as strings.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return without_forbidden(value).strip() if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_text)]
_Optional = Annotated[str | None, BeforeValidator(_text)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Author(_Model):
    name: _Optional = None
    url: _Optional = None


class _Authored(_Model):
    authors: tuple[_Author, ...] | None = None
    #: Version 1.0's.
    author: _Author | None = None
    language: _Optional = None

    @property
    def names(self) -> tuple[str, ...]:
        everyone = self.authors or ((self.author,) if self.author else ())
        return distinct(author.name or "" for author in everyone)


class _Item(_Authored):
    id: _Optional = None
    url: _Optional = None
    external_url: _Optional = None
    title: _Optional = None
    content_html: _Optional = None
    content_text: _Optional = None
    summary: _Optional = None
    image: _Optional = None
    banner_image: _Optional = None
    date_published: _Optional = None
    date_modified: _Optional = None
    tags: tuple[_Text, ...] | None = None


class _Hub(_Model):
    type: _Optional = None
    url: _Optional = None


class JsonFeed(_Authored):
    """A JSON Feed's own fields; its items are read one by one, so that a bad one harms no other."""

    version: _Optional = None
    title: _Optional = None
    home_page_url: _Optional = None
    feed_url: _Optional = None
    hubs: tuple[_Hub, ...] | None = None
    items: list[Any] = Field(default_factory=list)

    @property
    def links(self) -> Sequence[Mapping[str, str | None]]:
        """Its address and its WebSub hubs, as links with `rel` and `href`."""
        hubs = [hub.url for hub in self.hubs or () if (hub.type or "").lower() == "websub"]
        return [{"rel": "self", "href": self.feed_url}, *[{"rel": "hub", "href": url} for url in hubs]]


#: How much of a bad item is kept to show it by.
_EXCERPT: Final = 300


def read_json(text: str, *, url: str) -> JsonFeed:
    """Return the feed in a JSON document.

    Raises FeedError where it is no JSON or no JSON Feed, TooMuchError on more than MAX_ENTRIES items.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(
            f"the document is no valid JSON ({type(error).__name__}: {str(error)[:200]})",
            where=url,
            next_step="tell the partner; it is tried again at the next poll",
        ) from error
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise FeedError(
            "the document is JSON, but no JSON Feed: it has no list of items",
            where=url,
            next_step="ask the partner for the address of its feed",
        )
    if len(value["items"]) > MAX_ENTRIES:
        raise TooMuchError(f"more than {MAX_ENTRIES} entries")
    try:
        return JsonFeed.model_validate(value)
    except ValidationError as error:
        raise FeedError(
            f"the JSON Feed's head cannot be read: {_reason(error)}", where=url, next_step="tell the partner"
        ) from error


def read_items(feed: JsonFeed, *, base: str) -> tuple[list[Entry], list[SetAside]]:
    """Return the feed's entries, without their identity, and the items that could not be read."""
    entries, set_aside = [], []
    for raw in feed.items:
        try:
            entries.append(_entry(_Item.model_validate(raw), feed, base))
        except ValidationError as error:
            excerpt = without_forbidden(json.dumps(raw, ensure_ascii=False))[:_EXCERPT]
            set_aside.append(SetAside(reason=_reason(error), excerpt=excerpt))
    return entries, set_aside


def _entry(item: _Item, feed: JsonFeed, base: str) -> Entry:
    content = item.content_html or _paragraphs(item.content_text)
    return Entry(
        key="",
        guid=item.id or None,
        url=absolute_url(base, item.url) or absolute_url(base, item.external_url) or absolute_url("", item.id),
        headline=one_line(item.title or ""),
        summary=html.escape(item.summary, quote=False) if item.summary else None,
        content=content or None,
        authors=item.names or feed.names,
        published_at=read_date(item.date_published),
        updated_at=read_date(item.date_modified),
        labels=distinct(map(one_line, item.tags or ())),
        image_url=absolute_url(base, item.image) or absolute_url(base, item.banner_image),
        language=language_of({"language": item.language}) or language_of({"language": feed.language}),
    )


def _paragraphs(text: str | None) -> str:
    parts = (html.escape(part, quote=False).replace("\n", "<br>") for part in (text or "").split("\n\n"))
    return "".join(f"<p>{part}</p>" for part in parts if part.strip())


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'the item'}: {first['msg']}"
