"""Every published page against its record, one after the other: the memory that it takes does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sa
from lxml import etree

from ingest.sources import Sources
from ingest.store import publications
from ingest.store.database import read
from ingest.store.publications import PublicationRow
from publish.audit.deadlines import deadline_findings
from publish.audit.faults import page_faults
from publish.audit.feeds import feed_findings
from publish.audit.finding import Finding, finding
from publish.audit.gone import gone_findings
from publish.audit.lists import list_findings
from publish.audit.notified import notify_findings
from publish.audit.outbox import outbox_findings
from publish.audit.pages import Pages, SiteFiles
from publish.audit.permission import permission_findings
from publish.audit.reading import read_page
from publish.publication import Publication
from publish.records import load
from publish.refresh import lists_wait

_AT_ONCE = 100
#: What the file system says of a page that readers cannot get.
_NOT_THERE = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


def check_site(
    engine: sa.Engine,
    files: SiteFiles,
    *,
    sources: Sources,
    now: datetime,
    on_page: Callable[[], None] = lambda: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Finding]:
    """Yield what is found at the static site: pages, what waits, what was withdrawn, lists, feeds, strays.

    `on_page` and `stopping` are as for `check_pages`.
    """
    yield from check_pages(engine, files, sources=sources, now=now, on_page=on_page, stopping=stopping)
    if not stopping():
        yield from list_and_feed_findings(engine, files)


def check_pages(
    engine: sa.Engine,
    pages: Pages,
    *,
    sources: Sources,
    now: datetime,
    on_page: Callable[[], None] = lambda: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Finding]:
    """Yield what is found at any target: published pages, what waits, what was withdrawn.

    `on_page` is called for each published page; `stopping` is asked before each, and ends the audit there.
    """
    for row in rows_of(engine, pages.target):
        if stopping():
            return
        if row.state == "published":
            yield from _settled(engine, row, pages, sources=sources, now=now)
            on_page()
        elif row.state == "withdrawn":
            with read(engine) as connection:
                yield from gone_findings(connection, row, pages)
        else:
            with read(engine) as connection:
                yield from outbox_findings(connection, row, now=now)
    with read(engine) as connection:
        yield from deadline_findings(connection, pages.target, now=now)


def list_and_feed_findings(engine: sa.Engine, files: SiteFiles, *, site_url: str | None = None) -> Iterator[Finding]:
    """Yield what is wrong in the site's lists and feeds, unless a change still waits to be shown in them.

    `site_url` is as for `list_findings`.
    """
    if not lists_wait(engine, files.target):
        yield from list_findings(engine, files, site_url=site_url)
        yield from feed_findings(engine, files)


def rows_of(engine: sa.Engine, target: str) -> Iterator[PublicationRow]:
    """Yield all publications of a target in the order of their numbers, some at a time."""
    after = 0
    while True:
        with read(engine) as connection:
            batch = publications.batch(connection, target, after=after, limit=_AT_ONCE)
        if not batch:
            return
        yield from batch
        after = batch[-1].id


def _settled(
    engine: sa.Engine, row: PublicationRow, pages: Pages, *, sources: Sources, now: datetime
) -> list[Finding]:
    """Return the findings on a page; where the publisher has changed it meanwhile, it is left to the next audit."""
    with read(engine) as connection:
        found = list(_check(connection, row, pages, sources, now))
    if not found:
        return []
    with read(engine) as connection:
        return found if row in publications.of_work(connection, row.work_id) else []


def _check(
    connection: sa.Connection, row: PublicationRow, pages: Pages, sources: Sources, now: datetime
) -> Iterator[Finding]:
    publication = load(connection, row)
    yield from permission_findings(connection, row, publication, sources=sources, now=now)
    yield from notify_findings(connection, row, publication, now=now)
    expected = pages.address(row)
    if row.location != expected:
        evidence = f"the record says {row.location}, and the site's address for it is {expected}"
        yield finding("page-elsewhere", evidence, where=pages.where(row), article_id=row.article_id)
    yield from _page_findings(row, publication, pages, contact=sources.site.contact_href)


def _page_findings(
    row: PublicationRow, publication: Publication, pages: Pages, *, contact: str | None
) -> Iterator[Finding]:
    where = pages.where(row)
    try:
        page = read_page(pages.read(row))
    except (*_NOT_THERE, ValueError, etree.LxmlError) as error:
        yield finding("page-missing", f"it cannot be read: {error}", where=where, article_id=row.article_id)
        return
    except OSError as error:
        yield finding("page-unreachable", f"{error}", where=where, article_id=row.article_id)
        return
    for code, evidence in page_faults(page, publication, own_url=pages.address(row), contact=contact):
        yield finding(code, evidence, where=where, article_id=row.article_id)
