"""The folder that keeps the files made of images: a folder for each work, each file named by its own bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from publish.images.values import Made
from publish.site.writer import leftovers, remove, write_if_changed


class ImageShelf:
    """Images below `root`; a file is only ever handed out while its bytes are those that its name says."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, work_id: int, made: Made, contents: Iterable[bytes]) -> None:
        """Keep an image's files for a work; raises PublishError where the folder cannot be written."""
        for variant, content in zip(made.variants, contents, strict=True):
            write_if_changed(self._folder(work_id) / variant.name, content)

    def read(self, work_id: int, name: str) -> bytes | None:
        """Return a file's bytes; None where it is gone, or is not what its name says."""
        try:
            content = (self._folder(work_id) / name).read_bytes()
        except OSError:
            return None
        return content if name.startswith(hashlib.sha256(content).hexdigest()[:20]) else None

    def has(self, work_id: int, made: Made) -> bool:
        """Tell whether all of an image's files are there and sound."""
        return all(self.read(work_id, variant.name) is not None for variant in made.variants)

    def keep_only(self, work_id: int, names: Iterable[str]) -> int:
        """Remove a work's other files, and return how many there were; raises PublishError."""
        return clear(self._folder(work_id), but=names)

    def works(self) -> list[int]:
        """Return the numbers of all works that have files here."""
        if not self._root.is_dir():
            return []
        return sorted(int(path.name) for path in self._root.iterdir() if path.name.isdecimal())

    def _folder(self, work_id: int) -> Path:
        return self._root / str(work_id)


def clear(folder: Path, *, but: Iterable[str] = ()) -> int:
    """Remove a folder's files but for those named, and the folder when none is left; return how many went."""
    if not folder.is_dir():
        return 0
    kept = frozenset(but)
    stale = [file for file in sorted(folder.iterdir()) if file.name not in kept and file.is_file()]
    gone = sum(remove(file) for file in {*stale, *leftovers(folder)})
    if not kept and not any(folder.iterdir()):
        folder.rmdir()
    return gone
