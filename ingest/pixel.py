"""The counting pixel that some partners demand with each republished article (pure)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ingest.article import Article, Origin
from ingest.terms import Terms
from ingest.urls import has_credentials, host_key, is_web_url

#: The name under which extraction keeps a pixel that the page or the feed carried.
EVIDENCE_FIELD = "pixel"


def pixel_for(*, article: Article, origin: Origin, terms: Terms) -> str | None:
    """Return the URL of the pixel that our page must carry, or None where none is known or none is demanded.

    The article's own counts first; else the terms' `pixel_url` is filled in. Only https, and only hosts that the
    terms name.
    """
    brought = (evidence.value for evidence in article.evidence if evidence.field == EVIDENCE_FIELD)
    candidates = (*brought, _filled(terms.pixel_url, origin.url or article.canonical_url))
    return next((url for url in candidates if url and _is_allowed(url, terms.pixel_hosts)), None)


def _filled(template: str | None, url: str) -> str | None:
    numbers = re.findall(r"\d+", urlsplit(url).path)
    if template is None or ("{number}" in template and not numbers):
        return None
    filled = template.replace("{url}", quote(url, safe=""))
    return filled.replace("{number}", numbers[-1]) if numbers else filled


def _is_allowed(url: str, hosts: tuple[str, ...]) -> bool:
    if not url.startswith("https://") or not is_web_url(url) or has_credentials(url):
        return False
    return host_key(url) in {host.lower() for host in hosts}
