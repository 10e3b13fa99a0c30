"""Public licences by name, and their text's address where we can be sure of it (pure)."""

from __future__ import annotations

from urllib.parse import urlsplit

from ingest.terms import Basis, Grant
from publish.body_html import safe_href


def licence_name(basis: Basis) -> str | None:
    """Return "CC BY-ND" and the like, or None where there is a grant, or nothing, in place of a public licence."""
    if basis in {Basis.NONE, Basis.GRANT}:
        return None
    return "CC0" if basis is Basis.CC0 else "CC " + basis.removeprefix("cc-").upper()


def licence_url(grant: Grant) -> str | None:
    """Return the licence's address: the evidence where it lies at creativecommons.org, CC0's only version, else None.

    The version is never guessed, and a private grant's evidence is never shown.
    """
    if licence_name(grant.basis) is None:
        return None
    href = safe_href(grant.evidence)
    if href and (urlsplit(href).hostname or "").removeprefix("www.") == "creativecommons.org":
        return href
    return "https://creativecommons.org/publicdomain/zero/1.0/" if grant.basis is Basis.CC0 else None
