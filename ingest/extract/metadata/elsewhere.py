"""A page's word that its piece was first published elsewhere: then the site's own name is no byline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from ingest.article import Byline, OriginClaim
from ingest.extract.metadata.sites import host_names
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.words import key, words
from ingest.extract.metadata.zones import outside
from ingest.origin import claim_in, read_credit_line

#: Credit lines are short, and pages have no more paragraphs that need be asked.
_MAX_LINE = 700
_MAX_PARAGRAPHS = 300
#: How far a byline is believed that was given up.
_GIVEN_UP = 0.2


def without_middleman(
    byline: Byline,
    page: Survey,
    *,
    headline: Mark | None,
    sites: Sequence[str],
    description: str | None,
    claims: Sequence[OriginClaim],
) -> Byline:
    """Return the byline, or one without people where it names only the site and the piece is from elsewhere.

    `claims` are those of the page's metadata; the page's words are asked too. What was printed stays in `raw`.
    """
    names = {key(name) for name in sites}
    if not byline.people or not all(key(name) in names for name in byline.names):
        return byline
    if any(names & _names_of(claim) for claim in claims):
        return byline
    if not claims and not _says_elsewhere(page, headline, description):
        return byline
    return replace(byline, people=(), confidence=_GIVEN_UP)


def _names_of(claim: OriginClaim) -> set[str]:
    """Return what a claim calls the origin, in words and by host: a cache's copy credits the origin itself."""
    return {key(name) for name in (claim.name, *host_names(claim.url or "")) if name}


def _says_elsewhere(page: Survey, headline: Mark | None, description: str | None) -> bool:
    if description and claim_in(description):
        return True
    return any(read_credit_line(text, links=_links(p, page.url)) for p, text in _lines(page, headline))


def _lines(page: Survey, headline: Mark | None) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the short paragraphs that are not in lists of other pieces."""
    start = headline.order if headline else 0
    paragraphs = (element for element in islice(page.elements, start, None) if element.tag == "p")
    for paragraph in islice(paragraphs, _MAX_PARAGRAPHS):
        own = outside(paragraph, headline.element) if headline else [paragraph]
        if any(node.tag in ("li", "aside", "nav") for node in own):
            continue
        if len(text := words(paragraph)) <= _MAX_LINE:
            yield paragraph, text


def _links(paragraph: HtmlElement, url: str) -> tuple[str, ...]:
    found = (link.get("href") or "" for link in islice(paragraph.iterdescendants("a"), 9))
    return tuple(urljoin(url, href.strip()) for href in found if href and "[" not in href)
