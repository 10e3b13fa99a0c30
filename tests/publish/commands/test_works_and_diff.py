"""`reprint works` and `reprint articles diff` by the real command: what a person sees, and what stands on the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.body import Body, Paragraph, Text
from ingest.store.database import open_store
from tests.newsroom import Newsroom
from tests.newswire import NOW, article, partner, sources, take

SOURCES = """
site: {name: The Courier, url: "https://courier.example/"}
partners:
  forum: &p
    name: Forum
    url: https://forum.example/
    feeds: [{url: "https://forum.example/feed"}]
    terms: &t
      grant: {basis: grant, grantor: "J. Doe", evidence: "https://forum.example/letter"}
      mode: full
  herald:
    name: Herald
    url: https://herald.example/
    feeds: [{url: "https://herald.example/feed"}]
    terms: *t
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Return a newsroom with two works of two partners, and a revision of the first."""
    (tmp_path / "sources.yaml").write_text(SOURCES)
    known = sources(partner("forum"), partner("herald"))
    engine = open_store(f"sqlite:///{tmp_path / 'reprint.db'}")
    take(engine, article(), "forum", known)
    take(engine, replace(article("b", by="herald", seed=7), headline="Storms ahead"), "herald", known)
    blocks = (*article().body.blocks, Paragraph(children=(Text(text="Correction: <b>the day</b> was wrong."),)))
    changed = replace(article(), headline="What the [bold]tides say", body=Body(blocks=blocks))
    take(engine, changed, "forum", known, now=NOW + timedelta(hours=1))
    engine.dispose()
    return Newsroom(folder=tmp_path, bases={})


def test_merge_and_split_by_the_command(newsroom: Newsroom) -> None:
    """A merge leaves one page and a pointer to it at the other's address; a split gives the copy a page again."""
    assert newsroom.run("publish").returncode == 0
    done = newsroom.json("works", "merge", "1", "2", "--reason", "one letter")
    kept, gone = done["kept"]["slug"], done["other"]["slug"]
    assert newsroom.run("publish").returncode == 0
    pages = {name: content.decode() for name, content in newsroom.site_bytes().items() if name.endswith(".html")}
    assert [name for name, page in pages.items() if gone in name and kept in page and "410 Gone" in page]
    assert len(newsroom.json("works", "show", "2")["copies"]) == 2
    assert newsroom.json("works", "split", "2", "--reason", "two letters")["moved"] == [2]
    assert newsroom.run("publish").returncode == 0
    assert len(newsroom.json("works", "show", "2")["copies"]) == 1
    assert newsroom.run("audit", "verify").returncode == 0
    refused = newsroom.run("works", "split", "2", "--reason", "again")
    assert (refused.returncode, "nothing to split it from" in refused.stderr) == (2, True)


def test_diff_in_terminal_html_and_json(newsroom: Newsroom) -> None:
    """Each form tells the kinds and the words; a partner's markup is text in all of them; the file needs no other."""
    shown = newsroom.run("articles", "diff", "1").stdout
    assert "correction-notice" in shown
    assert "{+" in shown
    assert "<b>the day</b>" in shown
    assert newsroom.json("articles", "diff", "1")["diff"]["change"]["kinds"][0] == "correction-notice"
    file = newsroom.folder / "d.html"
    assert newsroom.run("articles", "diff", "1", "--html", str(file)).returncode == 0
    page = file.read_text()
    assert "&lt;b&gt;the day&lt;/b&gt;" in page
    assert not [word for word in ("<script", "src=", "<link", "<b>") if word in page]
    assert page.count("<ins>") > 1
    for words in (("diff", "2"), ("diff", "99"), ("diff", "1", "--earlier", "7")):
        assert newsroom.run("articles", *words).returncode == 2
