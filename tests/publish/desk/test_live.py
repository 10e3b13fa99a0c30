"""Live pages: what is told to open pages, to how many, and until when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from ingest.store import ledger
from ingest.store.database import write
from publish.desk.long_work import LongWorks, Work
from tests.publish.desk.desking import Desk, form_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def _listening(client: httpx.Client) -> Iterator[Iterator[str]]:
    with client.stream("GET", "/live") as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines).startswith("retry:")
        yield lines


def _next_event(lines: Iterator[str]) -> str:
    return next(line.removeprefix("event: ") for line in lines if line.startswith("event: "))


def _hold(desk: Desk, article_id: int) -> None:
    with write(desk.engine) as connection:
        subject = f"article:{article_id}"
        ledger.append(connection, at=desk.clock(), actor="it", event="article.hold", subject=subject, payload={})


def test_what_happens_to_articles_is_told(desk: Desk) -> None:
    """A record on an article, by whichever process, reaches an open page, without any of its words."""
    with desk.client("ana") as client, _listening(client) as lines:
        time.sleep(1.5)
        _hold(desk, 1)
        assert _next_event(lines) == "queue"
        assert next(lines) == 'data: {"held": 1}'


def test_long_work_is_told(desk: Desk) -> None:
    """The progress of long work reaches an open page."""
    with desk.client("ana") as client, desk.client("ana") as other, _listening(client) as lines:
        other.post("/audit/verify", data=form_of(other.get("/audit").text, "/audit/verify"))
        assert _next_event(lines) == "work"


def test_a_stream_ends_with_its_session(desk: Desk) -> None:
    """Signing out ends the open streams of the session; the page is told, and nothing comes after."""
    with desk.client("ana") as client, httpx.Client(base_url=desk.base, cookies=client.cookies) as same:
        with _listening(client) as lines:
            same.post("/sign-out", data=form_of(same.get("/account").text, "/sign-out"))
            assert _next_event(lines) == "signed-out"
            assert [line for line in lines if line.startswith("event")] == []
        assert same.get("/live").status_code == 401


def test_listening_keeps_no_session_alive(desk: Desk) -> None:
    """A page left open does not count as use: the session ends unused, and its stream with it."""
    with desk.client("ana") as client, _listening(client) as lines:
        desk.clock.ahead = timedelta(hours=3)
        assert _next_event(lines) == "signed-out"


def test_listeners_are_bounded(desk: Desk) -> None:
    """One session has so many streams and no more; the next is told to come later."""
    with desk.client("ana") as client, ExitStack() as open_:
        for _ in range(6):
            open_.enter_context(_listening(client))
        full = client.get("/live")
        assert (full.status_code, full.headers["retry-after"]) == (503, "30")


def test_a_store_that_goes_away_comes_back(desk: Desk) -> None:
    """Pages are told that the store is away, once, and that it is back; the stream lives on."""
    with desk.client("ana") as client, _listening(client) as lines:
        time.sleep(1.5)
        with write(desk.engine) as connection:
            connection.exec_driver_sql("ALTER TABLE desk_session RENAME TO gone")
        assert _next_event(lines) == "away"
        with write(desk.engine) as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO desk_session")
        assert _next_event(lines) == "back"


def test_work_that_breaks_says_so_and_can_be_started_again(desk: Desk) -> None:
    """Work runs once at a time; one that breaks ends with its reason."""
    works = LongWorks(desk.clock)
    work = Work(kind="check", title="it", by="ana", begun_at=desk.clock())

    def slow(step: object) -> None:
        time.sleep(0.3)
        raise ZeroDivisionError

    assert works.start(work, slow)
    assert not works.start(work, slow)
    for _ in range(100):
        if not works.works["check"].running:
            break
        time.sleep(0.05)
    assert "ZeroDivisionError" in (works.works["check"].error or "")
    assert works.start(work, lambda _step: "done")


def test_a_new_article_appears_in_the_queue_without_reloading(browser: Browser, desk: Desk) -> None:
    """An open queue shows what was held meanwhile, and no page is loaded for it."""
    held = desk.held()[-1]
    context = browser.new_context()
    context.add_cookies([{"name": "reprint-desk", "value": desk.session("ana"), "url": desk.base}])
    page = context.new_page()
    page.goto(f"{desk.base}/queue")
    page.evaluate("window.same = true")
    page.locator(f'a[href="/queue/{held}"]').wait_for()
    with desk.client("ben") as client:
        path = f"/articles/{held}/withdraw"
        form = form_of(client.get(f"/queue/{held}").text, path)
        time.sleep(2)
        assert client.post(path, data={**form, "reason": "not for us"}).status_code == 200
    page.locator(f'a[href="/queue/{held}"]').wait_for(state="detached", timeout=10_000)
    assert page.evaluate("window.same")
    context.close()
