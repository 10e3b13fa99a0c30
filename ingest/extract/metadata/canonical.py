"""Where the page says its article lives."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from ingest.article import Evidence, Source
from ingest.extract.metadata.jsonld import Node
from ingest.extract.metadata.survey import Survey

_LOCAL = ("localhost", "127.", "0.0.0.0", "[::", "10.", "192.168.")  # noqa: S104 - refused, not bound to


def read_canonical(page: Survey, *, articles: Sequence[Node]) -> tuple[str, tuple[Evidence, ...]]:
    """Return the canonical URL (absolute http or https) and every reading; the page's own where none is sane."""
    stated = [
        *((href, Source.META, "link rel=canonical") for href in page.links.get("canonical", ())),
        *((text, Source.META, name) for name, text in page.all("og:url")),
        *((str(n["url"]), Source.JSON_LD, "url") for n in articles if isinstance(n.get("url"), str)),
    ]
    readings = tuple(
        Evidence(field="canonical_url", value=url, source=source, confidence=confidence, detail=detail)
        for (text, source, detail), confidence in zip(stated, (0.9, *[0.7] * len(stated)), strict=False)
        if (url := sane_url(text, page.url))
    )
    return (readings[0].value if readings else page.url), readings


def sane_url(text: str, page_url: str) -> str | None:
    """Return `text` as an absolute URL without fragment; None where it cannot be the article's address.

    A canonical that leads to a bare host, from a page with a path, is a template's mistake.
    """
    try:
        url = urlsplit(urljoin(page_url, text.strip()))
        own = urlsplit(page_url)
        host = url.hostname or ""
    except ValueError:
        return None
    if (
        url.scheme not in ("http", "https")
        or "." not in host
        or host.startswith(_LOCAL)
        or any(c in text.strip() for c in ' <>"{}')
    ):
        return None
    if own.path.strip("/") and not url.path.strip("/") and not url.query:
        return None
    return url._replace(fragment="").geturl()
