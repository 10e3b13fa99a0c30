"""The kinds of values that stand in a sources.yaml, each checked where it is read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

import cssselect
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from ingest.urls import has_credentials, is_web_url

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=30)

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})\s*([mhd])")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OWN_HEADERS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "cookie"})
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+", re.UNICODE)
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
        scheme, colon, _ = value.partition(":")
        raise ValueError(f"'{scheme:.40}{colon and ':…'}' is no web address; it begins with https:// or http://")
    if not is_web_url(value):
        raise ValueError("this URL has no host name that can exist, or a port that cannot")
    return value


def _contact(value: str) -> str:
    # No more of RFC 5321 than what stands in print; whether anybody reads it no pattern can tell.
    if _MAIL.fullmatch(value):
        return value
    if "@" in value and "/" not in value:
        raise ValueError(f"'{value:.60}' is no mail address; write it as desk@news.example")
    return _web_url(value)


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
Contact = Annotated[str, Field(max_length=300), AfterValidator(_contact)]
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
HeaderName = Annotated[str, AfterValidator(_header_name)]
EnvName = Annotated[str, AfterValidator(_env_name)]


class Strict(BaseModel):
    """A block of keys, with no key that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
