"""The shape of a sources.yaml, as pydantic models: what is checked, and what the JSON Schema describes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import cssselect
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ingest.sources.values import FeedKind
from ingest.terms import Terms
from ingest.terms.grant import mistake
from ingest.urls import has_credentials, is_web_url

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=30)

#: Bounds of a feed that sets its own pace (`every: auto`).
AUTO_SOONEST, AUTO_SLOWEST = timedelta(minutes=15), timedelta(days=1)

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})\s*([mhd])")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OWN_HEADERS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "cookie"})
_HOST = re.compile(r"(?=.{1,253}$)[^\W_]([\w-]{0,61}[^\W_])?(\.[^\W_]([\w-]{0,61}[^\W_])?)*(:\d{1,5})?", re.UNICODE)
# RFC 5646, section 2.1, the part that occurs in news: language, script, region, variants.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r:.40} is no duration; write a number and m, h or d, such as 30m, 6h or 1d")
    duration = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if not SHORTEST <= duration <= LONGEST:
        raise ValueError(f"{value!r:.40} is not between 1m and 30d")
    return duration


def _pace(value: object) -> object:
    return value if value == "auto" else _duration(value)


def _header_name(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError(f"'{value:.40}' is no name of a header; write it as X-Key or Authorization")
    if value.lower() in _OWN_HEADERS:
        raise ValueError(f"{value} is set by us and cannot hold a key")
    return value


def _selector(value: str) -> str:
    try:
        cssselect.HTMLTranslator().css_to_xpath(value)
    except cssselect.SelectorError as error:
        raise ValueError(f"'{value:.60}' is no CSS selector: {error}") from error
    if re.search(r"[\w-]\|[\w*]", value):
        raise ValueError(f"'{value:.60}' names a namespace, which pages have none of; take out what stands before |")
    return value


def _env_name(value: str) -> str:
    # The value given is not repeated: it may be the very secret, put here by mistake.
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", value):
        raise ValueError(
            "this is no name of an environment variable, such as PARTNER_KEY; the secret itself never stands here"
        )
    return value


def _web_url(value: str) -> str:
    """Accept an absolute http or https URL without a user name; the message never repeats one."""
    if any(character.isspace() or not character.isprintable() for character in value):
        raise ValueError("a URL holds no spaces or control characters; write them as %20 and the like")
    if has_credentials(value):
        raise ValueError("a URL here holds no user name or password; take them out, they would end up in logs")
    if not re.match("https?://", value, re.IGNORECASE):
        raise ValueError(f"'{value.partition(':')[0]:.40}' is no web address; it begins with https:// or http://")
    if not is_web_url(value):
        raise ValueError("this URL has no host name that can exist, or a port that cannot")
    return value


def _with_slash(value: str) -> str:
    parts = urlsplit(value)
    if parts.query or parts.fragment:
        raise ValueError("our site's address has no '?' or '#'")
    return value if value.endswith("/") else value + "/"


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError(f"'{value:.60}' is no host name; write it without https:// and path, such as news.example")
    return value.lower()


def _key(value: str) -> str:
    if not is_key(value):
        raise ValueError(f"'{value:.60}' is no key of a partner; write it as it stood in this file")
    return value


def is_key(text: str) -> bool:
    """Tell whether a text may be a partner's key."""
    return len(text) <= 60 and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def _language(value: str) -> str:
    tag = value.strip().replace("_", "-").lower()
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"'{value:.40}' is no language tag; write it as en, de or pt-br")
    return tag


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(lambda name: " ".join(name.split()))]
Key = Annotated[str, AfterValidator(_key)]
WebUrl = Annotated[
    str, Field(max_length=2000), AfterValidator(_web_url), WithJsonSchema({"type": "string", "format": "uri"})
]
SiteUrl = Annotated[str, Field(max_length=2000), AfterValidator(_web_url), AfterValidator(_with_slash)]
Host = Annotated[str, AfterValidator(_host)]
Language = Annotated[str, AfterValidator(_language)]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,6}\s*[mhd]$", "examples": ["30m", "6h", "1d"]}),
]


Pace = Annotated[
    timedelta | Literal["auto"],
    BeforeValidator(_pace),
    WithJsonSchema({"type": "string", "pattern": r"^(auto|\d{1,6}\s*[mhd])$", "examples": ["30m", "auto"]}),
]
Selector = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_selector)]
EnvName = Annotated[str, AfterValidator(_env_name)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteModel(_Strict):
    """Our own site."""

    name: Name = Field(description="Our site's name, as readers know it.")
    url: SiteUrl = Field(description="Our site's address, with the folder where the articles are to stand.")
    language: Language = Field(default="en", description="The language of our pages' furniture: en, de, pt-br.")
    description: str = Field(default="", max_length=1000, description="A sentence on our site, for its feeds.")


class FeedModel(_Strict):
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


class AuthModel(_Strict):
    """Where the key to a partner's server is found: names of environment variables, never the key itself."""

    header: Annotated[str, AfterValidator(_header_name)] | None = Field(
        default=None, description="The header that carries the key: X-Key."
    )
    env: EnvName | None = Field(default=None, description="The environment variable that holds the header's value.")
    user_env: EnvName | None = Field(default=None, description="The variable that holds the user name (basic auth).")
    password_env: EnvName | None = Field(default=None, description="The variable that holds the password.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        header, basic = (self.header, self.env), (self.user_env, self.password_env)
        if not (all(header) and not any(basic)) and not (all(basic) and not any(header)):
            raise ValueError("give either `header` and `env`, or `user_env` and `password_env`")
        return self


class ExtractModel(_Strict):
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


class PartnerModel(_Strict):
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

    @model_validator(mode="after")
    def _waived_by_somebody(self) -> Self:
        if self.robots == "ignore" and self.robots_allowed_by is None:
            raise ValueError("`robots: ignore` needs `robots_allowed_by`: who at the partner allowed it, and how")
        return self


class SourcesModel(_Strict):
    """A sources.yaml: our site, and the partners whose articles it republishes."""

    site: SiteModel = Field(description="Our own site.")
    partners: dict[str, PartnerModel] = Field(
        description="The partners, each under a short key of lower-case letters, digits and hyphens."
    )
