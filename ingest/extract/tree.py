"""Text to an lxml tree of bounded depth (pure)."""

from __future__ import annotations

from typing import TypeAlias

import lxml.html
from lxml import etree

from ingest.errors import ExtractError, NoArticleError
from ingest.extract.crowded import refuse_crowded
from ingest.extract.decode import decode
from ingest.extract.inline import web_url
from ingest.extract.other_kinds import refuse_other_kinds
from ingest.extract.page import Page, refuse_oversize

#: An lxml.html element; lxml ships no types.
Element: TypeAlias = lxml.html.HtmlElement


def parse(page: Page) -> Element:
    """Return the root element of a page.

    Raises ExtractError when the page is too large, nested deeper than libxml2 reads (2,048), or has a tag of too many
    attributes, NoArticleError when it holds no markup or text at all, or is of another kind (a feed, a PDF).
    """
    refuse_oversize(page)
    refuse_crowded(page)
    text = decode(page.content, headers=page.headers)
    refuse_other_kinds(page.content, text, where=page.url)
    if not text.strip():
        raise NoArticleError("the page is empty", where=page.url, next_step="look at the URL in a browser")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    markup = f"<div>{text}</div>" if page.fragment else text
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise NoArticleError("the page is empty", where=page.url, next_step="look at the URL in a browser") from error
    _refuse_truncated(parser, page.url)
    return root


def base_of(tree: Element, url: str) -> str:
    """Return the absolute URL that a page's links are resolved against: its base element's, else its own."""
    stated = next((b.get("href") for b in tree.iter("base") if b.get("href")), None)
    return web_url(stated, base=url) or url


def _refuse_truncated(parser: lxml.html.HTMLParser, url: str) -> None:
    """Libxml2 stops reading at its depth limit without an exception; half a page must not pass for a whole one."""
    if any(entry.level >= etree.ErrorLevels.FATAL and "depth" in entry.message for entry in parser.error_log):
        raise ExtractError(
            "the page is nested too deep to be read whole",
            where=url,
            next_step="look whether the page is broken; take a full-text feed if the partner has one",
        )
