"""The credit on the page: its words, its place, its links; byline, tagline and logo (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from ingest.attribution import Credit
from ingest.terms import LinkTarget, Position
from publish.audit.reading import Fault, body_of, cut, hrefs, is_hidden, missing, order, story_of, text_of, words
from publish.full_text import https_only
from publish.publication import Publication


def credit_faults(page: HtmlElement, publication: Publication) -> Iterator[Fault]:
    """Yield what is wrong with the credit, and with all that goes with it."""
    attributed = publication.attributed
    credit = attributed.credit
    boxes = [node for node in page.find_class("credit") if text_of(node) == words(credit.text)]
    seen = [node for node in boxes if not is_hidden(node)]
    if not boxes:
        found = "; ".join(cut(text_of(node)) for node in page.find_class("credit")) or "none"
        yield "credit-missing", f"expected “{cut(credit.text)}”, found: {found}"
    elif not seen:
        yield "credit-hidden", f"“{cut(credit.text)}” is on the page, but no reader sees it"
    else:
        yield from _place_faults(page, seen, credit.position)
        yield from _link_faults(seen, credit)
    original = attributed.origin.url
    if attributed.terms.credit.link is LinkTarget.ARTICLE and original and original not in hrefs(page):
        yield "link-missing", f"no link to the original, {original}"
    yield from _with_it(story_of(page), credit)


def _place_faults(page: HtmlElement, boxes: list[HtmlElement], position: Position) -> Iterator[Fault]:
    body = body_of(page)
    if body is None:
        return
    at, *places = order(page, body, *boxes)
    if position is not Position.BOTTOM and not any(place < at for place in places):
        yield "credit-misplaced", "the terms want it above the text, and it is not there"
    if position is not Position.TOP and not any(place > at for place in places):
        yield "credit-misplaced", "the terms want it below the text, and it is not there"


def _link_faults(boxes: list[HtmlElement], credit: Credit) -> Iterator[Fault]:
    owed = hrefs(lxml_html.fragment_fromstring(credit.html, create_parent="div"))
    for box in boxes:
        for href in sorted(owed - hrefs(box)):
            yield "link-missing", f"the credit does not link to {href}"


def _with_it(story: HtmlElement, credit: Credit) -> Iterator[Fault]:
    shown = text_of(story)
    # A name in the text or in the note on the author is no byline.
    byline = " ".join(text_of(node) for node in story.find_class("byline") if not is_hidden(node))
    yield from (("byline-missing", f"expected “{name}”") for name in missing(iter(credit.byline), byline))
    yield from (
        ("tagline-missing", f"expected “{cut(line)}”") for line in missing(iter([credit.tagline or ""]), shown)
    )
    logo = https_only(credit.logo)
    if logo and logo not in story.xpath(".//img/@src"):
        yield "logo-missing", f"expected {logo}"
