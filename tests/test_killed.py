"""Killed at any moment and started again: nothing is lost, doubled or uncredited."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from fixtures.demo_sources import write_demo_sources
from fixtures.serve import EPHEMERAL, serving
from tests.newsroom import Newsroom

KILLS = 6


@pytest.fixture(scope="module")
def bases() -> Iterator[dict[str, str]]:
    """Serve the fixture sites."""
    with serving(ports=EPHEMERAL) as served:
        yield served


def _newsroom(folder: Path, bases: dict[str, str]) -> Newsroom:
    folder.mkdir()
    write_demo_sources(folder, bases)
    return Newsroom(folder=folder, bases=bases)


def _seconds(newsroom: Newsroom, *words: str) -> float:
    started = time.perf_counter()
    newsroom.run(*words)
    return time.perf_counter() - started


def _kill_within(newsroom: Newsroom, seconds: float, *words: str) -> None:
    with newsroom.start(*words) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def _articles(newsroom: Newsroom) -> set[tuple[str, ...]]:
    rows = newsroom.json("articles", "list", "--limit", "1000")
    found = [(row["partner"], row["headline"], row["verdict"], row["origin_name"]) for row in rows]
    assert len(found) == len(set(found)), "an article was kept twice"
    return set(found)


@pytest.mark.slow
def test_sigkill_at_random_instants(tmp_path: Path, bases: dict[str, str]) -> None:
    """After kills anywhere in ingest and publish, one more run ends where an undisturbed one does."""
    calm = _newsroom(tmp_path / "calm", bases)
    spans = {words: _seconds(calm, words) for words in ("ingest", "publish")}
    wild, dice = _newsroom(tmp_path / "wild", bases), random.Random(2026)
    for words, span in spans.items():
        for _ in range(KILLS):
            _kill_within(wild, dice.uniform(0.2, 1.0) * span, words)
        wild.run(words)
    assert _articles(wild) == _articles(calm)
    assert sorted(_credits(wild)) == sorted(_credits(calm))
    for check in ("verify", "check"):
        done = wild.run("audit", check)
        assert done.returncode == 0, done.stdout + done.stderr
    before = wild.site_bytes()
    wild.run("publish", "--rebuild")
    assert wild.site_bytes() == before


def _credits(newsroom: Newsroom) -> list[tuple[str, str]]:
    pages = []
    for file in (newsroom.folder / "site" / "articles").glob("*.html"):
        tree = lxml.html.fromstring(file.read_bytes())
        (shown,) = tree.find_class("credit")
        pages.append((file.name, " ".join(shown.text_content().split())))
    return pages


def test_sigterm_ends_the_scheduler_cleanly(tmp_path: Path, bases: dict[str, str]) -> None:
    """`reprint run` polls and publishes by itself, and on SIGTERM ends with 0 and nothing half done."""
    newsroom = _newsroom(tmp_path / "room", bases)
    with newsroom.start("run", REPRINT_LOG_LEVEL="info") as process:
        deadline = time.monotonic() + 90
        while not list((newsroom.folder / "site").glob("index.html")) and time.monotonic() < deadline:
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        _out, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    assert '"event": "clock.stopped"' in log
    assert '"event": "poll.done"' in log
    assert newsroom.run("audit", "verify").returncode == 0


def test_sigterm_in_the_middle_of_an_ingest_leaves_the_rest_pending(tmp_path: Path, bases: dict[str, str]) -> None:
    """What was not reached is taken up by the next run."""
    newsroom = _newsroom(tmp_path / "room", bases)
    with newsroom.start("ingest") as process:
        time.sleep(2.0)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    newsroom.run("ingest")
    calm = _newsroom(tmp_path / "calm", bases)
    calm.run("ingest")
    assert _articles(newsroom) == _articles(calm)


def test_a_second_scheduler_waits_and_takes_over(tmp_path: Path, bases: dict[str, str]) -> None:
    """Of two `reprint run` one works (APScheduler #129, #231: both did); when it is killed the other goes on."""
    newsroom = _newsroom(tmp_path / "room", bases)
    lock = newsroom.folder / "reprint.db.run.lock"

    def leads(process: subprocess.Popen[str]) -> bool:
        return lock.exists() and str(process.pid) in lock.read_text(encoding="utf-8")

    def wait_until_it_leads(process: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + 60
        while not leads(process):
            assert time.monotonic() < deadline, "it never led"
            time.sleep(0.1)

    with newsroom.start("run", REPRINT_LOG_LEVEL="info") as first:
        wait_until_it_leads(first)
        with newsroom.start("run", REPRINT_LOG_LEVEL="info") as second:
            time.sleep(2.0)
            assert leads(first)
            first.kill()
            first.communicate()
            wait_until_it_leads(second)
            second.send_signal(signal.SIGTERM)
            _out, log = second.communicate(timeout=60)
    assert second.returncode == 0, log
    assert log.index('"event": "leader.waits"') < log.index('"event": "leader.leads"')
    assert newsroom.run("audit", "verify").returncode == 0
