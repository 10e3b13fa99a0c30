"""What a pass works with: made in the command line, handed down as plain values and callables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ingest.sources import Sources
from ingest.store.database import write

if TYPE_CHECKING:
    # What goes to the network takes a second to import, which a command that stays at home need not pay.
    from ingest.extract import Extractor
    from ingest.fetch import Fetcher
    from ingest.keep import Keeping
    from ingest.manners import Manners


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The store, the network, the extractor, the terms, the clock, and whether to stop."""

    engine: sa.Engine
    fetcher: Fetcher
    manners: Manners
    extractor: Extractor
    #: Gives the sources as they are now; a running scheduler takes up a changed file.
    read_sources: Callable[[], Sources]
    #: Gives the names of the targets that the sources publish to.
    name_targets: Callable[[Sources], tuple[str, ...]]
    #: Who acts, for the ledger: "reprint run", or a person.
    actor: str
    #: The time now, aware.
    clock: Callable[[], datetime]
    #: Whether polls stop at what they remember: entries then wait, and no article page is fetched.
    remember_only: bool = False
    #: Asked between two pieces of work; what is left then stays safely pending.
    stopping: Callable[[], bool] = lambda: False
    #: Told how many more pieces of work were found, and how many more are done.
    progress: Callable[[int, int], None] = lambda _found, _done: None
    #: Asked in each write transaction of a pass before it writes; raises StaleClaimError where the host is not ours.
    guard: Callable[[sa.Connection], None] = lambda _connection: None

    @property
    def sources(self) -> Sources:
        """The partners and their terms as they are now."""
        return self.read_sources()

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the targets as they are now."""
        return self.name_targets(self.sources)


@contextmanager
def writing(tools: Tools, *, lasting: bool = True) -> Iterator[sa.Connection]:
    """Run one write transaction of a pass (`database.write`), if the pass may still write at all.

    Raises StaleClaimError, with nothing written, where another worker has taken the host over.
    """
    with write(tools.engine, lasting=lasting) as connection:
        tools.guard(connection)
        yield connection


def keeping_of(tools: Tools, *, now: datetime) -> Keeping:
    """Return what every record of a pass at `now` shares."""
    from ingest.keep import Keeping

    return Keeping(now=now, actor=tools.actor, targets=tools.targets, partners=tools.sources.keys)
