"""Bring another place in line with the site's folder: what changed is sent, pages before lists, what is gone goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import structlog

from ingest.errors import PublishError
from publish.remote.manifest import digests_of, read_file, read_manifest, write_manifest
from publish.remote.place import Place
from publish.remote.plan import plan_of

log = structlog.get_logger()

_AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class Mirrored:
    """What one round did at one place."""

    url: str
    sent: int
    removed: int


def mirror(
    root: Path, place: Place, *, everything: bool = False, stopping: Callable[[], bool] = lambda: False
) -> Mirrored:
    """Make the place equal to the folder `root`, and return what was done; raises PublishError where it cannot.

    Only what changed since the last time is sent, unless `everything` is. What is withdrawn is written over like any
    changed page. After a failure, what arrived is remembered, and the rest is sent the next time.
    """
    here, there = digests_of(root), read_manifest(place)
    plan = plan_of(here, dict.fromkeys(there, "") if everything else there)
    arrived, sent, removed = dict(there), 0, 0
    try:
        for wave in plan.waves:
            sent += _send(wave, root, place, here, arrived)
            if stopping():
                return Mirrored(url=place.url, sent=sent, removed=0)
        for path in plan.removals:
            place.remove(path)
            del arrived[path]
            removed += 1
    finally:
        if arrived != there:
            write_manifest(place, arrived)
    if sent or removed:
        log.info("mirror.done", place=place.url, sent=sent, removed=removed)
    return Mirrored(url=place.url, sent=sent, removed=removed)


def _send(wave: Iterable[str], root: Path, place: Place, here: dict[str, str], arrived: dict[str, str]) -> int:
    """Send a wave's files, some at once; one that fails harms no other of its wave, but ends the round after it."""
    failures: list[PublishError] = []
    paths = list(wave)

    def send(path: str) -> PublishError | None:
        try:
            place.write(path, read_file(root / path))
        except PublishError as error:
            return error
        return None

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="mirror") as workers:
        for path, error in zip(paths, workers.map(send, paths), strict=True):
            if error is None:
                arrived[path] = here[path]
            else:
                failures.append(error)
    if failures:
        raise failures[0]
    return len(paths)
