"""The audit over HTTP: pages, lists and feeds as a real server gives them out, whatever target made them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.fetch import Fetcher
from ingest.store.database import write
from ingest.store.schema import publication
from publish.audit import Finding, SiteFiles, check_pages
from publish.audit.served import Get, ServedPages, getting, served_list_findings
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import NOW, SITE, article, partner, sources, take
from tests.publish.audit_site import edit, page_of

KNOWN = sources(partner("forum"))


@pytest.fixture
def files(engine: sa.Engine, httpserver: HTTPServer, tmp_path: Path) -> SiteFiles:
    """Return a published site that a server gives out under its own address."""
    site = replace(SITE, url=httpserver.url_for("/"))
    take(engine, article(), "forum", KNOWN)
    publish_waiting(StaticSite(tmp_path, site), engine=engine, clock=lambda: NOW, actor="test")

    def serve(request: Request) -> Response:
        path = tmp_path / (request.path.lstrip("/") or "index.html")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return Response(status=404)
        return Response(path.read_bytes(), content_type=mimetypes.guess_type(path)[0])

    httpserver.expect_request(re.compile("/.*")).respond_with_handler(serve)
    return SiteFiles(root=tmp_path, site=site)


@contextmanager
def asking() -> Iterator[Get]:
    """Yield what asks servers, loopback among them."""
    fetcher = Fetcher(user_agent="reprint-tests/1", allowed_networks=["127.0.0.0/8"])
    with getting(fetcher) as get:
        yield get


def audited(engine: sa.Engine, files: SiteFiles) -> list[Finding]:
    """Return what the audit finds at the site's own address."""
    with asking() as get:
        pages = ServedPages(get, target=files.target, address=files.address, site_url=files.site.url)
        found = list(check_pages(engine, pages, sources=KNOWN, now=NOW))
        return [*found, *served_list_findings(engine, files, get, sources=KNOWN)]


def test_a_served_site_as_it_was_made_has_no_findings(engine: sa.Engine, files: SiteFiles) -> None:
    """Page, front page, feeds and sitemap, each asked for once over HTTP."""
    assert audited(engine, files) == []


def _remove(files: SiteFiles) -> None:
    page_of(files).unlink()


def _strip(files: SiteFiles) -> None:
    edit(page_of(files), "is republished with permission", "is ours")


def _strip_feed(files: SiteFiles) -> None:
    edit(files.root / "feed.xml", "is republished with permission", "is ours")


def _list_stranger(files: SiteFiles) -> None:
    edit(files.root / "index.html", "</main>", '<a href="articles/a-stranger.html">x</a></main>')


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (_remove, "page-missing", "articles/"),
        (_strip, "credit-missing", "articles/"),
        (_strip_feed, "feed-credit-missing", "feed.xml"),
        (_list_stranger, "stray-link", ""),
    ],
)
def test_what_the_server_gives_out_is_what_counts(
    engine: sa.Engine, files: SiteFiles, change: Callable[[SiteFiles], None], code: str, where: str
) -> None:
    """Each finding names the address that a reader would open."""
    change(files)
    found = [one for one in audited(engine, files) if one.code == code]
    assert found
    assert all(one.where.startswith(f"{files.site.url}{where}") for one in found)


def test_a_server_that_is_down_is_no_page_that_is_missing(
    engine: sa.Engine, files: SiteFiles, httpserver: HTTPServer
) -> None:
    """Nobody can tell what readers see: a warning to look again, and no false alarm about the credit."""
    httpserver.clear()
    httpserver.expect_request(re.compile("/.*")).respond_with_data("busy", status=503)
    with asking() as get:
        pages = ServedPages(get, target=files.target, address=files.address)
        assert [one.code for one in check_pages(engine, pages, sources=KNOWN, now=NOW)] == ["page-unreachable"]


def test_any_target_needs_nothing_but_its_pages_addresses(
    engine: sa.Engine, files: SiteFiles, httpserver: HTTPServer
) -> None:
    """A target that numbers its own pages is held against the records where it says that they are."""
    content = page_of(files).read_bytes()
    with write(engine) as connection:
        connection.execute(publication.update().values(target="blog", location=httpserver.url_for("/p7")))
    (files.root / "p7").write_bytes(content.replace(page_of(files).name.encode(), b"x"))
    with asking() as get:
        pages = ServedPages(get, target="blog")
        codes = {one.code for one in check_pages(engine, pages, sources=KNOWN, now=NOW)}
        assert codes == set()
        (files.root / "p7").write_bytes(content.replace(b"with permission", b"by us"))
        assert "credit-missing" in {one.code for one in check_pages(engine, pages, sources=KNOWN, now=NOW)}
