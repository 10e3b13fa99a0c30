"""What a person says of works and articles, killed at any statement: carried out whole, or not begun."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.correcting import correct
from ingest.editing import Desk, edit, with_headline
from ingest.keep import Keeping
from ingest.regroup import merge, split
from ingest.ruling import give_ruling
from ingest.store.database import open_store, read, write
from ingest.store.rulings import Ruling
from ingest.store.tables import metadata
from ingest.takedown import take_down
from ingest.terms import Edits
from publish.audit import record_findings
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NOW, SITE, article, partner, sources, take

Action = Callable[[sa.Engine], object]
Rows = dict[str, list[tuple[Any, ...]]]

TERMS = GRANTED.model_copy(update={"edits": Edits.ANY, "headline_edits": True})
KNOWN = sources(partner("forum", TERMS), partner("herald", TERMS))
KEEPING = Keeping(now=NOW + timedelta(hours=1), actor="ana", targets=("site",), partners=KNOWN.keys)
#: Of all the instants of an action, so many are tried.
TRIED = 4


def _split(engine: sa.Engine) -> object:
    return split(engine, [2], reason="another letter", sources=KNOWN, keeping=KEEPING)


def _merge(engine: sa.Engine) -> object:
    return merge(engine, 1, 3, reason="one letter", sources=KNOWN, keeping=KEEPING)


def _edit(engine: sa.Engine) -> object:
    desk = Desk(engine=engine, sources=KNOWN, keeping=KEEPING)
    return edit(desk, 1, lambda sheet: with_headline(sheet, "What tides say"), reason="shorter")


def _correct(engine: sa.Engine) -> object:
    return correct(engine, 1, "The board's name was wrong.", keeping=KEEPING)


def _withdraw(engine: sa.Engine) -> object:
    return give_ruling(engine, 1, Ruling.WITHDRAWN, reason="asked to", sources=KNOWN, keeping=KEEPING)


def _take_down(engine: sa.Engine) -> object:
    with write(engine) as connection:
        return take_down(connection, 3, reason="its original is gone", keeping=KEEPING)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of a work with two copies and another work, all of it published."""
    folder = tmp_path_factory.mktemp("killed")
    engine = open_store(f"sqlite:///{folder / 'store.db'}")
    take(engine, article("tides"), "forum", KNOWN)
    take(engine, article("tides", by="herald"), "herald", KNOWN)
    take(engine, article("wells", seed=5), "forum", KNOWN)
    publish_waiting(StaticSite(folder / "site", SITE), engine=engine, clock=lambda: NOW, actor="test")
    engine.dispose()
    return folder / "store.db"


def _rows(engine: sa.Engine) -> Rows:
    with read(engine) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def _statements(engine: sa.Engine, at: Callable[[int], None]) -> None:
    """Have each statement's number told before it is carried out, and that of the commit."""
    numbers = iter(range(1_000_000))

    def told(*_given: object) -> None:
        at(next(numbers))

    sa.event.listen(engine, "before_cursor_execute", told)
    sa.event.listen(engine, "commit", told)


def _killed_at(store: Path, instant: int, action: Action) -> int:
    """Do the action in a process that SIGKILL ends at its n-th statement; return how it ended."""
    child = os.fork()
    if not child:
        engine = open_store(f"sqlite:///{store}")
        _statements(engine, lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == instant else None)
        action(engine)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("action", [_split, _merge, _edit, _correct, _withdraw, _take_down])
def test_a_persons_word_is_carried_out_whole_or_not_at_all(store: Path, tmp_path: Path, action: Action) -> None:
    """Killed before any statement, the commit's too, the store is as it was; done again, as if nothing had been."""
    shutil.copy(store, tmp_path / "whole.db")
    whole, seen = open_store(f"sqlite:///{tmp_path / 'whole.db'}"), list[int]()
    before = _rows(whole)
    _statements(whole, seen.append)
    action(whole)
    count, after = len(seen), _rows(whole)
    assert after != before
    whole.dispose()
    for instant in [*sorted(Random(action.__name__).sample(range(count - 1), TRIED)), count - 1]:
        tried = tmp_path / f"{instant}.db"
        shutil.copy(store, tried)
        assert _killed_at(tried, instant, action) == -signal.SIGKILL
        engine = open_store(f"sqlite:///{tried}")
        assert _rows(engine) == before, f"statement {instant} of {count}"
        action(engine)
        assert _rows(engine) == after, f"statement {instant} of {count}"
        with read(engine) as connection:
            assert list(record_findings(connection)) == []
        engine.dispose()
