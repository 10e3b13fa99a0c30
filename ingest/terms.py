"""What a partner's permission allows and demands, as data. Unknown means deny, so every default is the strict one.

The vocabulary follows what real partners print in their republishing guidelines; `docs` of each field is what
`reprint sources schema` and editors that complete YAML show.
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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


class Grant(_Frozen):
    """Who gave the permission, on what basis, and where the proof lies."""

    basis: Basis = Field(default=Basis.NONE, description="What the permission rests on; `none` holds everything.")
    grantor: str | None = Field(
        default=None, description="Who gave it: a name and an office, or the licence's publisher."
    )
    evidence: str | None = Field(
        default=None, description="Where the proof lies: a URL, or a file beside sources.yaml."
    )
    valid_from: date | None = Field(default=None, description="First day of validity; open when absent.")
    valid_until: date | None = Field(default=None, description="Last day of validity; open when absent.")
    review_by: date | None = Field(default=None, description="Day by which a person looks at the terms again.")


class CreditRule(_Frozen):
    """The attribution line that the terms demand."""

    template: str = Field(
        default="This article, originally published by {origin}, is republished with permission.",
        min_length=1,
        description="Plain text; {origin} {partner} {author} {headline} {date} {url} {licence} are filled in.",
    )
    position: Position = Field(default=Position.TOP, description="Where on the page it stands.")
    link: LinkTarget = Field(default=LinkTarget.ARTICLE, description="What the origin's name links to.")
    byline: str = Field(default="{name}", description='How each author is named, such as "{name}, {origin}".')
    tagline: str | None = Field(default=None, description="A closing line that the partner demands, verbatim.")


class Terms(_Frozen):
    """One partner's terms."""

    grant: Grant = Field(default_factory=Grant)
    mode: Mode = Field(default=Mode.LINK, description="How much may be shown: full, excerpt or link.")
    excerpt_paragraphs: Annotated[int, Field(ge=1, le=20)] = Field(
        default=3, description="In excerpt mode: how many paragraphs."
    )
    edits: Edits = Field(default=Edits.NONE, description="What may be changed in the partner's words.")
    credit: CreditRule = Field(default_factory=CreditRule)
    images: Images = Field(default=Images.NONE, description="Which of the partner's images may be shown.")
    search: SearchPolicy = Field(
        default=SearchPolicy.CANONICAL, description="What search engines are told about our copy."
    )
    selection: Selection = Field(default=Selection.AUTO, description="`manual`: an editor releases each article.")
    exclude_labels: tuple[str, ...] = Field(
        default=(), description="Articles with one of these labels (feed categories, tags) are denied."
    )
    require_label: str | None = Field(default=None, description="Only articles with this label may be republished.")
    exclude_authors: tuple[str, ...] = Field(default=(), description="Articles by one of these are denied.")
    delay_hours: Annotated[float, Field(ge=0)] = Field(
        default=0, description="How long after the original's publication ours may appear."
    )
    window_days: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="How many days after the original's publication it may still be taken."
    )
    own_only: bool = Field(
        default=True, description="The permission covers only what the partner first published itself."
    )
    keep_links: bool = Field(default=True, description="All links in the story stay.")
    keep_bio: bool = Field(default=True, description="The closing note on the author stays.")
    pixel_hosts: tuple[str, ...] = Field(
        default=(), description="Hosts of the counting pixel that the partner demands; empty: none."
    )
    no_ads: bool = Field(default=False, description="No advertising against the article.")
    no_paywall: bool = Field(default=True, description="The article is not sold or put behind a paywall.")

    @property
    def digest(self) -> str:
        """The SHA-256 of the terms in canonical JSON, hex: the name of this exact wording in the store."""
        return hashlib.sha256(self.canonical_json.encode()).hexdigest()

    @property
    def canonical_json(self) -> str:
        """The terms as JSON in field order, the form that is kept and hashed."""
        return self.model_dump_json()


#: The terms of whom we know nothing about: everything is held.
UNKNOWN = Terms()
