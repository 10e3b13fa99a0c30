"""A page that crashes, stalls or eats memory costs that page only."""

from __future__ import annotations

import asyncio
import multiprocessing
import time

import pytest

from ingest.errors import ExtractCrashError, ExtractError, NoArticleError
from ingest.extract import Extractor, Page
from tests.ingest.extract import hostile
from tests.ingest.extract.pages import PROSE, URL, html_of, paragraphs


def _page(content: bytes) -> Page:
    return Page(content=content, url=URL)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"stall", "stalled"),
        (b"spin", "stalled"),
        (b"killed", "ended the extractor"),
        (b"segfault", "ended the extractor"),
        (b"exit", "ended the extractor"),
        (b"eat", "MB"),
    ],
)
def test_a_hostile_page_costs_itself_only(content: bytes, says: str) -> None:
    """Its neighbours are extracted (trafilatura #840, #925: crashes; #704: no time-out)."""

    async def run() -> None:
        async with Extractor(workers=2, timeout=1.5, memory=900_000_000, work=hostile.work) as extractor:
            before = await extractor.extract(_page(b"fine"))
            bad, beside = await asyncio.gather(
                extractor.extract(_page(content)), extractor.extract(_page(b"fine")), return_exceptions=True
            )
            after = await extractor.extract(_page(b"fine"))
        assert isinstance(bad, ExtractCrashError)
        assert says in str(bad)
        assert bad.where == URL
        for article in (before, beside, after):
            assert not isinstance(article, BaseException)
            assert article.headline.isdigit()

    asyncio.run(run())


def test_a_child_is_replaced_after_so_many_pages() -> None:
    """A library's leak ends with its child."""

    async def run() -> set[str]:
        async with Extractor(workers=1, pages_per_child=2, work=hostile.work) as extractor:
            return {(await extractor.extract(_page(b"fine"))).headline for _ in range(5)}

    assert len(asyncio.run(run())) == 3


def test_the_real_work_comes_back_whole() -> None:
    """An article survives the way back from its child, and so does what the child raises."""

    async def run() -> None:
        async with Extractor(workers=1) as extractor:
            article = await extractor.extract(_page(html_of(f"<article>{paragraphs(*PROSE)}</article>")))
            assert article.body.text.split("\n\n") == list(PROSE)
            with pytest.raises(NoArticleError) as raised:
                await extractor.extract(_page(b"   "))
            assert raised.value.next_step

    asyncio.run(run())


def test_a_pass_with_nothing_to_do_starts_no_child() -> None:
    """Entering and leaving costs nothing."""

    async def run() -> None:
        before = multiprocessing.active_children()
        started = time.monotonic()
        async with Extractor():
            assert multiprocessing.active_children() == before
        assert time.monotonic() - started < 0.5

    asyncio.run(run())


def test_an_oversize_page_never_reaches_a_child() -> None:
    """It is refused here, where refusing is cheap."""

    async def run() -> None:
        async with Extractor(work=hostile.work) as extractor:
            with pytest.raises(ExtractError, match="bytes"):
                await extractor.extract(_page(b"<p>x</p>" * 2_000_000))

    asyncio.run(run())


def test_a_cancelled_page_frees_its_child() -> None:
    """Who waits no longer leaves no stalled child behind."""

    async def run() -> str:
        async with Extractor(workers=1, timeout=60, work=hostile.work) as extractor:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(extractor.extract(_page(b"stall")), timeout=1.5)
            return (await asyncio.wait_for(extractor.extract(_page(b"fine")), timeout=10)).headline

    assert asyncio.run(run()).isdigit()
