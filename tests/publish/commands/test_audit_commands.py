"""The audit as its user runs it: a whole newsroom in a folder, by the real command."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fixtures.demo_sources import write_demo_sources
from fixtures.serve import EPHEMERAL, serving
from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """Ingest and publish the fixture sites once; they stay up."""
    folder = tmp_path_factory.mktemp("demo")
    with serving(ports=EPHEMERAL) as bases:
        write_demo_sources(folder, bases)
        room = Newsroom(folder=folder, bases=bases)
        room.ingest_and_publish()
        yield room


@pytest.fixture
def room(demo: Newsroom, tmp_path: Path) -> Newsroom:
    """Return a newsroom of its own, as the fixture sites left it."""
    folder = tmp_path / "room"
    shutil.copytree(demo.folder, folder)
    return Newsroom(folder=folder, bases=demo.bases)


@pytest.fixture
def edit(room: Newsroom) -> Callable[[str, str], None]:
    """Return what changes words in sources.yaml."""

    def change(old: str, new: str) -> None:
        file = room.folder / "sources.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def test_records_follow_a_partner_to_its_new_key(room: Newsroom, edit: Callable[[str, str], None]) -> None:
    """`formerly`: nothing is fetched or published twice, and what stands out there obeys the new key's terms."""
    before = {row["id"] for row in room.json("articles", "list", "--limit", "1000")}
    edit("\n  world-voices:\n", "\n  voices:\n    formerly: [world-voices]\n")
    assert room.run("ingest").returncode in {0, 1}
    assert {row["id"] for row in room.json("articles", "list", "--limit", "1000")} == before
    (said,) = room.json("publish")
    assert (said["published"], said["withdrawn"]) == (0, 0)
    found = room.json("audit", "check")
    assert not [one for one in found if one["severity"] != "notice"]
    listed = room.json("audit", "list", "--partner", "voices", "--limit", "1000")
    assert len(listed) >= 9
    assert not room.json("audit", "list", "--partner", "world-voices")
    reported = room.json("audit", "report", "--partner", "world-voices")
    assert len(reported["pieces"]) == 9
    edit('basis: cc-by\n        licence_version: "4.0"', "basis: none")
    (said,) = room.json("publish")
    assert said["withdrawn"] == 9
    assert room.run("audit", "check").returncode == 0
    assert room.run("audit", "verify").returncode == 0


def test_a_newcomer_is_told_what_to_do(room: Newsroom) -> None:
    """Empty lists, home pages, folders that are not there: words and a way on, and nothing that breaks."""
    assert room.run("--version").stdout.startswith("reprint ")
    assert "reprint ingest" in room.run("audit", "list", "--partner", "nobody").stdout
    assert "reprint ingest" in room.run("articles", "list", "--partner", "nobody").stdout
    home = room.run("ingest", "--url", f"{room.bases['pacific-forum']}/")
    assert (home.returncode, "home page" in home.stderr) == (2, True)
    nowhere = str(room.folder / "nodir" / "x")
    for words in (("audit", "report", "--partner", "pacific-forum", "--out"), ("audit", "check", "--csv")):
        done = room.run(*words, nowhere)
        assert (done.returncode, "name another file" in done.stderr) == (2, True)
    assert room.run("articles", "edit", "1", "--print").returncode == 0
    unsaid = room.run("articles", "edit", "1", "--headline", "Other words")
    assert (unsaid.returncode, "needs a reason" in unsaid.stderr) == (2, True)
    listed = room.run("sources", "check", COLUMNS="80").stdout
    assert {"pacific-forum", "harbour-times", "world-voices"} <= set(listed.split())


def test_findings_are_one_json_list_however_many(room: Newsroom) -> None:
    """All findings come as valid JSON, the gravest first, and exit code 1 tells that there are any."""
    for page in (room.folder / "site" / "articles").glob("*.html"):
        shown = re.sub(r'<div class="credit .*?</div>', "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        page.write_text(shown, encoding="utf-8")
    found = room.json("audit", "check")
    assert len([one for one in found if one["code"] == "credit-missing"]) >= 16
    grades = [one["severity"] for one in found]
    assert grades == sorted(grades, key=["error", "warning", "notice"].index)
    assert room.run("audit", "check").returncode == 1
