"""What stands in for a feed: a WordPress site's posts, a news sitemap, a page of links."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.errors import FeedError
from ingest.feed import ParsedFeed, read_source
from ingest.limits import PAGE_MAX_BYTES
from ingest.sources import FeedKind, FeedSource
from tests.ingest.feed.feeds import atom, rss

URL = "https://partner.example/somewhere"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def read(content: bytes | str, kind: FeedKind = FeedKind.AUTO, select: str | None = None) -> ParsedFeed:
    """Read a document as a source of that kind."""
    source = FeedSource(url=URL, every=timedelta(hours=1), kind=kind, select=select)
    return read_source(content.encode() if isinstance(content, str) else content, headers={}, url=URL, source=source)


def refusal(content: bytes | str, kind: FeedKind = FeedKind.AUTO, select: str | None = None) -> str:
    """Return what a person reads where a document is refused."""
    with pytest.raises(FeedError) as caught:
        read(content, kind, select)
    assert caught.value.where == URL
    assert caught.value.next_step
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        rss("<title>One</title><link>/1</link>"),
        atom("<title>One</title><link href='/1'/>"),
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "One", "url": "/1"}]}',
        b'<channel><item href="/1"><title>One</title></item></channel>',
    ],
)
@pytest.mark.parametrize("kind", [FeedKind.AUTO, FeedKind.FEED])
def test_feeds_of_every_dialect(content: bytes, kind: FeedKind) -> None:
    """A feed is known by its look, and read the same where its kind is said."""
    (entry,) = read(content, kind).entries
    assert (entry.headline, entry.url) == ("One", "https://partner.example/1")


def post(**fields: Any) -> dict[str, Any]:
    """Return a post as the REST API gives it."""
    return {
        "id": 7,
        "date": "2026-11-02T13:00:00",
        "date_gmt": "2026-11-02T12:00:00",
        "modified_gmt": "2026-11-02T12:30:00",
        "guid": {"rendered": "https://partner.example/?p=7"},
        "status": "publish",
        "link": "https://partner.example/ports/",
        "title": {"rendered": "Ports &amp; <em>people</em> &#8211; now"},
        "content": {"rendered": "<p>In full.</p>", "protected": False},
        "excerpt": {"rendered": "<p>In short.</p>", "protected": False},
        "_embedded": {
            "author": [{"name": "Jane Doe"}, {"code": "rest_user_invalid_id", "message": "Invalid user ID."}],
            "wp:featuredmedia": [{"media_type": "image", "source_url": "/p.jpg"}],
            "wp:term": [[{"taxonomy": "category", "name": "Trade &amp; Aid"}], [{"taxonomy": "author", "name": "x"}]],
        },
        **fields,
    }


class TestWordPress:
    """`/wp-json/wp/v2/posts`."""

    @pytest.mark.parametrize("kind", [FeedKind.AUTO, FeedKind.WORDPRESS])
    def test_a_whole_post(self, kind: FeedKind) -> None:
        """Every field that a site embeds comes out, the whole text as content."""
        (entry,) = read(json.dumps([post()]), kind).entries
        assert (entry.headline, entry.url) == ("Ports & people – now", "https://partner.example/ports/")
        assert (entry.content, entry.summary) == ("<p>In full.</p>", "<p>In short.</p>")
        assert (entry.published_at, entry.updated_at) == (NOON, NOON + timedelta(minutes=30))
        assert (entry.authors, entry.labels) == (("Jane Doe",), ("Trade & Aid",))
        assert (entry.image_url, entry.guid) == ("https://partner.example/p.jpg", "https://partner.example/?p=7")
        assert entry.key == "link:https://partner.example/ports/"

    def test_co_authors_go_before_the_account(self) -> None:
        """With Co-Authors Plus an account is only who typed it in (distributor #868)."""
        (entry,) = read(
            json.dumps([post(coauthors=[{"display_name": "Ali Khan"}, {"display_name": "Bo Li"}])])
        ).entries
        assert entry.authors == ("Ali Khan", "Bo Li")

    def test_a_post_without_anything_embedded(self) -> None:
        """Without `_embed` there is Yoast's author, or none; a date without a zone is no moment."""
        bare = post(date_gmt=None, yoast_head_json={"author": "Jane Doe"})
        del bare["_embedded"]
        (entry,) = read(json.dumps([bare])).entries
        assert (entry.authors, entry.labels, entry.image_url) == (("Jane Doe",), (), None)
        assert entry.published_at is None

    def test_a_bad_post_is_set_aside(self) -> None:
        """One item that is no post harms no other; a draft that leaks is not taken."""
        feed = read(json.dumps([post(), {"id": 1}, 5, post(status="draft", link="https://partner.example/draft")]))
        assert [entry.url for entry in feed.entries] == ["https://partner.example/ports/"]
        assert [aside.reason for aside in feed.set_aside] == ["no post: it has no link"] * 2

    def test_fields_of_any_type_are_survived(self) -> None:
        """A field of another type is as if it was not there."""
        odd = dict.fromkeys(post(), 5) | {
            "link": "/x",
            "title": {"rendered": ["x"]},
            "_embedded": {"wp:term": [5]},
        }
        (entry,) = read(json.dumps([odd | {"status": "publish"}]), FeedKind.WORDPRESS).entries
        assert (entry.url, entry.headline, entry.authors) == ("https://partner.example/x", "", ())

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (
                '{"code": "rest_no_route", "message": "No route was found", "data": {"status": 404}}',
                "the site's REST API refuses: No route was found (rest_no_route)",
            ),
            ('{"items": []}', "JSON, but no list of posts"),
            ('[{"a": 1}]', "a list in JSON, but none of posts"),
            ("<html></html>", "no valid JSON"),
            ("[" * 100_000, "no valid JSON"),
            (json.dumps([post()] * 10_001), "the feed holds more than 10000 entries"),
        ],
    )
    def test_what_is_none_is_refused(self, content: str, expected: str) -> None:
        """The site's own reason is told, and anything else is no list of posts."""
        assert expected in refusal(content, FeedKind.WORDPRESS)


SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = f'{SITEMAP} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def news(*articles: str) -> str:
    """Return a news sitemap."""
    return f'<?xml version="1.0"?><urlset {NEWS}>{"".join(f"<url>{a}</url>" for a in articles)}</urlset>'


ARTICLE = (
    "<loc>https://partner.example/ports</loc><lastmod>2026-11-02T12:30:00Z</lastmod><news:news><news:publication>"
    "<news:name>The Partner</news:name><news:language>en</news:language></news:publication>"
    "<news:publication_date>2026-11-02T13:00:00+01:00</news:publication_date>"
    "<news:title>Ports &amp; people</news:title><news:keywords>Trade, Asia</news:keywords></news:news>"
    "<image:image><image:loc>https://partner.example/p.jpg</image:loc></image:image>"
)


class TestSitemap:
    """News sitemaps, and the others."""

    @pytest.mark.parametrize("content", [news(ARTICLE).encode(), gzip.compress(news(ARTICLE).encode())])
    @pytest.mark.parametrize("kind", [FeedKind.AUTO, FeedKind.SITEMAP])
    def test_a_whole_article(self, content: bytes, kind: FeedKind) -> None:
        """Every field comes out, and a sitemap that is a gzip file is read too."""
        feed = read(content, kind)
        (entry,) = feed.entries
        assert (entry.url, entry.headline) == ("https://partner.example/ports", "Ports & people")
        assert (entry.published_at, entry.updated_at) == (NOON, NOON + timedelta(minutes=30))
        assert (entry.language, entry.labels) == ("en", ("Trade", "Asia"))
        assert entry.image_url == "https://partner.example/p.jpg"
        assert feed.title == "The Partner"

    def test_bare_ampersands(self) -> None:
        """A bare ampersand in a headline or an address breaks nothing."""
        (entry,) = read(
            news("<loc>https://partner.example/?a=1&b=2</loc><news:news><news:title>A & B</news:title></news:news>")
        ).entries
        assert (entry.url, entry.headline) == ("https://partner.example/?a=1&b=2", "A & B")

    def test_a_plain_sitemap_is_taken_only_when_it_is_meant(self) -> None:
        """Pages without headlines are refused with what to do, and read where sources.yaml says so."""
        plain = (
            f"<urlset {SITEMAP}><url><loc>https://partner.example/a</loc><lastmod>2026-11-02</lastmod></url></urlset>"
        )
        assert "`kind: sitemap`" in refusal(plain)
        (entry,) = read(plain, FeedKind.SITEMAP).entries
        assert (entry.url, entry.headline) == ("https://partner.example/a", "")

    def test_an_index_is_refused_with_where_to_look(self) -> None:
        """An index names its sitemaps, those of news first."""
        names = "".join(f"<sitemap><loc>https://partner.example/{n}.xml</loc></sitemap>" for n in ("a", "news"))
        said = refusal(f"<sitemapindex {SITEMAP}>{names}</sitemapindex>")
        assert "index of sitemaps" in said
        assert said.index("/news.xml") < said.index("/a.xml")

    def test_an_empty_news_sitemap_is_empty(self) -> None:
        """No news for two days is no mistake."""
        assert read(news()).entries == ()

    @pytest.mark.parametrize(
        "content",
        [
            f"<urlset {NEWS}><url><loc>x</loc>",
            "<urlset " + NEWS + ">" + "<url/>" * 200_000 + "</urlset>",
            b"\x1f\x8bno gzip",
        ],
    )
    def test_what_is_none_is_refused(self, content: str | bytes) -> None:
        """Cut, made to hurt, or no gzip: a clear error."""
        assert "no feed that can be read" in refusal(content)

    def test_bombs(self) -> None:
        """A gzip bomb and a billion laughs stop at the door."""
        assert "more than" in refusal(gzip.compress(b" " * 30_000_000))
        laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        (entry,) = read(laughs + news("<loc>/a</loc><news:news><news:title>&b;</news:title></news:news>")).entries
        assert entry.headline == "&b;"

    def test_too_many_addresses(self) -> None:
        """More addresses than any feed has entries are refused."""
        many = "<url><loc>https://partner.example/a</loc></url>" * 10_001
        assert "more than 10000 addresses" in refusal(f"<urlset {SITEMAP}>{many}</urlset>", FeedKind.SITEMAP)


PAGE = """<!doctype html><html lang="en"><head><title>News | Partner</title><base href="/en/"></head><body>
<nav><a href="/about">About us</a></nav>
<article><a href="ports"><img src="p.jpg"></a><h2><a href="ports?utm_source=list">Ports &amp; <b>people</b></a></h2>
<time datetime="2026-11-02T12:00:00Z">2 hours ago</time><p>In short.</p></article>
<article lang="fr"><a href="/fr/b"><h3>Deux</h3><p>Long.</p></a></article>
<article><h2>Soon</h2></article>
<article><a href="javascript:alert(1)">x</a></article>
</body></html>"""


class TestListing:
    """A page of links and a CSS selector."""

    def test_blocks(self) -> None:
        """Of each block the likeliest link, its heading and its time; what holds no link is set aside."""
        feed = read(PAGE, FeedKind.LISTING, "article")
        assert [(e.url, e.headline, e.language) for e in feed.entries] == [
            ("https://partner.example/en/ports?utm_source=list", "Ports & people", None),
            ("https://partner.example/fr/b", "Deux", "fr"),
        ]
        assert [e.published_at for e in feed.entries] == [NOON, None]
        assert [aside.excerpt for aside in feed.set_aside] == ["Soon", "x"]
        assert (feed.title, feed.language) == ("News | Partner", "en")

    def test_links(self) -> None:
        """Where links are selected, several to one page are one entry, with the headline that one of them has."""
        feed = read(PAGE, FeedKind.LISTING, "article a")
        assert [(e.url, e.headline) for e in feed.entries] == [
            ("https://partner.example/en/ports?utm_source=list", "Ports & people"),
            ("https://partner.example/fr/b", "Deux"),
        ]

    def test_a_heading_within_a_link(self) -> None:
        """Where what is selected stands within the link, that link counts."""
        (entry,) = read(PAGE, FeedKind.LISTING, "h3").entries
        assert (entry.url, entry.headline) == ("https://partner.example/fr/b", "Deux")

    def test_a_rebuilt_page_is_loud(self) -> None:
        """A selector that finds nothing is an error, not a day without news."""
        assert "the selector 'main .story' finds nothing" in refusal(PAGE, FeedKind.LISTING, "main .story")

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ("<a href=/x>x</a>" * 1001, "more than 1000 elements"),
            ("<p>" + "x" * PAGE_MAX_BYTES, f"more than {PAGE_MAX_BYTES} bytes"),
            ("<!-- -->", "no web page"),
        ],
    )
    def test_pages_made_to_hurt(self, content: str, expected: str) -> None:
        """Too many links, too long, or nothing at all: a clear error."""
        assert expected in refusal(content, FeedKind.LISTING, "a")

    def test_deep_pages(self) -> None:
        """A page of a hundred thousand nested elements brings nothing down."""
        deep = "<div>" * 100_000 + "<a href=/x>x</a>"
        assert len(read(f"<a href=/y>y</a>{deep}", FeedKind.LISTING, "a").entries) >= 1
