"""What makes two items one, and one item a changed one; each named after those whom it hurt."""

from __future__ import annotations

import pytest

from tests.ingest.feed.feeds import URL, atom, keys, only, read, rss


def item(link: str = "", guid: str = "", title: str = "Headline", more: str = "") -> str:
    """Return an item's inner XML."""
    parts = [f"<title>{title}</title>"]
    parts += [f"<link>{link}</link>"] if link else []
    parts += [f'<guid isPermaLink="false">{guid}</guid>'] if guid else []
    return "".join(parts) + more


class TestOneItemStaysOne:
    """Drifting identity makes no duplicates."""

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param(
                item("https://p.example/a", "http://p.example/a"),
                item("https://p.example/a", "https://p.example/a"),
                id="feedbin support #431: a GUID goes from http to https",
            ),
            pytest.param(
                item("http://p.example/a", "1"),
                item("https://p.example/a", "1"),
                id="feedbin support #431: a link goes from http to https",
            ),
            pytest.param(
                item("/a", "a-headline", "A headline"),
                item("/a", "a-better-headline", "A better headline"),
                id="miniflux #2358: the headline is in the GUID",
            ),
            pytest.param(
                item("/a", "1", "A headline"),
                item("/a", "1", "A better headline"),
                id="miniflux #3120: the title changes",
            ),
            pytest.param(
                item(guid="/a"),
                item(guid="https://partner.example/a"),
                id="reader #79: an id goes from relative to absolute",
            ),
            pytest.param(
                item(guid="http://p.example/a"),
                item(guid="https://p.example/a"),
                id="a GUID alone goes from http to https",
            ),
            pytest.param(
                item("/a", "1"),
                item("/a", "2"),
                id="all GUIDs of a feed change at once",
            ),
            pytest.param(
                item("/a?utm_source=rss", "1"),
                item("/a?utm_source=mail#xtor=RSS-1", "1"),
                id="the tracking of a link changes",
            ),
            pytest.param(
                item("/a", "1", more="<pubDate>Mon, 02 Nov 2026 12:00:00 GMT</pubDate>"),
                item("/a", "1", more="<pubDate>Tue, 03 Nov 2026 12:00:00 GMT</pubDate>"),
                id="an item is dated anew",
            ),
        ],
    )
    def test_the_key_stays(self, before: str, after: str) -> None:
        """An item keeps its key through this change of the feed."""
        assert keys(rss(before)) == keys(rss(after))

    def test_versions_of_one_entry_are_one(self) -> None:
        """Of an Atom entry's versions the one updated last stays, and the other is set aside with a reason."""
        same = '<title>x</title><id>tag:a,1</id><link href="/a"/>'
        feed = read(
            atom(
                f"{same}<updated>2026-11-01T00:00:00Z</updated><summary>old</summary>",
                f"{same}<updated>2026-11-02T00:00:00Z</updated><summary>new</summary>",
            )
        )
        assert [entry.summary for entry in feed.entries] == ["new"]
        assert "another version" in feed.set_aside[0].reason

    def test_the_order_of_the_feed_does_not_matter(self) -> None:
        """Keys depend on the items, not on where they stand."""
        items = [item("/a", "1"), item("/a", "2"), item("/b", "1"), item(title="x"), item(title="y")]
        assert set(keys(rss(*items))) == set(keys(rss(*reversed(items))))


class TestTwoItemsStayTwo:
    """Items that a careless identity would merge."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(item("/a", "1"), item("/b", "1"), id="feedbin #604: a GUID used again for another article"),
            pytest.param(item("/a", "1", "A"), item("/a", "1", "B"), id="miniflux #4197: all GUIDs and links equal"),
            pytest.param(item(guid="1", title="A"), item(guid="1", title="B"), id="miniflux #4197: all GUIDs equal"),
            pytest.param(item("/a", "1"), item("/a", "2"), id="two items link to one page"),
            pytest.param(item("/notes#one"), item("/notes#two"), id="two notes on one page"),
            pytest.param(item("/#!/one"), item("/#!/two"), id="two hashbang links"),
            pytest.param(item(title="A"), item(title="B"), id="neither link nor GUID"),
            pytest.param(
                item(title="A", more="<description>one</description>"),
                item(title="A", more="<description>two</description>"),
                id="one headline over two texts",
            ),
            pytest.param(
                item(title="A", more="<pubDate>Mon, 02 Nov 2026 12:00:00 GMT</pubDate>"),
                item(title="A", more="<pubDate>Mon, 09 Nov 2026 12:00:00 GMT</pubDate>"),
                id="corrections of two weeks",
            ),
            pytest.param(item("/a?id=1"), item("/a?id=2"), id="links that differ in what they ask for"),
        ],
    )
    def test_both_are_kept(self, one: str, other: str) -> None:
        """Both items come out, each with a key of its own."""
        feed = read(rss(one, other))
        assert len({entry.key for entry in feed.entries}) == 2
        assert feed.set_aside == ()

    def test_a_key_is_bounded(self) -> None:
        """A link of megabytes does not make a key of megabytes, and still tells items apart."""
        found = keys(rss(item("/" + "a" * 100_000 + "1"), item("/" + "a" * 100_000 + "2")))
        assert len(set(found)) == 2
        assert all(len(key) < 500 for key in found)


class TestContentHash:
    """The hash changes when the partner writes, and only then."""

    BEFORE = (
        "<title>Headline</title><link>/a</link><dc:creator>Jane</dc:creator>"
        "<content:encoded><![CDATA[<p>One two.</p><p>12 comments</p>]]></content:encoded>"
        "<description>Short.</description>"
    )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Headline", "Head line"),
            ("One two", "One too"),
            ("Short.", "Shorter."),
            ("Jane", "Jane and Ali"),
            ("<p>One two.</p>", ""),
            ("12 comments", "12 people died"),
        ],
    )
    def test_a_change_of_words_counts(self, old: str, new: str) -> None:
        """Headline, text, summary and authors are what the partner wrote."""
        assert self._hash(self.BEFORE) != self._hash(self.BEFORE.replace(old, new))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("12 comments", "1,234 Comments"),
            ("12 comments", "Kommentare (7)"),
            ("12 comments", "3 min read · 12 views"),
            ("<p>One two.</p>", "<p>One\n  two.</p>"),
            ("<p>One two.</p>", "<p>One\u00a0two.</p>"),
            ("<p>One two.</p>", '<div class="x"><p>One <em>two</em>.</p></div><img src="/pixel?n=1"><!-- 1 -->'),
            ("<p>One two.</p>", "<script>ad(1)</script><style>p{}</style><p>One two.</p>"),
            ("/a", "/a?utm_source=rss"),
        ],
    )
    def test_what_nobody_wrote_does_not_count(self, old: str, new: str) -> None:
        """Counters, blanks, markup, pixels, scripts and links fake no change (FreshRSS #1840, #1859)."""
        assert self._hash(self.BEFORE) == self._hash(self.BEFORE.replace(old, new))

    def test_an_update_signal_counts(self) -> None:
        """A summary feed's only sign of a changed page is `updated` (miniflux #4504, #396)."""
        one, other = (only(atom(f"<title>x</title><updated>2026-11-0{day}T00:00:00Z</updated>")) for day in (1, 2))
        assert one.content_hash != other.content_hash

    def test_one_unicode_form(self) -> None:
        """Composed and decomposed letters are the same words."""
        assert self._hash("<title>Caf\u00e9</title>") == self._hash("<title>Cafe\u0301</title>")

    @staticmethod
    def _hash(inner: str) -> str:
        return only(rss(inner), url=URL).content_hash
