"""Once the site stands: other places get it, feeds name the hub, and the hub is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from ingest.settings import read_settings
from ingest.sources import load_sources
from ingest.store import bookmarks
from ingest.store.database import open_store, write
from publish.feeds import Channel, feed_files
from publish.onward import mirror_site
from publish.refresh import drawn_mark
from tests.newsroom import Newsroom
from tests.publish.making import SITE
from tests.publish.validity import valid_feed, valid_json

HUB = "https://hub.example/"


def test_every_feed_names_the_hub() -> None:
    """So that readers find it (WebSub, section 4); without one, none is named."""
    files = dict(feed_files([], site=replace(SITE, hub=HUB), channel=Channel(title="X")))
    for name, schema in (("feed.xml", "rss.rng"), ("atom.xml", "atom.rng")):
        links = valid_feed(files[name], schema).iter("{http://www.w3.org/2005/Atom}link")
        assert [link.get("href") for link in links if link.get("rel") == "hub"] == [HUB]
    assert valid_json(files["feed.json"], "jsonfeed.json")["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert b"hub" not in b"".join(content for _, content in feed_files([], site=SITE, channel=Channel(title="X")))


def test_a_place_is_left_alone_until_something_was_drawn(tmp_path: Path) -> None:
    """The background looks every few seconds, and reads no site for nothing; a failure is sent the next time."""
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    root, url = tmp_path / "site", f"file://{tmp_path}/there"
    root.mkdir()
    (root / "index.html").write_text("one")
    for drawn, text in (("1", "one"), ("2", "two")):
        with write(engine) as connection:
            bookmarks.put(connection, drawn_mark("site"), drawn)
        (root / "index.html").write_text(text)
        assert mirror_site([url], root, engine=engine, target="site") == ()
        assert (tmp_path / "there/index.html").read_text() == text
    (root / "index.html").write_text("three")
    mirror_site([url], root, engine=engine, target="site")
    assert (tmp_path / "there/index.html").read_text() == "two"
    mirror_site([url], root, engine=engine, target="site", always=True)
    assert (tmp_path / "there/index.html").read_text() == "three"
    engine.dispose()


def test_reprint_publish_mirrors_and_pings(tmp_path: Path, httpserver: HTTPServer) -> None:
    """One command: the site stands here and there, and the hub was told of our feeds; what fails is a finding."""
    httpserver.expect_request("/hub", method="POST").respond_with_data("", status=204)
    (tmp_path / "sources.yaml").write_text(
        f"site: {{name: The Courier, url: https://courier.example/, hub: {httpserver.url_for('/hub')}}}\npartners: {{}}\n"
    )
    assert load_sources(tmp_path / "sources.yaml").site.hub == httpserver.url_for("/hub")
    newsroom = Newsroom(folder=tmp_path, bases={})
    done = newsroom.run("publish", "--rebuild", REPRINT_MIRRORS=f"file://{tmp_path}/there")
    assert done.returncode == 0, done.stderr
    here, there = tmp_path / "site", tmp_path / "there"
    for file in here.rglob("[!.]*"):
        assert file.is_dir() or (there / file.relative_to(here)).read_bytes() == file.read_bytes()
    told = {request.form["hub.url"] for request, _ in httpserver.log}
    assert {f"https://courier.example/{name}" for name in ("feed.xml", "atom.xml", "feed.json")} <= told
    failed = newsroom.run("publish", REPRINT_MIRRORS="nosuchthing://x")
    assert failed.returncode == 2
    assert "nosuchthing://" in failed.stderr


@pytest.mark.parametrize(("text", "expected"), [("", ()), ("s3://a/b, file:///c", ("s3://a/b", "file:///c"))])
def test_mirrors_are_told_apart_by_commas(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: tuple[str, ...]
) -> None:
    """As in REPRINT_ALLOW_NETWORKS."""
    monkeypatch.setenv("REPRINT_MIRRORS", text)
    assert read_settings().mirrors == expected
