"""A published site to audit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

from ingest.article import Article
from ingest.extract import Extractor
from ingest.fetch import Fetcher, Robots
from ingest.manners import Manners
from ingest.sources import Sources
from ingest.tools import Tools
from publish.audit import Finding, SiteFiles, check_site
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import NOW, SITE, article, take


@asynccontextmanager
async def tools_for(engine: sa.Engine, known: Sources) -> AsyncIterator[Tools]:
    """Make what asks partners' servers, loopback among them."""
    async with (
        Fetcher(user_agent="reprint-tests/1", allowed_networks=["127.0.0.0/8"]) as fetcher,
        Extractor(workers=1, timeout=20.0) as extractor,
    ):
        yield Tools(
            engine=engine,
            fetcher=fetcher,
            manners=Manners(robots=Robots(fetcher, product="reprint-tests"), environment={}),
            extractor=extractor,
            read_sources=lambda: known,
            name_targets=lambda _sources: ("site",),
            actor="test",
            clock=lambda: NOW,
        )


def published(engine: sa.Engine, folder: Path, known: Sources, *pieces: Article) -> SiteFiles:
    """Ingest and publish pieces of the partner "forum"; return the site's files."""
    for piece in pieces or (article(),):
        take(engine, piece, "forum", known)
    publish_waiting(StaticSite(folder, SITE), engine=engine, clock=lambda: NOW, actor="test")
    return SiteFiles(root=folder, site=SITE)


def audited(engine: sa.Engine, files: SiteFiles, known: Sources) -> list[Finding]:
    """Return what the audit finds now."""
    return list(check_site(engine, files, sources=known, now=NOW))


def page_of(files: SiteFiles) -> Path:
    """Return the one article's page."""
    (page,) = (files.root / "articles").glob("*.html")
    return page


def edit(file: Path, old: str, new: str) -> None:
    """Change words in a file; a test that changes nothing proves nothing."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
