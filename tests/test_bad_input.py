"""Bad input: a clear message each, the rest goes on, nothing is lost; by the real command against real servers."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.newsroom import Newsroom

PROSE = "".join(
    f"<p>The harbour board of Port Selwyn met for the {n}th time on Monday, and the clerk read out the tide table "
    f"before the members turned to the matter of the {n} leaking sheds on the northern quay.</p>"
    for n in range(4, 12)
)
PAGE = (
    "<!doctype html><html lang=en><head><title>{0}</title></head><body><main><article><h1>{0}</h1>"
    '<p class="byline">By Jane Roe</p>' + PROSE + "</article></main></body></html>"
)


def _rss(*items: tuple[str, str]) -> str:
    inner = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid></item>" for title, link in items
    )
    return f'<rss version="2.0"><channel><title>Feed</title>{inner}</channel></rss>'


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def newsroom(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Newsroom]:
    """Yield a newsroom whose partners misbehave, but for one."""
    base = httpserver.url_for("").rstrip("/")
    feeds = {
        "good": f"{base}/good/feed",
        "down": f"http://127.0.0.1:{_closed_port()}/feed",
        "page": f"{base}/page/feed",
        "empty": f"{base}/empty/feed",
        "nothing": f"{base}/nothing/feed",
        "bomb": f"{base}/bomb/feed",
        "private": "http://10.255.255.1/feed",
    }
    _serve(httpserver, base)
    (tmp_path / "sources.yaml").write_text(_sources(feeds), encoding="utf-8")
    yield Newsroom(folder=tmp_path, bases=feeds)
    httpserver.clear()


def _serve(server: HTTPServer, base: str) -> None:
    def answer(path: str, body: str | bytes, kind: str) -> None:
        server.expect_request(path).respond_with_data(body, content_type=kind)

    server.expect_request("/robots.txt").respond_with_data("", status=404)
    server.expect_request("/good/huge").respond_with_handler(
        lambda _request: Response((b"<p>words</p>" * 4096 for _ in range(1100)), content_type="text/html")
    )
    answer("/good/deep", "<div>" * 100_000 + "deep" + "</div>" * 100_000, "text/html")
    answer("/good/fine", PAGE.format("Harbour board meets"), "text/html")
    answer("/good/blank", "<html><body></body></html>", "text/html")
    links = [(name, f"{base}/good/{name}") for name in ("huge", "deep", "blank", "fine")]
    answer("/good/feed", _rss(*links), "application/rss+xml")
    answer("/page/feed", PAGE.format("Not a feed"), "text/html")
    answer("/empty/feed", _rss(), "application/rss+xml")
    answer("/nothing/feed", "", "application/rss+xml")
    answer("/bomb/feed", b"<rss>" + b" " * 11_000_000 + b"</rss>", "application/rss+xml")


def _sources(feeds: dict[str, str]) -> str:
    homes = {key: f"https://{key}.example/" for key in feeds} | {"good": feeds["good"].removesuffix("good/feed")}
    partners = "".join(
        f"  {key}:\n    name: {key.title()} News\n    url: {homes[key]}\n    feeds: [{url}]\n    delay_seconds: 0\n"
        "    terms: {grant: {basis: grant, grantor: J. Doe, evidence: 'https://x.example/'}, mode: full}\n"
        for key, url in feeds.items()
    )
    return f"site: {{name: The Test, url: 'https://test.example/'}}\npartners:\n{partners}"


def test_each_failure_is_told_and_harms_nothing_else(newsroom: Newsroom) -> None:
    """Down, no feed, no items, too large, private: each is its own feed's; the good article is kept and published."""
    done = newsroom.run("ingest", "--json")
    assert done.returncode == 1, done.stderr
    feeds: dict[str, Any] = {feed["partner"]: feed for feed in json.loads(done.stdout)["feeds"]}
    errors = {key: feed["error"] for key, feed in feeds.items()}
    assert errors["good"] is None
    assert errors["empty"] is None
    assert "web page" in errors["page"]
    assert "empty" in errors["nothing"]
    for key in ("down", "page", "nothing", "bomb", "private"):
        assert newsroom.bases[key] in errors[key], "it says where"
        assert errors[key].endswith(")"), "it says what to do"
    entries = {entry["url"].rsplit("/", 1)[1]: entry for entry in feeds["good"]["entries"]}
    assert entries["fine"]["fate"] == "publish"
    for name in ("huge", "deep", "blank"):
        assert entries[name]["fate"] in {"failed", "held"}, entries[name]
        assert entries[name]["reasons"], name
    newsroom.run("publish")
    assert len(list((newsroom.folder / "site" / "articles").iterdir())) == 1


def test_a_feed_that_recovers_brings_its_entries(newsroom: Newsroom, httpserver: HTTPServer) -> None:
    """What failed once is polled again, and nothing of it was marked as seen."""
    newsroom.run("ingest", "nothing")
    httpserver.clear()
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    base = newsroom.bases["nothing"].removesuffix("/feed")
    httpserver.expect_request("/nothing/feed").respond_with_data(
        _rss(("Back", f"{base}/story")), content_type="application/rss+xml"
    )
    httpserver.expect_request("/nothing/story").respond_with_data(PAGE.format("Back again"), content_type="text/html")
    (feed,) = newsroom.json("ingest", "nothing")["feeds"]
    assert [entry["fate"] for entry in feed["entries"]] == ["publish"]


def test_a_duplicate_partner_key_is_refused_with_both_lines(newsroom: Newsroom) -> None:
    """Two partners under one key would lose one of them in silence; nothing is ingested."""
    file = newsroom.folder / "sources.yaml"
    file.write_text(
        file.read_text() + "  good:\n    name: Again\n    url: https://again.example/\n", encoding="utf-8"
    )
    done = newsroom.run("ingest")
    assert done.returncode == 2
    assert "good" in done.stderr
    assert "sources.yaml:" in done.stderr
    assert not (newsroom.folder / "reprint.db").exists()


def test_a_locked_database_says_so_and_nothing_is_lost(newsroom: Newsroom) -> None:
    """Another process holds the store: the command ends with 2 and what to do, and works when it is free again."""
    newsroom.run("ingest", "empty")
    holder = sqlite3.connect(newsroom.folder / "reprint.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = newsroom.run("ingest", "good", REPRINT_BUSY_SECONDS="0.5")
    holder.execute("ROLLBACK")
    holder.close()
    assert done.returncode == 2, done.stdout + done.stderr
    assert "another process" in done.stderr
    (feed,) = newsroom.json("ingest", "good")["feeds"]
    assert "publish" in [entry["fate"] for entry in feed["entries"]]


def test_somebody_elses_database_is_refused(newsroom: Newsroom) -> None:
    """A database that is not ours is neither written to nor changed."""
    other = newsroom.folder / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = other.read_bytes()
    done = newsroom.run("ingest", "--database", f"sqlite:///{other}")
    assert done.returncode == 2
    assert "recipes" in done.stderr
    assert other.read_bytes() == before


def test_a_dry_run_keeps_nothing_and_says_the_same(newsroom: Newsroom) -> None:
    """Preview and ingest are one path (feedzy #892): the fates are equal, and the store is as it was."""
    newsroom.run("ingest", "empty")
    dry = newsroom.json("ingest", "good", "--dry-run")
    assert newsroom.json("articles", "list") == []
    real = newsroom.json("ingest", "good")
    fates = [[(entry["url"], entry["fate"]) for entry in run["feeds"][0]["entries"]] for run in (dry, real)]
    assert fates[0] == fates[1]


def test_one_article_by_its_url(newsroom: Newsroom) -> None:
    """`--url` takes one article, told by its host whose it is; a stranger's is refused with what to do."""
    url = newsroom.bases["good"].removesuffix("feed") + "fine"
    taken = newsroom.run("ingest", "--url", url, "--json")
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)["fate"] == "publish"
    refused = newsroom.run("ingest", "--url", "https://stranger.example/x")
    assert refused.returncode == 2
    assert "--partner" in refused.stderr
