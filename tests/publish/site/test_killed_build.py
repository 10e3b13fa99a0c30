"""A build killed at any instant leaves a whole site, and the next one finishes it."""

from __future__ import annotations

import os
import posixpath
import random
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.store.database import open_store
from publish.publisher import publish_waiting
from publish.rebuild import rebuild
from publish.site.build import StaticSite
from tests.newswire import NOW, SITE, article, partner, sources, take
from tests.publish.making import read_page

KNOWN = sources(partner("forum"))
KILLS = 12


def _take(engine: sa.Engine, numbers: range) -> None:
    for number in numbers:
        take(engine, article(f"piece-{number}", seed=number), "forum", KNOWN, now=NOW + timedelta(hours=number))


def _publish_in_a_child(folder: Path) -> int:
    """Fork a publisher and return its number; it ends the process without a word."""
    if child := os.fork():
        return child
    try:
        engine = open_store(f"sqlite:///{folder / 'store.db'}")
        publish_waiting(StaticSite(folder / "site", SITE), engine=engine, clock=_later, actor="test")
    finally:
        os._exit(0)


def _later() -> datetime:
    return NOW + timedelta(days=30)


def _reached(root: Path) -> set[str]:
    """Follow every link from the front page, and return the pages; each must be there, and whole."""
    seen, ahead = set[str](), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        found = read_page((root / path).read_text(encoding="utf-8"))
        ahead += [
            posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
            for link in found.links
            if link.endswith(".html") and not link.startswith(("#", "http:", "https:", "mailto:"))
        ]
        for load in found.loads:
            assert (root / posixpath.normpath(posixpath.join(posixpath.dirname(path), load))).is_file()
    return seen


def _files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_a_killed_build_leaves_a_whole_site(tmp_path: Path) -> None:
    """Every page that the front page leads to is there and well-formed after each kill; nothing is lost at the end."""
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    site = StaticSite(tmp_path / "site", SITE)
    _take(engine, range(56))
    publish_waiting(site, engine=engine, clock=lambda: NOW + timedelta(days=30), actor="test")
    engine.dispose()
    chance = random.Random(20261125)
    for kill in range(KILLS):
        engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
        _take(engine, range(56 + kill * 3, 59 + kill * 3))
        engine.dispose()
        started = time.perf_counter()
        child = _publish_in_a_child(tmp_path)
        if kill == 0:
            os.waitpid(child, 0)
            whole = time.perf_counter() - started
            continue
        time.sleep(chance.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert len(_reached(tmp_path / "site")) > 56
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    publish_waiting(site, engine=engine, clock=lambda: NOW + timedelta(days=30), actor="test")
    rebuild(StaticSite(tmp_path / "fresh", SITE), engine=engine, clock=lambda: NOW, actor="test")
    engine.dispose()
    pages = {path for path in _reached(tmp_path / "site") if path.startswith("articles/")}
    assert len(pages) == 56 + 3 * KILLS
    grown, built = _files(tmp_path / "site"), _files(tmp_path / "fresh")
    litter = {path for path in grown if ".reprint-" in path and path.endswith(".tmp")}
    assert {path: grown[path] for path in grown.keys() - litter} == built
