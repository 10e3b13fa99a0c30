"""A page is read whole or refused; it is never read in part without a word."""

from __future__ import annotations

import time

import pytest

from ingest.errors import ExtractError, NoArticleError
from ingest.extract import Page
from ingest.extract.article import extract_article
from ingest.extract.page import DOCUMENT_MAX_BYTES, MARKUP_MAX_BYTES, entry_page
from ingest.extract.tree import parse
from ingest.feed import Entry
from tests.ingest.extract.pages import PROSE, URL, html_of, paragraphs


def test_a_page_of_50_mb_is_refused_with_what_to_do() -> None:
    """Size is checked before anything is parsed."""
    page = Page(content=b"<p>x</p>" * 6_250_000, url=URL)
    started = time.monotonic()
    with pytest.raises(ExtractError, match="full-text feed"):
        parse(page)
    assert time.monotonic() - started < 5


def test_markup_counts_and_scripts_do_not() -> None:
    """A small article under a big script is read; as much markup is refused."""
    script = f"<script>{'x' * MARKUP_MAX_BYTES}</script>"
    tree = parse(Page(content=html_of(script + paragraphs(*PROSE)), url=URL))
    assert PROSE[0] in "".join(tree.itertext())
    with pytest.raises(ExtractError):
        parse(Page(content=html_of("<p>y</p>" * (MARKUP_MAX_BYTES // 8 + 1)), url=URL))


def test_unclosed_scripts_cost_one_pass() -> None:
    """A hostile page of open script tags is measured in linear time."""
    content = b"<script" * ((DOCUMENT_MAX_BYTES - 1000) // 7)
    started = time.monotonic()
    with pytest.raises(ExtractError):
        parse(Page(content=content, url=URL))
    assert time.monotonic() - started < 5


def test_nesting_beyond_the_parser_is_refused_not_cut() -> None:
    """The parser stops silently at its depth limit; half a page must not pass for a whole one."""
    with pytest.raises(ExtractError, match="too deep"):
        parse(Page(content=html_of("<div>" * 100_000 + PROSE[0]), url=URL))


def test_nesting_within_the_parser_is_read() -> None:
    """Two thousand unclosed elements are ugly and legal."""
    article = extract_article(Page(content=html_of("<span><div>" * 900 + paragraphs(*PROSE)), url=URL))
    assert PROSE[0] in article.body.text


def test_24000_same_paragraphs_are_bounded() -> None:
    """The same line over and over comes out once, in time."""
    started = time.monotonic()
    article = extract_article(Page(content=html_of(paragraphs(PROSE[0]) * 12_000), url=URL))
    assert time.monotonic() - started < 20
    assert article.body.text.count(PROSE[0]) == 1


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x00\x00", b"<!-- nothing -->", b"\xff\xfe"])
def test_an_empty_page_is_no_article(content: bytes) -> None:
    """Nothing in, a clear error out."""
    with pytest.raises(NoArticleError):
        extract_article(Page(content=content, url=URL))


def test_an_entry_without_content_says_which_setting_is_wrong() -> None:
    """A feed declared full-text whose entry holds none names the way out."""
    with pytest.raises(ExtractError, match="full_text"):
        entry_page(Entry(key="k", guid="k", url=URL, headline="Harbour"))
