"""The shape of a sources.yaml, as pydantic models: what is checked, and what the JSON Schema describes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

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

from ingest.terms import Terms
from ingest.urls import has_credentials, is_web_url

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=30)

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})\s*([mhd])")
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


def _language(value: str) -> str:
    tag = value.strip().replace("_", "-").lower()
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"'{value:.40}' is no language tag; write it as en, de or pt-br")
    return tag


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(lambda name: " ".join(name.split()))]
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

    url: WebUrl = Field(description="The feed's address: RSS, Atom or JSON Feed.")
    every: Duration = Field(
        default=timedelta(minutes=30),
        json_schema_extra={"default": "30m"},
        description="How often it is asked for news: 30m, 6h, 1d.",
    )
    full_text: bool = Field(default=False, description="Whether its entries hold the whole article.")

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, data: Any) -> Any:
        return {"url": data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the bare address too."""
        address = {"type": "string", "format": "uri", "description": "The feed's address."}
        return {"description": "A feed.", "anyOf": [address, handler.resolve_ref_schema(handler(schema))]}


class PartnerModel(_Strict):
    """Someone whose pieces we take."""

    name: Name = Field(description="The name as it stands in credits.")
    url: WebUrl = Field(description="The home page.")
    aliases: tuple[Name, ...] = Field(default=(), description="Other names it goes by in credit lines.")
    hosts: tuple[Host, ...] = Field(
        default=(), description="Hosts whose pages are its own, beside that of its home page."
    )
    language: Language | None = Field(
        default=None, description="The language it writes in, where its pages do not say."
    )
    feeds: tuple[FeedModel, ...] = Field(
        default=(), description="Its feeds; none for someone who is only the origin of what others deliver."
    )
    terms: Terms = Field(default_factory=Terms, description="What it allows and demands; without it, all is held.")


class SourcesModel(_Strict):
    """A sources.yaml: our site, and the partners whose articles it republishes."""

    site: SiteModel = Field(description="Our own site.")
    partners: dict[str, PartnerModel] = Field(
        description="The partners, each under a short key of lower-case letters, digits and hyphens."
    )
