"""One feed, one pass: the story on one screen.

    fetch the feed -> remember its entries -> for each: fetch the page -> extract -> judge -> keep

Entries are remembered before anything is done with them, and each is kept in a transaction of its own: a pass may be
killed anywhere, and the next one goes on where it stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import structlog

from ingest.acquire import acquire
from ingest.assess import assess
from ingest.errors import ConfigError, ExtractCrashError, FeedError, FetchError, ReprintError, StoreError
from ingest.feed import Entry, read_changed
from ingest.feed.tombstones import read_tombstones
from ingest.fetch import FEED_MAX_BYTES, Fetched, Gone
from ingest.followup.begin import begin
from ingest.keep import Outcome, keep
from ingest.polled import FeedRecord, Standing, changed, digest, failed, gone, unchanged
from ingest.report import EntryReport, PollReport, of_failure, of_kept
from ingest.retraction import retract
from ingest.retry import next_attempt
from ingest.sources import FeedSource, Partner
from ingest.store import entries, feeds
from ingest.store.database import read
from ingest.store.entries import PendingEntry
from ingest.store.remember import Remembered, remember
from ingest.tools import Tools, keeping_of, writing

log = structlog.get_logger()

#: More new entries than this many times the most that ever came at once are a flood.
_FLOOD_FACTOR: Final = 3

#: Documents of so many bytes are read in some milliseconds, which is not worth a thread.
_AT_ONCE: Final = 64 * 1024

#: Keeps a feed's state, soon if not at once.
Save = Callable[[FeedRecord], None]


@dataclass(frozen=True, kw_only=True)
class Polled:
    """How asking a feed ended, and its state after it; `kept` tells whether that is in the store already."""

    feed: FeedRecord
    error: str | None = None
    note: str | None = None
    remembered: Remembered = field(default_factory=Remembered)
    kept: bool = False


async def poll_feed(
    source: FeedSource,
    supplier: Partner,
    feed: FeedRecord,
    *,
    tools: Tools,
    save: Save,
    pushed: Fetched | None = None,
    waiting: bool = True,
) -> PollReport:
    """Poll one feed and ingest what waits in it; a feed that fails is reported, never raised.

    With `pushed`, take that for the feed's document instead of asking for it. `waiting` tells whether entries of
    earlier polls may wait. Raises StoreError when nothing can be kept.
    """
    try:
        polled = await _taken(feed, source, pushed, tools) if pushed else None
        polled = polled or await _ask(source, supplier, feed, tools=tools)
    except (FetchError, FeedError, ConfigError) as error:
        polled = Polled(feed=failed(feed, source, error, now=tools.clock()), error=str(error))
    if not polled.kept:
        save(polled.feed)
    return await _finish(source, supplier, polled, tools=tools, waiting=waiting, was=feed)


async def _taken(feed: FeedRecord, source: FeedSource, pushed: Fetched, tools: Tools) -> Polled | None:
    """Take a pushed document; None where it is no feed, so that the feed itself is asked."""
    try:
        return await _take(feed, source, pushed, tools, pushed=True)
    except FeedError as error:
        log.warning("push.unreadable", feed=source.url, error=str(error))
        return None


async def finish_feed(source: FeedSource, supplier: Partner, feed: FeedRecord, *, tools: Tools) -> PollReport:
    """Ingest what waits in a feed without asking it for more: its turn has not come, it is parked or gone."""
    outcome, error, note = "waiting", None, None
    if feed.standing is not Standing.ACTIVE:
        outcome = feed.standing.value
        error = f"not polled, it is {outcome}: {feed.error} (put it right, then `reprint sources resume {feed.url}`)"
    elif feed.wait_until is not None and feed.wait_until > tools.clock():
        note = f"the server asked to be left alone until {feed.wait_until:%Y-%m-%d %H:%M} UTC"
    polled = Polled(feed=replace(feed, outcome=outcome), error=error, note=note)
    return await _finish(source, supplier, polled, tools=tools, waiting=True, was=feed)


async def _ask(source: FeedSource, supplier: Partner, feed: FeedRecord, *, tools: Tools) -> Polled:
    answer = await tools.fetcher.get(
        feed.address,
        validators=feed.validators,
        max_bytes=FEED_MAX_BYTES,
        credentials=tools.manners.credentials(supplier),
    )
    if isinstance(answer, Gone):
        error = _not_there(answer)
        return Polled(feed=gone(feed, source, answer, error, now=tools.clock()), error=str(error))
    if isinstance(answer, Fetched):
        return await _take(feed, source, answer, tools)
    return Polled(feed=unchanged(feed, source, answer, now=tools.clock()))


async def _take(
    feed: FeedRecord, source: FeedSource, answer: Fetched, tools: Tools, *, pushed: bool = False
) -> Polled:
    if digest(answer.content) == feed.body_hash:
        return Polled(feed=unchanged(feed, source, answer, now=tools.clock()))
    if len(answer.content) <= _AT_ONCE:
        return take_document(feed, source, answer, tools=tools, pushed=pushed)
    # A hostile feed may take seconds to parse, and other hosts must not wait for it.
    return await asyncio.to_thread(take_document, feed, source, answer, tools=tools, pushed=pushed)


def take_document(
    feed: FeedRecord, source: FeedSource, answer: Fetched, *, tools: Tools, pushed: bool = False
) -> Polled:
    """Keep what a feed's document brought, in one transaction with its state.

    Raises FeedError when the document is no feed; nothing is kept then, so the next poll reads it anew; as
    it does after a power cut that undoes what was kept.
    """
    parsed = read_changed(
        answer.content, headers=answer.headers, url=answer.final_url, source=source, state=feed.reader_state
    )
    now = tools.clock()
    usual = max(source.flood, _FLOOD_FACTOR * (feed.usual_new or 0))
    with writing(tools, lasting=False) as connection:
        remembered = remember(
            connection,
            feed.id,
            parsed,
            now=now,
            most_new=None if feed.body_hash is None else usual,
            full_text=source.full_text,
        )
        after = changed(feed, source, answer, parsed, new=remembered.new, now=now)
        retract(connection, feed.id, read_tombstones(answer.content), keeping=keeping_of(tools, now=now))
        if pushed:
            # What is pushed may be the new items alone, without the feed's own links.
            after = replace(after, hub=after.hub or feed.hub, topic=after.topic or feed.topic)
        feeds.save(connection, [after])
    return Polled(feed=after, remembered=remembered, note=_flood_note(feed, remembered), kept=True)


def _flood_note(feed: FeedRecord, remembered: Remembered) -> str | None:
    if not remembered.held:
        return None
    return (
        f"held as a flood: {remembered.held_why} (look at them with `reprint sources status --entries`, "
        f"then `reprint sources release-flood {feed.url}`)"
    )


async def _finish(
    source: FeedSource, supplier: Partner, polled: Polled, *, tools: Tools, waiting: bool, was: FeedRecord
) -> PollReport:
    due = waiting or polled.remembered.new or polled.remembered.changed or polled.remembered.restamped
    ingesting = due and not tools.remember_only
    reports = await ingest_pending(polled.feed, source, supplier, tools=tools) if ingesting else ()
    report = PollReport(
        partner=supplier.key,
        feed=source.url,
        outcome=polled.feed.outcome or "",
        error=polled.error,
        note=polled.note,
        remembered=polled.remembered,
        entries=reports,
    )
    log.info("poll.done", **report.event)
    if polled.feed.standing is not was.standing and polled.feed.standing is not Standing.ACTIVE:
        log.error(
            "feed.stopped",
            partner=supplier.key,
            feed=source.url,
            standing=polled.feed.standing.value,
            error=polled.error,
        )
    return report


async def ingest_pending(
    feed: FeedRecord, source: FeedSource, supplier: Partner, *, tools: Tools
) -> tuple[EntryReport, ...]:
    """Ingest the feed's entries that wait, one after another; a stop leaves the rest pending."""
    with read(tools.engine) as connection:
        waiting = entries.pending(connection, feed.id, now=tools.clock())
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
        return await ingest_article(url, entry, supplier, tools=tools, full_text=source.full_text, item=item)
    except StoreError:
        # The store's trouble is not the entry's: it stays pending as it is.
        raise
    except ReprintError as error:
        return _set_back(item, error, tools=tools)
    except Exception as error:
        log.exception("entry.crashed", partner=supplier.key, url=url)
        return _set_back(item, _as_crash(error, url), tools=tools)


async def ingest_article(
    url: str,
    entry: Entry | None,
    supplier: Partner,
    *,
    tools: Tools,
    full_text: bool = False,
    item: PendingEntry | None = None,
) -> EntryReport:
    """Fetch, extract, judge and keep the article at `url`; raises what of these fails."""
    article = await acquire(url, entry, supplier, full_text=full_text, tools=tools)
    now, sources = tools.clock(), tools.sources
    keeping = keeping_of(tools, now=now)
    with writing(tools) as connection:
        assessed = assess(connection, article, supplier=supplier, sources=sources, now=now)
        kept = keep(connection, assessed, keeping=keeping)
        begin(connection, kept.article_id, article, entry=entry, full_text=full_text, now=now)
        if item is not None:
            told_new = kept.outcome is not Outcome.UNCHANGED
            entries.settle(connection, item, article_id=kept.article_id, told_new=told_new)
    report = of_kept(article.headline, url, kept, assessed.judged.decision)
    log.info("article.kept", partner=supplier.key, url=url, article=kept.article_id, fate=report.fate.value)
    return report


def _set_back(item: PendingEntry, error: ReprintError, *, tools: Tools) -> EntryReport:
    due = next_attempt(error, attempts=item.attempts + 1, now=tools.clock())
    with writing(tools) as connection:
        if due is None:
            entries.fail(connection, item, error=str(error))
        else:
            entries.postpone(connection, item, error=str(error), due_at=due)
    report = of_failure(item.entry.headline, item.entry.url or "", error, final=due is None)
    log.warning(
        "entry.failed", url=report.url, fate=report.fate.value, error=str(error), again=due and due.isoformat()
    )
    return report


def _as_crash(error: Exception, url: str) -> ExtractCrashError:
    return ExtractCrashError(
        f"reprint failed on it: {type(error).__name__}: {error}",
        where=url,
        next_step="the rest goes on; please report this with the log's trace",
    )


def _not_there(answer: Gone) -> FeedError:
    if answer.permanent:
        return FeedError(
            "the server answers 410: the feed is gone for good, and is not asked for again",
            where=answer.url,
            next_step="ask the partner for its new address, and put that into sources.yaml",
        )
    return FeedError(
        f"the server answers {answer.status}: there is no feed at this address",
        where=answer.url,
        next_step="it is tried again later; has the partner moved it?",
    )
