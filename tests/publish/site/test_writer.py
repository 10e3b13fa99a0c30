"""Files written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import PublishError
from publish.site.writer import remove, write_if_changed


def test_only_changed_bytes_are_written(tmp_path: Path) -> None:
    """The same bytes leave the file alone, its time included."""
    path = tmp_path / "a" / "b.html"
    assert write_if_changed(path, b"one")
    os.utime(path, (1, 1))
    assert not write_if_changed(path, b"one")
    assert path.stat().st_mtime == 1
    assert write_if_changed(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_page_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    """Others may read it; only we may write it."""
    path = tmp_path / "a.html"
    write_if_changed(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o644


def test_removing_twice_is_no_error(tmp_path: Path) -> None:
    """It tells whether the file was there."""
    path = tmp_path / "a.html"
    path.write_bytes(b"x")
    assert (remove(path), remove(path)) == (True, False)


def test_a_refusal_says_where_and_leaves_nothing(tmp_path: Path) -> None:
    """A folder in the way is told as such, and no temporary file stays."""
    (tmp_path / "a.html" / "in-the-way").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"a\.html: cannot write the site"):
        write_if_changed(tmp_path / "a.html", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


_LOOP = """
import sys
from pathlib import Path
from publish.site.writer import write_if_changed
n = 0
while True:
    write_if_changed(Path(sys.argv[1]), (str(n % 10) * 2_000_000).encode())
    n += 1
"""


def _is_whole(path: Path) -> bool:
    content = path.read_bytes()
    return len(content) == 2_000_000 and content == content[:1] * 2_000_000


@pytest.mark.parametrize("seconds", [0.2, 0.31, 0.43])
def test_readers_and_kills_never_see_a_part(tmp_path: Path, seconds: float) -> None:
    """While it is written over and over, and after a kill in the midst of it, the file is one whole version."""
    path = tmp_path / "page.html"
    child = subprocess.Popen([sys.executable, "-c", _LOOP, str(path)], cwd=Path(__file__).parents[3])
    try:
        _wait_for(path)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert _is_whole(path)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert _is_whole(path)


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline, "the child never wrote"
        time.sleep(0.01)
