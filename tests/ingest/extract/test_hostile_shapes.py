"""Whatever a page is full of, its extraction ends in an article or a clear error, well within the pool's limit."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from ingest.article import Article
from ingest.errors import ExtractCrashError, ExtractError
from ingest.extract import Extractor
from ingest.extract.crowded import MAX_ATTRIBUTES, refuse_crowded
from ingest.extract.page import Page
from tests.ingest.extract.pages import PROSE, paragraphs

_URL = "https://herald.example/one"
_ATTRIBUTES = " ".join(f"a{number}=1" for number in range(170_000))
_DEEP_JSON = '{"a":' * 20_000 + "1" + "}" * 20_000
_NESTED = "<table><tr><td>" * 60 + "<table><tr><td>x</td></tr></table>" * 5_000 + "</table>" * 60


def _page(*, head: str = "", before: str = "", body: str = "", title: str = "Harbour to be rebuilt") -> Page:
    text = (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>Harbour to be rebuilt</h1>{before}"
        f"<article>{paragraphs(*PROSE)}{body}</article></body></html>"
    )
    return Page(content=text.encode(), url=_URL)


_LD = '<script type="application/ld+json">{}</script>'.replace("{}", "%s")
SHAPES = {
    "times": _page(before="<time>1 Jan</time>" * 50_000),
    "metas": _page(head='<meta name="author" content="J">' * 60_000),
    "scripts": _page(head=_LD % '{"@type":"NewsArticle"}' * 20_000),
    "deep JSON": _page(head=_LD % _DEEP_JSON),
    "long JSON": _page(head=_LD % ('{"@type":"NewsArticle","articleBody":"' + "word. " * 1_200_000 + '"}')),
    "a long class": _page(body=f'<div class="{"author-name " * 90_000}">x</div>'),
    "empty paragraphs": _page(body="<p></p>" * 200_000),
    "breaks": _page(body="<br>" * 100_000),
    "entities": _page(body="&amp;" * 390_000),
    "tables": _page(body=_NESTED),
    "openers": _page(before="<span>By</span>" * 50_000),
    "names": _page(before="<span>Jane Doe</span>" * 50_000),
    "a long title": _page(title="a - " * 450_000),
}
REFUSED = {
    "attributes": _page(body=f"<div {_ATTRIBUTES}>x</div>"),
    "quoted attributes": _page(body="<div " + "a='>' b=\"<\" " * 60_000 + ">x</div>"),
    "too many entities": _page(body="&amp;" * 1_400_000),
    "tables without an end": _page(body="<table><tr><td>" * 3_000),
}


async def _extracted(pages: list[Page]) -> list[Article | BaseException]:
    async with Extractor(workers=2, timeout=60) as extractor:
        return await asyncio.gather(*map(extractor.extract, pages), return_exceptions=True)


def test_every_flood_ends_in_an_article() -> None:
    """A page flooded with one kind of thing gives its article whole, and stalls nothing."""
    results = asyncio.run(_extracted([*SHAPES.values()]))
    whole = {
        name: isinstance(result, Article) and PROSE[0] in result.body.text
        for name, result in zip(SHAPES, results, strict=True)
    }
    assert whole == dict.fromkeys(SHAPES, True)


def test_what_no_parser_takes_is_refused_in_words() -> None:
    """A flood that would stall the parser is told before it is parsed: no child is lost to it."""
    results = asyncio.run(_extracted([*REFUSED.values()]))
    refused = {
        name: isinstance(result, ExtractError) and not isinstance(result, ExtractCrashError)
        for name, result in zip(REFUSED, results, strict=True)
    }
    assert refused == dict.fromkeys(REFUSED, True)


@pytest.mark.parametrize(("count", "fine"), [(MAX_ATTRIBUTES, True), (MAX_ATTRIBUTES + 1, False)])
@pytest.mark.parametrize("attribute", [" a", " a=1", ' a = ">"', "\n/a='<b '"])
def test_a_tag_is_crowded_beyond_its_limit_alone(count: int, attribute: str, *, fine: bool) -> None:
    """However attributes are written they are counted; a page may have any number of them in all."""
    check = partial(refuse_crowded, Page(content=(f"<p{attribute * count}>x</p>" * 2).encode(), url=_URL))
    if fine:
        check()
    else:
        with pytest.raises(ExtractError, match="attributes"):
            check()
