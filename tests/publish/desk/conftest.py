"""The demo's newsroom, made once; a desk on a copy of it for each test; and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fixtures.demo_sources import write_demo_sources
from fixtures.serve import EPHEMERAL, serving
from tests.newsroom import Newsroom
from tests.publish.desk.desking import Desk, add_users, open_desk
from tests.publish.desk.opening import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def newsroom_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ingest and publish the demo's partners, and let three users in."""
    folder = tmp_path_factory.mktemp("newsroom")
    with serving(ports=EPHEMERAL) as bases:
        sources = write_demo_sources(folder, bases)
        words = sources.read_text(encoding="utf-8")
        # The first partner, pacific-forum, lets us change its headlines.
        first = "      edits: none\n"
        sources.write_text(words.replace(first, f"{first}      headline_edits: true\n", 1), encoding="utf-8")
        Newsroom(folder=folder, bases=bases).ingest_and_publish()
    add_users(folder)
    return folder


@pytest.fixture
def desk(newsroom_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """Serve a desk on a copy of the newsroom."""
    with open_desk(newsroom_template, tmp_path / "newsroom") as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for a module's tests."""
    with chromium() as opened:
        yield opened
