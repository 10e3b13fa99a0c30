"""How we behave towards partners' servers: robots.txt, pauses, keys."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import logging
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.errors import RobotsError
from ingest.fetch import Fetcher, Robots
from ingest.fetch.robots import MAX_BYTES
from ingest.report import Fate
from ingest.sources import Auth
from tests.ingest.polling import Desk, item, partner, rss

PROSE = "".join(
    f"<p>The harbour board met for the {n}th time and read out the tide table of the port.</p>" for n in range(9)
)
PAGE = (
    f"<html lang=en><head><title>Harbour</title></head><body><article><h1>Harbour</h1>{PROSE}</article></body></html>"
)
KEY = "hunter2-secret"


def _serve(server: HTTPServer, *numbers: int, robots: str | None = None, status: int = 404) -> None:
    server.expect_request("/robots.txt").respond_with_data(robots or "", status=200 if robots else status)
    pages = {n: server.url_for(f"/page/{n}") for n in numbers}
    server.expect_request("/feed").respond_with_data(rss(item(n, link=url, guid=url) for n, url in pages.items()))
    for n in numbers:
        server.expect_request(f"/page/{n}").respond_with_data(PAGE, content_type="text/html")


def _desk(engine: sa.Engine, server: HTTPServer, **more: Any) -> Desk:
    return Desk(engine=engine, partners=(partner(server.url_for("/feed"), **more),), remember_only=False)


def _asked(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


class TestRobots:
    """robots.txt rules over article pages (RFC 9309)."""

    def test_a_forbidden_page_is_not_fetched_and_said_so(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """A page that robots.txt forbids us is given up with that reason; the feed was meant for us and is read."""
        _serve(httpserver, 1, robots="User-agent: *\nDisallow: /page/")
        (report,) = _desk(engine, httpserver).poll()
        (entry,) = report.entries
        assert entry.fate is Fate.FAILED
        assert "robots.txt forbids" in entry.reasons[0].message
        assert "robots_allowed_by" in entry.reasons[0].message
        assert _asked(httpserver) == ["/feed", "/robots.txt"]

    def test_our_own_group_counts(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """What robots.txt says to us by name goes before what it says to all."""
        _serve(httpserver, 1, robots="User-agent: *\nDisallow: /\n\nUser-agent: reprint-tests\nAllow: /")
        (report,) = _desk(engine, httpserver).poll()
        assert report.count(Fate.FAILED) == 0

    @pytest.mark.parametrize("coded", [False, True])
    def test_a_long_robots_txt_holds_as_far_as_it_is_read(self, httpserver: HTTPServer, *, coded: bool) -> None:
        """Of a longer file the first 512 KiB hold (RFC 9309, section 2.5), without the rule that is cut in two."""
        head, last = b"User-agent: *\nDisallow: /private/\n", b"Disallow: /page/2-of-3"
        filler = b"#" * (MAX_BYTES - len(head) - len(last) + 5) + b"\n"
        body = head + filler + last + b"\nDisallow: /late/\n" * 9
        httpserver.expect_request("/robots.txt").respond_with_data(
            gzip.compress(body) if coded else body, headers={"Content-Encoding": "gzip"} if coded else {}
        )

        async def main() -> None:
            async with Fetcher(user_agent="x", allowed_networks=("127.0.0.0/8",)) as fetcher:
                robots = Robots(fetcher, product="x")
                for path in ("/page/2", "/page/2-of-3", "/late/1"):
                    await robots.admit(httpserver.url_for(path))
                with pytest.raises(RobotsError, match="forbids"):
                    await robots.admit(httpserver.url_for("/private/1"))

        asyncio.run(main())

    def test_it_is_asked_once_a_host(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """What it says is kept for all pages of the host."""
        _serve(httpserver, 1, 2, 3, robots="User-agent: *\nDisallow: /private/")
        _desk(engine, httpserver).poll()
        assert _asked(httpserver).count("/robots.txt") == 1
        assert len(_asked(httpserver)) == 5

    def test_with_the_partners_word_it_is_passed_by(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """Who allowed it stands in sources.yaml, and then it is not even asked for."""
        _serve(httpserver, 1, robots="User-agent: *\nDisallow: /")
        (report,) = _desk(engine, httpserver, robots_allowed_by="Jo Roe, editor").poll()
        assert report.count(Fate.FAILED) == 0
        assert "/robots.txt" not in _asked(httpserver)

    @pytest.mark.parametrize("status", [404, 403, 410])
    def test_a_host_without_one_allows_all(self, engine: sa.Engine, httpserver: HTTPServer, status: int) -> None:
        """RFC 9309, section 2.3.1.3."""
        _serve(httpserver, 1, status=status)
        (report,) = _desk(engine, httpserver).poll()
        assert report.count(Fate.FAILED, Fate.POSTPONED) == 0

    def test_one_that_cannot_be_had_allows_nothing_for_now(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """RFC 9309, section 2.3.1.4: the pages wait, they are not given up."""
        _serve(httpserver, 1, status=503)
        (report,) = _desk(engine, httpserver).poll()
        assert report.count(Fate.POSTPONED) == 1
        assert "robots.txt could not be had" in report.entries[0].reasons[0].message

    def test_it_rules_where_a_redirect_leads(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """Each hop is asked about, so a redirect is no way round."""
        url = httpserver.url_for("/go")
        httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/")
        httpserver.expect_request("/feed").respond_with_data(rss([item(1, link=url)]))
        httpserver.expect_request("/go").respond_with_data("", status=302, headers={"Location": "/private/1"})
        (report,) = _desk(engine, httpserver).poll()
        assert report.count(Fate.FAILED) == 1
        assert "/private/1" not in _asked(httpserver)


class TestPauses:
    """A host is not hurried."""

    def _times(self, server: HTTPServer) -> list[float]:
        times: list[float] = []

        def page(_: Request) -> Response:
            times.append(time.monotonic())
            return Response(PAGE, content_type="text/html")

        for n in (1, 2, 3):
            server.expect_oneshot_request(f"/page/{n}").respond_with_handler(page)
        return times

    def test_a_pause_between_pages(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """Between two pages of a host lie at least the partner's seconds."""
        times = self._times(httpserver)
        _serve(httpserver, 1, 2, 3)
        _desk(engine, httpserver, delay_seconds=0.3).poll()
        assert min(b - a for a, b in itertools.pairwise(times)) >= 0.3

    def test_crawl_delay_asks_for_more(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """A longer Crawl-delay goes before the partner's seconds."""
        times = self._times(httpserver)
        _serve(httpserver, 1, 2, robots="User-agent: *\nCrawl-delay: 0.4")
        _desk(engine, httpserver).poll()
        assert times[1] - times[0] >= 0.4

    def test_crawl_delay_is_capped(
        self, engine: sa.Engine, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A Crawl-delay of a day is no way to stop us."""
        monkeypatch.setattr("ingest.fetch.robots.MAX_CRAWL_DELAY", 0.2)
        _serve(httpserver, 1, 2, 3, robots="User-agent: *\nCrawl-delay: 86400")
        began = time.monotonic()
        (report,) = _desk(engine, httpserver).poll()
        assert report.count(Fate.FAILED) == 0
        assert time.monotonic() - began < 30


class TestKeys:
    """A partner's key goes to the partner, and nowhere else."""

    AUTH = Auth(header="X-Key", env="PARTNER_KEY")
    BASIC = Auth(user_env="PARTNER_USER", password_env="PARTNER_PASSWORD")

    def _keyed(self, engine: sa.Engine, server: HTTPServer, auth: Auth, **environment: str) -> Desk:
        desk = _desk(engine, server, auth=auth)
        desk.environment = environment
        return desk

    def test_a_header_goes_with_feed_and_page(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """The partner's own origin gets its key at each request for a feed or page (feedzy #1281)."""
        _serve(httpserver, 1)
        self._keyed(engine, httpserver, self.AUTH, PARTNER_KEY=KEY).poll()
        keys = {request.path: request.headers.get("X-Key") for request, _ in httpserver.log}
        assert keys == {"/feed": KEY, "/robots.txt": None, "/page/1": KEY}

    def test_basic_authentication(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """RFC 7617."""
        _serve(httpserver)
        self._keyed(engine, httpserver, self.BASIC, PARTNER_USER="ann", PARTNER_PASSWORD=KEY).poll()
        authorization = httpserver.log[0][0].authorization
        assert authorization is not None
        assert (authorization.username, authorization.password) == ("ann", KEY)

    def test_a_redirect_to_another_host_goes_without(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """Another host, or another port, is never shown the key, and back home it is there again."""
        with HTTPServer(host="127.0.0.1", port=0) as stranger:
            stranger.expect_request("/elsewhere").respond_with_data(
                "", status=302, headers={"Location": httpserver.url_for("/home")}
            )
            httpserver.expect_request("/feed").respond_with_data(
                "", status=302, headers={"Location": stranger.url_for("/elsewhere")}
            )
            httpserver.expect_request("/home").respond_with_data(rss([]))
            (report,) = self._keyed(engine, httpserver, self.AUTH, PARTNER_KEY=KEY).poll()
            assert report.outcome == "changed"
            assert "X-Key" not in stranger.log[0][0].headers
        assert [request.headers.get("X-Key") for request, _ in httpserver.log] == [KEY, KEY]

    def test_other_partners_do_not_get_it(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """A key is its partner's, whatever else is polled beside it on other hosts."""
        _serve(httpserver)
        with HTTPServer(host="127.0.0.1", port=0) as other:
            other.expect_request("/feed").respond_with_data(rss([]))
            desk = self._keyed(engine, httpserver, self.AUTH, PARTNER_KEY=KEY)
            desk.partners = (*desk.partners, partner(other.url_for("/feed"), key="other"))
            desk.poll()
            assert "X-Key" not in other.log[0][0].headers

    def test_it_is_neither_stored_nor_logged(
        self,
        engine: sa.Engine,
        httpserver: HTTPServer,
        caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """Neither the store nor any log, at its most talkative, nor an error holds the key."""
        caplog.set_level(logging.DEBUG)
        httpserver.expect_request("/feed").respond_with_data("no", status=401)
        (report,) = self._keyed(engine, httpserver, self.AUTH, PARTNER_KEY=KEY).poll()
        _serve(httpserver, 1)
        assert report.error
        output = capsys.readouterr()
        assert KEY not in str(report) + caplog.text + output.out + output.err
        database = Path(str(engine.url.database))
        for file in database.parent.glob(f"{database.name}*"):
            assert KEY.encode() not in file.read_bytes()

    def test_a_key_that_is_not_set_is_told(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """A missing variable fails its own partner's feeds, by name, and asks nobody."""
        _serve(httpserver)
        (report,) = self._keyed(engine, httpserver, self.AUTH).poll()
        assert "PARTNER_KEY is not set" in str(report.error)
        assert httpserver.log == []

    def test_a_key_with_a_line_end_is_told_without_it(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """A header injection by a sloppy variable is refused, and its value not repeated."""
        _serve(httpserver)
        (report,) = self._keyed(engine, httpserver, self.AUTH, PARTNER_KEY=f"{KEY}\r\nX-Other: 1").poll()
        assert "X-Key" in str(report.error)
        assert KEY not in str(report)
        assert httpserver.log == []
