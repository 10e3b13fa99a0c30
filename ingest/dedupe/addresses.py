"""Addresses of one page: its AMP and mobile forms, and what a page's own claim of an address is worth (pure)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from ingest.urls import canonical_url

# Google's and Bing's AMP caches keep the page's own address after /c/ or /v/, with an s for https (AMP project,
# "AMP Cache URL format").
_CACHE: Final = re.compile(r"\A/[acv]/(s/)?(.+)\Z")
_CACHE_HOSTS: Final = (".cdn.ampproject.org", ".bing-amp.com")
_MOBILE_HOST: Final = re.compile(r"\A(?:amp|m|mobile|touch|wap)\.(?=[^.]+\.)|(?<=\Awww\.)(?:amp|m)\.(?=[^.]+\.)")
_AMP_PATH: Final = re.compile(r"/amp(?:/|\.html?)?\Z|\A/(?:amp|mobile)(?=/.)|(?<=[^/])\.amp(?=\.html?\Z)|\.amp\Z")
_AMP_PARAMETER: Final = re.compile(r"(?:\A|&)(?:amp(?:=[^&]*)?|outputType=amp|(?:m|mobile)=1|view=amp)(?=&|\Z)")


def plain_form(url: str) -> str:
    """Return the address that a page would have without AMP and mobile marks, in canonical form; itself without any.

    It is a guess, to be believed only where the texts agree.
    """
    parts = urlsplit(canonical_url(url))
    if parts.netloc.endswith(_CACHE_HOSTS) and (cached := _CACHE.match(parts.path)):
        return plain_form(f"http{'s' if cached[1] else ''}://{cached[2]}")
    path = _AMP_PATH.sub("", parts.path)
    query = _AMP_PARAMETER.sub("", parts.query).lstrip("&")
    host = _MOBILE_HOST.sub("", parts.netloc)
    # A page named "amp" at the root is a page.
    return canonical_url(urlunsplit((parts.scheme, host, path or parts.path, query, parts.fragment)))


def is_front(url: str) -> bool:
    """Tell whether an address is a site's front page, which no article is (a careless or hostile canonical)."""
    parts = urlsplit(canonical_url(url))
    bare = re.sub(r"\A/(?:[a-z]{2}(?:-[a-z]{2})?/?|index\.[a-z]{2,5}|home/?)?\Z", "", parts.path.lower())
    return not bare and not parts.query
