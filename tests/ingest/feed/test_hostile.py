"""What is no feed, or wants to hurt: a clear error or a clear result, in bounded memory."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FeedError
from ingest.feed import parse_feed
from ingest.feed.xml_handlers import MAX_ELEMENTS, MAX_ENTRIES
from ingest.limits import FEED_MAX_BYTES
from tests.ingest.feed.feeds import URL, only, read, rss

LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY lol0 'lol'>"
    + "".join(f"<!ENTITY lol{n} '{f'&lol{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)

#: Parts of feeds, whole and broken, to be thrown together.
# fmt: off
SHREDS = st.sampled_from([
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "&#0;",
    "&#x110000;", "&#99999999999999999999;", "&#xD800;", "&nbsp;", "&undefined;", "& ", "<![CDATA[", "]]>", "<!--",
    "-->", "<?", "?>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<content>",
    "</content>", "<content type='xhtml'>", "<content mode='base64' type='x'>",
    "<div xmlns='http://www.w3.org/1999/xhtml'>", "</div>", "<author>", "<name>", "</author>", "<guid>", "</guid>",
    "<links>", "<tags a='b'>x", "<image>", "<source>", "</source>", "<category>", "<published>x", "x", "\x00", "é",
    "<a:b>", "<svg>", "<math>", "<media_content>", "<body>", '<link href="//[">',
    "<link rel='alternate' href='http://[::1'/>", "<channel xml:base='http://['>", ">", "\ud800",
])
# fmt: on


class TestNoFeed:
    """Documents that are none."""

    @pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf", b"\x00\x00"])
    def test_an_empty_document(self, content: bytes) -> None:
        """An empty document is told as that."""
        with pytest.raises(FeedError, match="empty") as caught:
            read(content)
        assert caught.value.where == URL

    @pytest.mark.parametrize(
        "content",
        [
            b"<!doctype html><html><body><p>Hello</p></body></html>",
            b"<html><head><title>x</title></head></html>",
            b"\n<!-- x --><!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><title>x</title>",
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><item>x</item></html>",
            b"<div><p>Just a moment...</p></div>",
        ],
    )
    def test_a_web_page(self, content: bytes) -> None:
        """A web page, a bot wall too, is told as that, with what to do."""
        with pytest.raises(FeedError, match="web page") as caught:
            read(content)
        assert "sources.yaml" in caught.value.next_step

    @pytest.mark.parametrize(
        "content",
        [
            b"Not found",
            b"<opml version='2.0'><body/></opml>",
            b"\x89PNG\r\n\x1a\n",
            b"%PDF-1.7",
            b"<",
            b"<<<<",
            b"<1>",
        ],
    )
    def test_something_else(self, content: bytes) -> None:
        """Any other document is an error that says why."""
        with pytest.raises(FeedError) as caught:
            read(content)
        assert caught.value.next_step

    @pytest.mark.parametrize(
        "content",
        [
            b"{",
            b"[]",
            b'{"a": 1}',
            b'{"items": 7}',
            b"{'items': []}",
            b'{"items": ' + b"[" * 100_000,
            b'{"items": [], "title": []}',
        ],
    )
    def test_json_that_is_no_feed(self, content: bytes) -> None:
        """Broken, deep or other JSON is an error."""
        with pytest.raises(FeedError):
            read(content)

    def test_a_feed_without_items_is_a_feed(self) -> None:
        """No items is no error."""
        assert read(rss()).entries == ()
        assert read(b'{"version": "https://jsonfeed.org/version/1", "title": "x", "items": []}').entries == ()

    def test_the_message_keeps_secrets(self) -> None:
        """A password in the feed's address is not repeated."""
        with pytest.raises(FeedError) as caught:
            read(b"", url="https://user:secret@a.example/")
        assert "secret" not in str(caught.value)


class TestIllFormed:
    """Feeds that break the rules of XML are read as far as they go."""

    @pytest.mark.parametrize(
        ("title", "headline"),
        [
            ("AT&T & co", "AT&T & co"),
            ("caf&eacute;&nbsp;&hellip;", "café\u00a0…"),
            ("a\x00b\x0bc", "abc"),
            ("a&#0;b&#x1f;c", "abc"),
            ("a&#xD800;b", "ab"),
            ("a&#1114112;b", "ab"),
            ("a&#99999999999;b", "a\ufffdb"),
            ("<![CDATA[a & b &bogus; &#0;]]> & c", "a & b &bogus; &#0; & c"),
            ("a &unknown; b", "a &unknown; b"),
            ("a &unknown; b & caf&eacute;", "a &unknown; b & café"),
        ],
    )
    def test_words_survive(self, title: str, headline: str) -> None:
        """Stray ampersands, HTML's entities, NULs and impossible characters cost no other word."""
        assert only(rss(f"<title>{title}</title><link>/a</link>")).headline == headline

    def test_warnings_before_the_feed(self) -> None:
        """A server's warnings before the feed do not hide it."""
        assert only(b"<br />\n<b>Warning</b>: x in y on line 1<br />\n" + rss("<title>x</title>")).headline == "x"

    def test_a_cut_feed_keeps_what_is_whole(self) -> None:
        """Of truncated XML the whole items are kept, and the cut one is set aside: half an article is none."""
        feed = read(rss("<title>One</title>", "<title>Two</title><description>long</description>").split(b"ng<")[0])
        assert [entry.headline for entry in feed.entries] == ["One"]
        assert [(item.reason, item.excerpt) for item in feed.set_aside] == [
            ("the feed stops in the middle of this item", "Two")
        ]

    def test_an_item_that_says_nothing(self) -> None:
        """An item with neither link, headline nor text is set aside with that reason."""
        feed = read(rss("<guid isPermaLink='false'>7</guid>", "<title>One</title>"))
        assert [entry.headline for entry in feed.entries] == ["One"]
        assert feed.set_aside[0].reason == "neither link, headline nor text"
        assert feed.set_aside[0].excerpt == "7"

    def test_short_entities_of_old_feeds(self) -> None:
        """A document type's own plain entities are read, by either parser."""
        entities = b'<!-- it\'s ] -->\n<!ENTITY co "A & B"><!ENTITY pub "Partner"> <!ENTITY c "&#169;">'
        head = b"<!DOCTYPE rss [" + entities + b"]>"
        assert only(head + rss("<title>&pub; &c;</title>")).headline == "Partner \u00a9"
        assert only(head + rss("<title>&pub; & &c;</title>")).headline == "Partner & \u00a9"

    def test_a_netscape_document_type(self) -> None:
        """RSS 0.91's document type is passed over, its address never asked."""
        head = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss-0.91.dtd">'
        assert only(head + rss("<title>x</title>")).headline == "x"


class TestAttacks:
    """Documents made to hurt."""

    def test_billion_laughs(self) -> None:
        """Nested entities do not unfold."""
        with _bounded_memory(8):
            assert only(LAUGHS.encode() + rss("<title>&lol9;</title>")).headline == "&lol9;"

    @pytest.mark.parametrize("system", ["file://{path}", "{path}", "http://127.0.0.1:1/x"])
    def test_xxe(self, tmp_path: Path, system: str) -> None:
        """External entities are not read, from a file or a server."""
        secret = tmp_path / "secret.txt"
        secret.write_text("hunter2")
        named = f'<!ENTITY e SYSTEM "{system.format(path=secret)}">'
        head = f'<!DOCTYPE x [{named}<!ENTITY % p SYSTEM "file://{secret}"> %p;]>'
        entry = only(head.encode() + rss("<title>a &e;</title><description>&e;</description>"))
        assert "hunter2" not in repr(entry)
        assert entry.headline == "a &e;"

    def test_a_path_is_no_feed(self, tmp_path: Path) -> None:
        """Content that names a file or an address is not opened."""
        file = tmp_path / "feed.xml"
        file.write_bytes(rss("<title>x</title>"))
        with pytest.raises(FeedError):
            read(str(file).encode())

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"<rss/>" + b" " * FEED_MAX_BYTES, id="bytes"),
            pytest.param(rss(*["<title/>"] * (MAX_ENTRIES + 1)), id="entries"),
            pytest.param(rss("<category>x</category>" * (MAX_ELEMENTS + 1)), id="elements"),
            pytest.param(rss("<x " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>"), id="attributes"),
            pytest.param(b'{"items": [' + b"{}," * MAX_ENTRIES + b"{}]}", id="JSON items"),
        ],
    )
    def test_more_than_a_feed_holds(self, content: bytes) -> None:
        """Floods of bytes, entries or elements are refused."""
        with pytest.raises(FeedError, match="more than"):
            read(content)

    @pytest.mark.parametrize(
        "part",
        [
            pytest.param("<author>" + "a" * 400_000 + "</author>", id="a long author"),
            pytest.param("<category>x</category>" * 20_000, id="many labels"),
            pytest.param("<dc:creator>x</dc:creator>" * 20_000, id="many authors"),
            pytest.param("<pubDate>" + "1 " * 200_000 + "</pubDate>", id="a long date"),
            pytest.param("<description>" + "&lt;!--" * 20_000 + "</description>", id="open comments"),
            pytest.param("<description>" + "&lt;b>" * 20_000 + "</description>", id="a deep fragment"),
            pytest.param("<a>" * 20_000, id="deep elements"),
            pytest.param("<!--" * 20_000, id="comments in comments"),
            pytest.param("<a b=\"" * 20_000, id="open quotes"),
            pytest.param(f"<x {' '.join(f'a{n}=%s1%s' for n in range(900))}/>".replace("%s", '"') * 50, id="attributes"),
            pytest.param("<x " + " ".join(f"a{n}=1" for n in range(20_000)) + ">", id="attributes without quotes"),
        ],
    )  # fmt: skip
    def test_time_does_not_explode(self, part: str) -> None:
        """Parts that keep patterns of square time busy for minutes are read or set aside, and the rest is there."""
        feed = read(rss("<title>One</title>", f"<title>Two</title>{part}"))
        assert feed.entries[0].headline == "One"
        assert len(feed.entries) + len(feed.set_aside) == 2

    @pytest.mark.parametrize(
        ("declared", "served"),
        [
            ("utf-8", "utf-16"),
            ("utf-16", "utf-8"),
            ("iso-8859-1", "us-ascii"),
            ("utf-32", ""),
            ("x-none", "x-none"),
            ("", ""),
        ],
    )
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
    )
    def test_bytes_go_before_what_is_said_of_them(self, encoding: str, declared: str, served: str) -> None:
        """In every Unicode encoding, with and without a mark, whatever the declaration and the header say."""
        head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        text = head + rss("<title>Gr\u00fc\u00dfe \u6f22\u5b57</title><link>/1</link>").decode().partition("?>")[2]
        headers = {"content_type": f"application/rss+xml; charset={served}"} if served else {}
        assert only(text.encode(encoding), **headers).headline == "Gr\u00fc\u00dfe \u6f22\u5b57"

    @pytest.mark.parametrize(
        ("items", "headline", "url"),
        [
            ("<title>a</title><link>javascript:alert(1)</link><guid>javascript:2</guid>", "a", None),
            ("<title>a</title><link>file:///etc/passwd</link>", "a", None),
            ("<title>a</title><link>https://user:secret@partner.example/1</link>", "a", "https://partner.example/1"),
            ('<title>a</title><guid isPermaLink="false">https://partner.example/9</guid>', "a", None),
            ("<title><![CDATA[a ]]]]><![CDATA[> b]]></title><link>/1</link>", "a ]]> b", "https://partner.example/1"),
            ("<title>a&#0;b&#8;c&#xFFFF;d&#xD800;e</title><link>/1</link>", "abcde", "https://partner.example/1"),
            ("<title>&lt;script&gt;x()&lt;/script&gt;Hi &lt;b&gt;y&lt;/b&gt;</title><link>/1</link>", "Hi y", "https://partner.example/1"),
            ('<title>a</title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>', "a", None),
            ("<x:title>no</x:title><title>a</title><link>/1</link>", "a", "https://partner.example/1"),
        ],
    )  # fmt: skip
    def test_odd_items_are_read_safely(self, items: str, headline: str, url: str | None) -> None:
        """Schemes that are none of the web's, nested CDATA, forbidden characters, scripts in titles, inclusions."""
        entry = only(rss(items))
        assert (entry.headline, entry.url) == (headline, url)

    def test_a_long_head(self) -> None:
        """A head without an end is refused without being looked through again and again."""
        with pytest.raises(FeedError, match="no element"):
            read(b"<!--x-->" + b"\n" * 5_000_000 + rss())
        with pytest.raises(FeedError, match="no element"):
            read(b"<!DOCTYPE x [" + b"<!ENTITY " * 500_000)

    def test_markup_in_authors_is_left_as_text(self) -> None:
        """An author field is an attack field; it comes out verbatim, for the byline parser and escaping pages."""
        assert only(rss("<title>x</title><dc:creator>&lt;script&gt;</dc:creator>")).authors == ("<script>",)

    @given(st.lists(SHREDS, max_size=25).map("".join), st.booleans())
    def test_any_mix_of_parts_is_a_feed_or_an_error(self, mix: str, framed: bool) -> None:
        """Whatever a partner sends, parsing ends in a feed or a FeedError."""
        content = rss(mix) if framed else mix.encode("utf-8", "surrogatepass")
        self._parse(content)

    @given(st.binary(max_size=300))
    def test_any_bytes_are_a_feed_or_an_error(self, content: bytes) -> None:
        """No bytes make anything else be raised."""
        self._parse(content)

    @given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)))
    def test_any_json_value_in_any_field(self, value: object) -> None:
        """A JSON Feed's fields may hold anything."""
        names = ["id", "url", "title", "content_html", "authors", "author", "tags", "date_published", "language"]
        items = [{"title": "x", name: value} for name in names]
        self._parse(json.dumps({"items": [*items, value], "title": "t"}).encode())

    @staticmethod
    def _parse(content: bytes) -> None:
        try:
            feed = parse_feed(content, headers={}, url=URL)
        except FeedError:
            return
        for entry in feed.entries:
            repr(entry).encode()
        assert len({entry.key for entry in feed.entries}) == len(feed.entries)


class _bounded_memory:  # noqa: N801 - reads as what it does in a with statement
    """Fail when more than so many megabytes are allocated at once meanwhile."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes

    def __enter__(self) -> None:
        tracemalloc.start()

    def __exit__(self, *_: object) -> None:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < self.megabytes * 1024 * 1024
