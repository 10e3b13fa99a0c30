"""Lists, feeds and sitemaps lead to what is published, and to nothing that was taken down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from ingest.store import publications
from ingest.store.database import read
from publish.audit.finding import Finding, finding
from publish.audit.pages import SiteFiles

_ARTICLE = re.compile(rb"articles/([A-Za-z0-9][A-Za-z0-9_-]{0,199})\.html")
_RELATIVE = re.compile(rb"(\./|(\.\./)*)")
#: What an address cannot go on before, in HTML and XML.
_MARKS = (b'"', b"'", b"<", b">", b"=", b"(", b" ", b"\n", b"\t")
_LONGEST = 2000
_AT_ONCE = 500


def list_findings(engine: sa.Engine, files: SiteFiles, *, site_url: str | None = None) -> Iterator[Finding]:
    """Yield links to withdrawn or unknown articles, and article pages that no record stands behind.

    `site_url` is what our own absolute links begin with beside the address of `files`.
    """
    own = frozenset(url.encode() for url in (files.site.url, site_url) if url)
    for file in files.lists():
        yield from _link_findings(engine, files, file, own)
    for slugs in _batches(files.articles()):
        states = _states(engine, files, slugs)
        for slug in slugs:
            if slug not in states:
                yield finding("stray-page", "no publication of ours has this address", where=files.path(slug))


def _link_findings(engine: sa.Engine, files: SiteFiles, file: Path, own: frozenset[bytes]) -> Iterator[Finding]:
    try:
        content = file.read_bytes()
    except OSError:
        return
    linked = sorted(own_slugs(content, own))
    for slugs in _batches(linked):
        states = _states(engine, files, slugs)
        for slug in slugs:
            state = states.get(slug)
            if state is None:
                yield finding("stray-link", f"leads to articles/{slug}.html, which is not ours", where=str(file))
            elif state == "withdrawn":
                yield finding(
                    "withdrawn-listed", f"leads to articles/{slug}.html, which was withdrawn", where=str(file)
                )


def own_slugs(content: bytes, own: frozenset[bytes]) -> set[str]:
    """Return the slugs of our articles that a list links to; a partner may have a folder of that name too (pure).

    `own` are the addresses that our absolute links begin with.
    """
    slugs = set()
    for match in _ARTICLE.finditer(content):
        before = content[max(0, match.start() - _LONGEST) : match.start()]
        base = before[1 + max(before.rfind(mark) for mark in _MARKS) :]
        if base in own or _RELATIVE.fullmatch(base):
            slugs.add(match[1].decode())
    return slugs


def _states(engine: sa.Engine, files: SiteFiles, slugs: Sequence[str]) -> dict[str, str]:
    with read(engine) as connection:
        return publications.states(connection, files.target, slugs)


def _batches(slugs: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(slugs)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch
