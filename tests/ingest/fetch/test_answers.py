"""What an honest server says comes back as said, redirects included."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.errors import BlockedAddressError, FetchError, StatusError
from ingest.fetch import Answer, Fetched, Fetcher, Gone, NotModified, Validators
from tests.ingest.fetch.servers import CAP, LOOPBACK, against, fetch, fetched, saying


class TestAnswers:
    """What an honest server says comes back as said."""

    def test_a_document_comes_with_its_headers(self, httpserver: HTTPServer) -> None:
        """Content, lower-case headers and validators come as served, and the time is ours and aware."""
        httpserver.expect_request("/feed").respond_with_data(
            b"<rss/>", headers={"ETag": '"a"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT", "X-Odd": "1"}
        )
        answer = fetched(httpserver.url_for("/feed"))
        assert answer.content == b"<rss/>"
        assert answer.headers["x-odd"] == "1"
        assert answer.validators == Validators(etag='"a"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        assert answer.url == answer.final_url == answer.permanent_url == httpserver.url_for("/feed")
        assert abs(datetime.now(UTC) - answer.fetched_at) < timedelta(minutes=1)

    def test_the_server_learns_who_we_are(self, httpserver: HTTPServer) -> None:
        """Each request names us and the codings that we take."""
        httpserver.expect_request("/").respond_with_data(b"x")
        fetch(httpserver.url_for("/"))
        request, _ = httpserver.log[0]
        assert request.headers["User-Agent"] == "reprint-tests/1"
        assert request.headers["Accept-Encoding"] == "gzip, br, zstd, deflate"

    def test_cookies_are_not_kept(self, httpserver: HTTPServer) -> None:
        """A server's cookies are neither sent back at the next get nor handed on."""
        httpserver.expect_request("/").respond_with_data(b"x", headers={"Set-Cookie": "id=secret"})

        async def main() -> Answer:
            async with Fetcher(user_agent="t", allowed_networks=LOOPBACK) as fetcher:
                await fetcher.get(httpserver.url_for("/"), max_bytes=CAP)
                return await fetcher.get(httpserver.url_for("/"), max_bytes=CAP)

        answer = asyncio.run(main())
        assert isinstance(answer, Fetched)
        assert "set-cookie" not in answer.headers
        assert all("Cookie" not in request.headers for request, _ in httpserver.log)

    def test_nothing_new(self, httpserver: HTTPServer) -> None:
        """Validators are sent back byte for byte, and a 304 keeps those that it does not renew."""
        seen = Validators(etag='W/"\xe9"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        httpserver.expect_request("/").respond_with_data(b"", status=304, headers={"ETag": '"new"'})
        answer = fetch(httpserver.url_for("/"), validators=seen)
        assert isinstance(answer, NotModified)
        assert answer.validators == Validators(etag='"new"', last_modified=seen.last_modified)
        request, _ = httpserver.log[0]
        assert request.headers["If-None-Match"] == 'W/"\xe9"'
        assert request.headers["If-Modified-Since"] == seen.last_modified

    def test_an_unasked_304_is_no_answer(self, httpserver: HTTPServer) -> None:
        """A 304 without a condition would lose the document, so it is an error."""
        httpserver.expect_request("/").respond_with_data(b"", status=304)
        with pytest.raises(StatusError, match="304"):
            fetch(httpserver.url_for("/"))

    @pytest.mark.parametrize(("status", "permanent"), [(404, False), (410, True)])
    def test_what_is_gone(self, httpserver: HTTPServer, status: int, permanent: bool) -> None:
        """404 is gone for now, 410 for good."""
        httpserver.expect_request("/").respond_with_data(b"no", status=status)
        answer = fetch(httpserver.url_for("/"))
        assert isinstance(answer, Gone)
        assert (answer.status, answer.permanent) == (status, permanent)

    @pytest.mark.parametrize(
        ("status", "transient"), [(400, False), (401, False), (403, False), (429, True), (500, True), (503, True)]
    )
    def test_other_statuses_are_errors(self, httpserver: HTTPServer, status: int, transient: bool) -> None:
        """Any other status is an error that names itself, the URL and a next step (a bot wall's 403: miniflux #1389)."""
        url = httpserver.url_for("/x")
        httpserver.expect_request("/x").respond_with_data(b"no", status=status)
        with pytest.raises(StatusError) as caught:
            fetch(url)
        assert (caught.value.status, caught.value.transient, caught.value.where) == (status, transient, url)
        assert caught.value.next_step

    def test_half_a_document_is_no_answer(self, httpserver: HTTPServer) -> None:
        """A 206 that nobody asked for would pass half a document for the whole."""
        httpserver.expect_request("/").respond_with_data(b"<rss", status=206)
        with pytest.raises(StatusError, match="206"):
            fetch(httpserver.url_for("/"))

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("120", 120),
            ("-5", None),
            ("soon", None),
            ("", None),
            ("9" * 40, 365 * 86400),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ],
    )
    def test_retry_after_is_read(self, httpserver: HTTPServer, header: str, seconds: float | None) -> None:
        """Retry-After is seconds from now, whatever its form, and None where it is none."""
        httpserver.expect_request("/").respond_with_data(b"", status=503, headers={"Retry-After": header})
        with pytest.raises(StatusError) as caught:
            fetch(httpserver.url_for("/"))
        assert caught.value.retry_after == seconds

    def test_retry_after_may_be_a_date(self, httpserver: HTTPServer) -> None:
        """An HTTP date counts from now."""
        when = (datetime.now(UTC) + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        httpserver.expect_request("/").respond_with_data(b"", status=429, headers={"Retry-After": when})
        with pytest.raises(StatusError) as caught:
            fetch(httpserver.url_for("/"))
        assert caught.value.retry_after == pytest.approx(3600, abs=60)


class TestRedirects:
    """Redirects are followed by hand, each hop guarded as the first."""

    def test_permanent_ones_are_told(self, httpserver: HTTPServer) -> None:
        """`permanent_url` is where 301 and 308 lead before the first other redirect."""
        for path, status, to in [("/a", 301, "/b"), ("/b", 308, "/c"), ("/c", 302, "/d"), ("/d", 301, "/e")]:
            httpserver.expect_request(path).respond_with_data(b"", status=status, headers={"Location": to})
        httpserver.expect_request("/e").respond_with_data(b"x")
        answer = fetched(httpserver.url_for("/a"))
        assert answer.final_url == httpserver.url_for("/e")
        assert answer.permanent_url == httpserver.url_for("/c")

    def test_temporary_ones_leave_the_address(self, httpserver: HTTPServer) -> None:
        """After a temporary redirect the permanent address is the one asked for."""
        httpserver.expect_request("/a").respond_with_data(b"", status=307, headers={"Location": "/b?x=1#top"})
        httpserver.expect_request("/b").respond_with_data(b"x")
        answer = fetched(httpserver.url_for("/a"))
        assert answer.final_url == httpserver.url_for("/b?x=1")
        assert answer.permanent_url == httpserver.url_for("/a")

    def test_a_loop_ends(self, httpserver: HTTPServer) -> None:
        """A redirect loop is an error after ten hops."""
        httpserver.expect_request("/").respond_with_data(b"", status=302, headers={"Location": "/"})
        with pytest.raises(FetchError, match="more than 10 redirects"):
            fetch(httpserver.url_for("/"))
        assert len(httpserver.log) == 11

    def test_a_cookie_wall_lets_us_through(self, httpserver: HTTPServer) -> None:
        """Cookies live for one get, as some sites redirect until they see theirs."""

        def wall(request: Request) -> Response:
            if request.cookies.get("seen"):
                return Response(b"x")
            return Response(status=302, headers={"Location": "/", "Set-Cookie": "seen=1"})

        httpserver.expect_request("/").respond_with_handler(wall)
        assert fetched(httpserver.url_for("/")).content == b"x"

    @pytest.mark.parametrize(
        "location",
        [
            "file:///etc/passwd",
            "ftp://a.example/",
            "//user:secret@a.example/",
            "http://10.0.0.1/",
            "http://[::ffff:169.254.169.254]/",
            "http://a.example:25/",
            "http://127.0.0.1.nip@10.0.0.1/",
            "http://2130706433:1/",
            "https:///10.0.0.1/",
            "javascript:alert(1)",
            "http://[fe80::1%25eth0]/",
        ],
    )
    def test_hops_are_guarded(self, httpserver: HTTPServer, location: str) -> None:
        """A redirect to another scheme, a private address, another service's port or with credentials is refused."""
        url = httpserver.url_for("/a")
        httpserver.expect_request("/a").respond_with_data(b"", status=302, headers={"Location": location})
        with pytest.raises(BlockedAddressError) as caught:
            fetch(url)
        assert "secret" not in str(caught.value)

    def test_a_redirect_to_nowhere_names_its_status(self) -> None:
        """A 301 without a Location is told as that (miniflux #3412)."""
        with pytest.raises(StatusError, match="301"):
            against(saying(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"))
