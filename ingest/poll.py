"""One feed, one pass: the story on one screen.

    fetch the feed -> remember its entries -> for each: fetch the page -> extract -> judge -> keep

Entries are remembered before anything is done with them, and each is kept in a transaction of its own: a pass may be
killed anywhere, and the next one goes on where it stopped.
"""

from __future__ import annotations

import asyncio
import hashlib

import structlog

from ingest.acquire import acquire
from ingest.assess import assess
from ingest.errors import ReprintError
from ingest.feed import Entry, parse_feed
from ingest.fetch import FEED_MAX_BYTES, Answer, Fetched, Gone
from ingest.keep import Keeping, keep
from ingest.report import EntryReport, PollReport, of_failure, of_kept
from ingest.retry import next_attempt, next_poll
from ingest.sources import FeedSource, Partner
from ingest.store import feeds
from ingest.store.database import read, write
from ingest.store.feeds import FeedRecord, PendingEntry, Remembered
from ingest.tools import Tools

log = structlog.get_logger()


async def poll_feed(source: FeedSource, supplier: Partner, *, tools: Tools) -> PollReport:
    """Poll one feed and ingest what waits in it; a feed that fails is reported, never raised."""
    with read(tools.engine) as connection:
        feed = feeds.find(connection, supplier.key, source.url)
    error: ReprintError | None = None
    outcome, remembered = "failed", Remembered()
    try:
        answer = await tools.fetcher.get(source.url, validators=feed.validators, max_bytes=FEED_MAX_BYTES)
        # A hostile feed may take seconds to parse, and other hosts must not wait for it.
        outcome, remembered = await asyncio.to_thread(remember, answer, feed, source, tools=tools)
    except ReprintError as failure:
        error = failure
        _record(feed, source, outcome, tools=tools, error=failure)
    entries = await ingest_pending(feed, source, supplier, tools=tools)
    report = PollReport(
        partner=supplier.key,
        feed=source.url,
        outcome=outcome,
        error=str(error) if error else None,
        remembered=remembered,
        entries=entries,
    )
    log.info("poll.done", **report.event)
    return report


def remember(answer: Answer, feed: FeedRecord, source: FeedSource, *, tools: Tools) -> tuple[str, Remembered]:
    """Keep what a feed's answer brought, in one transaction with its validators; return the outcome and the counts.

    Raises FeedError when the answer is no feed; nothing is kept then, so the next poll reads it anew.
    """
    if isinstance(answer, Gone):
        _record(feed, source, "gone", tools=tools)
        return "gone", Remembered()
    if not isinstance(answer, Fetched) or _digest(answer.content) == feed.body_hash:
        _record(feed, source, "unchanged", tools=tools)
        return "unchanged", Remembered()
    parsed = parse_feed(answer.content, headers=answer.headers, url=answer.final_url)
    now = tools.clock()
    with write(tools.engine) as connection:
        remembered = feeds.remember(connection, feed.id, parsed, now=now)
        feeds.record_poll(
            connection,
            feed.id,
            now=now,
            next_poll_at=next_poll(source.every, failures=0, error=None, now=now),
            outcome="changed",
            validators=answer.validators,
            body_hash=_digest(answer.content),
        )
    return "changed", remembered


async def ingest_pending(
    feed: FeedRecord, source: FeedSource, supplier: Partner, *, tools: Tools
) -> tuple[EntryReport, ...]:
    """Ingest the feed's entries that wait, one after another; a stop leaves the rest pending."""
    with read(tools.engine) as connection:
        waiting = feeds.pending(connection, feed.id, now=tools.clock())
    tools.progress(len(waiting), 0)
    reports = []
    for item in waiting:
        if tools.stopping():
            break
        reports.append(await ingest_entry(item, source, supplier, tools=tools))
        tools.progress(0, 1)
    return tuple(reports)


async def ingest_entry(item: PendingEntry, source: FeedSource, supplier: Partner, *, tools: Tools) -> EntryReport:
    """Take one entry all the way: page, article, judgement, store; or set it back, or give it up with its reason."""
    entry, url = item.entry, item.entry.url or ""
    try:
        return await ingest_article(url, entry, supplier, tools=tools, full_text=source.full_text, entry_id=item.id)
    except ReprintError as error:
        return _set_back(item, error, tools=tools)


async def ingest_article(
    url: str,
    entry: Entry | None,
    supplier: Partner,
    *,
    tools: Tools,
    full_text: bool = False,
    entry_id: int | None = None,
) -> EntryReport:
    """Fetch, extract, judge and keep the article at `url`; raises what of these fails."""
    article = await acquire(url, entry, full_text=full_text, tools=tools)
    now = tools.clock()
    with write(tools.engine) as connection:
        judged = assess(connection, article, supplier=supplier, sources=tools.sources, now=now)
        kept = keep(connection, judged, keeping=Keeping(now=now, actor=tools.actor, targets=tools.targets))
        if entry_id is not None:
            feeds.settle(connection, entry_id, article_id=kept.article_id)
    report = of_kept(article.headline, url, kept, judged.decision)
    log.info("article.kept", partner=supplier.key, url=url, article=kept.article_id, fate=report.fate.value)
    return report


def _record(
    feed: FeedRecord, source: FeedSource, outcome: str, *, tools: Tools, error: ReprintError | None = None
) -> None:
    now = tools.clock()
    due = next_poll(source.every, failures=feed.failures, error=error, now=now)
    message = str(error) if error else None
    with write(tools.engine) as connection:
        feeds.record_poll(connection, feed.id, now=now, next_poll_at=due, outcome=outcome, error=message)


def _set_back(item: PendingEntry, error: ReprintError, *, tools: Tools) -> EntryReport:
    due = next_attempt(error, attempts=item.attempts + 1, now=tools.clock())
    with write(tools.engine) as connection:
        if due is None:
            feeds.fail(connection, item.id, error=str(error))
        else:
            feeds.postpone(connection, item.id, error=str(error), due_at=due)
    report = of_failure(item.entry.headline, item.entry.url or "", error, final=due is None)
    log.warning(
        "entry.failed", url=report.url, fate=report.fate.value, error=str(error), again=due and due.isoformat()
    )
    return report


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
