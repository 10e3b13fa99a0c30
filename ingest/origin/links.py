"""Which of a credit line's links is the original, and which a mere home page (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from ingest.urls import host_key, is_web_url

#: Hosts that credit lines link to for other reasons than the original.
_OTHER_HOSTS = re.compile(
    r"(?:.+\.)?(?:creativecommons\.org|facebook\.com|twitter\.com|x\.com|linkedin\.com|instagram\.com|youtube\.com"
    r"|t\.me|bsky\.app|threads\.net|wikipedia\.org|archive\.org|archive\.ph|doi\.org)"
)
#: First path parts of pages about people, sections and rules.
# fmt: off
_OTHER_PATHS = frozenset({
    "about", "about-us", "author", "authors", "category", "categories", "contact", "contributors", "copyright",
    "feed", "feeds", "help", "institutions", "licenses", "newsletter", "newsletters", "people", "permissions",
    "privacy", "profile", "profiles", "republish", "republishing", "search", "republishing-guidelines",
    "section", "staff", "subscribe", "tag", "tags", "team", "terms", "topic", "topics", "user", "users",
})
# fmt: on


def article_link(links: Iterable[str]) -> str | None:
    """Return the first link that reads like an article's address, or None."""
    return next((link for link in links if _is_candidate(link) and is_article_url(link)), None)


def home_link(links: Iterable[str]) -> str | None:
    """Return the first link that reads like a publisher's home page, or None."""
    return next((link for link in links if _is_candidate(link) and not _parts(link)), None)


def is_article_url(url: str) -> bool:
    """Tell whether a web address reads like one article's: a slug, a number or a date, in no section of its own."""
    parts = _parts(url)
    if not parts:
        return bool(re.search(r"(?:^|&)(?:p|id|article|story)=\d+", urlsplit(url).query))
    if parts[0].lower() in _OTHER_PATHS or (len(parts) > 1 and parts[-2].lower() in _OTHER_PATHS):
        return False
    last = re.sub(r"\.(?:s?html?|php|aspx?)$", "", parts[-1])
    dated = re.search(r"/(?:19|20)\d\d/\d{1,2}/", urlsplit(url).path) is not None
    dashes = 2 if len(parts) == 1 else 1
    return dated or last.count("-") >= dashes or last.count("_") >= 2 or re.search(r"\d{5,}", last) is not None


def host_of(url: str | None) -> str | None:
    """Return the host of a web address without "www.", or None where it is no web address."""
    return host_key(url).removeprefix("www.") if url and is_web_url(url) else None


def _parts(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part]


def _is_candidate(link: str) -> bool:
    host = host_of(link)
    return host is not None and _OTHER_HOSTS.fullmatch(host) is None
