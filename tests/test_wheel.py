"""The wheel holds all that the program needs, and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and return a folder that holds what is in it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


def test_only_our_packages_are_in_it(installed: Path) -> None:
    """No tests, no fixtures, no stray files; the licence and the type marker are there."""
    tops = {path.name for path in installed.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"ingest", "publish"}
    assert (installed / "ingest" / "py.typed").exists()
    assert list(installed.glob("*.dist-info/licenses/LICENSE"))


def test_it_works_from_a_folder_of_its_own(installed: Path, tmp_path: Path) -> None:
    """Starter, migrations, templates and style come with it: a newsroom starts from nothing."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("REPRINT_")}
    environment["PYTHONPATH"] = str(installed)
    for words in (
        ["init"],
        ["sources", "check"],
        ["publish", "--rebuild"],
        ["articles", "list"],
        ["audit", "verify"],
    ):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "publish.cli", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    assert {"sources.yaml", "reprint.db", "site"} <= {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "site" / "index.html").exists()
    assert (tmp_path / "site" / "style.css").stat().st_size > 1000
