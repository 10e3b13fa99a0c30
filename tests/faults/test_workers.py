"""A clock and two workers as real processes on one PostgreSQL, against partners that take their time to answer."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.store import schema
from ingest.store.chain import verify_store
from ingest.store.claims import host_claim
from ingest.store.database import open_store, read
from tests.newsroom import Newsroom
from tests.partner import Piece, Site, newsroom, prose

PARTNERS, PIECES = 6, 4
#: Seconds: a worker that is silent for so long has lost its hosts.
LEASE = 4


@dataclass(kw_only=True)
class Watched:
    """A partner's site that takes its time, and notes how many requests it had at once."""

    site: Site
    delay: float
    most: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Request) -> Response:
        """Answer like the site, slowly."""
        with self._lock:
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        try:
            time.sleep(self.delay)
            return self.site.answer(request)
        finally:
            with self._lock:
                self._under_way -= 1


@pytest.fixture
def partners() -> Iterator[dict[str, Watched]]:
    """Serve some partners' sites, each at a port of its own."""
    with contextlib.ExitStack() as stack:
        found = {}
        for number in range(PARTNERS):
            server = stack.enter_context(HTTPServer(threaded=True))
            site = Site(base=server.url_for("").rstrip("/"))
            key = f"p{number}"
            for piece in range(PIECES):
                slug = f"{key}-{piece}"
                site.pieces[f"/{slug}.html"] = Piece(headline=f"The piece {slug}", paragraphs=prose(slug), guid=slug)
            found[key] = Watched(site=site, delay=0.3)
            server.expect_request(re.compile(".*")).respond_with_handler(found[key].answer)
        yield found


@dataclass(frozen=True, kw_only=True)
class Crew:
    """The newsroom, its processes and their logs."""

    room: Newsroom
    environment: Mapping[str, str]
    engine: sa.Engine

    @contextlib.contextmanager
    def running(self, name: str, *words: str) -> Iterator[subprocess.Popen[str]]:
        """Run a command for the block; its log is a file by its name."""
        log = self.log(name)
        with log.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "publish.cli", *words],
                env=self.environment,
                stdout=file,
                stderr=file,
                text=True,
            )
            try:
                yield process
            finally:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()

    def log(self, name: str) -> Path:
        """Return where a process's log is."""
        return self.room.folder / f"{name}.log"

    def count(self, query: sa.Select[int]) -> int:
        """Return what a query counts."""
        with read(self.engine) as connection:
            return connection.execute(query).scalar_one()

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self.count(sa.select(sa.func.count()).select_from(schema.article))

    def jobs(self, status: str) -> int:
        """Return how many of the engine's jobs have a status."""
        with read(self.engine) as connection:
            text = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE status::text = :status")
            return int(connection.execute(text, {"status": status}).scalar_one())


@pytest.fixture
def crew(tmp_path: Path, partners: dict[str, Watched], store_url: str) -> Iterator[Crew]:
    """Make a newsroom of the partners on a PostgreSQL of its own."""
    room = newsroom(tmp_path, *((key, one.site.base) for key, one in partners.items()))
    environment = room.environment | {
        "REPRINT_DATABASE_URL": store_url,
        "REPRINT_LEASE": str(LEASE),
        "REPRINT_LOG_LEVEL": "info",
        "REPRINT_HEALTH_LISTEN": "",
        "REPRINT_HOSTS_AT_ONCE": "3",
        "REPRINT_EXTRACT_WORKERS": "1",
    }
    engine = open_store(store_url)
    yield Crew(room=room, environment=environment, engine=engine)
    engine.dispose()


def _wait(until: Callable[[], bool], seconds: float, crew: Crew) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        if time.monotonic() > deadline:
            logs = "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in crew.room.folder.glob("*.log"))
            raise AssertionError(f"it did not come about in {seconds} seconds\n{logs}")
        time.sleep(0.1)


def _pages(partners: Mapping[str, Watched]) -> Counter[str]:
    return Counter(path for one in partners.values() for path, _ in one.site.answers if path.endswith(".html"))


def _all_there(crew: Crew) -> None:
    """Check that each piece was kept once, with one revision, and that the ledger is whole."""
    for table in (schema.article, schema.work, schema.revision, schema.standing):
        assert crew.count(sa.select(sa.func.count()).select_from(table)) == PARTNERS * PIECES, table
    waiting = sa.select(sa.func.count()).select_from(schema.entry).where(schema.entry.c.state != "done")
    assert crew.count(waiting) == 0
    verify_store(crew.engine)


@pytest.mark.slow
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_two_workers_share_the_hosts_and_one_that_is_killed_loses_nothing(
    crew: Crew, partners: dict[str, Watched]
) -> None:
    """No host is asked by two at once, nothing is kept twice, and a killed worker's host is finished by the other.

    Both work; SIGTERM ends all cleanly.
    """
    with (
        crew.running("clock", "run", "--engine", "procrastinate") as clock,
        crew.running("first", "worker") as first,
        crew.running("second", "worker") as second,
    ):
        _wait(lambda: crew.articles >= 3 and _worked(crew, "first") and _worked(crew, "second"), 60, crew)
        first.send_signal(signal.SIGKILL)
        _wait(lambda: crew.articles == PARTNERS * PIECES, 90, crew)
        _wait(lambda: crew.jobs("doing") == crew.jobs("todo") == 0, 60, crew)
        for process in (second, clock):
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
    _all_there(crew)
    assert max(one.most for one in partners.values()) == 1
    assert "engine.reaped" in crew.log("clock").read_text()
    with read(crew.engine) as connection:
        assert connection.execute(sa.select(host_claim.c.host).where(host_claim.c.until.is_not(None))).all() == []


def _worked(crew: Crew, name: str) -> bool:
    return "article.kept" in crew.log(name).read_text()


@pytest.mark.slow
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_worker_that_was_paused_past_its_lease_writes_nothing_when_it_wakes(
    crew: Crew, partners: dict[str, Watched]
) -> None:
    """What it was at is done by another by then, and is not done again or undone."""
    with (
        crew.running("clock", "run", "--engine", "procrastinate"),
        crew.running("paused", "worker") as paused,
    ):
        _wait(lambda: crew.articles >= 2, 60, crew)
        paused.send_signal(signal.SIGSTOP)
        kept = crew.log("paused").read_text().count("article.kept")
        with crew.running("other", "worker") as other:
            _wait(lambda: crew.articles == PARTNERS * PIECES, 120, crew)
            paused.send_signal(signal.SIGCONT)
            _wait(lambda: "claim.stale" in crew.log("paused").read_text(), 30, crew)
            assert crew.log("paused").read_text().count("article.kept") <= kept + 1
            for process in (paused, other):
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=30) == 0
    _all_there(crew)
    assert max(one.most for one in partners.values()) <= 2
