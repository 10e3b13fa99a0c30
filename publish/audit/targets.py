"""The targets beside the static site: each page fetched from where the target put it, and held against its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sa

from ingest.sources import Sources
from publish.audit.finding import Finding, finding
from publish.audit.served import Get, ServedPages
from publish.audit.site import check_pages


def target_findings(
    engine: sa.Engine,
    get: Get,
    *,
    sources: Sources,
    now: datetime,
    on_page: Callable[[], None] = lambda: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Finding]:
    """Yield what is found at each target of the sources; `on_page` and `stopping` are as for `check_pages`."""
    for target in sources.targets:
        waits = target.status != "publish" or bool(target.wait)
        pages = ServedPages(get, target=target.key)
        for found in check_pages(engine, pages, sources=sources, now=now, on_page=on_page, stopping=stopping):
            if waits and found.code == "page-missing":
                yield finding("awaits-editor", found.evidence, where=found.where, article_id=found.article_id)
            else:
                yield found
