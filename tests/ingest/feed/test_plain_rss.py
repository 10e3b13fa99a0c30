"""The quick reading of plain RSS gives what feedparser's handlers give, field for field, or gives way to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.feed import read_changed
from ingest.feed.parse import read_head
from ingest.feed.prolog import read_prolog, without_forbidden
from ingest.feed.xml_entries import read_entry
from ingest.feed.xml_reader import read_by_handlers, read_plainly
from ingest.sources import FeedSource
from tests.ingest.feed.feeds import URL, rss

SOURCE = FeedSource(url=URL, every=timedelta(hours=1))

#: What a plain item is made of, in every spelling that is read quickly.
PLAIN = (
    "<title>Story &amp; more</title>",
    "<title><![CDATA[A <i>fine</i> story &copy;]]></title>",
    "<title>  A &lt;b&gt;bold&lt;/b&gt;\n one </title>",
    "<link>https://partner.example/1?a=1&amp;b=2</link>",
    "<link>\n/relative/2&amp;amp;x=3 </link>",
    "<link>//other.example/3#part</link>",
    "<link>http:///four.example/</link>",
    "<guid>https://partner.example/?p=1</guid>",
    '<guid isPermaLink="false">tag:partner.example,2026:1</guid>',
    '<guid isPermaLink="TRUE">/5</guid>',
    "<pubDate>Mon, 02 Nov 2026 13:00:00 +0100</pubDate>",
    "<dc:date>2026-11-02T13:00:00Z</dc:date>",
    "<dc:creator><![CDATA[Jane Doe, John Roe]]></dc:creator>",
    "<dc:creator/>",
    "<author>jane@partner.example (Jane Doe)</author>",
    "<category>Ports</category>",
    '<category domain="https://partner.example/tags">Council</category>',
    '<category domain="x"/>',
    "<dc:subject>Harbours</dc:subject>",
    "<description>Two &lt;p&gt;lines&lt;/p&gt;</description>",
    "<description><![CDATA[<p>One</p>]]> and <![CDATA[<p>two &eacute;</p>]]></description>",
    "<content:encoded><![CDATA[<p>Whole <a href='/x'>text</a></p>]]></content:encoded>",
    '<enclosure url="/a.jpg" type="Image/JPEG" length="1"/>',
    (
        '<media:content url="https://cdn.example/b.jpg" medium="image" width="600"><media:title>x</media:title>'
        "<media:credit>Roe</media:credit></media:content>"
    ),
    (
        '<media:group><media:content url="https://cdn.example/c.png" width="9"/>'
        '<media:thumbnail url="/t.jpg"/></media:group>'
    ),
    '<media:thumbnail url="https://cdn.example/t.jpg"></media:thumbnail>',
    '<source url="https://origin.example/feed">Origin</source>',
    "<source>Origin</source>",
    "<feedburner:origLink>https://partner.example/true</feedburner:origLink>",
    "<itunes:summary>Spoken</itunes:summary>",
    "<dc:description>Said</dc:description>",
    "<dc:rights>(c) Partner</dc:rights>",
    '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">3</slash:comments>',
    "<comments>https://partner.example/1#comments</comments>",
    '<post-id xmlns="com-wordpress:feed-additions:1">7</post-id>',
    '<own:thing xmlns:own="https://partner.example/ns" a="1">x</own:thing>',
    "<!-- a <title>comment</title> -->",
    "<?php echo 1 ?>",
)

#: What only the handlers know what to make of.
ODD = (
    "<title type='html'>Typed</title>",
    "<title>Half <b>bold</b></title>",
    "<title>A<!-- no -->B</title>",
    "<description type='text'>plain</description>",
    "<description><p>inline</p></description>",
    "<description xml:base='https://base.example/'>x</description>",
    "<summary>of another dialect</summary>",
    "<content:encoded xml:lang='fr'>x</content:encoded>",
    "<atom:link rel='alternate' href='/atom'/>",
    "<atom:updated>2026-11-02T13:00:00Z</atom:updated>",
    "<author><name>Jane</name><email>j@x.example</email></author>",
    "<media:content url='/d.jpg'><media:category>c</media:category></media:content>",
    "<media:keywords>a, b</media:keywords>",
    "<media:title>Before all</media:title>",
    "<title>a &lt;b&gt;</title><source>S</source><media:content url='/e.jpg'><media:title>m</media:title></media:content>",
    "<enclosure url='' href='/f.jpg' type='image/png'/>",
    "<enclosure uri='/g.jpg' type='image/png'/>",
    "<media:thumbnail>https://cdn.example/text.jpg</media:thumbnail>",
    "<category term='t' label='l'/>",
    "<dc:title>Another title</dc:title>",
    "<dc:creator xmlns:dc='https://wrong.example/'>wrong</dc:creator>",
    "<dc:creator xmlns:dc='http://search.yahoo.com/mrss/'>wrong</dc:creator>",
    "<x:creator xmlns:x='http://purl.org/dc/elements/1.1/'>right</x:creator>",
    "<title:detail xmlns:title='https://x.example/'>d</title:detail>",
    "<title xmlns='https://x.example/'>foreign</title>",
    "<TITLE>Loud</TITLE>",
    "<image><url>/i.jpg</url></image>",
    "<title>win \x93quotes\x94</title>",
    "<title>win &#147;quotes&#x94;</title>",
    "<language>fr</language>",
    "<item><title>nested</title></item>",
    "<svg xmlns='http://www.w3.org/2000/svg'><title>s</title></svg>",
    "<source url='/s'><title>T</title></source>",
    "stray text &nbsp;",
    "<guid rdf:about='x' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>g</guid>",
)

HEADS = (
    "<title>Partner</title>",
    "<title>Partner</title><language>de</language><ttl>5</ttl><atom:link rel='hub' href='https://hub.example/'/>",
    "<image><title>Logo</title><url>/l.png</url><link>/</link></image><skipHours><hour>3</hour></skipHours>",
    "<title>P</title><description>of <b>bold</b></description>",
    (
        "<title>A &lt;b&gt;P&lt;/b&gt; &amp;amp; B</title><link>/home</link><language>de_AT</language><category>c</category>"
        "<image><url>/l.png</url><title>Logo</title><link>/logo</link><width>9</width></image><generator>g</generator>"
        "<atom:link rel='self' href='/feed' type='application/rss+xml'/><atom:link href='//hub.example' rel='HUB'/>"
    ),
    "<title>one</title><title>two</title><link>/a?b=1&amp;c=2</link><sy:updatePeriod> daily </sy:updatePeriod>",
    "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><link/><ttl>x</ttl>",
    "<skipDays><day>Monday</day><day> sunday</day></skipDays><skipHours/><link>http:///x.example</link><ttl>7</ttl>",
    "<skipHours><hour>1</hour><hour><b>2</b></hour></skipHours><link>/<!-- c -->x</link><dc:language>fr</dc:language>",
    "<atom:link href='/page'/><atom:link rel='self' url='/u'/><link rel='hub' href='/h'/><!-- c --><image href='/i'/>",
    "<generator a='1'>g</generator><description><![CDATA[<p>d</p>]]></description><copyright>c</copyright>",
    "<description><title>inside</title></description>",
    "<author><name>All</name></author><managingEditor>ed@x.example</managingEditor>",
    "<textInput><title>t</title><name>q</name></textInput>",
    "<image><item/></image>",
    "<media:group><media:title>m</media:title></media:group>",
    "",
)


def same(content: bytes) -> bool:
    """Hold the two readings of a document against each other; tell whether the quick one read it."""
    document = read_prolog(without_forbidden(content.decode("utf-8", "surrogatepass")))
    quick = read_plainly(document, URL, "en")
    if quick is None:
        return False
    slow = read_by_handlers(document, URL, "en")
    assert not slow.loose
    assert (quick.version[:3], quick.cut, quick.loose) == (slow.version[:3], slow.cut, slow.loose)
    assert read_head(quick.feed, {}, URL) == read_head(slow.feed, {}, URL)
    entries, expected = ([read_entry(raw, feed, base=URL) for raw in feed.entries] for feed in (quick, slow))
    assert entries == expected
    return True


@pytest.mark.parametrize("piece", PLAIN)
def test_plain_elements_are_read_quickly(piece: str) -> None:
    """Each well-known element is read without the handlers, as they would read it, twice in a feed too."""
    title = "" if piece.startswith("<title") else "<title>T</title>"
    assert same(rss(title + piece, title + piece))


@pytest.mark.parametrize("piece", ODD)
def test_odd_elements_never_read_otherwise(piece: str) -> None:
    """What is odd is the handlers' to read, unless it comes out the same."""
    same(rss(piece, f"<title>T</title>{piece}", f"{piece}<title>T</title>"))


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("attributes", ["", "xml:base='https://b.example/'", "xml:lang='fr'", "xmlns='urn:x'"])
def test_heads_never_read_otherwise(head: str, attributes: str) -> None:
    """Whatever stands before the items, and on the elements around them."""
    same(rss(*PLAIN[:5:3], head=head))
    same(rss(*PLAIN[:5:3], head=head).replace(b"<channel>", f"<channel {attributes}>".encode()))
    same(rss(*PLAIN[:5:3], head=head).replace(b'version="2.0"', f'version="0.91" {attributes}'.encode()))


def test_what_follows_items_is_not_read_quickly() -> None:
    """A second title behind the items would be another's title."""
    assert not same(rss("<title>a</title>").replace(b"</channel>", b"<title>late</title></channel>"))


@settings(max_examples=400, deadline=None)
@given(
    items=st.lists(st.lists(st.sampled_from(PLAIN), max_size=9).map("".join), min_size=1, max_size=4),
    odd=st.lists(st.sampled_from(ODD), max_size=1),
    head=st.sampled_from(HEADS),
)
def test_any_mix_of_elements_reads_alike(items: list[str], odd: list[str], head: str) -> None:
    """Elements in any order and number, twice too, mixed with odd ones: the same or the handlers'."""
    same(rss(*items, *(f"{items[0]}{piece}" for piece in odd), head=head))


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(max_size=30), name=st.sampled_from(("title", "link", "guid", "dc:creator", "description", "pubDate"))
)
def test_any_text_reads_alike(text: str, name: str) -> None:
    """Any characters within an element, as CDATA and raw."""
    same(rss(f"<{name}><![CDATA[{text}]]></{name}>", f"<{name}>{text}</{name}>"))


def test_a_plain_feed_reads_alike_after_a_change() -> None:
    """What is new in a plain feed comes out as a whole reading gives it."""
    before = rss(*("".join(PLAIN[n::5]) for n in range(4)))
    state = read_changed(before, headers={}, url=URL, source=SOURCE).state
    after = rss("<title>New</title><link>/new</link>", *("".join(PLAIN[n::5]) for n in range(4)))
    result = read_changed(after, headers={}, url=URL, source=SOURCE, state=state)
    whole = read_changed(after, headers={}, url=URL, source=SOURCE)
    assert result.entries == whole.entries[:1]
    assert result.unchanged == 4
