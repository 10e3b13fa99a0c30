"""What has to be sent where, and in which order (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from publish.site import layout

_PIECES = frozenset({"articles", "embed", "ninjs"})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Files to send, in waves: a wave is only begun when all of the one before it arrived; then what is to go."""

    waves: tuple[tuple[str, ...], ...]
    removals: tuple[str, ...]


def plan_of(here: Mapping[str, str], there: Mapping[str, str]) -> Plan:
    """Return how the other place is made equal to ours; both map paths to their bytes' SHA-256.

    What others stand on goes first: style and images, then articles (and the notices in the place of withdrawn ones),
    then lists, feeds and sitemaps, last the front page. So no list leads to a page that is not there, whatever fails.
    """
    changed = sorted((path for path, digest in here.items() if there.get(path) != digest), key=_order)
    waves = tuple(tuple(wave) for _, wave in groupby(changed, key=_rank))
    return Plan(waves=waves, removals=tuple(sorted(there.keys() - here.keys())))


def _order(path: str) -> tuple[int, str]:
    return _rank(path), path


def _rank(path: str) -> int:
    if path == layout.FRONT:
        return 4
    top, name = PurePosixPath(path).parts[0], PurePosixPath(path)
    if top in _PIECES:
        return 1
    if name.suffix == ".html":
        return 2
    if name.suffix in {".xml", ".json", ".txt"}:
        return 3
    return 0
