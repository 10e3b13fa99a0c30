"""`reprint articles show` tells what strong sources say against what was chosen, where they say it, and how sure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.ingest.extract.pages import PROSE, paragraphs
from tests.newsroom import Newsroom

SOURCES = """\
site: {{name: Test, url: "https://test.example/"}}
partners:
  harbour:
    name: Harbour Times
    url: "{base}"
    delay_seconds: 0
    feeds: [{{url: "{base}feed", full_text: false}}]
    terms: {{mode: full, grant: {{basis: grant, grantor: J. Doe, evidence: "https://harbour.example/letter"}}}}
"""
PAGE = """<!doctype html><html lang="en"><head><title>Mole vote: harbour plan | Harbour Times</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Mole to be rebuilt after the storms",
"author": {{"@type": "Person", "name": "Rita Roe"}}, "datePublished": "2026-11-20T08:00:00Z"}}</script></head><body>
<article><h1>Harbour council votes to rebuild the eastern mole</h1><p class="byline">By Jane Doe</p>{prose}</article>
</body></html>"""
FEED = """<rss version="2.0"><channel><title>Harbour Times</title><link>{base}</link><item><title>Harbour council votes
</title><link>{base}story</link><guid>{base}story</guid><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def newsroom(tmp_path: Path, httpserver: HTTPServer) -> Newsroom:
    """Return a newsroom that took one article, on which its page, its JSON-LD and its feed differ."""
    base = httpserver.url_for("/")
    (tmp_path / "sources.yaml").write_text(SOURCES.format(base=base), encoding="utf-8")
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nAllow: /")
    httpserver.expect_request("/feed").respond_with_data(FEED.format(base=base), content_type="application/rss+xml")
    page = PAGE.format(prose=paragraphs(*PROSE, *(f"{text} So the council said." for text in PROSE)))
    httpserver.expect_request("/story").respond_with_data(page, content_type="text/html; charset=utf-8")
    newsroom = Newsroom(folder=tmp_path, bases={})
    done = newsroom.run("ingest")
    assert done.returncode in {0, 1}, done.stderr
    return newsroom


def test_disagreement_is_shown_with_its_source_and_confidence(newsroom: Newsroom) -> None:
    """What was chosen and what a strong source says instead stand together, each with where from and how sure."""
    done = newsroom.run("articles", "show", "1", COLUMNS="400")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    said = [line.split()[5].rstrip(":") for line in lines if line.startswith("≠ strong sources disagree on ")]
    assert said == ["headline", "byline", "published_at"]
    assert any(line.startswith('   chosen "Rita Roe" (json-ld ') for line in lines)
    assert any(line.startswith('  against "Jane Doe" (visible ') for line in lines)
    table = [line for line in lines if "author of newsarticle" in line or "<p 'byline'>" in line]
    assert ["✓" in line for line in table] == [True, False]
    assert ["≠" in line for line in table] == [False, True]
    assert "sources-disagree" in done.stdout


def test_disagreement_is_told_to_machines_too(newsroom: Newsroom) -> None:
    """The readings that speak against what was chosen, with source and confidence."""
    (shown,) = newsroom.json("articles", "show", "1")
    against: list[dict[str, Any]] = shown["disagreements"]
    names = [(one["field"], one["value"], one["source"]) for one in against if one["field"] == "byline"]
    assert names[0] == ("byline", "Jane Doe", "visible")
    assert all(0 < one["confidence"] <= 1 for one in against)
