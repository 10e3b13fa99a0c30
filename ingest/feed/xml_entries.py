"""feedparser's dictionaries to entries (pure).

A feed can put any value under any name, so nothing is taken for a text or a list before it was seen to be one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from ingest.feed.dates import read_date
from ingest.feed.entry import Entry
from ingest.feed.links import absolute_url
from ingest.feed.prolog import without_forbidden
from ingest.feed.text import one_line, words_of
from ingest.feed.xml_reader import RawFeed
from ingest.urls import is_web_url

_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})

#: Elements without an end tag, or without words of their own, of which feedparser makes no HTML.
_LONE_TAG: Final = re.compile(r"<(?:br|wbr|hr|img|script|style)(?:[\s/][^<>]*)?>", re.IGNORECASE)


def read_entry(raw: Mapping[str, Any], feed: RawFeed, *, base: str) -> Entry:
    """Return one entry of a feed, without its identity; `base` is the feed's URL."""
    content, content_base = _content(raw)
    summary = _summary(raw)
    url = _link(raw, base)
    source = raw.get("source")
    source = source if isinstance(source, Mapping) else {}
    published, updated = _dates(raw)
    return Entry(
        key="",
        guid=text_of(raw, "id") or None,
        url=url,
        headline=headline_of(raw, guess=not feed.version.startswith("atom")),
        summary=None if summary == content else summary,
        content=content,
        authors=_authors(raw, source, feed),
        published_at=published,
        updated_at=updated,
        labels=_labels(raw),
        image_url=_image(raw, base),
        language=language_of(raw) or language_of(feed.feed),
        rights=_rights(raw),
        source_name=headline_of(source) or None,
        source_url=absolute_url(base, source.get("link")) or absolute_url(base, source.get("href")),
        base_url=content_base if content_base and content_base != base else None,
    )


def text_of(raw: Mapping[str, Any], name: str) -> str:
    """Return the text under a name, without what no text may hold; empty where it is none."""
    # Its own `get` gives one field for another, as `published` for `updated`.
    value = dict.get(raw, name) if isinstance(raw, dict) else None
    return without_forbidden(value).strip() if isinstance(value, str) else ""


def headline_of(raw: Mapping[str, Any], *, guess: bool = False) -> str:
    """Return the title in plain text on one line; with `guess`, markup is taken for such where nothing says it is."""
    detail, title = raw.get("title_detail"), text_of(raw, "title")
    markup = isinstance(detail, Mapping) and detail.get("type") in _HTML_TYPES
    markup = markup or (guess and _LONE_TAG.search(title) is not None)
    return one_line(" ".join(words_of(title)) if markup else title)


def texts_of(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the texts in the list under a name; none where it is no list."""
    values = raw.get(name)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def language_of(raw: Mapping[str, Any]) -> str | None:
    """Return the language as a lower-case BCP 47 tag, or None."""
    tag = text_of(raw, "language").partition(",")[0].strip().replace("_", "-").lower()
    return tag if 2 <= len(tag) <= 35 and tag.replace("-", "").isalnum() and tag.isascii() else None


def dicts_of(raw: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the dictionaries in the list under a name; none where it is no list."""
    values = raw.get(name)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, Mapping))


def link_of(raw: Mapping[str, Any], base: str) -> str | None:
    """Return where a feed's or entry's own link leads."""
    alternates = (link for link in dicts_of(raw, "links") if link.get("rel") == "alternate")
    pages = sorted(alternates, key=lambda link: link.get("type") not in _HTML_TYPES)
    found = (absolute_url(base, link.get("href")) for link in pages)
    return next((url for url in found if url), None) or absolute_url(base, raw.get("link"))


def _link(raw: Mapping[str, Any], base: str) -> str | None:
    # FeedBurner's own link counts the reader and then redirects; this one is the partner's.
    original = absolute_url(base, raw.get("feedburner_origlink"))
    return original or link_of(raw, base) or _permalink(raw, base)


def _permalink(raw: Mapping[str, Any], base: str) -> str | None:
    guid, permalink = text_of(raw, "id"), raw.get("permalink")
    says_so = permalink == "true" or (permalink == "" and guid.startswith("/"))
    return absolute_url(base, guid) if permalink != "false" and (says_so or is_web_url(guid)) else None


def _content(raw: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the longest content as HTML, and the address its relative links stand against."""
    best: tuple[str, str | None] = ("", None)
    for part in dicts_of(raw, "content"):
        markup = _as_html(text_of(part, "value"), part.get("type"))
        if len(markup) > len(best[0]):
            best = markup, absolute_url("", part.get("base"))
    return best[0] or None, best[1]


def _summary(raw: Mapping[str, Any]) -> str | None:
    detail = raw.get("summary_detail")
    kind = detail.get("type") if isinstance(detail, Mapping) else "text/html"
    summary = _as_html(text_of(raw, "summary"), kind)
    return summary or text_of(raw, "dc_description") or text_of(raw, "itunes_summary") or None


def _as_html(text: str, kind: object) -> str:
    if kind in _HTML_TYPES:
        return text
    return html.escape(text, quote=False) if kind in {"text/plain", None, ""} else ""


def _authors(raw: Mapping[str, Any], source: Mapping[str, Any], feed: RawFeed) -> tuple[str, ...]:
    own = _author_names(raw, feed)
    if own or not feed.version.startswith("atom"):
        return own
    # RFC 4287, section 4.2.1: the source's authors apply, else the feed's.
    return _author_names(source, feed) or _author_names(feed.feed, feed)


def _author_names(raw: Mapping[str, Any], feed: RawFeed) -> tuple[str, ...]:
    names = (
        text_of(author, "name") or text_of(author, "raw") or text_of(author, "email")
        for author in dicts_of(raw, "authors")
    )
    # The loose handler leaves references in names as they stand in the document.
    return distinct(html.unescape(name) if feed.loose else name for name in names)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not empty, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _dates(raw: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    # dc:date is the publication's where nothing else is (RSS 1.0), and a pubDate is never an update.
    published = (read_date(text_of(raw, name)) for name in ("published", "dc_date", "created"))
    return next((date for date in published if date), None), read_date(text_of(raw, "updated"))


def _labels(raw: Mapping[str, Any]) -> tuple[str, ...]:
    tags = dicts_of(raw, "tags")
    return distinct(one_line(text_of(tag, "label") or text_of(tag, "term")) for tag in tags)


def _rights(raw: Mapping[str, Any]) -> str | None:
    licences = (link.get("href") for link in dicts_of(raw, "links") if link.get("rel") == "license")
    return text_of(raw, "rights") or next((url for url in licences if isinstance(url, str)), None)


def _image(raw: Mapping[str, Any], base: str) -> str | None:
    media = sorted((item for item in dicts_of(raw, "media_content") if _is_picture(item)), key=_width, reverse=True)
    enclosures = [link for link in dicts_of(raw, "links") if link.get("rel") == "enclosure" and _is_picture(link)]
    image = raw.get("image")
    candidates = [item.get("url") for item in media] + [link.get("href") for link in enclosures]
    candidates += [item.get("url") for item in dicts_of(raw, "media_thumbnail")]
    candidates += [image.get("href")] if isinstance(image, Mapping) else []
    return next((url for candidate in candidates if (url := absolute_url(base, candidate))), None)


def _is_picture(item: Mapping[str, Any]) -> bool:
    kind, medium = str(item.get("type", "")), item.get("medium")
    path = str(item.get("url", "")).partition("?")[0].lower()
    return medium == "image" or kind.startswith("image/") or path.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif"))


def _width(item: Mapping[str, Any]) -> int:
    width = str(item.get("width", ""))
    return int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 0
