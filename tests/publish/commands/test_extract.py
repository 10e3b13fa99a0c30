"""`reprint extract` shows what would be read, with a partner's selectors where one is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.ingest.extract.pages import PROSE, html_of, paragraphs
from tests.newsroom import Newsroom

SOURCES = """\
site: {{name: Test, url: "https://test.example/"}}
partners:
  harbour:
    name: Harbour Times
    url: "{base}"
    delay_seconds: 0
    extract:
      keep: [.c1]
      drop: [.c1 .promo]
      headline: .kopf
"""
BODY = (
    f'<h1>Harbour Times</h1><div class="kopf">Harbour to be rebuilt</div><div class="c1">{paragraphs(*PROSE[:2])}'
    f'<p class="promo">{PROSE[2]}</p></div><div>{paragraphs(*(f"{text} So it goes on, and on." for text in PROSE))}</div>'
)


@pytest.fixture
def newsroom(tmp_path: Path, httpserver: HTTPServer) -> Newsroom:
    """Return a newsroom with one partner, whose pages need selectors."""
    (tmp_path / "sources.yaml").write_text(SOURCES.format(base=httpserver.url_for("/")), encoding="utf-8")
    (tmp_path / "page.html").write_bytes(html_of(BODY))
    return Newsroom(folder=tmp_path, bases={})


def _lines(article: Any) -> list[str]:
    return [block["children"][0]["text"] for block in article["body"]["blocks"]]


def test_a_partners_selectors_are_tried_on_a_file(newsroom: Newsroom) -> None:
    """With them the body is what they say; without them it is not."""
    page = str(newsroom.folder / "page.html")
    ruled = newsroom.json("extract", page, "--partner", "harbour")
    assert (_lines(ruled), ruled["headline"]) == (list(PROSE[:2]), "Harbour to be rebuilt")
    assert _lines(newsroom.json("extract", page)) != list(PROSE[:2])


def test_a_partners_pages_are_fetched_and_joined(newsroom: Newsroom, httpserver: HTTPServer) -> None:
    """An address is read as a pass reads it: robots.txt asked, further pages joined, selectors on each of them."""
    second = BODY.replace(PROSE[0], PROSE[3]).replace(
        PROSE[1], "That is where the report of the day came to its end, after two hours."
    )
    pager = '<div class="pagination">1 <a href="/story?page=2">2</a></div>'
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nAllow: /")
    httpserver.expect_request("/story", query_string="page=2").respond_with_data(
        html_of(second), content_type="text/html"
    )
    httpserver.expect_request("/story").respond_with_data(html_of(BODY + pager), content_type="text/html")
    article = newsroom.json("extract", "--url", httpserver.url_for("/story"), "--partner", "harbour")
    assert _lines(article)[:3] == [PROSE[0], PROSE[1], PROSE[3]]
    assert article["doubts"] == []
    assert "/robots.txt" in [request.path for request, _ in httpserver.log]


def test_an_unknown_partner_is_an_error_with_a_remedy(newsroom: Newsroom) -> None:
    """Nothing is read with no rules instead."""
    done = newsroom.run("extract", str(newsroom.folder / "page.html"), "--partner", "nobody", "--json")
    assert done.returncode != 0
    assert "nobody" in json.loads(done.stdout)["what"]


def test_an_explanation_marks_what_was_chosen_and_what_was_dropped(newsroom: Newsroom) -> None:
    """Fields with where they were read, blocks with their fates and reasons, within the terminal's width."""
    page = str(newsroom.folder / "page.html")
    done = newsroom.run("extract", page, "--partner", "harbour", "--explain", COLUMNS="90")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 90
    chosen = next(line for line in lines if "✓" in line and "headline" in line)
    assert "Harbour to be rebuilt" in chosen
    assert "partner-rule 97%" in chosen
    assert any("✗" in line and "partner-rule" in line for line in lines)
    assert any("2 kept" in line for line in lines)
