"""What a partner's own entry in sources.yaml says of its pages, where the general reading goes wrong (values)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PageRules:
    """CSS selectors for one partner's pages; each goes before the general reading, which fills the rest."""

    #: The body: the outermost elements that match hold it; one that matches is never left out for its names.
    keep: tuple[str, ...] = ()
    #: What is no part of the body.
    drop: tuple[str, ...] = ()
    #: The first element that matches holds the headline.
    headline: str | None = None
    #: Each element that matches holds authors.
    byline: str | None = None
    #: The first element that matches holds the day of publication, in `datetime`, `content` or its text.
    date: str | None = None

    def __bool__(self) -> bool:
        return bool(self.keep or self.drop or self.headline or self.byline or self.date)
