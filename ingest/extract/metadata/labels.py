"""Tags, sections and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extract.metadata.jsonld import Node, as_list, text_of
from ingest.extract.metadata.survey import Survey
from ingest.extract.metadata.words import key, tidy

_SINGLE = ("article:tag", "article:section", "parsely-section", "og:section")
_LISTS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject", "citation_keywords")
_MAX_LABELS = 50
_MAX_LENGTH = 60
_UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{20,}$", re.IGNORECASE)


def read_labels(page: Survey, *, articles: Sequence[Node], feed: Sequence[str] = ()) -> tuple[str, ...]:
    """Return up to 50 labels, the feed's first, each once whatever its letter case."""
    found: dict[str, str] = {}
    for text in (*feed, *_stated(page, articles)):
        label = tidy(text)
        if key(label) and len(label) <= _MAX_LENGTH and not _UUID.match(label):
            found.setdefault(key(label), label)
    return tuple(found.values())[:_MAX_LABELS]


def _stated(page: Survey, articles: Sequence[Node]) -> Iterator[str]:
    for name, text in page.all(*_SINGLE):
        yield from _split(text) if name == "article:tag" else (text,)
    for node in articles:
        for value in as_list(node.get("articleSection")):
            yield text_of(value)
        for value in as_list(node.get("keywords")):
            yield from _split(text_of(value))
    for _, text in page.all(*_LISTS):
        yield from _split(text)


def _split(text: str) -> list[str]:
    return re.split(r"[;,、\uff0c]", text)
