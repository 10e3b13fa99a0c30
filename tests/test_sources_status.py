"""`reprint sources status`, `resume` and `release-flood`, by the real command against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from ingest.store import ledger
from ingest.store.database import open_store, read
from tests.ingest.polling import item, rss
from tests.newsroom import Newsroom

SOURCES = """\
site: {name: The Test, url: "https://test.example/"}
partners:
  harbour:
    name: Harbour Times
    url: https://harbour.example/
    delay_seconds: 0
    feeds:
      - {url: "URL/good", full_text: true}
      - {url: "URL/gone"}
"""


def _on_record(newsroom: Newsroom) -> list[tuple[str, str, int]]:
    """Return what the ledger has of what a person did to feeds: the event, the feed, how many entries."""
    engine = open_store(f"sqlite:///{newsroom.folder / 'reprint.db'}")
    with read(engine) as connection:
        found = [record for record in ledger.records(connection) if record.subject.startswith("feed:")]
    engine.dispose()
    assert all(record.actor for record in found)
    return [(record.event, record.data["url"], record.data["entries"]) for record in found]


def _feed(server: HTTPServer, numbers: range, *, without_link: bool = False) -> None:
    words = "The harbour board of the port met again and the clerk read out the tide table. " * 20
    items = [item(n) | {"content:encoded": f"&lt;p&gt;{words} Number {n}.&lt;/p&gt;" * 3} for n in numbers]
    if without_link:
        items.append({"title": "No link", "description": "x"})
    server.clear()
    server.expect_request("/good").respond_with_data(rss(items))
    server.expect_request("/gone").respond_with_data("", status=410)


@pytest.fixture
def newsroom(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Newsroom]:
    """Yield a newsroom of two feeds, one of which is gone."""
    base = httpserver.url_for("").rstrip("/")
    (tmp_path / "sources.yaml").write_text(SOURCES.replace("URL", base), encoding="utf-8")
    yield Newsroom(folder=tmp_path, bases={"good": f"{base}/good", "gone": f"{base}/gone"})
    httpserver.clear()


def test_every_skip_has_its_reason(newsroom: Newsroom, httpserver: HTTPServer) -> None:
    """Before, during and after: what was polled, how it ended, when it is next, and why what was left out was."""
    before = newsroom.json("sources", "status")
    assert [feed["outcome"] for feed in before["feeds"]] == ["not polled yet"] * 2
    _feed(httpserver, range(1), without_link=True)
    newsroom.run("ingest")
    done = newsroom.run("sources", "status", "--entries")
    assert done.returncode == 1, "a feed that is gone needs a person"
    for words in ("harbour", "changed", "gone", "410", "it has no link to its article", "No link", "resume"):
        assert words in done.stdout, words
    after = newsroom.json("sources", "status", "--entries")
    good, gone = after["feeds"]
    assert (good["standing"], gone["standing"]) == ("active", "gone")
    assert good["next_poll_at"]
    assert gone["next_poll_at"] is None
    assert good["counts"]["items_a_day"] == 1
    assert [entry["reason"] for entry in after["entries"]] == ["it has no link to its article"]


def test_a_person_resumes_and_releases(newsroom: Newsroom, httpserver: HTTPServer) -> None:
    """`resume` has a feed asked again; `release-flood` lets a flood through, or gives it up; a wrong name is told."""
    _feed(httpserver, range(1))
    newsroom.run("ingest")
    _feed(httpserver, range(1, 60))
    flooded = newsroom.run("ingest")
    assert (flooded.returncode, flooded.stderr.count("release-flood")) == (1, 1), flooded.stdout + flooded.stderr
    status = newsroom.json("sources", "status", "harbour")
    assert [feed["counts"]["flood"] for feed in status["feeds"]] == [59, 0]
    assert newsroom.json("sources", "release-flood", newsroom.bases["good"]) == {"released": 59}
    assert newsroom.json("sources", "status")["feeds"][0]["counts"]["waiting"] == 59
    assert newsroom.json("sources", "release-flood", "harbour", "--discard") == {"discarded": 0}
    resumed = newsroom.json("sources", "resume", newsroom.bases["gone"], "--entries")
    assert resumed == {"resumed": [newsroom.bases["gone"]], "entries": 0}
    assert newsroom.json("sources", "status")["feeds"][1]["standing"] == "active"
    assert _on_record(newsroom) == [
        ("feed.flood-released", newsroom.bases["good"], 59),
        ("feed.resumed", newsroom.bases["gone"], 0),
    ]
    wrong = newsroom.run("sources", "resume", "habour")
    assert (wrong.returncode, "habour" in wrong.stderr) == (2, True)
