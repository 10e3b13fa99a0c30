"""The ways in which real feeds break their rules, each with what a person would still read in them.

The kinds are those that feedparser's documentation names; the documents are ours.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.feed import Entry
from tests.ingest.feed.feeds import atom, only, read, rss

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LINK = "https://partner.example/a"


def plain(inside: str, *, root: str = '<rss version="2.0">', end: str = "</rss>") -> bytes:
    """Return a document without a namespace or a head, from what stands within its root."""
    return f"{root}{inside}{end}".encode()


ITEM = f"<title>Ports</title><link>{LINK}</link>"

#: A document, and the entry's headline, address, and words of its summary or content, None for none.
DOCUMENTS = {
    "undeclared namespace": (
        plain(f"<channel><item>{ITEM}<dc:creator>Jo</dc:creator><description>Text</description></item></channel>"),
        "Text",
    ),
    "undeclared namespace of the content": (
        plain(f"<channel><item>{ITEM}<content:encoded>Text &lt;b&gt;</content:encoded></item></channel>"),
        "Text <b>",
    ),
    "no channel": (plain(f"<item>{ITEM}<description>Text</description></item>"), "Text"),
    "no version": (plain(f"<channel><item>{ITEM}</item></channel>", root="<rss>"), None),
    "root in capitals": (
        plain(
            f"<CHANNEL><ITEM>{ITEM.upper().replace('PORTS', 'Ports').replace(LINK.upper(), LINK)}</ITEM></CHANNEL>",
            root="<RSS>",
            end="</RSS>",
        ),
        None,
    ),
    "items beside the channel": (plain(f"<channel><title>P</title></channel><item>{ITEM}</item>"), None),
    "declaration not at the start": (b"\n\n  <?xml version='1.0'?>" + rss(ITEM).split(b"?>", 1)[1], None),
    "declaration of another version": (rss(ITEM).replace(b'version="1.0"?', b'version="1.1"?'), None),
    "two roots": (rss(ITEM) + b"<rss></rss>", None),
    "words after the root": (rss(ITEM) + b"<!-- cached --> done in 0.2 s", None),
    "root not closed": (rss(ITEM).replace(b"</channel></rss>", b""), None),
    "channel not closed": (rss(ITEM).replace(b"</channel>", b""), None),
    "tag not closed": (plain(f"<channel><item>{ITEM}<description>Text<br></description></item></channel>"), "Text"),
    "markup within the summary": (
        plain(f"<channel><item>{ITEM}<description>Text <em>set <b>so</em></b></description></item></channel>"),
        "Text",
    ),
    "attribute without quotes": (
        plain(f"<channel><item>{ITEM}<guid isPermaLink=false>7</guid></item></channel>"),
        None,
    ),
    "attribute given twice": (plain(f"<channel><item>{ITEM}<guid a='1' a='2'>7</guid></item></channel>"), None),
    "naked ampersands": (rss(f"{ITEM}<description>Salt & pepper &co; AT&T</description>"), "Salt & pepper"),
    "HTML's entities without a DTD": (
        rss(f"{ITEM}<description>caf&eacute; &mdash; &copy;</description>"),
        "café — ©",
    ),
    "entities within escaped HTML": (
        rss(f"{ITEM}<description>caf&amp;eacute; &lt;p&gt;</description>"),
        "caf&eacute; <p>",
    ),
    "CDATA within CDATA": (
        rss(f"{ITEM}<description><![CDATA[Text <![CDATA[more]]> end]]></description>"),
        "Text",
    ),
    "CDATA not closed": (
        rss(f"{ITEM}<description>Text</description>")
        .replace(b"Text</", b"<![CDATA[Text</", 1)
        .replace(b"</description>", b"]]></description>"),
        "Text",
    ),
    "CDATA in lower case": (
        plain(f"<channel><item>{ITEM}<description><![cdata[Text]]></description></item></channel>"),
        None,
    ),
    "CDATA end alone": (rss(f"{ITEM}<description>Text ]]> more</description>"), "Text"),
    "comment with two hyphens": (rss(f"<!-- a -- b -->{ITEM}<description>Text</description>"), "Text"),
    "comment not closed": (rss(f"{ITEM}<description>Text</description>") + b"<!-- ", "Text"),
    "control characters": (rss(f"{ITEM}<description>Te\x01xt\x1b</description>"), "Text"),
    "smart quotes of Windows in UTF-8": (
        rss(f"{ITEM}<description>XX</description>").replace(b"XX", b"\x93Text\x94"),
        "“Text”",
    ),
    "one line of another encoding": (
        rss(f"{ITEM}<description>Größe — Maß, YY</description>").replace(b"YY", b"\xe9"),
        "Größe — Maß, \ufffd",
    ),
    "UTF-8 said to be ASCII": (
        b"<?xml version='1.0' encoding='us-ascii'?>"
        + rss(f"{ITEM}<description>Größe</description>").split(b"?>", 1)[1],
        "Größe",
    ),
    "RDF without its namespace": (
        plain(f"<channel/><item>{ITEM}<description>Text</description></item>", root="<rdf:RDF>", end="</rdf:RDF>"),
        "Text",
    ),
    "namespace of another case": (
        rss(f"{ITEM}<content:encoded>Text</content:encoded>").replace(
            b"purl.org/rss/1.0/modules/content/", b"PURL.org/RSS/1.0/modules/content/"
        ),
        "Text",
    ),
    "another prefix": (
        rss(f'{ITEM}<x:encoded xmlns:x="http://purl.org/rss/1.0/modules/content/">Text</x:encoded>'),
        "Text",
    ),
    "Atom without its namespace": (
        plain(
            f"<entry><title>Ports</title><link href='{LINK}'/><summary>Text</summary></entry>",
            root="<feed>",
            end="</feed>",
        ),
        "Text",
    ),
    "Atom's link as RSS has it": (atom(f"{ITEM}<summary>Text</summary>"), "Text"),
    "RSS's link as Atom has it": (rss(f"<title>Ports</title><link href='{LINK}'/>"), None),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_broken_documents_still_say_what_they_say(name: str) -> None:
    """However the document breaks its rules, headline, address and words come out."""
    content, words = DOCUMENTS[name]
    entry = only(content)
    assert (entry.headline, entry.url) == ("Ports", LINK)
    if words is not None:
        assert words in (entry.content or entry.summary or "")


def test_an_undeclared_author_is_an_author() -> None:
    """dc:creator without its namespace names the author all the same."""
    assert only(plain(f"<channel><item>{ITEM}<dc:creator>Jo Roe</dc:creator></item></channel>")).authors == (
        "Jo Roe",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 02 Nov 2026 12:00:00 +0000",
        "Mon, 02 Nov 2026 12:00:00 UT",
        "Mon, 02 Nov 2026 12:00:00 Z",
        "Mon, 02 Nov 2026 12:00 GMT",
        "02 Nov 2026 12:00:00 GMT",
        "2 Nov 26 12:00:00 GMT",
        "Monday, 02 November 2026 12:00:00 GMT",
        "Tue, 02 Nov 2026 12:00:00 GMT",
        "Mon, 02 Nov 2026 05:00:00 MST",
        "Mon, 02 Nov 2026 13:00:00 +01:00",
        "Mon,  02  Nov  2026  12:00:00  GMT",
        "mon, 02 nov 2026 12:00:00 gmt",
        "Mon, Nov 02 2026 12:00:00 GMT",
        "Mon Nov  2 12:00:00 2026",
        "2026-11-02T12:00:00Z",
        "2026-11-02T12:00:00.123Z",
        "2026-11-02T12:00Z",
        "2026-11-02t12:00:00z",
        "2026-11-02T13:00:00+0100",
        "2026-11-02 12:00:00",
        "20261102T12:00:00Z",
        "20261102T120000Z",
        "2026-11-02 12:00:00 UTC",
        "2026/11/02 12:00:00",
        "2026-11-02 13:00:00 +01:00",
        "Mo, 02 Nov 2026 13:00:00 +0100",
        "lun., 02 nov. 2026 13:00:00 +0100",
        "\u041f\u043d, 02 Nov 2026 12:00:00 GMT",
        " 2026-11-02T12:00:00Z\n",
    ],
)
def test_dates_in_the_forms_that_occur(text: str) -> None:
    """A weekday that is wrong, a short year, odd blanks, a zone by name: one moment."""
    found = only(rss(f"{ITEM}<pubDate>{text}</pubDate>")).published_at
    assert found is not None
    assert found.replace(microsecond=0) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-45T12:00:00Z",
        "0000-00-00T00:00:00Z",
        "Mon, 02 Nov 2026 29:99:99 GMT",
        "1 January",
        "now",
        "-1",
        "99999-01-01T00:00:00Z",
        "1793624400",
        "2026\u5e7411\u670802\u65e5 13:00",
        "2026-W45-1",
        "2026-11-02 12:00:00 EST",
        "02/11/2026",
        "Thu, 31 Feb 2026 10:00:00 GMT",
        "Mon, 02 Nov 2026 13:00:00 +25:99",
        "2004-j\u00falius-13T9:15-05:00",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """An impossible date is none, rather than another day."""
    assert only(rss(f"{ITEM}<pubDate>{text}</pubDate>")).published_at is None


@pytest.mark.parametrize(
    ("feed_base", "entry_base", "link", "url"),
    [
        ("https://other.example/b/", "", "a", "https://other.example/b/a"),
        ("", "https://other.example/b/c", "a", "https://other.example/b/a"),
        ("https://other.example/b/", "c/", "a", "https://other.example/b/c/a"),
        ("/b/", "", "a", "https://partner.example/b/a"),
        ("https://other.example/b/", "", "/a", "https://other.example/a"),
        ("https://other.example/b/", "", "//third.example/a", "https://third.example/a"),
        ("https://other.example/b/", "", "?p=1", "https://other.example/b/?p=1"),
        ("javascript:alert(1)", "", "a", "https://partner.example/feeds/a"),
        ("", "", "../a", "https://partner.example/a"),
    ],
)
def test_relative_links_and_xml_base(feed_base: str, entry_base: str, link: str, url: str) -> None:
    """Links stand against the nearest xml:base, which stands against the one above it, and never leave the web."""
    attribute = f'xml:base="{entry_base}"' if entry_base else ""
    document = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{feed_base}"><entry {attribute}><title>x</title><link href="{link}"/></entry></feed>'
    assert only(document.encode()).url == url


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("&lt;i&gt;Ports&lt;/i&gt; &amp;amp; people", "Ports & people"),
        ("<![CDATA[<i>Ports</i> &amp; people]]>", "Ports & people"),
        ("<i>Ports</i> &amp; people", "Ports & people"),
        ("Ports &amp;#8211; people", "Ports – people"),
        ("Ports &lt; people", "Ports < people"),
        ("Ports &lt;3 people", "Ports <3 people"),
        ("5 &gt; 3", "5 > 3"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Ports", "Ports"),
        ("Ports&lt;br&gt;people", "Ports people"),
    ],
)
def test_html_in_titles(title: str, headline: str) -> None:
    """A headline is words, whichever way its markup is written (RSS never says which)."""
    assert only(rss(f"<title>{title}</title><link>{LINK}</link>")).headline == headline


@pytest.mark.parametrize(
    ("kind", "title", "headline"),
    [
        ("text", "a &lt;b&gt; c", "a <b> c"),
        ("html", "a &lt;b&gt;b&lt;/b&gt; c", "a b c"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> c</div>', "a b c"),
        ("text/plain", "a &lt;b&gt; c", "a <b> c"),
        ("text/html", "a &lt;b&gt;b&lt;/b&gt; c", "a b c"),
    ],
)
def test_atom_says_what_its_titles_are(kind: str, title: str, headline: str) -> None:
    """Atom says how a title is written, and is believed."""
    assert only(atom(f'<title type="{kind}">{title}</title><link href="{LINK}"/>')).headline == headline


def entries(content: bytes) -> list[Entry]:
    """Return a document's entries."""
    return list(read(content).entries)


def test_one_broken_item_costs_no_other() -> None:
    """Items before and after a broken one come out."""
    broken = "<title>B</title><link>/b</link><description>a < b <p></description>"
    found = entries(rss("<title>A</title><link>/a</link>", broken, "<title>C</title><link>/c</link>"))
    assert [entry.headline for entry in found] == ["A", "B", "C"]


@pytest.mark.parametrize("date", ["pubDate", "dc:date"])
def test_a_day_of_publication_is_no_time_of_a_change(date: str) -> None:
    """Named: `pubDate` read as updated (superdesk-core #1694), so that what is old looks unchanged, or new as changed.

    Only what says that it tells of a change does; whether the words changed, the words tell.
    """
    dated = only(rss(f"{ITEM}<{date}>2026-11-02T12:00:00Z</{date}>"))
    assert dated.published_at is not None
    assert dated.updated_at is None
    both = only(rss(f"{ITEM}<{date}>2026-11-02T12:00:00Z</{date}><atom:updated>2026-11-03T12:00:00Z</atom:updated>"))
    assert (both.published_at, both.updated_at) == (dated.published_at, datetime(2026, 11, 3, 12, tzinfo=UTC))
