"""`reprint status`: everything at a glance, for people and for programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.demo_sources import write_demo_sources
from fixtures.serve import EPHEMERAL, serving
from tests.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """Return a newsroom that has ingested and published once."""
    with serving(ports=EPHEMERAL) as bases:
        write_demo_sources(tmp_path, bases)
        room = Newsroom(folder=tmp_path, bases=bases)
        room.ingest_and_publish()
        yield room


def test_what_it_shows_is_what_is_there(newsroom: Newsroom) -> None:
    """Its counts are the store's; nothing is late after a fresh round, and the exit code says so."""
    found = newsroom.json("status")
    articles = newsroom.json("articles", "list", "--limit", "1000")
    assert sum(found["articles"].values()) == len(articles)
    assert found["outboxes"][0]["pending"] == 0
    assert found["outboxes"][0]["published"] > 0
    assert found["head"]["seq"] > 0
    assert found["scheduler"] == ""
    assert found["late"] == []
    done = newsroom.run("status")
    assert done.returncode == 0, done.stdout
    assert "Nothing is late." in done.stdout


def test_what_waits_is_told_with_what_to_do(newsroom: Newsroom) -> None:
    """A parked feed is named with the command that tells more, and the exit code is 1."""
    with sqlite3.connect(newsroom.folder / "reprint.db") as connection:
        connection.execute("UPDATE feed SET standing = 'parked' WHERE id = 1")
    connection.close()
    done = newsroom.run("status")
    assert done.returncode == 1
    assert "1 feed is parked: see `reprint sources status`" in done.stdout


def test_no_store_no_status(tmp_path: Path) -> None:
    """A mistyped store is said to be missing, not reported as an empty one."""
    done = Newsroom(folder=tmp_path, bases={}).run("status")
    assert done.returncode == 2
    assert "there is no store here" in done.stderr
