"""The value that metadata reading returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ingest.article import Byline, Evidence, OriginClaim
from ingest.body import Image


class Variant(StrEnum):
    """Where a wording of the headline stands."""

    PAGE = "page"
    SOCIAL = "social"
    SEO = "seo"
    JSON_LD = "json-ld"
    FEED = "feed"


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What a page and its feed entry say about the article, apart from its body."""

    #: The on-page headline, in its own typography; empty where the page has none.
    headline: str = ""
    #: Every wording found, the site's name taken off.
    headline_variants: Mapping[Variant, str] = field(default_factory=dict)
    #: The deck that readers see under the headline; None where there is none.
    standfirst: str | None = None
    #: The summary for search engines and social cards; often not seen on the page.
    description: str | None = None
    byline: Byline = field(default_factory=Byline)
    dateline: str | None = None
    #: Aware; midnight UTC where only a day is known (the evidence's detail says so).
    published_at: datetime | None = None
    modified_at: datetime | None = None
    #: BCP 47, lower case; None where the page does not say.
    language: str | None = None
    #: Absolute; the page's own URL where it states none that is sane.
    canonical_url: str
    image: Image | None = None
    labels: tuple[str, ...] = ()
    #: The names the publisher goes by, host-derived ones last.
    site_names: tuple[str, ...] = ()
    #: The JSON-LD objects of the page, @graph and lists flattened.
    json_ld: tuple[Mapping[str, object], ...] = ()
    claims: tuple[OriginClaim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
