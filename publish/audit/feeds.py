"""Our feeds as readers get them: each item carries its credit, its authors, and no more than it may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from lxml import html as lxml_html

from ingest.store import publications
from ingest.store.database import read
from ingest.terms import Mode
from publish.audit.feed_items import FEED_FILES, FeedItem, feed_items
from publish.audit.finding import Finding, finding
from publish.audit.pages import SiteFiles
from publish.audit.reading import Fault, cut, missing, squeezed, words
from publish.audit.text import telling_paragraphs
from publish.publication import Publication
from publish.records import load
from publish.site import layout

_WORK = re.compile(r":work-(\d+)$")


def feed_findings(engine: sa.Engine, files: SiteFiles) -> Iterator[Finding]:
    """Yield what is wrong in the site's feeds and those of its collections, in each of their forms."""
    deeper = sorted(
        file for folder in layout.LIST_FOLDERS for name in FEED_FILES for file in (files.root / folder).rglob(name)
    )
    for file in (*(files.root / name for name in FEED_FILES), *deeper):
        try:
            items = feed_items(file)
        except (OSError, ValueError, LookupError, TypeError) as error:
            yield finding("feed-missing", f"it cannot be read: {error}", where=str(file))
            continue
        yield from _item_findings(engine, files, file, items)
        if file.parent == files.root:
            yield from _stale(engine, files, file, items)


def _item_findings(engine: sa.Engine, files: SiteFiles, file: Path, items: list[FeedItem]) -> Iterator[Finding]:
    for item in items:
        identity = item.identity
        found = _WORK.search(identity)
        with read(engine) as connection:
            rows = publications.of_work(connection, int(found[1])) if found else []
            row = next((row for row in rows if row.target == files.target), None)
            if row is None:
                yield finding("stray-link", f"the item {cut(identity)} is no publication of ours", where=str(file))
            elif row.state == "withdrawn":
                yield finding(
                    "withdrawn-listed", f"the item {cut(identity)}", where=str(file), article_id=row.article_id
                )
            elif row.state == "published":
                for code, evidence in item_faults(item, load(connection, row)):
                    yield finding(code, evidence, where=str(file), article_id=row.article_id)


def item_faults(item: FeedItem, publication: Publication) -> Iterator[Fault]:
    """Yield what is wrong with one item of a feed (pure)."""
    attributed = publication.attributed
    text = words(lxml_html.fragment_fromstring(item.content, create_parent="div").text_content())
    if squeezed(attributed.credit.text) not in squeezed(text):
        yield "feed-credit-missing", f"expected “{cut(attributed.credit.text)}”"
    for name in missing(iter(attributed.credit.byline), "; ".join(item.names)):
        yield "feed-byline-missing", f"expected “{name}”"
    if not (attributed.terms.full_in_feeds and attributed.decision.mode is Mode.FULL):
        shown = squeezed(f"{text} {item.summary}")
        own = squeezed(attributed.article.standfirst or "")
        for paragraph in telling_paragraphs(attributed.article.body.blocks):
            # The opening may stand as the summary: at most 200 characters of it (`reading.opening`).
            if paragraph[:300] in shown and len(paragraph) > 300 and paragraph[:300] not in own:
                yield "feed-shows-too-much", f"the terms keep the text out of feeds: “{cut(paragraph)}”"


def _stale(engine: sa.Engine, files: SiteFiles, file: Path, items: list[FeedItem]) -> Iterator[Finding]:
    with read(engine) as connection:
        newest = publications.newest(connection, files.target)
    if newest is not None and not any(item.identity.endswith(f":work-{newest.work_id}") for item in items):
        evidence = f"the newest article, {newest.slug}, is not in it"
        yield finding("feed-stale", evidence, where=str(file), article_id=newest.article_id)
