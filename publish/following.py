"""A sources.yaml that may change while we run: a good new one is taken up, a broken one is refused and reported."""

from __future__ import annotations

from pathlib import Path

import structlog

from ingest.errors import ReprintError
from ingest.sources import Sources, load_sources

log = structlog.get_logger()


class FollowedSources:
    """Calling it gives the sources as the file has them now; the last good ones while it is broken or gone."""

    def __init__(self, path: Path) -> None:
        """Read the file; raises SourcesError with all its mistakes."""
        self._path = path
        self._mark = self._look()
        self._sources = load_sources(path)

    def __call__(self) -> Sources:
        """Return the sources, read anew only when the file changed."""
        mark = self._look()
        if mark != self._mark:
            self._mark = mark
            self._take_up()
        return self._sources

    def _take_up(self) -> None:
        try:
            self._sources = load_sources(self._path)
        except ReprintError as error:
            log.warning("sources.refused", file=str(self._path), error=str(error), kept="the last good ones")
        else:
            log.info("sources.taken_up", file=str(self._path), partners=len(self._sources.partners))

    def _look(self) -> tuple[int, ...] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
