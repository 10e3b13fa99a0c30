"""Lists of feeds: what other tools write is read, what we write they can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.discover.adopt import adopt
from ingest.errors import ConfigError
from ingest.opml import MAX_BYTES, OpmlFeed, read_opml, write_opml
from ingest.sources import Partner, Sources, append_partners, load_sources
from tests.ingest.test_sources import partner, write

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<!-- exported -->
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Asia" title="Asia">
  <outline type="rss" text="Ports &amp; People" xmlUrl="https://ports.example/feed" htmlUrl="https://ports.example/"/>
  <outline text="deeper"><outline title="Ports, long" text="x" xmlurl="https://www.ports.example/long.xml" htmlUrl=""/></outline>
</outline>
<outline type="rss" text="Größe & Maß" XMLURL=" https://groesse.example/rss " />
<outline type="rss" text="Again" xmlUrl="https://ports.example/feed"/>
<outline type="link" text="No feed" url="https://ports.example/"/>
<outline text="Secret" xmlUrl="https://u:p@ports.example/feed"/><outline text="Local" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def listed(text: str = LIST) -> tuple[OpmlFeed, ...]:
    """Return the feeds of a list."""
    return read_opml(text.encode(), where="list.opml").feeds


def sources_of(folder: Path, text: str) -> Sources:
    """Return a sources.yaml's values."""
    return load_sources(write(folder, text))


def test_a_list_is_read_whatever_its_writer() -> None:
    """Folders of any depth, names of any case, bare ampersands: each feed comes out once."""
    assert [(feed.url, feed.home_url) for feed in listed()] == [
        ("https://ports.example/feed", "https://ports.example/"),
        ("https://www.ports.example/long.xml", None),
        ("https://groesse.example/rss", None),
    ]
    assert listed()[2].title == "Größe & Maß"


def test_what_may_not_be_asked_is_left_out_and_said() -> None:
    """A password in an address, or a file of ours, goes no further than its title."""
    assert read_opml(LIST.encode(), where="x").refused == ("Secret", "Local")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "this is no OPML"),
        (b"<rss/>", "this is no OPML"),
        (b"<opml><body>", "this is no OPML"),
        (b" " * (MAX_BYTES + 1), "no list of feeds"),
        (
            b"<opml>" + b"".join(b'<outline xmlUrl="https://x.example/%d"/>' % n for n in range(10_001)) + b"</opml>",
            "more than 10,000 feeds",
        ),
    ],
)
def test_what_is_none_is_refused(content: bytes, expected: str) -> None:
    """Empty, another document, cut, too long: a clear error."""
    with pytest.raises(ConfigError, match=expected) as caught:
        read_opml(content, where="list.opml")
    assert (caught.value.where, caught.value.exit_code) == ("list.opml", 2)


def test_no_entity_is_unfolded(tmp_path: Path) -> None:
    """Billion laughs and files of ours stay what they are."""
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    head = f'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    (feed,) = listed(f'{head}<opml><outline text="&b;&x;" xmlUrl="https://x.example/"/></opml>')
    assert feed.title == "&b;&x;"


def test_what_is_exported_comes_back(tmp_path: Path) -> None:
    """Export and import give the same feeds; what no feed reader reads is left out."""
    sources = sources_of(
        tmp_path,
        partner(
            "aliases: ['<X> & Co']\nfeeds:\n  - https://x.example/feed?a=1&b=2\n"
            "  - {url: https://x.example/feed.json, kind: feed}\n"
            "  - {url: https://x.example/news, kind: listing, select: a}\n"
        ),
    )
    text = write_opml(sources)
    assert [(feed.title, feed.url, feed.home_url) for feed in listed(text)] == [
        ("X", "https://x.example/feed?a=1&b=2", "https://x.example/"),
        ("X", "https://x.example/feed.json", "https://x.example/"),
    ]
    assert adopt(listed(text), partners=sources.partners).yaml == ""
    assert len(adopt(listed(text), partners=sources.partners).known) == 2


HELD = partner("hosts: [groesse.example]\nfeeds: ['http://ports.example/feed']\n")


def partners_of(folder: Path) -> tuple[Partner, ...]:
    """Return the partners of the sources.yaml that stands in a folder."""
    return load_sources(folder / "sources.yaml").partners


def test_new_partners_are_appended_and_hold_until_they_permit(tmp_path: Path) -> None:
    """Sites become partners without permission; feeds held already, and partners' further feeds, are told."""
    before = sources_of(tmp_path, HELD + "    # my notes stay\n")
    adoption = adopt(listed(), partners=before.partners)
    assert (adoption.partners, adoption.feeds) == (1, 1)
    assert [feed.url for feed in adoption.known] == ["https://ports.example/feed"]
    assert [(key, feed.url) for key, feed in adoption.of_partners] == [("x", "https://groesse.example/rss")]
    append_partners(tmp_path / "sources.yaml", adoption.yaml)
    _, added = partners_of(tmp_path)
    assert (added.name, added.url, added.key) == ("Ports, long", "https://ports.example/", "ports-long")
    assert [feed.url for feed in added.feeds] == ["https://www.ports.example/long.xml"]
    assert added.terms.grant.basis.value == "none"
    assert "# my notes stay" in (tmp_path / "sources.yaml").read_text()


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    """A title made of YAML, of a name that is there already, or of nothing, makes a partner and nothing else."""
    before = sources_of(tmp_path, HELD)
    titles = ["X", "evil: {a: b}\n y: !!python/x", "#", "", "'\" - [", "x" * 200]
    feeds = [OpmlFeed(title=t, url=f"https://s{n}.example/f", home_url=None) for n, t in enumerate(titles)]
    adoption = adopt(feeds, partners=before.partners)
    append_partners(tmp_path / "sources.yaml", adoption.yaml)
    after = partners_of(tmp_path)[1:]
    assert [p.name for p in after] == [
        "s0.example",
        "evil: {a: b} y: !!python/x",
        "#",
        "s3.example",
        titles[4],
        "x" * 200,
    ]
    assert len({p.key for p in after}) == len(titles)


@pytest.mark.parametrize(
    "text",
    [
        "partners: {}\nsite: {name: The Courier, url: https://courier.example}\n",
        "site: {name: The Courier, url: https://courier.example}\npartners: {}\n",
    ],
)
def test_a_file_that_cannot_be_continued_stays_as_it_is(tmp_path: Path, text: str) -> None:
    """Where partners are not what the file ends with, nothing is written, and it is said."""
    path = write(tmp_path, text)
    with pytest.raises(ConfigError, match="cannot be appended"):
        append_partners(path, adopt(listed(), partners=()).yaml)
    assert path.read_text() == text
    assert [file.name for file in tmp_path.iterdir()] == ["sources.yaml"]
