"""What the page's metadata says, by which its own copies in the body are told (values)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the page's metadata says, by which its own copies in the body are told."""

    headlines: tuple[str, ...] = ()
    standfirst: str | None = None
    names: tuple[str, ...] = ()
    byline: str = ""
    #: The page's own host, to tell links within the site.
    host: str = ""
    #: Whether all of the document is the article, as in a feed's content.
    fragment: bool = False
