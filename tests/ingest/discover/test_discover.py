"""A site's feeds are found where it keeps them, by few requests, all of them guarded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from ingest.discover import Discovery, discover, discovery_yaml
from ingest.discover.search import MAX_REQUESTS
from ingest.errors import FetchError
from ingest.fetch import Fetcher
from ingest.sources import FeedKind, load_sources
from tests.ingest.feed.feeds import rss

LONG = "<p>" + "Words and words. " * 100 + "</p>"
SHORT_FEED = rss("<title>One</title><link>/1</link><pubDate>Mon, 02 Nov 2026 13:00:00 +0100</pubDate>")
LONG_FEED = rss(f"<title>One</title><link>/1</link><content:encoded><![CDATA[{LONG}]]></content:encoded>")
POSTS = json.dumps([{"link": "/1", "title": {"rendered": "One"}, "content": {"rendered": LONG}, "status": "publish"}])
NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://partner.example/1</loc>'
    "<news:news><news:title>One</news:title></news:news></url></urlset>"
)


@pytest.fixture
def serve(httpserver: HTTPServer) -> Callable[..., str]:
    """Return what serves documents by their paths, and gives the site's address; {base} in them is that address."""

    def put(documents: dict[str, str | bytes], **headers: str) -> str:
        base = httpserver.url_for("").rstrip("/")
        for path, document in documents.items():
            content = document.replace("{base}", base) if isinstance(document, str) else document
            httpserver.expect_request(path).respond_with_data(content, headers=headers)
        return base + "/"

    return put


def search(url: str, networks: tuple[str, ...] = ("127.0.0.0/8",)) -> Discovery:
    """Look for a site's feeds."""

    async def main() -> Discovery:
        async with Fetcher(user_agent="reprint-tests/1", allowed_networks=networks, timeout=10.0) as fetcher:
            return await discover(url, fetcher=fetcher)

    return asyncio.run(main())


def found(discovery: Discovery, base: str) -> list[tuple[str, str]]:
    """Return the kind and path of each source found."""
    return [(c.kind.value, c.url.removeprefix(base)) for c in discovery.candidates]


def test_what_the_page_announces(serve: Callable[..., str]) -> None:
    """Announced feeds are found and read; a feed of whole texts goes first, one of comments not at all."""
    base = serve(
        {
            "/": '<html lang="en"><head><title>News - The Partner</title>'
            '<link rel="alternate" type="application/rss+xml" href="/short">'
            '<link rel="Alternate" type="application/rss+xml; charset=utf-8" href="/long">'
            '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
            '<link rel="alternate" type="text/html" hreflang="de" href="/de">',
            "/short": SHORT_FEED,
            "/long": LONG_FEED,
        }
    )
    discovery = search(base)
    assert found(discovery, base) == [("feed", "long"), ("feed", "short")]
    assert (discovery.name, discovery.language) == ("The Partner", "en")
    assert [c.full_text for c in discovery.candidates] == [True, False]
    assert [c.newest is not None for c in discovery.candidates] == [False, True]


def test_the_rest_api_and_the_news_sitemap(serve: Callable[..., str]) -> None:
    """A WordPress site names its API in the page or a header, and any site its sitemaps in robots.txt."""
    index = "<sitemapindex><sitemap><loc>{base}/posts.xml</loc></sitemap><sitemap><loc>{base}/news.xml</loc></sitemap></sitemapindex>"
    base = serve(
        {
            "/": '<link rel="https://api.w.org/" href="/wp-json/">',
            "/wp-json/wp/v2/posts": POSTS,
            "/robots.txt": "User-agent: *\nDisallow: /x\nSITEMAP: {base}/index.xml\n",
            "/index.xml": index,
            "/news.xml": NEWS,
        }
    )
    discovery = search(base)
    assert found(discovery, base) == [
        ("wordpress", "wp-json/wp/v2/posts?per_page=30&_embed=author,wp:term,wp:featuredmedia"),
        ("sitemap", "news.xml"),
    ]


def test_links_and_customary_addresses(serve: Callable[..., str]) -> None:
    """A feed that is only linked is found; where none is named at all, the customary addresses are asked."""
    base = serve({"/": '<a href="/blog/rss.xml">RSS</a>', "/blog/rss.xml": SHORT_FEED})
    assert found(search(base), base) == [("feed", "blog/rss.xml")]


def test_customary_addresses(serve: Callable[..., str]) -> None:
    """The first customary address that answers with a feed is enough."""
    base = serve({"/": "<p>Hello", "/rss.xml": SHORT_FEED, "/atom.xml": SHORT_FEED})
    discovery = search(base)
    assert found(discovery, base) == [("feed", "rss.xml")]
    assert f"{base}feed/" in [miss.url for miss in discovery.missed]


def test_a_feeds_own_address(serve: Callable[..., str]) -> None:
    """Given a feed, nothing is searched."""
    base = serve({"/feed": SHORT_FEED})
    discovery = search(f"{base}feed")
    assert (found(discovery, base), discovery.name) == ([("feed", "feed")], "Partner")


def test_a_site_without_any_feed(serve: Callable[..., str]) -> None:
    """Nothing found is told with all that was tried."""
    base = serve({"/": "<p>Hello"})
    discovery = search(base)
    assert discovery.candidates == ()
    assert len(discovery.missed) >= 8


def test_no_page_makes_us_ask_without_end(serve: Callable[..., str], httpserver: HTTPServer) -> None:
    """A page of thousands of feeds costs a bounded number of requests."""
    many = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(5000))
    base = serve({"/": many})
    search(base)
    assert len(httpserver.log) <= MAX_REQUESTS + 2


def test_leads_into_our_own_network_are_refused(httpserver: HTTPServer, serve: Callable[..., str]) -> None:
    """What a page announces goes through the same guard as any feed (miniflux GHSA-xwh2-742g-w3wp, stringer GHSA-496x)."""
    serve(
        {
            "/": '<link rel="alternate" type="application/rss+xml" href="http://169.254.169.254/feed">'
            '<link rel="alternate" type="application/rss+xml" href="http://[::ffff:10.0.0.1]/feed">'
            '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">'
        }
    )
    discovery = search(
        httpserver.url_for("/"),
        networks=(f"{httpserver.host}/32" if httpserver.host[0].isdigit() else "127.0.0.1/32",),
    )
    missed = {miss.url: miss.reason for miss in discovery.missed}
    assert "no public address" in missed["http://169.254.169.254/feed"]
    assert "no public address" in missed["http://[::ffff:10.0.0.1]/feed"]
    assert discovery.candidates == ()


def test_a_page_that_cannot_be_had(httpserver: HTTPServer) -> None:
    """Without the page itself there is an error, not a guess."""
    httpserver.expect_request("/nowhere").respond_with_data("", status=404)
    with pytest.raises(FetchError, match="404"):
        search(httpserver.url_for("/nowhere"))


def test_the_yaml_loads_as_it_is(serve: Callable[..., str], tmp_path: Path) -> None:
    """What is printed can be pasted, whatever the site calls itself."""
    base = serve(
        {
            "/": '<html lang="pt-BR"><title>x | a: {b} # "c" !!python/x\x1b[31m</title><link rel="https://api.w.org/" href="/wp-json/">',
            "/wp-json/wp/v2/posts": POSTS,
            "/rss": SHORT_FEED,
        }
    )
    path = tmp_path / "sources.yaml"
    path.write_text(f"site: {{name: C, url: https://c.example}}\npartners:\n{discovery_yaml(search(base))}")
    (partner,) = load_sources(path).partners
    assert partner.name == 'a: {b} # "c" !!python/x[31m'
    assert [(feed.kind, feed.full_text) for feed in partner.feeds] == [(FeedKind.WORDPRESS, True)]
    assert (partner.language, partner.terms.grant.basis.value) == ("pt-br", "none")
    assert f"# also: {base}rss (feed, 1 articles)" in path.read_text()
