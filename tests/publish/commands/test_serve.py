"""`reprint serve`: a real process, a real socket."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.store.database import open_store
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newsroom import Newsroom
from tests.newswire import NOW, article, partner, sources, take

SOURCES = """site:
  name: The Courier
  url: https://courier.example/news/
  theme: theme
partners: {}
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Return a newsroom with one published piece and a theme."""
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    (tmp_path / "sources.yaml").write_text(SOURCES)
    engine = open_store(f"sqlite:///{tmp_path / 'reprint.db'}")
    take(engine, article(), "forum", sources(partner("forum")))
    site = StaticSite(tmp_path / "site", sources().site)
    assert publish_waiting(site, engine=engine, clock=lambda: NOW, actor="test").published
    engine.dispose()
    return Newsroom(folder=tmp_path, bases={})


@pytest.fixture
def base(newsroom: Newsroom) -> Iterator[str]:
    """Serve the newsroom's site and yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with newsroom.start("serve", "--listen", f"127.0.0.1:{port}") as process:
        _wait(lambda: _get(f"http://127.0.0.1:{port}/news/")[0] == 200)
        yield f"http://127.0.0.1:{port}/news/"
        process.terminate()
        assert process.wait(20) == 0


def _get(url: str, *, host: str | None = None) -> tuple[int, str]:
    try:
        answer = httpx.get(url, headers={"host": host} if host else {}, timeout=30, follow_redirects=True)
    except httpx.TransportError:
        return 0, ""
    return answer.status_code, answer.text


def _wait(until: object) -> None:
    assert callable(until)
    for _ in range(600):
        if until():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within a minute")


def test_it_shows_the_site_and_makes_it_anew_when_the_theme_changes(base: str, newsroom: Newsroom) -> None:
    """Pages, the page for unknown addresses, nothing outside; a template or style that changes is seen at once."""
    status, front = _get(base)
    assert status == 200
    assert "/.reprint/live.js" in front
    assert "script-src 'self'" in front
    assert _get(base + "partners") == _get(base + "partners/")
    assert _get(base + "nowhere")[0] == 404
    assert "There is no such page" in _get(base + "nowhere")[1]
    for outside in ("../sources.yaml", "%2e%2e/sources.yaml", ".reprint-dressing"):
        assert _get(base + outside)[0] == 404, outside
    assert _get(base, host="evil.example")[0] == 400
    assert "<script" not in (newsroom.folder / "site" / "index.html").read_text()
    (newsroom.folder / "theme" / "style.css").write_text("body { color: rebeccapurple }")
    _wait(lambda: "rebeccapurple" in _get(base + "style.css")[1])
    notice = '{% extends "reprint/notice.html" %}{% block kind %}ours{% endblock %}'
    (newsroom.folder / "theme" / "templates" / "notice.html").write_text(notice)
    _wait(lambda: '<body class="ours">' in _get(base + "nowhere")[1])


def test_a_browser_is_told_when_the_page_it_shows_changes(base: str, newsroom: Newsroom) -> None:
    """At once where it has seen another, else when the file changes; another page's change is none of its business."""
    address = base.removesuffix("news/") + ".reprint/changed?page=/news/index.html"
    _, first = _get(address)
    mark = first.split('"')[3]
    started = time.monotonic()
    page = newsroom.folder / "site" / "index.html"
    page.write_text(page.read_text() + "\n")
    _, second = _get(f"{address}&seen={mark}")
    assert second != first
    assert time.monotonic() - started < 20
