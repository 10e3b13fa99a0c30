"""What editors decide: carried out by the same functions as on the command line, told to the second of two, undone."""

from __future__ import annotations

import html
import time
from datetime import timedelta

import httpx
import pytest

from ingest.choosing import schedule
from ingest.editing import Desk as Editing
from ingest.reconsider import reconsider_store
from ingest.ruling import give_ruling
from ingest.store import articles, attributions, ledger, publications, rulings
from ingest.store.database import read
from ingest.store.rulings import Ruling
from publish import wiring
from tests.publish.desk.desking import Desk, form_of


def _act(client: httpx.Client, article_id: int, what: str, page: str = "/queue", **fields: str) -> httpx.Response:
    """Fill in a form of an article's page as its editor sees it now, and send it."""
    path = f"/articles/{article_id}/{what}"
    return client.post(path, data=form_of(client.get(f"{page}/{article_id}").text, path) | fields)


def _states(desk: Desk, article_id: int) -> set[str]:
    with read(desk.engine) as connection:
        row = articles.row_of(connection, article_id)
        assert row is not None
        return {one.state for one in publications.of_work(connection, row.work_id)}


def _wait_for(desk: Desk, article_id: int, state: str) -> None:
    for _ in range(200):
        if _states(desk, article_id) == {state}:
            return
        time.sleep(0.1)
    raise AssertionError(f"it is {_states(desk, article_id)}, not {state}")


def _events(desk: Desk, article_id: int) -> list[tuple[str, str]]:
    with read(desk.engine) as connection:
        found = list(ledger.records(connection, subject=f"article:{article_id}"))
    return [(record.event, record.actor) for record in found]


def test_a_release_brings_it_out_in_the_editors_name(desk: Desk) -> None:
    """The page is written without anyone at a terminal, and the ledger names who released it; the next one follows."""
    first = desk.held()[0]
    with desk.client("ana") as ana:
        answer = _act(ana, first, "release", reason="read and good")
        assert answer.url.path.startswith("/queue")
        assert answer.url.path != f"/queue/{first}"
        assert "Released; it goes out in a moment." in answer.text
        assert "Released; it goes out" not in ana.get("/queue").text
        _wait_for(desk, first, "published")
    assert ("ruling.released", "ana") in _events(desk, first)
    assert desk.page_of(first).exists()


def test_a_release_never_makes_up_for_a_permission(desk: Desk) -> None:
    """Where permission is missing the article stays held, and the editor is told why."""
    article_id = desk.held("harbour-times")[-1]
    with desk.client("ana") as ana:
        answer = _act(ana, article_id, "release", reason="please")
        assert "Released, but still held:" in answer.text
    assert article_id in desk.held("harbour-times")
    assert _states(desk, article_id) == set()


def test_the_second_of_two_editors_is_told_and_loses_nothing(desk: Desk) -> None:
    """Who decides on what has changed gets told what happened and by whom; what was written stands there still."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana, desk.client("ben") as ben:
        path = f"/articles/{article_id}/withdraw"
        seen = form_of(ben.get(f"/queue/{article_id}").text, path)
        _act(ana, article_id, "release", reason="good")
        told = ben.post(path, data={**seen, "reason": "a long & careful reason"})
        assert told.status_code == 409
        assert "Somebody was faster" in told.text
        assert "Released by a person" in told.text
        assert "<strong>ana</strong>" in told.text
        assert "a long &amp; careful reason" in told.text
    with read(desk.engine) as connection:
        assert rulings.of(connection, article_id) is Ruling.RELEASED


def test_the_command_line_counts_as_another_editor(desk: Desk) -> None:
    """Whoever changed it, and however, the desk's editor decides on what stands."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        path = f"/articles/{article_id}/byline"
        seen = form_of(ana.get(f"/queue/{article_id}").text, path)
        give_ruling(
            desk.engine,
            article_id,
            Ruling.WITHDRAWN,
            reason="not ours",
            sources=desk.sources,
            keeping=desk.keeping("shell"),
        )
        answer = ana.post(path, data={**seen, "byline": "Ada", "reason": "style"})
        assert (answer.status_code, "shell" in answer.text, ">Ada</textarea>" in answer.text) == (409, True, True)


def test_a_release_is_undone_until_it_is_out(desk: Desk) -> None:
    """Undo puts it back into the queue; once readers may have seen it, only a withdrawal takes it down."""
    early, late = desk.held()[:2]
    with desk.client("ana") as ana:
        undo = form_of(_act(ana, early, "release", reason="oops").text, "/undo")
        assert "undone" in ana.post("/undo", data=undo).text
        assert early in desk.held()
        assert ana.post("/undo", data=undo).url.path == "/queue"
        _act(ana, late, "release", reason="good")
        _wait_for(desk, late, "published")
        refused = ana.post("/undo", data=undo)
        assert (refused.status_code, "it is out already" in refused.text) == (400, True)
    assert [event for event, _ in _events(desk, early)][-2] == "ruling.taken-back"
    assert late not in desk.held()


def test_a_rejection_is_for_good_and_can_be_undone(desk: Desk) -> None:
    """It leaves the queue, and comes back by its editor's undo only while nothing else happened to it."""
    first, second = desk.held()[:2]
    with desk.client("ana") as ana, desk.client("ben") as ben:
        _act(ana, first, "withdraw", reason="advertising")
        assert f'href="/queue/{first}"' not in ana.get("/queue").text
        undo = form_of(ana.get("/queue").text, "/undo")
        ana.post("/undo", data=undo)
        assert f'href="/queue/{first}"' in ana.get("/queue").text
        _act(ana, second, "withdraw", reason="advertising")
        _act(ben, second, "release", page="/articles", reason="no, it is fine")
        assert ana.post("/undo", data=undo).status_code == 409


def test_a_withdrawal_takes_the_page_down_at_once(desk: Desk) -> None:
    """What is out comes down without a terminal, and readers are told what the editor wrote."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        _act(ana, article_id, "release", reason="good")
        _wait_for(desk, article_id, "published")
        _act(
            ana, article_id, "withdraw", page="/articles", reason="a letter", notice="Taken down at a reader's word."
        )
        _wait_for(desk, article_id, "withdrawn")
        assert "Withdrawn, until a person releases it" in ana.get(f"/articles/{article_id}").text
    assert "Taken down at a reader" in desk.page_of(article_id).read_text(encoding="utf-8")


def test_a_headline_is_corrected_where_the_terms_allow_it(desk: Desk) -> None:
    """Elsewhere the desk offers no form, and the server refuses a made-up one, saying which rule."""
    allowed, forbidden = desk.held("pacific-forum", "publish")[0], desk.held("harbour-times")[-1]
    with desk.client("ana") as ana:
        done = _act(
            ana, allowed, "headline", "/articles", headline="  A short\nhistory <b>of</b> limits ", reason="typo"
        )
        assert "A short history &lt;b&gt;of&lt;/b&gt; limits" in done.text
        page = ana.get(f"/queue/{forbidden}").text
        assert f"/articles/{forbidden}/headline" not in page
        fields = form_of(page, f"/articles/{forbidden}/byline")
        answer = ana.post(f"/articles/{forbidden}/headline", data={**fields, "headline": "Ours", "reason": "x"})
        assert (answer.status_code, "headline_edits: false" in answer.text) == (400, True)


def test_a_byline_is_corrected_and_what_was_printed_stays_on_record(desk: Desk) -> None:
    """The credit and the page name who the editor named; undo brings the partner's reading back."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        with read(desk.engine) as connection:
            before = attributions.of_article(connection, article_id).article.byline
        answer = _act(ana, article_id, "byline", byline="Ada Sørensen\r\n\r\n李 明", reason="read from the original")
        assert "By Ada Sørensen, 李 明" in html.unescape(answer.text)
        with read(desk.engine) as connection:
            now = attributions.of_article(connection, article_id)
        assert now.article.byline.names == ("Ada Sørensen", "李 明")
        assert now.article.byline.raw == before.raw
        assert "Ada Sørensen" in now.credit.text
        ana.post("/undo", data=form_of(answer.text, "/undo"))
    with read(desk.engine) as connection:
        assert attributions.of_article(connection, article_id).article.byline == before


def test_a_scheduled_article_waits_for_its_time(desk: Desk) -> None:
    """Released or not it is held until then, time alone lets it out, and a time that is over is refused."""
    article_id = desk.held()[0]
    at = desk.clock() + timedelta(hours=3)
    with desk.client("ana") as ana:
        over = _act(ana, article_id, "schedule", not_before="2020-01-01T10:00")
        assert (over.status_code, "that time is over" in over.text) == (400, True)
        assert _act(ana, article_id, "schedule", not_before="soon").status_code == 400
        _act(ana, article_id, "schedule", not_before=f"{at:%Y-%m-%dT%H:%M}")
        answer = _act(ana, article_id, "release", reason="good, but later")
        assert "An editor scheduled it" in html.unescape(answer.text)
    assert article_id in desk.held()
    desk.clock.ahead += timedelta(hours=4)
    sources = desk.sources
    reconsider_store(desk.engine, sources, targets=wiring.target_names(sources), actor="clock", clock=desk.clock)
    assert article_id not in desk.held()
    assert _states(desk, article_id) == {"pending"}


def test_what_is_out_stays_out_when_it_is_scheduled(desk: Desk) -> None:
    """A schedule keeps something from appearing; it takes nothing down."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        _act(ana, article_id, "release", reason="good")
        _wait_for(desk, article_id, "published")
    editing = Editing(engine=desk.engine, sources=desk.sources, keeping=desk.keeping("ana"))
    schedule(editing, article_id, desk.clock() + timedelta(days=1))
    assert _states(desk, article_id) <= {"published", "pending"}
    assert article_id not in desk.held()


def test_an_article_goes_into_the_section_that_is_chosen(desk: Desk) -> None:
    """It stands in that section's list and in no other, and one that the site does not have is refused."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        assert _act(ana, article_id, "section", section="nowhere").status_code == 400
        _act(ana, article_id, "section", section="culture")
        _act(ana, article_id, "release", reason="good")
        _wait_for(desk, article_id, "published")
    with read(desk.engine) as connection:
        row = articles.row_of(connection, article_id)
    assert row is not None
    for _ in range(100):
        # Lists are drawn just after the page is marked.
        lists = desk.folder.glob("site/sections/*/index.html")
        found = {path.parent.name for path in lists if row.slug in path.read_text(encoding="utf-8")}
        if found:
            break
        time.sleep(0.1)
    assert found == {"culture"}


@pytest.mark.parametrize("what", ["release", "withdraw", "byline"])
def test_nothing_is_done_without_a_reason(desk: Desk, what: str) -> None:
    """The ledger's reason is asked for by the server, whatever the browser lets through."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        answer = _act(ana, article_id, what, byline="Another", reason="  ")
        assert (answer.status_code, "a reason is needed" in answer.text) == (400, True)
    assert article_id in desk.held()


def test_a_form_that_saw_nothing_changes_nothing(desk: Desk) -> None:
    """Without the version that its editor saw, or with a made-up one of the past, an action is refused."""
    article_id = desk.held()[0]
    with desk.client("ana") as ana:
        for seen in ("", "0", "-1", "1e9", "9" * 40):
            answer = _act(ana, article_id, "release", reason="x", seen=seen)
            assert answer.status_code == 409, seen
        assert ana.get("/articles/999999").status_code == 404
        assert ana.get(f"/articles/{article_id}/diff/1/7").status_code == 404
