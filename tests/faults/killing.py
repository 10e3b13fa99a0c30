"""A newsroom that goes on while its publishers are killed at random instants, and what is true of it afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from ingest.article import Article
from ingest.body import Body, Paragraph, Text
from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store import ledger, publications
from ingest.store.chain import verify_store
from ingest.store.database import read
from ingest.store.publications import PublicationRow
from ingest.store.rulings import Ruling
from tests.faults.worker import now
from tests.newswire import article, partner, sources, take

#: New articles in each round.
FRESH = 3


def piece(number: int, *, corrected: int | None = None) -> Article:
    """Return an article of its own words, so that none is taken for a copy or a neighbour of another."""
    dice = random.Random(number)

    def words(count: int) -> str:
        return " ".join("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(count)).capitalize()

    headline, body = words(6), [Paragraph(children=(Text(text=words(40) + "."),)) for _ in range(5)]
    if corrected is not None:
        headline = f"{headline}, corrected {corrected}"
    return article(f"piece-{number}", headline=headline, body=Body(blocks=tuple(body)))


@dataclass(kw_only=True)
class Office:
    """One store and one target, and the dice that say what happens."""

    engine: sa.Engine
    target: str
    #: What the worker's command line says of the target.
    place: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    known: Sources = field(default_factory=lambda: sources(partner("forum")))
    dice: random.Random = field(default_factory=lambda: random.Random(2026))
    taken: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    mother: subprocess.Popen[str] = field(init=False)

    def happen(self) -> None:
        """Let articles come in, one be corrected and now and then one be withdrawn."""
        for _ in range(FRESH):
            number = len(self.taken)
            kept = take(self.engine, piece(number), "forum", self.known, now=now(), targets=(self.target,))
            self.taken.append(kept.article_id)
            self.counts["taken"] += 1
        number = self.dice.randrange(len(self.taken))
        changed = piece(number, corrected=len(self.taken))
        take(self.engine, changed, "forum", self.known, now=now(), targets=(self.target,))
        self.counts["corrected"] += 1
        if self.dice.random() < 0.25:
            self._withdraw(self.dice.choice(self.taken))

    def _withdraw(self, article_id: int) -> None:
        keeping = Keeping(now=now(), actor="test", targets=(self.target,), partners=self.known.keys)
        give_ruling(self.engine, article_id, Ruling.WITHDRAWN, reason="asked", sources=self.known, keeping=keeping)
        self.counts["withdrawn"] += 1

    @contextmanager
    def nursery(self) -> Iterator[None]:
        """Keep the process that publishers are forked from."""
        url = self.engine.url.render_as_string(hide_password=False)
        words = [sys.executable, "-m", "tests.faults.worker", url, self.target, *self.place]
        with subprocess.Popen(
            words, env={**os.environ, **self.environment}, stdin=-1, stdout=-1, text=True
        ) as self.mother:
            assert self._heard() == "ready"
            yield
            self.mother.terminate()

    def calm(self) -> float:
        """Publish what waits, undisturbed; return the seconds that it took."""
        self._nothing_postponed()
        started = time.perf_counter()
        self._told("go")
        assert self._told("reap") == "0"
        return time.perf_counter() - started

    def kill(self, span: float) -> bool:
        """Publish what waits, and kill the publisher at a random instant within `span` seconds; return whether it was.

        False: it had ended before.
        """
        self._nothing_postponed()
        publisher = int(self._told("go"))
        time.sleep(self.dice.uniform(0, span))
        os.kill(publisher, signal.SIGKILL)
        killed = self._told("reap") == "-9"
        self.counts["killed" if killed else "ended before"] += 1
        return killed

    def _told(self, word: str) -> str:
        assert self.mother.stdin is not None
        self.mother.stdin.write(f"{word}\n")
        self.mother.stdin.flush()
        return self._heard()

    def _heard(self) -> str:
        assert self.mother.stdout is not None
        return self.mother.stdout.readline().strip()

    def _nothing_postponed(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.text("UPDATE publication SET due_at = '2020-01-01 00:00:00.000000'"))

    def rows(self) -> list[PublicationRow]:
        """Return every publication of the target."""
        with read(self.engine) as connection:
            return publications.batch(connection, self.target, after=0, limit=10_000)

    def check_records(self) -> None:
        """Hold what no kill may change: each work once, all settled, one event each, a whole ledger."""
        verify_store(self.engine, workers=1)
        rows = self.rows()
        assert Counter(row.state for row in rows).keys() <= {"published", "withdrawn"}
        assert len({row.work_id for row in rows}) == len(rows)
        never_out = self.counts["taken"] - len(rows)
        assert 0 <= never_out <= self.counts["withdrawn"]
        firsts: Counter[int] = Counter()
        with read(self.engine) as connection:
            for article_id in self.taken:
                events = [record.event for record in ledger.records(connection, subject=f"article:{article_id}")]
                firsts[events.count("publication.published")] += 1
        # One that was withdrawn while nobody knew whether it was out was never marked, and is taken down all the same.
        unmarked = [row.state for row in rows if row.first_published_at is None]
        assert set(unmarked) <= {"withdrawn"}
        assert firsts == Counter({1: len(rows) - len(unmarked), 0: len(unmarked) + never_out}), firsts
        self.counts["withdrawn while in doubt"] = len(unmarked)
        self.counts["works"] = len(rows)


def run_through(office: Office, *, kills: int) -> Counter[str]:
    """Kill so many publishers at random instants while articles come in, then let one end; return the counts."""
    with office.nursery():
        office.happen()
        span = max(office.calm(), 0.05)
        while office.counts["killed"] < kills:
            office.happen()
            # Its first round was slow, and the machine is not always equally busy.
            span *= 1.05 if office.kill(span) else 0.85
            assert office.counts["ended before"] <= 5 * kills + 20, "the publisher ends before it can be killed"
        office.calm()
    office.check_records()
    return office.counts
