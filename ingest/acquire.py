"""An entry or a URL to an article: its page is fetched unless the feed holds the whole text, then extracted."""

from __future__ import annotations

from functools import partial

from ingest.article import Article
from ingest.errors import StatusError
from ingest.extract import Page, entry_page
from ingest.feed import Entry
from ingest.fetch import PAGE_MAX_BYTES, Credentials, Fetched, Fetcher, Gate, Gone
from ingest.following import read_whole
from ingest.sources import Partner
from ingest.tools import Tools


async def acquire(url: str, entry: Entry | None, supplier: Partner, *, full_text: bool, tools: Tools) -> Article:
    """Return the article at `url`, all its pages joined; the feed's `entry` lends what it knows of it.

    Raises FetchError when the page cannot be had, ExtractError when it holds no article, ConfigError where the
    partner's key is not in the environment.
    """
    if entry and full_text and entry.content:
        return await tools.extractor.extract(entry_page(entry), entry=entry, rules=supplier.extract)
    fetch = partial(
        fetch_page,
        fetcher=tools.fetcher,
        credentials=tools.manners.credentials(supplier),
        gate=tools.manners.page_gate(supplier),
    )
    return await read_whole(
        await fetch(url), entry=entry, rules=supplier.extract, extractor=tools.extractor, fetch=fetch
    )


async def fetch_page(
    url: str, *, fetcher: Fetcher, credentials: Credentials | None = None, gate: Gate | None = None
) -> Page:
    """Fetch an article's page; a page that is not there is a StatusError, as the partner may still put it up.

    `gate` is asked before each hop (the site's robots.txt and pace); `credentials` go to their own origins only.
    """
    answer = await fetcher.get(url, max_bytes=PAGE_MAX_BYTES, credentials=credentials, gate=gate)
    match answer:
        case Fetched():
            return Page(content=answer.content, url=answer.final_url, headers=answer.headers)
        case Gone(status=status):
            raise _missing(url, status)
        case _:
            raise _missing(url, 304)


def _missing(url: str, status: int) -> StatusError:
    error = StatusError(
        f"the server answers {status} for the article's page",
        status=status,
        where=url,
        next_step="open the link; the partner may have moved or withdrawn the article",
    )
    # A feed may name an article a moment before its page is up.
    error.transient = status == 404
    return error
