"""Feed to published page, by the commands that a person runs, held against what is true of the fixture sites."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from fixtures.demo_sources import write_demo_sources
from fixtures.serve import EPHEMERAL, serving
from fixtures.sites import FIXTURES
from tests.newsroom import Newsroom

EXPECTED: dict[str, Any] = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))
PAGES: list[dict[str, Any]] = EXPECTED["pages"]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """Ingest and publish the fixture sites once, for all tests here."""
    folder = tmp_path_factory.mktemp("newsroom")
    with serving(ports=EPHEMERAL) as bases:
        write_demo_sources(folder, bases)
        room = Newsroom(folder=folder, bases=bases)
        room.ingest_and_publish()
        yield room


@pytest.fixture(scope="module")
def articles(newsroom: Newsroom) -> dict[str, dict[str, Any]]:
    """Return every article's row by the URL that its partner gave."""
    rows = newsroom.json("articles", "list", "--limit", "1000")
    shown = newsroom.json("articles", "show", *(str(row["id"]) for row in rows))
    return {one["attributed"]["article"]["url"]: one for one in shown}


def _name(page: dict[str, Any]) -> str:
    return f"{page['site']}{page['path']}"


each_page = pytest.mark.parametrize("page", PAGES, ids=_name)


def _of(page: dict[str, Any], articles: dict[str, dict[str, Any]], newsroom: Newsroom) -> dict[str, Any]:
    return articles[newsroom.bases[page["site"]] + page["path"]]


@each_page
def test_headline_and_authors_are_the_pages(
    page: dict[str, Any], articles: dict[str, dict[str, Any]], newsroom: Newsroom
) -> None:
    """The headline is the page's own, to the letter; the credited writers are those who wrote it, in order."""
    article = _of(page, articles, newsroom)["attributed"]["article"]
    assert " ".join(article["headline"].split()) == " ".join(page["headline"].split())
    names = [person["name"] for person in article["byline"]["people"] if person["role"] != "contributor"]
    contributors = {person["name"] for person in page["contributors"]} if page["contributors"] else set()
    assert [name for name in names if name not in contributors] == page["authors"]


@each_page
def test_the_body_is_whole_and_nothing_else(
    page: dict[str, Any], articles: dict[str, dict[str, Any]], newsroom: Newsroom
) -> None:
    """Every paragraph is there in order, and no word of the page's furniture."""
    text = _body_text(_of(page, articles, newsroom)["attributed"]["article"]["body"])
    squeezed, at = _squeezed(text), 0
    if not page.get("stub"):
        assert squeezed.startswith(_squeezed(page["body_first"]))
        after = squeezed.rpartition(_squeezed(page["body_last"]))[2]
        # A standing note of the partner's may close the body: under no-edit terms it is not ours to take out.
        assert not after or any(
            after.lstrip("0123456789").startswith(_squeezed(note)) for note in page["optional"]
        ), after
        for start in page["body_starts"]:
            at = squeezed.find(_squeezed(start), at)
            assert at >= 0, start
    for phrase in EXPECTED["must_not"][page["site"]]:
        assert _squeezed(phrase) not in squeezed, phrase


@each_page
def test_origin_and_outcome_are_as_the_terms_say(
    page: dict[str, Any], articles: dict[str, dict[str, Any]], newsroom: Newsroom
) -> None:
    """Who first published it is told from who delivered it, and the terms with the former decide."""
    found = _of(page, articles, newsroom)
    origin, wanted = found["attributed"]["origin"], page["origin"]
    assert (origin["name"], origin["key"]) == (wanted["name"], wanted["key"])
    assert found["attributed"]["partner"] == page["delivered_by"]
    if page["outcome"] == "copy":
        assert found["article"]["relation"] == "copy"
    else:
        assert found["attributed"]["decision"]["verdict"] == page["outcome"]


@each_page
def test_what_is_published_carries_its_credit_and_what_is_not_is_nowhere(
    page: dict[str, Any], articles: dict[str, dict[str, Any]], newsroom: Newsroom
) -> None:
    """A page stands for each article that may be published, with the exact credit on record; for no other."""
    found = _of(page, articles, newsroom)
    file = newsroom.folder / "site" / "articles" / f"{found['article']['slug']}.html"
    if page["outcome"] == "copy":
        return
    assert file.exists() == (page["outcome"] == "publish")
    if file.exists():
        tree = lxml.html.fromstring(file.read_bytes())
        credits_shown = [" ".join(node.text_content().split()) for node in tree.find_class("credit")]
        assert credits_shown == [" ".join(found["attributed"]["credit"]["text"].split())]


def test_the_seed_case(articles: dict[str, dict[str, Any]], newsroom: Newsroom) -> None:
    """A middleman's page becomes the origin's article: byline from the bio, its credit line off the body, ours on."""
    path = "/2026/11/09/small-ports-long-shadows/"
    found = articles[newsroom.bases["harbour-times"] + path]["attributed"]
    article = found["article"]
    (author,) = article["byline"]["people"]
    assert (author["name"], author["source"]) == ("Leilani Okafor", "bio")
    assert article["bio"].startswith("Leilani Okafor")
    assert "@" in (author["email"] or "")
    assert "originally published by Pacific Forum" in article["inherited_credit"]
    assert "originally published" not in _body_text(article["body"])
    assert (found["partner"], found["origin"]["key"], found["origin"]["own"]) == (
        "harbour-times",
        "pacific-forum",
        False,
    )
    assert found["credit"]["text"] == (
        "This article, originally published by Pacific Forum, is republished with permission."
    )


def test_what_a_person_must_look_at_ends_with_1(tmp_path: Path) -> None:
    """The dead link is reported with its reason, and the command says by its exit code that something failed."""
    with serving(ports=EPHEMERAL) as bases:
        write_demo_sources(tmp_path, bases)
        done = Newsroom(folder=tmp_path, bases=bases).run("ingest", "harbour-times", "--json")
    assert done.returncode == 1, done.stderr
    feeds = json.loads(done.stdout)["feeds"]
    entries = [entry for feed in feeds for entry in feed["entries"]]
    (dead,) = [entry for entry in entries if entry["fate"] in {"failed", "postponed"}]
    assert "404" in dead["reasons"][0]["message"]
    aside = [item["reason"] for feed in feeds for item in feed["remembered"]["set_aside"]]
    assert any("no link" in reason for reason in aside), aside


def test_nothing_is_new_the_second_time(newsroom: Newsroom) -> None:
    """Ingesting and publishing again finds, keeps and writes nothing."""
    before = newsroom.site_bytes()
    again = newsroom.json("ingest")
    assert sum(feed["remembered"]["new"] + feed["remembered"]["changed"] for feed in again["feeds"]) == 0
    assert [feed["entries"] for feed in again["feeds"] if feed["entries"]] == []
    (report,) = newsroom.json("publish")
    assert (report["published"], report["updated"], report["withdrawn"]) == (0, 0, 0)
    assert newsroom.site_bytes() == before


def test_a_rebuild_gives_the_same_bytes(newsroom: Newsroom) -> None:
    """The site is derived from the records, not from what was written before."""
    before = newsroom.site_bytes()
    assert newsroom.run("publish", "--rebuild").returncode == 0
    assert newsroom.site_bytes() == before


def test_the_audit_finds_the_records_whole_and_the_pages_in_order(newsroom: Newsroom) -> None:
    """An untouched newsroom has no findings, against the ledger, a saved head, and the pages."""
    head = newsroom.run("audit", "head").stdout.strip()
    assert newsroom.run("audit", "verify", "--head", head).returncode == 0
    checked = newsroom.run("audit", "check")
    assert checked.returncode == 0, checked.stdout


def test_the_audit_shows_each_record_and_one_articles_story(newsroom: Newsroom) -> None:
    """Every article has its record, and its story is told from the ledger in order."""
    records = newsroom.json("audit", "list", "--limit", "1000")
    assert len(records) == len(PAGES)
    story = newsroom.json("audit", "show", str(records[-1]["article_id"]))
    assert [record["seq"] for record in story["ledger"]] == sorted(record["seq"] for record in story["ledger"])
    assert story["attributions"][0]["credit_text"]


def _body_text(body: Any) -> str:
    """Return all text of a body's JSON but figures', in order."""
    if isinstance(body, list):
        return "".join(_body_text(part) for part in body)
    if not isinstance(body, dict) or body.get("kind") in {"figure", "embed"}:
        return ""
    if body.get("kind") in {"text", "code", "preformatted"}:
        return str(body["text"])
    parts = [
        _body_text(body[key]) for key in ("blocks", "children", "items", "rows", "cite", "caption") if key in body
    ]
    return "".join(parts)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
