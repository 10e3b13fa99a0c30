"""The shape of a sources.yaml, as pydantic models: what is checked, and what the JSON Schema describes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ingest.sources.fields import (
    Duration,
    EnvName,
    HeaderName,
    Host,
    Key,
    Language,
    Name,
    Pace,
    Selector,
    Strict,
    WebUrl,
)
from ingest.sources.site_model import SiteModel
from ingest.sources.target_model import WordPressModel
from ingest.sources.values import FeedKind
from ingest.terms import Terms
from ingest.terms.grant import mistake

#: Bounds of a feed that sets its own pace (`every: auto`).
AUTO_SOONEST, AUTO_SLOWEST = timedelta(minutes=15), timedelta(days=1)


class FeedModel(Strict):
    """A feed; a bare address stands for one with nothing else said."""

    url: WebUrl = Field(description="Its address: a feed, a WordPress site's posts, a news sitemap, a page of links.")
    kind: FeedKind = Field(
        default=FeedKind.AUTO,
        description="What stands there: feed, wordpress, sitemap, or listing (a page of links, with `select`); "
        "auto finds out, but for listings and sitemaps without news.",
    )
    select: Selector | None = Field(
        default=None, description="Of a listing: the CSS selector of its articles' links, or of what surrounds each."
    )
    every: Pace = Field(
        default=timedelta(minutes=30),
        json_schema_extra={"default": "30m"},
        description="How often it is asked for news: 30m, 6h, 1d; auto lets it set its pace, from 15m to `slowest`.",
    )
    slowest: Duration | None = Field(
        default=None,
        description="How far apart the partner's wishes (ttl, max-age) and its rhythm may spread the polls; "
        "without it, `every` holds as it is, and auto goes to 1d.",
    )
    full_text: bool = Field(default=False, description="Whether its entries hold the whole article.")
    flood: int = Field(
        default=40, ge=5, le=10_000, description="More new items at once than this, and than usual, are held."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, data: Any) -> Any:
        return {"url": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _selected(self) -> Self:
        if self.kind is FeedKind.LISTING and self.select is None:
            raise ValueError("a listing needs `select`, the CSS selector of its articles' links, such as 'h2 a'")
        if self.kind is not FeedKind.LISTING and self.select is not None:
            raise mistake("select", "is for pages of links only; add `kind: listing`, or take it out")
        return self

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.slowest is not None and self.slowest < self.soonest:
            raise ValueError("`slowest` is sooner than `every`; it is the longest time between two polls")
        return self

    @property
    def soonest(self) -> timedelta:
        """The least time between two polls."""
        return AUTO_SOONEST if self.every == "auto" else self.every

    @property
    def bound(self) -> timedelta:
        """The most time between two polls that succeed."""
        return self.slowest or (AUTO_SLOWEST if self.every == "auto" else self.soonest)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the bare address too."""
        address = {"type": "string", "format": "uri", "description": "The feed's address."}
        return {"description": "A feed.", "anyOf": [address, handler.resolve_ref_schema(handler(schema))]}


class AuthModel(Strict):
    """Where the key to a partner's server is found: names of environment variables, never the key itself."""

    header: HeaderName | None = Field(default=None, description="The header that carries the key: X-Key.")
    env: EnvName | None = Field(default=None, description="The environment variable that holds the header's value.")
    user_env: EnvName | None = Field(default=None, description="The variable that holds the user name (basic auth).")
    password_env: EnvName | None = Field(default=None, description="The variable that holds the password.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        header, basic = (self.header, self.env), (self.user_env, self.password_env)
        if not (all(header) and not any(basic)) and not (all(basic) and not any(header)):
            raise ValueError("give either `header` and `env`, or `user_env` and `password_env`")
        return self


class ExtractModel(Strict):
    """CSS selectors for pages that are read wrong without them; try them with `reprint extract --partner KEY`."""

    keep: tuple[Selector, ...] = Field(
        default=(), max_length=50, description="The body: what holds it, and blocks in it that are left out wrongly."
    )
    drop: tuple[Selector, ...] = Field(default=(), max_length=50, description="What is no part of the body.")
    headline: Selector | None = Field(default=None, description="The headline: the first element that matches.")
    byline: Selector | None = Field(default=None, description="The authors: all elements that match.")
    date: Selector | None = Field(
        default=None, description="The day of publication: the first match's datetime, content or text."
    )


class PartnerModel(Strict):
    """Someone whose pieces we take."""

    name: Name = Field(description="The name as it stands in credits.")
    url: WebUrl = Field(description="The home page.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other names it goes by in credit lines.")
    formerly: tuple[Key, ...] = Field(
        default=(), description="Keys that it stood under in this file before; what is kept under them is its own."
    )
    hosts: tuple[Host, ...] = Field(
        default=(), description="Hosts whose pages are its own, beside that of its home page."
    )
    language: Language | None = Field(
        default=None, description="The language it writes in, where its pages do not say."
    )
    feeds: tuple[FeedModel, ...] = Field(
        default=(), description="Its feeds; none for someone who is only the origin of what others deliver."
    )
    robots: Literal["obey", "ignore"] = Field(
        default="obey", description="Whether robots.txt rules over its article pages; ignore needs who allowed it."
    )
    robots_allowed_by: Name | None = Field(
        default=None, description="Who at the partner allowed us to pass robots.txt by, and how."
    )
    delay_seconds: float = Field(
        default=1.0,
        ge=0,
        le=60,
        description="Seconds between two of its article pages; Crawl-delay may ask for more.",
    )
    auth: AuthModel | None = Field(default=None, description="How its server knows us.")
    extract: ExtractModel | None = Field(default=None, description="How its pages are read, where they are stubborn.")
    terms: Terms = Field(default_factory=Terms, description="What it allows and demands; without it, all is held.")
    other_terms: tuple[Terms, ...] = Field(
        default=(),
        max_length=9,
        description="Further permissions of the same partner, such as a written one beside a public licence. For "
        "each article the one counts that lets us do more, with all that it asks for.",
    )

    @model_validator(mode="after")
    def _waived_by_somebody(self) -> Self:
        if self.robots == "ignore" and self.robots_allowed_by is None:
            raise ValueError("`robots: ignore` needs `robots_allowed_by`: who at the partner allowed it, and how")
        return self


class SourcesModel(Strict):
    """A sources.yaml: our site, and the partners whose articles it republishes."""

    site: SiteModel = Field(description="Our own site.")
    partners: dict[str, PartnerModel] = Field(
        description="The partners, each under a short key of lower-case letters, digits and hyphens."
    )
    targets: dict[str, WordPressModel] = Field(
        default={},
        description="Where we publish beside the static site, each under a short key as partners have it.",
    )
