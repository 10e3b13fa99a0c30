"""What every place that we publish to can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from ingest.store.listings import Place
from publish.feeds import Withdrawal
from publish.publication import Publication
from publish.shelf import Shelf
from publish.teaser import Teaser


class Target(Protocol):
    """A place that shows publications; every call may be repeated without harm and raises PublishError."""

    @property
    def name(self) -> str:
        """The target's name in the store."""

    def put(self, publication: Publication) -> str:
        """Show the publication, in place of an older one of the same slug, and return its URL."""

    def withdraw(self, slug: str, *, notice: str = "", withdrawn_at: datetime | None = None) -> str:
        """Take the publication down, leave word that it is gone, and return that URL."""

    def refresh(self, shelf: Shelf, withdrawn: Sequence[Withdrawal] = ()) -> None:
        """Bring the lists and feeds in line with all that is published, and what was taken down last."""


@runtime_checkable
class Listing(Protocol):
    """A target that keeps lists of its own, so that what a change makes stale must be known."""

    def places(self, teaser: Teaser) -> Sequence[Place]:
        """Return the lists in which a piece stands there, those of its topics first."""

    def is_dressed(self) -> bool:
        """Tell whether all that stands there was made with today's templates, style and settings."""

    def undress(self) -> None:
        """Note that everything must be made anew, until it has been."""
