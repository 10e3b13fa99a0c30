"""Rules on what must stand on the page, and on what is doubtful in the article."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.article import Doubt
from ingest.credit_fields import missing_fields
from ingest.pixel import pixel_for
from ingest.rights.case import Case, Finding, hold, notice
from ingest.terms import LinkTarget, SearchPolicy

_DOUBTS = {
    Doubt.NO_BODY: "No body was found. Compare with the original, and release it if that is all there is.",
    Doubt.SHORT_BODY: "The body is very short. Compare with the original, and release it if that is all there is.",
    Doubt.STUB: "It looks like a mere pointer to another page. Release it if it is an article.",
    Doubt.BYLINE: "It is not certain who wrote it. Check the byline against the original, and release it.",
    Doubt.DISAGREEMENT: "The sources name different authors. Check the byline against the original, and release it.",
    Doubt.INCOMPLETE: "Parts of the body may be lost. Compare with the original, and release it if it is whole.",
    Doubt.HEADLINE: "It is not certain what it is called. Check the headline against the original, and release it.",
    Doubt.NO_HEADLINE: "No headline was found. Enter it, and release it.",
}


def check_doubts(case: Case) -> Iterator[Finding]:
    """Hold each doubt for a person."""
    for doubt in case.article.doubts:
        yield hold(doubt.value, _DOUBTS.get(doubt, "Check it against the original, and release it."), releasable=True)


def check_credit(case: Case) -> Iterator[Finding]:
    """Hold where the credit demands what is unknown."""
    missing = missing_fields(article=case.article, origin=case.origin, terms=case.terms)
    if missing:
        names = ", ".join(missing)
        message = (
            f"The credit that the terms demand names {names}, which is unknown. Find it out, or release it without."
        )
        yield hold("credit-gap", message, releasable=True)


def check_link(case: Case) -> Iterator[Finding]:
    """Hold, or tell, where the original's address is unknown."""
    rule, origin = case.terms.credit, case.origin
    known = origin.url or (rule.link is LinkTarget.HOME and origin.home)
    if rule.link is not LinkTarget.NONE and rule.link_required and not known:
        what = "the original" if rule.link is LinkTarget.ARTICLE else "the home page"
        message = (
            f"The terms demand a link to {what} at {origin.name}, and its address is unknown. Find it, or release "
        )
        yield hold("link-unknown", message + "the article where the partner lets it pass without.", releasable=True)
    elif origin.url is None and (rule.link is LinkTarget.ARTICLE or case.terms.search is SearchPolicy.CANONICAL):
        yield notice("original-url-unknown", "The original's address is unknown: no link, and no canonical URL.")


def check_pixel(case: Case) -> Iterator[Finding]:
    """Hold where the counting pixel that the terms demand cannot be placed."""
    if case.terms.pixel_hosts and not pixel_for(article=case.article, origin=case.origin, terms=case.terms):
        hosts = ", ".join(case.terms.pixel_hosts)
        message = f"The terms demand a counting pixel from {hosts}, and none is known. Set pixel_url in sources.yaml."
        yield hold("pixel-unknown", message)
