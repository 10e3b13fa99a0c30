"""Each dialect's fields arrive in the entry, word for word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.ingest.feed.feeds import URL, atom, only, read, rss

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class TestRss:
    """RSS 0.9x, 2.0 and RDF."""

    def test_a_whole_item(self) -> None:
        """Every field of an item comes out as the partner wrote it."""
        entry = only(
            rss(
                "<title>Ports &amp; people</title><link>https://partner.example/a?id=1</link>"
                '<guid isPermaLink="false">n-1</guid><dc:creator>Jane Doe and Ali B. Khan</dc:creator>'
                "<pubDate>Mon, 02 Nov 2026 13:00:00 +0100</pubDate>"
                "<category>Trade</category><category>Asia</category>"
                "<description>&lt;p&gt;In short.&lt;/p&gt;</description>"
                "<content:encoded><![CDATA[<p>In <em>full</em>.</p>]]></content:encoded>"
                '<source url="https://origin.example/rss">Origin News</source><dc:language>en_GB</dc:language>'
                '<enclosure url="/p.jpg" type="image/jpeg" length="1"/><dc:rights>CC BY</dc:rights>'
            )
        )
        assert entry.headline == "Ports & people"
        assert entry.url == "https://partner.example/a?id=1"
        assert entry.guid == "n-1"
        assert entry.authors == ("Jane Doe and Ali B. Khan",)
        assert entry.published_at == NOON
        assert entry.updated_at is None
        assert entry.labels == ("Trade", "Asia")
        assert entry.summary == "<p>In short.</p>"
        assert entry.content == "<p>In <em>full</em>.</p>"
        assert (entry.source_name, entry.source_url) == ("Origin News", "https://origin.example/rss")
        assert entry.language == "en-gb"
        assert entry.image_url == "https://partner.example/p.jpg"
        assert entry.rights == "CC BY"

    def test_the_feeds_own_fields(self) -> None:
        """Title, home page, language and the wait that it asks for."""
        head = "<title>A &amp; B</title><link>/</link><language>de-AT</language><ttl>90</ttl>"
        feed = read(rss(head=head))
        assert (feed.title, feed.home_url, feed.language, feed.ttl) == (
            "A & B",
            "https://partner.example/",
            "de-at",
            5400,
        )
        assert feed.entries == ()
        assert feed.set_aside == ()

    def test_update_period(self) -> None:
        """The syndication module's period is divided by its frequency, and nonsense says nothing."""
        said = "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
        assert read(rss(head=said)).ttl == 1800
        assert read(rss(head="<ttl>soon</ttl>")).ttl is None
        assert read(rss(head="<ttl>" + "9" * 50 + "</ttl>")).ttl is None

    def test_rdf(self) -> None:
        """RSS 1.0 has its items beside the channel, and its date in dc:date."""
        entry = only(
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>P</title></channel>'
            b'<item rdf:about="https://partner.example/a"><title>One</title><link>https://partner.example/a</link>'
            b"<dc:date>2026-11-02T12:00:00Z</dc:date><dc:creator>Jane Doe</dc:creator></item></rdf:RDF>"
        )
        assert (entry.headline, entry.published_at, entry.updated_at) == ("One", NOON, None)
        assert entry.authors == ("Jane Doe",)

    @pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "9.9", ""])
    def test_versions(self, version: str) -> None:
        """Any version number, or none, is read."""
        said = f'<rss version="{version}"><channel><item><title>One</title></item></channel></rss>'
        assert only(said.encode()).headline == "One"

    @pytest.mark.parametrize(
        ("markup", "authors"),
        [
            ("<author>jane@a.example (Jane Doe)</author>", ("jane@a.example (Jane Doe)",)),
            ("<dc:creator>Jane Doe</dc:creator><dc:creator>Ali Khan</dc:creator>", ("Jane Doe", "Ali Khan")),
            ("<dc:creator>By JANE DOE, Staff Writer</dc:creator>", ("By JANE DOE, Staff Writer",)),
            ("<dc:creator>Jane</dc:creator><itunes:author>Jane</itunes:author>", ("Jane",)),
            ("<dc:creator></dc:creator>", ()),
            ("<dc:creator>O&#39;Brien &amp; Søn</dc:creator>", ("O'Brien & Søn",)),
            ("<dc:creator>O&#39;Brien & Søn</dc:creator>", ("O'Brien & Søn",)),
        ],
    )
    def test_authors_are_verbatim(self, markup: str, authors: tuple[str, ...]) -> None:
        """Author strings are neither split nor cleaned, and each element is one (distributor #868, feedzy #1013)."""
        assert only(rss(f"<title>x</title>{markup}")).authors == authors

    @pytest.mark.parametrize(
        ("markup", "content", "summary"),
        [
            ("<description>Short.</description>", None, "Short."),
            ("<description>S</description><media:description>Photo</media:description>", None, "S"),
            ("<media:description>Photo</media:description><description>S</description>", None, "S"),
            ("<description>S</description><description>T</description>", None, "T"),
            ("<dc:description>D</dc:description>", None, "D"),
            ("<itunes:summary>I</itunes:summary><description>S</description>", None, "S"),
            ("<content:encoded>F</content:encoded>", "F", None),
            ("<content:encoded>F</content:encoded><description>S</description>", "F", "S"),
            ("<content:encoded>F</content:encoded><description>F</description>", "F", None),
            ("<content:encoded></content:encoded><description>S</description>", None, "S"),
        ],
    )
    def test_only_whole_texts_are_content(self, markup: str, content: str | None, summary: str | None) -> None:
        """A description, a caption or a second description is never taken for the whole article."""
        entry = only(rss(f"<title>x</title>{markup}"))
        assert (entry.content, entry.summary) == (content, summary)

    @pytest.mark.parametrize(
        ("markup", "url", "guid"),
        [
            ("<link>/a</link>", "https://partner.example/a", None),
            ("<link>a.html</link>", "https://partner.example/feeds/a.html", None),
            ("<link> https://partner.example/a\n</link>", "https://partner.example/a", None),
            ("<link>https://u:secret@partner.example/a</link>", "https://partner.example/a", None),
            ("<link>javascript:alert(1)</link>", None, None),
            ("<link>https://partner.example/?a=1&amp;copy=2</link>", "https://partner.example/?a=1&copy=2", None),
            ("<guid>https://partner.example/a</guid>", "https://partner.example/a", "https://partner.example/a"),
            ("<guid>12345</guid>", None, "12345"),
            ('<guid isPermaLink="false">https://partner.example/a</guid>', None, "https://partner.example/a"),
            ('<guid isPermaLink="true">a</guid>', "https://partner.example/feeds/a", "a"),
            ("<guid>/a</guid>", "https://partner.example/a", "/a"),
            (
                "<link>/1</link><feedburner:origLink>https://partner.example/a</feedburner:origLink>",
                "https://partner.example/a",
                None,
            ),
            (
                '<atom:link rel="self" href="https://partner.example/self"/><link>/a</link>',
                "https://partner.example/a",
                None,
            ),
        ],
    )
    def test_links_are_absolute_and_guids_verbatim(self, markup: str, url: str | None, guid: str | None) -> None:
        """Links come out absolute or not at all; a GUID stays as it is, and is a link only where it says so."""
        entry = only(rss(f"<title>x</title>{markup}"))
        assert (entry.url, entry.guid) == (url, guid)

    @pytest.mark.parametrize(
        ("title", "headline"),
        [
            ("Ports &amp;amp; people", "Ports & people"),
            ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
            ("If a &lt; b", "If a < b"),
            ("<![CDATA[AT&T “plan”]]>", "AT&T “plan”"),
            ("One\n   two", "One two"),
            ("30\u00a0%", "30\u00a0%"),
            ("", ""),
        ],
    )
    def test_headlines_are_plain_text(self, title: str, headline: str) -> None:
        """Markup and escapes go, the words and their no-break spaces stay."""
        assert only(rss(f"<title>{title}</title><link>/a</link>")).headline == headline

    def test_the_items_title_is_not_its_pictures(self) -> None:
        """A media:title or media:credit does not stand in for the item's own fields."""
        media = "<media:content url='/p.jpg'><media:title>Photo</media:title></media:content>"
        after, before = read(rss(f"<title>Story</title>{media}", f"{media}<title>Tale</title>")).entries
        assert (after.headline, before.headline) == ("Story", "Tale")

    @pytest.mark.parametrize(
        ("markup", "image"),
        [
            ('<media:thumbnail url="/t.jpg"/>', "https://partner.example/t.jpg"),
            (
                '<media:content url="/s.jpg" type="image/jpeg" width="90"/><media:content url="/l.jpg" width="900"/>',
                "https://partner.example/l.jpg",
            ),
            ('<media:content url="/v.mp4" medium="video"/>', None),
            ('<enclosure url="/a.mp3" type="audio/mpeg"/>', None),
            ('<enclosure url="/p.png" type="image/png"/>', "https://partner.example/p.png"),
        ],
    )
    def test_the_largest_picture(self, markup: str, image: str | None) -> None:
        """The widest picture that the feed names, absolute; no film and no sound (feedzy #867)."""
        assert only(rss(f"<title>x</title>{markup}")).image_url == image


class TestDates:
    """A feed's dates, read and never guessed."""

    @pytest.mark.parametrize(
        "text",
        [
            "Mon, 02 Nov 2026 12:00:00 GMT",
            "Mon, 2 Nov 2026 07:00 EST",
            "2026-11-02T13:00:00+01:00",
            "2026-11-02 12:00:00",
        ],
    )
    def test_dates_are_aware_utc(self, text: str) -> None:
        """RFC 822, RFC 3339 and common misspellings mean one moment, in UTC (feedzy #832)."""
        assert only(rss(f"<title>x</title><pubDate>{text}</pubDate>")).published_at == NOON

    @pytest.mark.parametrize("text", ["", "soon", "32 Foo 2026", "Mon, 99 Nov 2026 12:00:00 GMT", "1" * 100_000])
    def test_no_date_is_none(self, text: str) -> None:
        """What is no date is None, and the entry stays."""
        assert only(rss(f"<title>x</title><pubDate>{text}</pubDate>")).published_at is None

    def test_a_pubdate_is_no_update(self) -> None:
        """A pubDate is never read as the time of an update (superdesk-core #1694)."""
        assert only(rss("<title>x</title><pubDate>Mon, 02 Nov 2026 12:00:00 GMT</pubDate>")).updated_at is None

    def test_a_lying_element_is_no_date(self) -> None:
        """An element named as one of the parser's own fields does not become that field."""
        markup = "<published_parsed>2026</published_parsed><links>x</links><authors>x</authors><tags>a</tags>"
        entry = only(rss(f"<title>x</title>{markup}"))
        assert (entry.published_at, entry.url, entry.authors) == (None, None, ())


class TestAtom:
    """Atom 0.3 and 1.0."""

    def test_a_whole_entry(self) -> None:
        """Every field of an entry comes out as the partner wrote it."""
        entry = only(
            atom(
                '<title type="html">Ports &amp;amp; people</title><id>tag:partner.example,2026:1</id>'
                '<link rel="alternate" type="text/html" href="/a"/>'
                '<link rel="enclosure" type="image/png" href="/p.png"/>'
                "<author><name>Jane Doe</name><email>jane@a.example</email></author>"
                "<author><name>Ali Khan</name></author>"
                "<published>2026-11-02T12:00:00Z</published><updated>2026-11-02T13:00:00Z</updated>"
                '<category term="t" label="Trade"/><summary>5 &lt; 6</summary><rights>CC BY</rights>'
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Full <b>text</b>.</p></div>'
                "</content>"
                "<source><title>Origin</title><link href='https://origin.example/'/></source>",
                attributes='xml:lang="fr"',
            )
        )
        assert entry.headline == "Ports & people"
        assert entry.guid == "tag:partner.example,2026:1"
        assert entry.url == "https://partner.example/a"
        assert entry.authors == ("Jane Doe", "Ali Khan")
        assert (entry.published_at, entry.updated_at) == (NOON, NOON.replace(hour=13))
        assert entry.labels == ("Trade",)
        assert entry.summary == "5 &lt; 6"
        assert entry.content == "<p>Full <b>text</b>.</p>"
        assert entry.rights == "CC BY"
        assert entry.language == "fr"
        assert entry.image_url == "https://partner.example/p.png"
        assert (entry.source_name, entry.source_url) == ("Origin", "https://origin.example/")

    def test_authors_come_down(self) -> None:
        """An entry without authors has its source's, else the feed's (RFC 4287, section 4.2.1)."""
        feed_author = "<title>P</title><author><name>The Feed</name></author>"
        source = "<source><author><name>The Source</name></author></source>"
        assert only(atom("<title>x</title>", head=feed_author)).authors == ("The Feed",)
        assert only(atom(f"<title>x</title>{source}", head=feed_author)).authors == ("The Source",)

    def test_text_content_is_escaped(self) -> None:
        """Plain text becomes HTML that shows the same, and content of another kind is none."""
        assert only(atom("<title>x</title><content>a &lt;b&gt;</content>")).content == "a &lt;b&gt;"
        assert only(atom('<title>x</title><content type="html">&lt;b&gt;x&lt;/b&gt;</content>')).content == "<b>x</b>"
        assert only(atom('<title>x</title><content type="image/png">aGk=</content>')).content is None

    def test_xml_base_is_told(self) -> None:
        """Relative links stand against xml:base, in the content as in the entry's own links."""
        entry = only(
            atom(
                '<title>x</title><link href="a"/><content type="html">&lt;img src="p.jpg"&gt;</content>',
                attributes='xml:base="https://other.example/n/"',
            )
        )
        assert entry.url == "https://other.example/n/a"
        assert entry.base_url == "https://other.example/n/"

    def test_without_xml_base_the_entry_is_the_base(self) -> None:
        """Where the feed names no base, none is told."""
        assert only(atom('<title>x</title><content type="html">y</content>')).base_url is None

    def test_atom_03(self) -> None:
        """The old namespace and its names are read."""
        said = (
            b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>One</title>'
            b'<link rel="alternate" type="text/html" href="https://partner.example/a"/><issued>2026-11-02T12:00:00Z</issued>'
            b"<modified>2026-11-02T13:00:00Z</modified></entry></feed>"
        )
        entry = only(said)
        assert (entry.headline, entry.published_at, entry.updated_at) == ("One", NOON, NOON.replace(hour=13))

    def test_an_entry_alone(self) -> None:
        """A document that is one entry is a feed of one."""
        assert only(b'<entry xmlns="http://www.w3.org/2005/Atom"><title>One</title></entry>').headline == "One"


def test_cdf() -> None:
    """Microsoft's Channel Definition Format names its links in attributes."""
    entry = only(
        b'<CHANNEL HREF="https://partner.example/"><TITLE>P</TITLE><ITEM HREF="https://partner.example/a">'
        b"<TITLE>One</TITLE><ABSTRACT>Short.</ABSTRACT></ITEM></CHANNEL>"
    )
    assert (entry.headline, entry.url, entry.summary) == ("One", "https://partner.example/a", "Short.")


class TestJsonFeed:
    """JSON Feed 1.0 and 1.1."""

    def test_a_whole_item(self) -> None:
        """Every field of an item comes out as the partner wrote it."""
        feed = read(
            b"""{"version": "https://jsonfeed.org/version/1.1", "title": "P", "home_page_url": "https://partner.example/",
            "language": "en-GB", "authors": [{"name": "The Feed"}], "items": [
            {"id": 7, "url": "/a", "title": "Ports & people", "content_html": "<p>Full.</p>", "summary": "a < b",
             "image": "/p.jpg", "date_published": "2026-11-02T13:00:00+01:00",
             "date_modified": "2026-11-02T13:00:00Z", "tags": ["Trade", "Asia", "Trade"],
             "authors": [{"name": "Jane Doe"}, {"name": "Ali Khan", "url": "x"}]}]}"""
        )
        entry = feed.entries[0]
        assert (feed.title, feed.home_url, feed.language) == ("P", "https://partner.example/", "en-gb")
        assert (entry.guid, entry.url, entry.headline) == ("7", "https://partner.example/a", "Ports & people")
        assert (entry.content, entry.summary) == ("<p>Full.</p>", "a &lt; b")
        assert entry.authors == ("Jane Doe", "Ali Khan")
        assert (entry.published_at, entry.updated_at) == (NOON, NOON.replace(hour=13))
        assert entry.labels == ("Trade", "Asia")
        assert (entry.image_url, entry.language) == ("https://partner.example/p.jpg", "en-gb")

    def test_version_1_0_has_one_author(self) -> None:
        """The old single author counts, and the feed's comes down to items without one."""
        said = (
            b'{"author": {"name": "Feed"}, "items": '
            b'[{"id": "1", "title": "a", "author": {"name": "Jane"}}, {"id": "2", "title": "b"}]}'
        )
        assert [entry.authors for entry in read(said).entries] == [("Jane",), ("Feed",)]

    def test_plain_text_becomes_paragraphs(self) -> None:
        """content_text is the whole article, in paragraphs that show the same words."""
        said = b'{"items": [{"id": "1", "content_text": "One <1>\\nline.\\n\\nTwo."}]}'
        assert only(said).content == "<p>One &lt;1&gt;<br>line.</p><p>Two.</p>"

    def test_a_bad_item_harms_no_other(self) -> None:
        """Items that are none are set aside with a reason, the rest is read."""
        feed = read(b'{"items": [{"id": "1", "title": "a"}, 7, {"id": "2", "title": ["x"]}, null, {"title": "b"}]}')
        assert [entry.headline for entry in feed.entries] == ["a", "b"]
        assert len(feed.set_aside) == 3
        assert all(item.reason and item.excerpt for item in feed.set_aside)

    def test_lone_surrogates_and_nuls_go(self) -> None:
        """Escapes of what no text may hold do not reach the store."""
        assert only(b'{"items": [{"id": "1", "title": "a\\u0000b\\ud800c"}]}').headline == "abc"


def test_the_feed_may_come_from_anywhere() -> None:
    """A feed at an odd URL is read all the same, with its absolute links."""
    assert (
        only(rss("<title>x</title><link>https://a.example/x</link>"), url=URL + "?a=b").url == "https://a.example/x"
    )


class TestWhatTheFeedAsks:
    """When to poll and who announces changes, for the poller."""

    def test_skipped_hours_and_days(self) -> None:
        """Every hour and day named is kept once, in order; RSS 0.91's hour 24 is hour 0; nonsense says nothing."""
        head = (
            "<skipHours><hour>3</hour><hour> 24 </hour><hour>3</hour><hour>25</hour><hour>x</hour></skipHours>"
            "<skipDays><day>Sunday</day><day>monday</day><day>Someday</day></skipDays>"
        )
        feed = read(rss("<title>x</title>", head=head))
        assert (feed.skip_hours, feed.skip_days) == ((0, 3), (0, 6))

    def test_an_items_hour_is_none_of_the_feeds(self) -> None:
        """An <hour> within an item, or outside skipHours, asks for nothing."""
        feed = read(rss("<title>x</title><skipHours><hour>5</hour></skipHours>", head="<hour>7</hour>"))
        assert feed.skip_hours == ()

    def test_update_period_stands_beside_ttl(self) -> None:
        """Both asks are kept apart, so that a poller may weigh them."""
        feed = read(rss(head="<ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod>"))
        assert (feed.ttl, feed.update_period) == (5400, 86400)

    @pytest.mark.parametrize(
        "content",
        [
            rss(head='<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/self"/>'),
            atom(head='<link rel="hub" href="https://hub.example/"/><link rel="self" href="/self"/>'),
            (
                b'{"items": [], "feed_url": "/self", "hubs": [{"type": "rssCloud", "url": "https://no.example/"},'
                b'{"type": "WebSub", "url": "https://hub.example/"}]}'
            ),
        ],
    )
    def test_hub_and_topic(self, content: bytes) -> None:
        """The WebSub hub and the feed's own address come out absolute, in each dialect."""
        feed = read(content)
        assert (feed.hub_url, feed.self_url) == ("https://hub.example/", "https://partner.example/self")

    def test_link_headers_go_before_the_documents_links(self) -> None:
        """WebSub, section 4: what the Link header says, counts."""
        served = '<https://h.example/>; rel="hub", </t>; title="a, b"; rel=self'
        feed = read(rss(head='<atom:link rel="hub" href="https://hub.example/"/>'), link=served)
        assert (feed.hub_url, feed.self_url) == ("https://h.example/", "https://partner.example/t")

    def test_no_hub(self) -> None:
        """A feed that names none, or one that is no web address, has none."""
        feed = read(rss(head='<atom:link rel="hub" href="javascript:alert(1)"/>'), link="<<>>; rel=hub, ;;;")
        assert (feed.hub_url, feed.self_url) == (None, None)
