"""A feed's links made absolute (pure)."""

from __future__ import annotations

from urllib.parse import urljoin

from ingest.urls import is_web_url, without_credentials


def absolute_url(base: str, link: object) -> str | None:
    """Return the absolute http or https address that a feed's link means against `base`, without credentials.

    None where it is no text, empty, malformed, or of another scheme.
    """
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        absolute = urljoin(base, link.strip())
    except ValueError:
        return None
    return without_credentials(absolute) if is_web_url(absolute) else None
