"""A page as it came: bytes, where from, and what the server said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.errors import ExtractError
from ingest.feed import Entry
from ingest.page_rules import PageRules

#: A larger document is refused unread.
DOCUMENT_MAX_BYTES = 8_000_000
#: Markup without scripts and styles, which big pages are mostly made of; more is refused before it is parsed.
MARKUP_MAX_BYTES = 2_000_000
_PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PAGE_WINDOW = 4096


@dataclass(frozen=True, kw_only=True)
class Page:
    """One document to extract from."""

    content: bytes
    #: Absolute, after redirects; links are resolved against it.
    url: str
    #: Lower-case names, as served; `content-type`, `content-language`, `tdm-reservation` and `tdm-policy` are read.
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def fragment(self) -> bool:
        """Whether it is a piece of HTML without a page around it, as a feed's content is: all of it the article."""
        return not _PAGE_TAG.search(self.content[:_PAGE_WINDOW])


@dataclass(frozen=True, kw_only=True)
class Job:
    """All that one extraction is made from: a page, and what else is known of its article."""

    page: Page
    #: What the feed says of it.
    entry: Entry | None = None
    #: What its partner's entry in sources.yaml says of such pages.
    rules: PageRules | None = None
    #: The article's further pages, in order.
    more: tuple[Page, ...] = ()
    #: Whether it is known that no page follows these, whatever they say.
    ended: bool = False


def entry_page(entry: Entry) -> Page:
    """Return the page that a full-text entry's own content is.

    Takes an entry with `content`; raises ExtractError where it has none.
    """
    if not entry.content or not entry.content.strip():
        raise ExtractError(
            "the feed entry holds no content",
            where=entry.url or entry.key,
            next_step="set full_text: false for this feed, so that its pages are fetched",
        )
    return Page(
        content=entry.content.encode("utf-8", "replace"),
        url=entry.url or "",
        headers={"content-type": "text/html; charset=utf-8"},
    )


def refuse_oversize(page: Page) -> None:
    """Raise ExtractError for a page of more than DOCUMENT_MAX_BYTES, or MARKUP_MAX_BYTES without its scripts."""
    size = len(page.content)
    if size > MARKUP_MAX_BYTES and (size > DOCUMENT_MAX_BYTES or _markup_bytes(page.content) > MARKUP_MAX_BYTES):
        raise ExtractError(
            f"the page holds {size:,} bytes, more than are read ({MARKUP_MAX_BYTES:,} of markup)",
            where=page.url,
            next_step="look whether the URL leads to an article; take a full-text feed if the partner has one",
        )


def _markup_bytes(content: bytes) -> int:
    """Count the bytes outside script and style elements, in one pass however they are left open."""
    lower = content.lower()
    size = len(lower)
    for start, end in ((b"<script", b"</script"), (b"<style", b"</style")):
        at = lower.find(start)
        while at >= 0 and (close := lower.find(end, at)) >= 0:
            size -= close - at
            at = lower.find(start, close)
    return size
