"""What becomes of an article once it is out, by the commands that a person runs, against a partner that changes."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.partner import START, Desk, Piece, Site, newsroom, prose, serve

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIDES, HERONS, MILLS = "/tides", "/herons", "/mills"
SLUG = "what-the-tides-say"


@pytest.fixture
def site(httpserver: HTTPServer) -> Iterator[Site]:
    """Serve a partner with three articles."""
    site = serve(httpserver)
    site.pieces = {
        TIDES: Piece("What the tides say", prose("tide"), guid="urn:forum:1"),
        HERONS: Piece("Herons of the delta", prose("heron"), guid="urn:forum:2"),
        MILLS: Piece("The last mills turn", prose("mill"), guid="urn:forum:3"),
    }
    yield site
    httpserver.clear()


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Desk:
    """Return a newsroom that has ingested and published the partner's articles."""
    desk = Desk(
        newsroom=newsroom(tmp_path, ("forum", site.base), terms="      edits: any\n      headline_edits: true\n")
    )
    for word in ("ingest", "publish"):
        done = desk.run(word)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "clerk of the tide" in desk.page(SLUG)
    return desk


def _follow(desk: Desk, after: timedelta) -> dict[str, str]:
    """Follow up and publish; return the outcome of each address."""
    told = json.loads(desk.run("ingest", "--followups", "--json", after=after).stdout)
    assert desk.run("publish", after=after).returncode == 0
    return {re.sub("^http://[^/]+", "", one["url"]): one["outcome"] for one in told["followups"]}


def _id(desk: Desk, headline: str) -> str:
    (row,) = json.loads(desk.run("articles", "list", "--search", headline, "--json").stdout)
    return str(row["id"])


def _events(desk: Desk, article: str) -> list[tuple[str, str]]:
    story = json.loads(desk.run("audit", "show", article, "--json").stdout)
    return [(record["event"], record["actor"]) for record in story["ledger"]]


def test_a_change_after_the_article_left_the_feed_reaches_our_page_and_its_correction_is_told(
    desk: Desk, site: Site
) -> None:
    """Named: silent edits never live (FeedWordPress); an update signal that nobody can use (miniflux #4504).

    The article is asked for again with validators; what changed is on our page, the partner's notice
    with its date and in JSON-LD, and the time from the partner's change to ours is on record.
    """
    piece = site.pieces[TIDES]
    piece.listed = False
    first = _follow(desk, HOUR)
    assert set(first.values()) == {"unchanged"}
    _follow(desk, 3 * HOUR)
    assert (TIDES, 304) in site.answers
    piece.paragraphs[0] = piece.paragraphs[0].replace("on Monday", "on Tuesday")
    piece.paragraphs.append("Correction: An earlier version of this article gave the wrong day of the meeting.")
    piece.modified = START + 4 * HOUR
    assert _follow(desk, 6 * HOUR)[TIDES] == "changed"
    page = desk.page(SLUG)
    assert "on Tuesday" in page
    (block,) = re.findall(r'<section class="corrections".*?</section>', page, re.DOTALL)
    assert "wrong day of the meeting" in block
    assert "2026-11-20T12:00:00Z" in block
    data = json.loads(re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", page, re.DOTALL)[0])
    (comment,) = data["correction"]
    assert (comment["@type"], comment["datePublished"]) == ("CorrectionComment", "2026-11-20T12:00:00Z")
    (row,) = json.loads(desk.run("articles", "corrections", "--json").stdout)
    assert 2 * 3600 <= row["delay_seconds"] < 2 * 3600 + 120
    assert ("correction.shown", "Ann Editor") in _events(desk, _id(desk, "tides"))
    assert set(_follow(desk, 7 * HOUR).values()) == {"unchanged"}
    done = desk.run(
        "articles", "correct", _id(desk, "tides"), "--text", "We misspelt the board's name.", after=8 * HOUR
    )
    assert done.returncode == 0, done.stderr
    desk.run("publish", after=8 * HOUR)
    assert "We misspelt the board" in desk.page(SLUG)
    before = desk.newsroom.site_bytes()
    assert desk.run("publish", "--rebuild", after=9 * HOUR).returncode == 0
    assert desk.newsroom.site_bytes() == before
    assert desk.run("audit", "verify").returncode == 0


def test_an_original_that_is_gone_goes_once_confirmed_and_never_returns_by_itself(desk: Desk, site: Site) -> None:
    """Named: unpublish ignored (Distributor #112 #627 #741 #1138 #1223); what was rejected returns (lamb #415).

    Also friendica #7142, forem #175. One 410 takes nothing
    down; confirmed, the page becomes a stub, and list, feed, sitemap and JSON-LD follow; the piece under a new id and
    address stays away, and only a person's release brings it back.
    """
    first = _id(desk, "tides")
    site.pieces[TIDES].status = 410
    assert _follow(desk, HOUR)[TIDES] == "gone"
    assert _follow(desk, HOUR + timedelta(minutes=5))[TIDES] == "gone"
    assert "clerk of the tide" in desk.page(SLUG)
    assert _follow(desk, 3 * HOUR)[TIDES] == "withdrawn"
    stub = desk.page(SLUG)
    assert "clerk of the tide" not in stub
    assert "ld+json" not in stub
    for name in ("index.html", "sitemap.xml", "news-sitemap.xml", "feed.xml"):
        assert SLUG not in desk.file(name), name
    assert "deleted-entry" in desk.file("atom.xml")
    assert SLUG not in desk.file("atom.xml")
    assert "herons" in desk.file("index.html").lower()
    # The very same, then a slightly edited one, each with its own id and address.
    site.pieces["/tides-again"] = Piece("What the tides say", prose("tide"), guid="urn:forum:9")
    edited = [text.replace("Nobody", "No one") for text in prose("tide")]
    site.pieces["/what-tides-tell"] = Piece("What tides tell us", edited, guid="urn:forum:10")
    for word in ("ingest", "publish"):
        desk.run(word, after=DAY)
    assert "clerk of the tide" not in desk.page(SLUG)
    assert len(list((desk.newsroom.folder / "site" / "articles").glob("*.html"))) == 3
    released = desk.run("articles", "release", first, "--reason", "The partner put it up again", after=2 * DAY)
    assert released.returncode == 0, released.stdout + released.stderr
    desk.run("publish", after=2 * DAY)
    assert "clerk of the tide" in desk.page(SLUG)
    _follow(desk, 3 * DAY)
    _follow(desk, 9 * DAY)
    assert "clerk of the tide" in desk.page(SLUG)
    assert desk.run("audit", "verify").returncode == 0
    assert desk.run("audit", "check").returncode == 0


def test_nothing_is_taken_down_while_the_whole_host_fails(desk: Desk, site: Site) -> None:
    """A server that answers 404 to everything, or 500, says nothing of any one article; neither do all at once."""
    for broken, hours in ((404, 1), (500, 3), (410, 12), (404, 48)):
        site.broken = broken
        assert _troubles(desk, hours * HOUR) <= {"host-failing", "failed"}, broken
    site.broken = None
    for piece in site.pieces.values():
        piece.status = 404
    for days in (3, 4, 5):
        outcomes = _troubles(desk, days * DAY)
    assert outcomes == {"many-gone"}
    assert desk.run("publish", after=5 * DAY).returncode == 0
    assert "clerk of the tide" in desk.page(SLUG)
    for piece in site.pieces.values():
        piece.status = 200
    assert set(_follow(desk, 8 * DAY).values()) == {"unchanged"}


def _troubles(desk: Desk, after: timedelta) -> set[str]:
    """Follow up and return the outcomes."""
    done = desk.run("ingest", "--followups", "--json", after=after)
    return {one["outcome"] for one in json.loads(done.stdout)["followups"]}


def test_a_tombstone_takes_down_what_came_through_that_very_feed(tmp_path: Path, site: Site) -> None:
    """RFC 6721: a feed buries its own entries, no other feed's; and not one that stands in it with a later update."""
    stranger = HTTPServer()
    stranger.start()
    try:
        other = serve(stranger)
        other.pieces = {"/own": Piece("Quays of the north", prose("quay"), guid="urn:other:1")}
        room = newsroom(tmp_path, ("forum", site.base), ("other", other.base))
        desk = Desk(newsroom=room)
        for word in ("ingest", "publish"):
            desk.run(word)
        other.extra = '<at:deleted-entry ref="urn:forum:1" when="2026-11-20T09:00:00Z"/>'
        site.extra = (
            '<at:deleted-entry ref="urn:forum:2" when="2026-11-20T09:00:00Z"/>'
            '<at:deleted-entry ref="urn:forum:3" when="2026-11-19T09:00:00Z"/>'
        )
        site.pieces[HERONS].listed = False
        for word in ("ingest", "publish"):
            desk.run(word, after=2 * HOUR)
        assert "clerk of the tide" in desk.page(SLUG)
        assert "clerk of the mill" in desk.page("the-last-mills-turn")
        assert "clerk of the heron" not in desk.page("herons-of-the-delta")
        site.extra = ""
        site.pieces[HERONS].listed = True
        for word in ("ingest", "publish"):
            desk.run(word, after=DAY)
        assert "clerk of the heron" not in desk.page("herons-of-the-delta")
    finally:
        stranger.clear()
        stranger.stop()


def test_an_edit_of_ours_outlives_the_partners_and_a_collision_waits_for_a_person(desk: Desk, site: Site) -> None:
    """An editor's change is our own revision, into which later ones of the partner's are merged.

    Where the two collide, our page stays as it is until a person settles it.
    """
    article, text = _id(desk, "tides"), desk.newsroom.folder / "edit.md"
    text.write_text(
        desk.run("articles", "edit", article, "--print", "--reason", "-").stdout.replace("4th time", "fourth time"),
        encoding="utf-8",
    )
    done = desk.run("articles", "edit", article, "--file", str(text), "--reason", "House style", after=HOUR)
    assert done.returncode == 0, done.stdout + done.stderr
    desk.run("publish", after=HOUR)
    assert "fourth time" in desk.page(SLUG)
    desk.run("ingest", after=2 * HOUR)
    site.pieces[TIDES].paragraphs[3] = site.pieces[TIDES].paragraphs[3].replace("on Monday", "on Friday")
    assert _follow(desk, 3 * HOUR)[TIDES] == "changed"
    page = desk.page(SLUG)
    assert "fourth time" in page
    assert "on Friday" in page
    site.pieces[TIDES].paragraphs[0] = site.pieces[TIDES].paragraphs[0].replace("4th time", "fifth time")
    assert _follow(desk, 6 * HOUR)[TIDES] == "changed"
    assert desk.page(SLUG) == page
    held = desk.run("articles", "conflicts", "--json", after=6 * HOUR)
    assert held.returncode == 1
    assert [row["article_id"] for row in json.loads(held.stdout)] == [int(article)]
    shown = desk.run("articles", "merge", article)
    assert "fourth time" in shown.stdout
    assert "fifth time" in shown.stdout
    refused = desk.run("articles", "edit", article, "--headline", "Other", "--reason", "x")
    assert refused.returncode == 2
    settled = desk.run("articles", "merge", article, "--theirs", "--reason", "They counted", after=7 * HOUR)
    assert settled.returncode == 0, settled.stdout + settled.stderr
    desk.run("publish", after=7 * HOUR)
    assert "fifth time" in desk.page(SLUG)
    assert set(_follow(desk, 9 * HOUR).values()) == {"unchanged"}
    told = _events(desk, article)
    for event in ("article.edited", "article.edit-conflict", "article.edit-given-up"):
        assert (event, "Ann Editor") in told
    assert desk.run("audit", "verify").returncode == 0


def test_a_withdrawal_that_is_killed_is_finished_by_the_next_run(desk: Desk) -> None:
    """Kill -9 anywhere in a takedown: once the word is given, the next publication ends it, with our words."""
    dice, article = random.Random(2026), _id(desk, "tides")
    words = ("articles", "withdraw", article, "--reason", "The author asked", "--notice", "Its author took it back.")
    begun = time.perf_counter()
    desk.run("audit", "head")
    span = time.perf_counter() - begun
    for minutes in range(3):
        with desk.start(*words, after=timedelta(minutes=10 + minutes)) as process:
            try:
                process.wait(timeout=dice.uniform(0.8, 1.6) * span)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.communicate()
    desk.run(*words, after=HOUR)
    desk.run("publish", after=HOUR)
    assert "Its author took it back." in desk.page(SLUG)
    assert SLUG not in desk.file("index.html") + desk.file("sitemap.xml") + desk.file("feed.xml")
    before = desk.newsroom.site_bytes()
    assert desk.run("publish", "--rebuild", after=2 * HOUR).returncode == 0
    assert desk.newsroom.site_bytes() == before
    assert desk.run("audit", "verify").returncode == 0
