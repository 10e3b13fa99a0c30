"""An article over several pages: each next page is fetched and joined, or named where it cannot be had."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from ingest.article import Article
from ingest.errors import ExtractError, FetchError, ReprintError, StatusError
from ingest.extract import Extractor, Page
from ingest.extract.page import DOCUMENT_MAX_BYTES
from ingest.extract.page_addresses import MAX_PAGES, NEXT_PAGE, page_number
from ingest.feed import Entry
from ingest.page_rules import PageRules
from ingest.urls import canonical_url

#: All pages of one article together, in bytes.
MAX_BYTES = DOCUMENT_MAX_BYTES
_MISSING = frozenset({404, 410})

FetchPage: TypeAlias = Callable[[str], Awaitable[Page]]


async def read_whole(
    page: Page, *, entry: Entry | None, rules: PageRules | None, extractor: Extractor, fetch: FetchPage
) -> Article:
    """Return the article of a page and of those that follow it, in order, at most MAX_PAGES and MAX_BYTES.

    `fetch` gets each further page by the guarded way that the first came. One that is not there or cannot be read
    ends the article there: the doubt "incomplete" stays on it, and the evidence `next_page` says which page, and why.
    Raises ExtractError where the first page holds no article, FetchError where a further one cannot be had for now
    (503, 429, a time-out): half an article is none, and it is asked for again like any.
    """
    article = await extractor.extract(page, entry=entry, rules=rules)
    pages = [page]
    while url := following(article):
        if problem := _too_much(pages):
            return _cut(article, problem)
        try:
            further = await fetch(url)
            if _leads_back(further, pages):
                return await extractor.extract(page, entry=entry, rules=rules, more=pages[1:], ended=True)
            if problem := _strays(further, pages):
                return _cut(article, problem)
            longer = await extractor.extract(page, entry=entry, rules=rules, more=[*pages[1:], further])
        except (FetchError, ExtractError) as error:
            if _passes(error):
                raise
            return _cut(article, error.what)
        if longer.body == article.body and following(longer) != further.url:
            # A pager of something else, such as a list beside the article.
            return await extractor.extract(page, entry=entry, rules=rules, more=pages[1:], ended=True)
        if following(longer) == further.url:
            return longer
        article = longer
        pages.append(further)
    return article


def following(article: Article) -> str | None:
    """Return the address of the page on which an article goes on, which it does not hold; None where it is whole."""
    return next((reading.value for reading in article.evidence if reading.field == NEXT_PAGE), None)


def _passes(error: ReprintError) -> bool:
    """Tell whether a further page may be had later; where the first is up, one that is not there is missing."""
    missing = isinstance(error, StatusError) and error.status in _MISSING
    return isinstance(error, FetchError) and error.transient and not missing


def _too_much(pages: list[Page]) -> str | None:
    if len(pages) >= MAX_PAGES:
        return f"more than {MAX_PAGES} pages are not joined"
    size = sum(len(page.content) for page in pages)
    return f"{size:,} bytes were read before it, and no more than {MAX_BYTES:,} are" if size >= MAX_BYTES else None


def _leads_back(further: Page, pages: list[Page]) -> bool:
    return canonical_url(further.url) in {canonical_url(page.url) for page in pages}


def _strays(further: Page, pages: list[Page]) -> str | None:
    """Say where a redirect led away from the article."""
    if page_number(further.url, first=pages[0].url) is None:
        return f"it leads to another address: {further.url}"
    return None


def _cut(article: Article, why: str) -> Article:
    """Return the article with the reason for which the page that follows was not joined."""
    evidence = (replace(e, detail=f"not joined: {why}") if e.field == NEXT_PAGE else e for e in article.evidence)
    return replace(article, evidence=tuple(evidence))
