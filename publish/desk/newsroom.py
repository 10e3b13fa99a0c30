"""What every page of the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.keeping import Keeping
from ingest.settings import Settings
from ingest.sources import Sources


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """The store, the sources and the way out, for the pages of the desk."""

    settings: Settings
    engine: sa.Engine
    #: The sources as they are now; keeps the last good ones while the file has mistakes.
    read_sources: Callable[[], Sources]
    name_targets: Callable[[Sources], tuple[str, ...]]
    clock: Callable[[], datetime]
    #: Has a work brought to its targets soon, so that it can still be undone.
    send_soon: Callable[[int], None]
    #: Has a work brought to its targets, or taken from them, at once.
    send_now: Callable[[int], None]
    #: The browser reaches us by TLS, ours or a proxy's: cookies travel by it only.
    secure: bool
    #: The names that a browser may call us by, in lower case and without a port.
    hosts: frozenset[str]

    def keeping(self, actor: str) -> Keeping:
        """Return what the records of an action share, for the user who acts."""
        sources = self.read_sources()
        return Keeping(now=self.clock(), actor=actor, targets=self.name_targets(sources), partners=sources.keys)
