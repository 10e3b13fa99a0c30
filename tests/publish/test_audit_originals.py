"""The originals, asked for over real HTTP: gone, moved, changed, or as they were."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.extract import Page
from ingest.extract.article import extract_article
from ingest.sources import Sources
from publish.audit import Finding, original_findings
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NOW, SITE, partner, prose, sources, take
from tests.publish.audit_site import tools_for

ETAG = '"v1"'


def page(headline: str = "What the tides say", seed: int = 3) -> str:
    """Return a partner's page."""
    paragraphs = "".join(f"<p>{line}</p>" for line in prose(seed))
    return f"""<!doctype html><html lang="en"><head><title>{headline}</title><meta property="og:type" content="article">
<meta name="author" content="Jane Roe"><meta property="article:published_time" content="2026-11-24T08:00:00Z"></head>
<body><article><h1>{headline}</h1><p class="byline">By Jane Roe</p>{paragraphs}</article></body></html>"""


class Partner:
    """A partner's server, whose one article can be changed."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("/tides")
        self.home = server.url_for("/")
        self.answer = Response(page(), content_type="text/html", headers={"ETag": ETAG})
        self.asked: list[str | None] = []
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nAllow: /\n")
        server.expect_request("/new").respond_with_data(page(), content_type="text/html")
        server.expect_request("/tides").respond_with_handler(self._respond)

    def _respond(self, request: Request) -> Response:
        self.asked.append(request.headers.get("If-None-Match"))
        unchanged = self.asked[-1] is not None and self.answer.headers.get("ETag") == self.asked[-1]
        return Response(status=304, headers={"ETag": ETAG}) if unchanged else self.answer

    @property
    def known(self) -> Sources:
        """The sources that hold this partner."""
        host = self.home.split("/")[2]
        return sources(partner("forum", GRANTED, url=self.home, hosts=(host,), delay_seconds=0))


@pytest.fixture
def forum(engine: sa.Engine, httpserver: HTTPServer, tmp_path: Path) -> Partner:
    """Return a partner whose article stands published with us."""
    made = Partner(httpserver)
    piece = extract_article(Page(content=page().encode(), url=made.url, headers={"content-type": "text/html"}))
    take(engine, replace(piece, guid=made.url), "forum", made.known)
    publish_waiting(StaticSite(tmp_path, SITE), engine=engine, clock=lambda: NOW, actor="test")
    return made


def audited(engine: sa.Engine, known: Sources) -> list[Finding]:
    """Return what the audit of the originals finds."""

    async def run() -> list[Finding]:
        async with tools_for(engine, known) as tools:
            return [found async for found in original_findings(tools, "site")]

    return asyncio.run(run())


def test_an_original_as_it_was_has_no_findings_and_is_asked_politely(engine: sa.Engine, forum: Partner) -> None:
    """The first time it is read and compared; from then on a 304 is enough."""
    assert audited(engine, forum.known) == []
    assert audited(engine, forum.known) == []
    assert forum.asked == [None, ETAG]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response("Gone", status=410), "original-gone"),
        (Response("Not found", status=404), "original-gone"),
        (Response("Later", status=503), "original-unreachable"),
        (Response("", status=301, headers={"Location": "/new"}), "original-moved"),
        (Response(page("What the tides really say"), content_type="text/html"), "original-changed"),
        (Response(page(seed=4), content_type="text/html"), "original-changed"),
        (Response("<html><body></body></html>", content_type="text/html"), "original-gone"),
    ],
    ids=["410", "404", "503", "moved", "another headline", "another text", "emptied"],
)
def test_what_became_of_the_original_is_told(engine: sa.Engine, forum: Partner, answer: Response, code: str) -> None:
    """Taken back, moved, corrected or out of reach: each has its finding, with the article and the address."""
    forum.answer = answer
    (found,) = audited(engine, forum.known)
    assert (found.code, found.article_id, found.where) == (code, 1, forum.url)


def test_a_change_is_shown_in_words_that_can_be_read(engine: sa.Engine, forum: Partner) -> None:
    """Words keep their spaces, and the ones that differ are shown."""
    forum.answer = Response(page("What the tides really say"), content_type="text/html")
    (found,) = audited(engine, forum.known)
    assert "What the tides really say" in found.evidence
    assert "--followups" in found.next_step


def test_robots_are_obeyed(engine: sa.Engine, forum: Partner, httpserver: HTTPServer) -> None:
    """Where the partner's robots.txt forbids the page, it is not asked for."""
    httpserver.clear()
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /\n")
    (found,) = audited(engine, forum.known)
    assert found.code == "original-unreachable"
    assert forum.asked == []
