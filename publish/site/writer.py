"""Files written whole or not at all: a temporary file beside the old one, synced to disk, then renamed over it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ingest.errors import PublishError

_TEMPORARY = ".reprint-"


def write_if_changed(path: Path, content: bytes) -> bool:
    """Make the file hold the bytes, and return whether it had to be written; raises PublishError.

    A reader sees the old bytes or the new ones, never a part, whatever dies and whenever (POSIX rename(2)).
    """
    try:
        if _same(path, content):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise _refused(path, error) from error
    return True


def remove(path: Path) -> bool:
    """Remove the file if it is there, and return whether it was; raises PublishError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _refused(path, error) from error
    return True


def leftovers(folder: Path) -> list[Path]:
    """Return the temporary files that a killed build left in the folder."""
    return sorted(folder.glob(f"{_TEMPORARY}*.tmp"))


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            # mkstemp's 0600 would hide the page from the web server.
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut (fsync(2): the directory needs its own)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused(path: Path, error: OSError) -> PublishError:
    return PublishError(
        f"cannot write the site: {error.strerror or error}",
        where=str(path),
        next_step="look at the folder's owner and its free space",
    )
