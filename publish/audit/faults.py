"""All ways in which one page differs from its record (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from publish.audit.credit import credit_faults
from publish.audit.media import media_faults
from publish.audit.reading import Fault, hrefs
from publish.audit.search import search_faults
from publish.audit.text import text_faults
from publish.publication import Publication


def page_faults(
    page: HtmlElement, publication: Publication, *, own_url: str, contact: str | None = None
) -> Iterator[Fault]:
    """Yield code and evidence of each way in which the page that stands at `own_url` differs from its record.

    `contact` is where a link to us leads.
    """
    attributed = publication.attributed
    yield from credit_faults(page, publication)
    yield from text_faults(page, publication)
    yield from media_faults(page, publication, site_host=urlsplit(own_url).netloc)
    if attributed.terms.site_contact and (contact is None or contact not in hrefs(page)):
        yield "contact-missing", f"expected a link to {contact or 'us; site.contact is not set'}"
    yield from search_faults(page, attributed.terms.search, original=attributed.origin.url, own_url=own_url)
