"""What the publisher is called: names that a headline drops and a byline must not take for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from ingest.extract.metadata.jsonld import Node, as_list, by_id, is_article, resolve, text_of, types
from ingest.extract.metadata.survey import Survey
from ingest.extract.metadata.words import key, tidy

_METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "copyright",
    "citation_journal_title",
    "al:ios:app_name",
    "al:android:app_name",
    "twitter:app:name:iphone",
)
_SITE_TYPES = frozenset(["website", "newsmediaorganization", "organization", "corporation"])
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "gob", "gouv", "or", "ne", "go"])
_COPYRIGHT = re.compile(r"^\s*(?:©|\(c\)|copyright)\s*|\b\d{4}\b|\ball rights reserved\b.*", re.IGNORECASE)


def site_names(page: Survey, nodes: Sequence[Node]) -> tuple[str, ...]:
    """Return the publisher's names, the stated before those read off the host; each once."""
    found: dict[str, str] = {}
    for name in (*_stated(page, nodes), *host_names(page.url)):
        clean = tidy(_COPYRIGHT.sub("", name)).strip(" .,|-")
        if clean and len(clean) <= 80 and key(clean):
            found.setdefault(key(clean), clean)
    return tuple(found.values())


def _stated(page: Survey, nodes: Sequence[Node]) -> Iterator[str]:
    for _, text in page.all(*_METAS):
        if not text.startswith(("http:", "https:")):
            yield text
    ids = by_id(nodes)
    for node in nodes:
        if is_article(node):
            for publisher in as_list(node.get("publisher")):
                yield text_of(resolve(publisher, ids))
        elif types(node) & _SITE_TYPES:
            yield text_of(node.get("name"))
            yield from map(text_of, as_list(node.get("alternateName")))


def host_names(url: str) -> tuple[str, ...]:
    """Return what a host says about the publisher's name: "example.co.uk", "example"."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    if len(labels) < 2:
        return ()
    end = 2 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 1
    name = labels[-end - 1]
    return (host, ".".join(labels[-end - 1 :]), name, *([labels[0]] if len(labels[0]) > 3 else []))
