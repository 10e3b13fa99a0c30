"""`reprint extract` shows what would be read, with a partner's selectors where one is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


def test_a_saved_page_without_an_address_has_none(newsroom: Newsroom) -> None:
    """Nothing is made up: no canonical URL is shown, and no link is resolved against a host that nobody named."""
    page = newsroom.folder / "page.html"
    page.write_bytes(html_of(BODY.replace("</p>", ' <a href="/far">more</a></p>', 1)))
    done = newsroom.run("extract", str(page))
    assert done.returncode == 0, done.stderr
    assert "canonical" not in done.stdout
    article = newsroom.json("extract", str(page))
    assert (article["canonical_url"], "localhost" in json.dumps(article)) == ("", False)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        (
            "feed.xml",
            '<?xml version="1.0"?><!-- made by hand -->\n<rss version="2.0"><channel/></rss>',
            "an RSS feed",
        ),
        ("atom.xml", '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', "an Atom feed"),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a JSON feed"),
        ("map.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "a sitemap"),
        ("paper.pdf", "%PDF-1.7\n", "a PDF"),
    ],
)
def test_what_is_no_page_is_said_to_be_what_it_is(newsroom: Newsroom, name: str, content: str, kind: str) -> None:
    """A feed given as a page is no article, and the error says what it is and where feeds belong."""
    (newsroom.folder / name).write_text(content, encoding="utf-8")
    done = newsroom.run("extract", str(newsroom.folder / name), "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["what"], told["where"]) == (f"this is {kind}, not a page", str(newsroom.folder / name))
    assert ("sources.yaml" in told["next"]) is ("feed" in kind)


def test_an_explanation_colours_what_was_kept_and_what_was_dropped(newsroom: Newsroom) -> None:
    """On a terminal a kept block's row is green and a dropped one's red; without colour the marks still tell them."""
    page = newsroom.folder / "page.html"
    command = [sys.executable, "-m", "publish.cli", "extract", str(page), "--partner", "harbour", "--explain"]
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    shown = {}
    for name, colours in (("forced", {"FORCE_COLOR": "1", "TERM": "xterm-256color"}), ("none", {"NO_COLOR": "1"})):
        done = subprocess.run(
            command, cwd=newsroom.folder, env={**plain, **colours, "COLUMNS": "160"}, capture_output=True, check=True
        )
        shown[name] = done.stdout.decode()
    rows = [line for line in shown["forced"].splitlines() if "✓" in line or "✗" in line]
    blocks = [row for row in rows if PROSE[0][:30] in row or PROSE[2][:30] in row]
    assert ["\x1b[32m" in row for row in blocks] == ["✓" in row for row in blocks] == [True, False]
    assert ["\x1b[31m" in row for row in blocks] == [False, True]
    assert "\x1b[" not in shown["none"]
    assert "✓" in shown["none"]
    assert "✗" in shown["none"]
