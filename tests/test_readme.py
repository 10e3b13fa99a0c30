"""The README is true: its commands run and print what it says, and its tables name what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.demo_sources import write_demo_sources
from fixtures.serve import EPHEMERAL, serving
from ingest.settings import Settings
from tests.newsroom import Newsroom

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```console(?P<where> new)?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_WRONG = re.compile(r"^```yaml\n(?P<text># (?P<name>\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command of the README, with what it is said to print."""

    words: str
    output: str
    #: Whether it belongs to the reader's own new newsroom, else to the demo's.
    new: bool


def commands() -> list[Command]:
    """Return the README's console commands in order."""
    found = []
    for block in _BLOCK.finditer(README):
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            words, _, output = part.partition("\n")
            found.append(Command(words=words, output=output, new=bool(block["where"])))
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """Yield what `make demo` leaves behind."""
    folder = tmp_path_factory.mktemp("demo")
    with serving(ports=EPHEMERAL) as bases:
        write_demo_sources(folder, bases)
        newsroom = Newsroom(folder=folder, bases=bases)
        newsroom.ingest_and_publish()
        yield newsroom


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder with the README's own files in it."""
    folder = tmp_path_factory.mktemp("fresh")
    for file in _WRONG.finditer(README):
        (folder / file["name"]).write_text(file["text"], encoding="utf-8")
    return folder


def _run(words: str, folder: Path) -> str:
    program, *arguments = re.findall(r'"[^"]*"|\S+', words)
    assert program == "reprint"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("REPRINT_")}
    done = subprocess.run(
        [sys.executable, "-m", "publish.cli", *(word.strip('"') for word in arguments)],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(Path(__file__).parent.parent), "REPRINT_ALLOW_NETWORKS": "127.0.0.1/32"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def _as_pattern(output: str) -> str:
    lines = [line.rstrip() for line in output.rstrip("\n").split("\n")]
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") for line in lines
    )
    return pattern + r"\s*"


def test_every_command_prints_what_the_readme_says(demo: Newsroom, fresh: Path) -> None:
    """In order, as a reader would type them; `...` stands for anything."""
    told = commands()
    assert len(told) >= 8
    for command in told:
        printed = _run(command.words, fresh if command.new else demo.folder)
        plain = "\n".join(line.rstrip() for line in printed.split("\n"))
        assert re.fullmatch(_as_pattern(command.output), plain), f"$ {command.words}\n{plain}"


def test_the_settings_table_names_every_setting_with_its_default() -> None:
    """Each field of Settings has its row, default and description as in the code."""
    for name, field in Settings.model_fields.items():
        default = "none" if field.default in {(), None} else f"`{field.default}`"
        assert f"| `REPRINT_{name.upper()}` | {default} | {field.description} |" in README


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(((?!http)[^)]+)\)", README))))
def test_every_link_leads_somewhere(path: str) -> None:
    """Local links and pictures exist."""
    assert (Path(__file__).parent.parent / path).exists()


def test_every_subcommand_is_named() -> None:
    """No word of the command is left out of the README."""
    for words in (["--help"], ["articles", "--help"], ["audit", "--help"], ["sources", "--help"]):
        shown = _run(f"reprint {' '.join(words)}", Path.cwd())
        for name in re.findall(r"^│ ([a-z]+) ", shown, flags=re.MULTILINE):
            assert re.search(rf"\b{name}\b", README), name
