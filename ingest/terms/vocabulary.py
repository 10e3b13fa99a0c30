"""The words of the terms: each a closed list, the strictest first."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """On what the permission rests."""

    NONE = "none"
    GRANT = "grant"
    CC_BY = "cc-by"
    CC_BY_SA = "cc-by-sa"
    CC_BY_ND = "cc-by-nd"
    CC_BY_NC = "cc-by-nc"
    CC_BY_NC_SA = "cc-by-nc-sa"
    CC_BY_NC_ND = "cc-by-nc-nd"
    CC0 = "cc0"

    @property
    def is_licence(self) -> bool:
        """Whether it is a public Creative Commons licence (CC0 included)."""
        return self.value.startswith("cc")

    @property
    def elements(self) -> frozenset[str]:
        """The licence's elements: "by", "nc", "nd", "sa"; empty for all that is no such licence."""
        return frozenset(self.value.split("-")[1:]) if self.is_licence else frozenset()


class Mode(StrEnum):
    """How much may be shown."""

    FULL = "full"
    EXCERPT = "excerpt"
    LINK = "link"


class Edits(StrEnum):
    """What may be changed in the partner's words."""

    NONE = "none"
    STYLE = "style"
    LENGTH = "length"
    ANY = "any"


class Position(StrEnum):
    """Where on the page the credit stands."""

    TOP = "top"
    BOTTOM = "bottom"
    BOTH = "both"


class LinkTarget(StrEnum):
    """What the credit links to."""

    ARTICLE = "article"
    HOME = "home"
    NONE = "none"


class Images(StrEnum):
    """Which of the partner's images may be shown."""

    NONE = "none"
    OWNED = "owned-credit-match"
    ALL = "all"


class SearchPolicy(StrEnum):
    """What search engines are told about our copy; exactly one."""

    CANONICAL = "canonical"
    NOINDEX = "noindex"
    NEWS_NOINDEX = "news-noindex"
    NONE = "none"


class Selection(StrEnum):
    """Who picks the articles: the feed, or an editor for each one."""

    AUTO = "auto"
    MANUAL = "manual"


class AtEnd(StrEnum):
    """What becomes of our copy when its time is over."""

    WITHDRAW = "withdraw"
    #: The page stays, with headline, credit and link, but without the body.
    LINK = "link"
    #: It stays, and a person asks the grantor for more time.
    ASK = "ask"


class Waiver(StrEnum):
    """A condition of a licence from which the grantor freed us in writing."""

    NC = "nc"
    ND = "nd"
