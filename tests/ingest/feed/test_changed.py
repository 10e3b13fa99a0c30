"""The fast way reads what is new exactly as the whole way does, and leaves only what was read before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import FeedError
from ingest.feed import ParsedFeed, parse_feed, read_changed
from ingest.feed.marks import mark_items
from ingest.feed.prolog import read_prolog
from ingest.feed.xml_handlers import MAX_ENTRIES
from ingest.sources import FeedSource
from tests.ingest.feed.feeds import URL, atom, rss
from tests.ingest.feed.test_hostile import SHREDS

SOURCE = FeedSource(url=URL, every=timedelta(hours=1))
HEAD = (
    "<title>Partner &amp; Co</title><link>https://partner.example/</link><language>de</language><ttl>30</ttl>"
    "<lastBuildDate>{built}</lastBuildDate><image><title>Logo</title><link>https://cdn.example/</link></image>"
    '<atom:link rel="hub" href="https://hub.example/"/><skipHours><hour>3</hour></skipHours>'
)


def item(number: int, *, body: str = "One &amp; two", extra: str = "") -> str:
    """Return an item's inner XML."""
    return (
        f"<title>Story {number}</title><link>https://partner.example/{number}</link><guid>{number}</guid>"
        f"<dc:creator>Jane Doe</dc:creator><pubDate>Mon, 02 Nov 2026 13:00:00 +0100</pubDate>"
        f"<content:encoded><![CDATA[<p>{body}&nbsp;{number}</p>]]></content:encoded>{extra}"
    )


def whole(content: bytes) -> ParsedFeed:
    """Return what the reader of whole feeds makes of it."""
    return parse_feed(content, headers={}, url=URL)


def changed(content: bytes, state: str, **headers: str) -> ParsedFeed:
    """Return what the fast way makes of it."""
    return read_changed(content, headers=headers, url=URL, source=SOURCE, state=state)


def state_of(content: bytes) -> str:
    """Return the state that reading a document leaves."""
    state = changed(content, "").state
    assert state
    return state


def test_only_the_new_item_comes_out_and_as_the_whole_way_reads_it() -> None:
    """Of thirty items one is new: it comes out field for field, the rest are counted."""
    before = rss(*map(item, range(30)), head=HEAD.format(built="1"))
    after = rss(*map(item, range(-1, 29)), head=HEAD.format(built="2"))
    result, expected = changed(after, state_of(before)), whole(after)
    assert result.entries == expected.entries[:1]
    assert (result.unchanged, result.set_aside) == (29, ())
    assert replace(result, state="", unchanged=0, entries=expected.entries) == expected


def test_nothing_new_is_nothing() -> None:
    """A document whose items all stood in the one before has no entries, and the same state."""
    state = state_of(rss(*map(item, range(3))))
    result = changed(rss(*map(item, (2, 0, 1)), head="<title>Partner</title>"), state)
    assert (result.entries, result.unchanged) == ((), 3)
    assert sorted(result.state.split()) == sorted(state.split())


def test_a_changed_item_comes_out() -> None:
    """One word more makes an item new."""
    before, after = rss(item(1), item(2)), rss(item(1), item(2, body="One, two & three"))
    assert changed(after, state_of(before)).entries == whole(after).entries[1:]


def test_comment_counters_change_nothing() -> None:
    """A count of comments makes no item new."""
    slash = 'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    before = rss(item(1, extra=f"<slash:comments {slash}>4</slash:comments>"))
    after = rss(item(1, extra=f"<slash:comments {slash}>5</slash:comments>"))
    assert changed(after, state_of(before)).unchanged == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rss(item(1), head="<language>de</language>"), rss(item(1), head="<language>fr</language>")),
        (
            atom("<title>x</title><link href='/1'/>", head="<author><name>A</name></author>"),
            atom("<title>x</title><link href='/1'/>", head="<author><name>B</name></author>"),
        ),
        (
            atom("<title>x</title><link href='1'/>"),
            atom("<title>x</title><link href='1'/>", attributes='xml:base="https://partner.example/b/"'),
        ),
        (rss(item(1)), rss(item(1)).replace(b"purl.org/dc/elements/1.1/", b"nowhere.example/")),
    ],
)
def test_what_touches_every_item_makes_every_item_new(before: bytes, after: bytes) -> None:
    """A language, an author, a base or a namespace of the feed's own is part of each of its items."""
    result = changed(after, state_of(before))
    assert (result.entries, result.unchanged) == (whole(after).entries, 0)


def test_what_the_answer_says_counts() -> None:
    """Content-Language is part of each item too."""
    content = atom("<title>x</title><link href='/1'/>")
    assert changed(content, state_of(content), **{"content-language": "fr"}).unchanged == 0


@pytest.mark.parametrize(
    "newcomer",
    [
        item(9).replace("partner.example/9", "partner.example/1"),
        item(1, body="Another text of one link"),
    ],
)
def test_an_item_of_a_known_link_is_read_with_all_others(newcomer: str) -> None:
    """Keys of one link depend on each other, so all items are read again (miniflux #4197, feedbin #604)."""
    after = rss(newcomer, item(1), item(2))
    result = changed(after, state_of(rss(item(1), item(2))))
    assert (result.entries, result.unchanged) == (whole(after).entries, 0)


@pytest.mark.parametrize(
    "content",
    [
        rss(item(1), item(2))[:-40],
        rss(item(1), "<title>a < b</title>"),
        rss(item(1)).replace(b"xmlns:dc", b"xmlns:cd"),
        rss(item(1) + "<item><title>within</title></item>"),
        b'{"items": [{"id": "1", "title": "One", "url": "https://partner.example/1"}]}',
        b'<channel><item href="https://partner.example/1"><title>One</title></item></channel>',
    ],
)
def test_what_cannot_be_read_item_by_item_is_read_whole(content: bytes) -> None:
    """Ill-formed and odd documents come out whole at each poll, and leave no state."""
    first = changed(content, "")
    assert first == whole(content)
    assert changed(content, "0" * 24 + ":" + "0" * 16) == first


@pytest.mark.parametrize("extra", ["<description>a & b &nbsp; c</description>", "<description>&#2;</description>"])
def test_broken_references_do_not_keep_from_the_fast_way(extra: str) -> None:
    """What is well-formed but for its references is read item by item too."""
    before, after = rss(item(1, extra=extra)), rss(item(2, extra=extra), item(1, extra=extra))
    result = changed(after, state_of(before))
    assert (result.entries, result.unchanged) == (whole(after).entries[:1], 1)


@pytest.mark.parametrize("state", ["x", ":", "a:b c", "\x00", "0:0 " * 1000])
def test_any_state_is_survived(state: str) -> None:
    """A state that is none of ours costs a whole reading, no more."""
    content = rss(item(1))
    assert changed(content, state).entries == whole(content).entries


TEXT = st.text(st.sampled_from("ab &<>é\u00a0'\"\n"), max_size=8)
FIELDS = st.fixed_dictionaries(
    {"title": TEXT, "link": st.sampled_from(["", "/1", "/2", "/3", "/4#x", "/5?utm_source=a"])},
    optional={"guid": st.sampled_from(["1", "2", "/1", "https://partner.example/1"]), "description": TEXT},
)


def escaped(text: str) -> str:
    """Return a text as XML, now as CDATA, now as references."""
    if len(text) % 2 and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rss_of(items: list[dict[str, str]]) -> bytes:
    """Return an RSS feed of these items."""
    return rss(*("".join(f"<{name}>{escaped(text)}</{name}>" for name, text in fields.items()) for fields in items))


def atom_of(items: list[dict[str, str]]) -> bytes:
    """Return an Atom feed of these items."""
    names = {"guid": "id", "description": "summary"}

    def element(name: str, text: str) -> str:
        if name == "link":
            return f'<link href="{text}"/>'
        return f'<{names.get(name, name)} type="html">{escaped(text)}</{names.get(name, name)}>'

    return atom(*("".join(element(name, text) for name, text in fields.items()) for fields in items))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(FIELDS, min_size=1, max_size=5),
    st.lists(FIELDS, max_size=4),
    st.lists(st.integers(0, 4), max_size=5),
    st.sampled_from([rss_of, atom_of]),
    st.randoms(use_true_random=False),
)
def test_fast_is_whole_without_the_known(before, new, kept, make, random) -> None:  # type: ignore[no-untyped-def]  # drawn
    """For any two documents: what comes out is the whole reading, or that reading without items known to the letter.

    Nothing else is left out: what is missing stood in the document before, with the very same fields.
    """
    first = make(before)
    after = [before[index] for index in kept if index < len(before)] + new
    random.shuffle(after)
    second = make(after)
    result, expected = changed(second, changed(first, "").state), whole(second)
    if result.unchanged == 0:
        assert (result.entries, result.set_aside) == (expected.entries, expected.set_aside)
        return
    known = {replace(entry, key="") for fields in before for entry in whole(make([fields])).entries}
    spoken = [entry for entry in expected.entries if entry in result.entries]
    missing = [entry for entry in expected.entries if entry not in result.entries]
    assert list(result.entries) == spoken
    assert {replace(entry, key="") for entry in missing} <= known


@settings(max_examples=150, deadline=None)
@given(st.lists(SHREDS, max_size=12), st.lists(SHREDS, max_size=12), st.booleans())
def test_no_broken_document_is_read_otherwise(before: list[str], after: list[str], framed: bool) -> None:
    """Whatever stands in two documents, the fast way reads what the whole way reads, or refuses what it refuses."""
    first = rss(item(1), item(2)) if framed else rss("".join(before), item(1))
    second = rss(item(3) + "".join(after), item(1)) if framed else rss("".join(before), "".join(after), item(1))
    try:
        expected = whole(second)
    except FeedError:
        with pytest.raises(FeedError):
            changed(second, "")
        return
    try:
        state = changed(first, "").state
    except FeedError:
        state = ""
    result = changed(second, state)
    assert [entry for entry in expected.entries if entry in result.entries] == list(result.entries)
    assert result.unchanged or result.entries == expected.entries
    assert len(result.entries) + len(result.set_aside) + result.unchanged >= len(expected.entries)


@pytest.mark.parametrize(
    "part",
    [
        "<!-- -->",
        "<!--",
        "<![CDATA[]]>",
        "<![CDATA[</item>]]>",
        "<items>",
        "<item></item>",
        "<item><!-- <item> --></item>",
        "<slash:comments>1</slash:comments>",
        "<pubDate>",
    ],
)
@pytest.mark.parametrize("within", ["{}", "<item>{}</item>"])
def test_time_does_not_explode(part: str, within: str) -> None:
    """The search for items goes once over a document made to send it back and forth, and keeps no more than a feed has."""
    parts = within.format(part * (4_000_000 // len(part)))
    marked = mark_items(read_prolog(f"<rss><channel>{parts}</channel></rss>"), {}, URL)
    assert marked is None or len(marked.items) <= MAX_ENTRIES
