"""The real commands: discover, import, export."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.ingest.feed.feeds import rss
from tests.newsroom import Newsroom

SOURCES = "site: {name: C, url: https://c.example}\npartners:\n  x:\n    name: X\n    url: https://x.example/\n    feeds: [https://x.example/feed]\n"
LIST = '<opml version="2.0"><body><outline text="Y" xmlUrl="https://y.example/feed"/></body></opml>'


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Return a newsroom with one partner."""
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "list.opml").write_text(LIST)
    return Newsroom(folder=tmp_path, bases={})


def test_discover_prints_a_table_and_what_to_paste(newsroom: Newsroom, httpserver: HTTPServer) -> None:
    """A site with a feed: its table, its YAML, exit code 0; one without: what to do, exit code 1."""
    httpserver.expect_request("/").respond_with_data('<title>Y</title><a href="/rss">RSS</a>')
    httpserver.expect_request("/rss").respond_with_data(rss("<title>One</title><link>/1</link>"))
    done = newsroom.run("sources", "discover", httpserver.url_for("/"))
    assert done.returncode == 0, done.stderr
    assert f"      - {httpserver.url_for('/rss')}\n" in done.stdout
    assert newsroom.json("sources", "discover", httpserver.url_for("/"))["candidates"][0]["entries"] == 1
    httpserver.clear()
    httpserver.expect_request("/").respond_with_data("<p>")
    done = newsroom.run("sources", "discover", httpserver.url_for("/"))
    assert (done.returncode, "kind: listing" in done.stdout) == (1, True)


def test_import_prints_and_only_writes_when_told(newsroom: Newsroom) -> None:
    """Without --write the file stays; with it the partner is there, and a second import finds nothing new."""
    path, list_ = newsroom.folder / "sources.yaml", str(newsroom.folder / "list.opml")
    done = newsroom.run("sources", "import", list_)
    assert (done.returncode, path.read_text()) == (0, SOURCES)
    assert "- https://y.example/feed" in done.stdout
    assert newsroom.run("sources", "import", list_, "--write").returncode == 0
    assert [p["key"] for p in newsroom.json("sources", "check")["partners"]] == ["x", "y"]
    again = newsroom.json("sources", "import", list_, "--write")
    assert (again["adoption"]["partners"], len(again["adoption"]["known"])) == (0, 1)


def test_export_is_opml(newsroom: Newsroom) -> None:
    """What is exported is the partners' feeds."""
    done = newsroom.run("sources", "export")
    assert done.returncode == 0
    assert 'xmlUrl="https://x.example/feed"' in done.stdout


@pytest.mark.parametrize("words", [("import", "/nowhere.opml"), ("import", "sources.yaml")])
def test_a_bad_file_is_said(newsroom: Newsroom, words: tuple[str, str]) -> None:
    """No file, or no OPML: exit code 2 and no traceback."""
    done = newsroom.run("sources", words[0], str(newsroom.folder / words[1]))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
