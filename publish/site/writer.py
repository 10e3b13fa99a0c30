"""Files written whole or not at all: a temporary file beside the old one, synced to disk, then renamed over it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from ingest.errors import PublishError

_TEMPORARY = ".reprint-"
_NUMBERS = count(1)
#: So many files of a batch appear at once.
_AT_ONCE = 500
# A process's number alone comes back, and with it the name of what a killed build left.
_OURS = secrets.token_hex(6)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


def write_all(root: Path, files: Iterable[tuple[str, bytes]]) -> set[str]:
    """Make the files below `root` hold these bytes, in their order, and return their paths; raises PublishError.

    A reader sees a file's old bytes or its new ones, never a part, whatever dies and whenever (POSIX rename(2)).
    """
    written, folders = set(), set()
    for path, content in files:
        if write_if_changed(root / path, content, sync_folder=False):
            folders.add((root / path).parent)
        written.add(path)
    for folder in sorted(folders):
        _sync_folder(folder)
    return written


class Batch:
    """Files that are written now and appear a little later, many at once, for builds of thousands of them.

    They are synced to disk together and renamed in their order, which spares the disk a wait for each.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: list[tuple[str, Path]] = []

    def write(self, files: Iterable[tuple[str, bytes]]) -> set[str]:
        """Do as `write_all`, but let the files appear by the next `flush` at the latest; raises PublishError."""
        written = set()
        for path, content in files:
            self._add(self._root / path, content)
            written.add(path)
            if len(self._waiting) >= _AT_ONCE:
                self.flush()
        return written

    def _add(self, path: Path, content: bytes) -> None:
        try:
            if not _same(path, content):
                name = _new_name(path.parent)
                # Before it is written: what a full disk leaves of it is ours to remove.
                self._waiting.append((name, path))
                _write_new(name, content, path.parent, sync=False)
        except OSError as error:
            self.forget()
            raise _refused(path, error) from error

    def flush(self) -> None:
        """Let all appear that was written; raises PublishError."""
        if not self._waiting:
            return
        try:
            _sync(self._root, [name for name, _ in self._waiting])
            for name, path in self._waiting:
                os.replace(name, path)  # noqa: PTH105 - as below
            for folder in sorted({path.parent for _, path in self._waiting}):
                _sync_folder(folder)
        except OSError as error:
            raise _refused(self._root, error) from error
        finally:
            self.forget()

    def forget(self) -> None:
        """Remove what was written and has not appeared."""
        for name, _ in self._waiting:
            with contextlib.suppress(OSError):
                Path(name).unlink(missing_ok=True)
        self._waiting.clear()


def _sync(root: Path, names: Iterable[str]) -> None:
    """Have files on disk: by one call for the whole file system where there is one (syncfs(2)), else one by one."""
    # Only builds of thousands of files pay for reading ctypes.
    import ctypes

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        for name in names:
            _sync_folder(Path(name))
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(descriptor)


def write_if_changed(path: Path, content: bytes, *, sync_folder: bool = True) -> bool:
    """Make the file hold the bytes, and return whether it had to be written; raises PublishError.

    Without `sync_folder` a power cut may bring the old file back, whole, until somebody syncs the folder.
    """
    try:
        if _same(path, content):
            return False
        _replace(path, content)
        if sync_folder:
            _sync_folder(path.parent)
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
        return os.stat(path).st_size == len(content) and path.read_bytes() == content  # noqa: PTH116 - as above
    except FileNotFoundError:
        return False


def _replace(path: Path, content: bytes) -> None:
    name = _new_name(path.parent)
    try:
        _write_new(name, content, path.parent)
        os.replace(name, path)  # noqa: PTH105 - a Path for each of thousands of files costs more than its rename
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _new_name(folder: Path) -> str:
    return f"{folder}/{_TEMPORARY}{_OURS}-{os.getpid()}-{next(_NUMBERS)}.tmp"


def _write_new(name: str, content: bytes, folder: Path, *, sync: bool = True) -> None:
    try:
        descriptor = os.open(name, _NEW, 0o644)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(name, _NEW, 0o644)
    try:
        # The web server is another user, whatever our umask.
        os.fchmod(descriptor, 0o644)
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        if sync:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
