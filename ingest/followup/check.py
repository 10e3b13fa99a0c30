"""One published article is asked for again: unchanged, changed and kept, gone, or not to be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import sqlalchemy as sa
import structlog

from ingest.acquire import fetch_page
from ingest.article import Article
from ingest.assess import assess
from ingest.attribution import AttributedArticle
from ingest.claims import alone_on_host
from ingest.errors import ConfigError, ExtractError, FetchError, ReprintError, StaleClaimError
from ingest.extract import Page
from ingest.fetch import PAGE_MAX_BYTES, Fetched, Gone, NotModified, Validators
from ingest.following import read_whole
from ingest.followup import gone, timing
from ingest.followup.host import host_of
from ingest.keep import Outcome, keep
from ingest.sources import Partner
from ingest.store import articles, attributions, followups
from ingest.store.database import read
from ingest.store.followups import Due, Role, Watch
from ingest.takedown import take_down
from ingest.tools import Tools, keeping_of, writing
from ingest.urls import canonical_url, host_key

log = structlog.get_logger()

#: Outcomes that a person may have to look at.
TROUBLES: Final = frozenset({"host-failing", "many-gone", "copy-gone", "elsewhere", "unreadable", "failed"})


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What asking for one address brought."""

    article_id: int
    partner: str
    url: str
    #: unchanged, changed, gone, withdrawn, overruled, busy (another worker has its host), or one of `TROUBLES`.
    outcome: str
    note: str = ""

    @property
    def troubled(self) -> bool:
        """Whether a person may have to look."""
        return self.outcome in TROUBLES


@dataclass(frozen=True, kw_only=True)
class _Case:
    """What one check works on."""

    due: Due
    supplier: Partner
    attributed: AttributedArticle
    url: str

    @property
    def has_other_original(self) -> bool:
        return original_of(self.attributed) is not None


async def check(due: Due, *, tools: Tools) -> Checked:
    """Ask for one address of a published article, and keep what follows; what cannot be had is told, not raised."""
    with read(tools.engine) as connection:
        attributed = attributions.load(connection, due.attribution_id)
    url = original_of(attributed) if due.watch.role is Role.ORIGINAL else attributed.article.url
    key = attributed.origin.key if due.watch.role is Role.ORIGINAL else due.partner
    supplier = tools.sources.partner(key or due.partner) or tools.sources.partner(due.partner)
    if url is None or supplier is None:
        why = (
            "its partner is not in the sources any more" if supplier is None else "its original is not known any more"
        )
        return _failed(due, url or attributed.article.url, ConfigError(why), tools)
    due = replace(due, watch=replace(due.watch, host=host_key(url)))
    case = _Case(due=due, supplier=supplier, attributed=attributed, url=url)
    try:
        async with alone_on_host(tools, due.watch.host) as ours:
            checked = await _ask_or_fail(case, ours)
    except StaleClaimError as error:
        # It is still due, and the other worker's to ask or the next round's.
        checked = _checked(case, "busy", str(error))
    log.info("followup.done", article=checked.article_id, url=url, outcome=checked.outcome, note=checked.note)
    return checked


async def _ask_or_fail(case: _Case, tools: Tools) -> Checked:
    try:
        return await _ask(case, tools)
    except (FetchError, ConfigError) as error:
        return _failed(case.due, case.url, error, tools)


def original_of(attributed: AttributedArticle) -> str | None:
    """Return where the origin has the piece, where that is another address than the one that was delivered."""
    original, article = attributed.origin.url, attributed.article
    if original is None:
        return None
    ours = {canonical_url(article.url), canonical_url(article.canonical_url)}
    return None if canonical_url(original) in ours else original


async def _ask(case: _Case, tools: Tools) -> Checked:
    watch = case.due.watch
    answer = await tools.fetcher.get(
        case.url,
        validators=Validators(etag=watch.etag, last_modified=watch.last_modified),
        max_bytes=PAGE_MAX_BYTES,
        credentials=tools.manners.credentials(case.supplier),
        gate=tools.manners.page_gate(case.supplier),
    )
    match answer:
        case Gone(status=status):
            return await _gone(case, status, tools)
        case NotModified():
            return _quiet(case, watch, tools)
        case Fetched() if watch.role is Role.ORIGINAL:
            # Its words are compared where they are delivered; here it is enough that it stands.
            return _quiet(case, _validated(watch, answer), tools)
        case Fetched():
            return await _read(case, answer, tools)


async def _gone(case: _Case, status: int, tools: Tools) -> Checked:
    now, watch = tools.clock(), case.due.watch
    with read(tools.engine) as connection:
        followed, lost = followups.gone_on(connection, watch.host)
    known = 0 if watch.gone_since else 1
    host = await host_of(case.url, case.supplier, followed=followed, gone=lost + known, tools=tools)
    verdict = gone.found_gone(watch, status=status, host=host, now=now)
    watch, reason = verdict.watch, f"its original is gone: {case.url} answers {status}, confirmed"
    if verdict.confirmed and watch.role is Role.PAGE and case.has_other_original:
        verdict = replace(verdict, confirmed=False)
        watch = replace(watch, outcome="copy-gone", next_check_at=now + timing.LONGEST)
    with writing(tools) as connection:
        followups.save(connection, watch)
        if not verdict.confirmed:
            return _checked(case, watch.outcome or "", watch.error or "")
        since = f" since {watch.gone_since:%Y-%m-%d %H:%M} UTC" if watch.gone_since else ""
        taken = take_down(connection, watch.article_id, reason=reason + since, keeping=keeping_of(tools, now=now))
    return _checked(case, "withdrawn" if taken else "copy-gone", reason)


def _quiet(case: _Case, watch: Watch, tools: Tools) -> Checked:
    after = _answered(watch, tools, outcome="unchanged", quiet=watch.quiet + 1)
    with writing(tools) as connection:
        followups.save(connection, after)
        _watch_original(case, tools, connection)
    return _checked(case, "unchanged")


async def _read(case: _Case, answer: Fetched, tools: Tools) -> Checked:
    watch = case.due.watch
    try:
        article = await _article(case, answer, tools)
    except ExtractError as error:
        # A page that says "not found" with 200, a wall, a new layout: no proof of anything.
        return _failed(case.due, case.url, error, tools, outcome="unreadable")
    digest = articles.content_hash(article)
    if digest == watch.digest or watch.digest is None:
        return _quiet(case, replace(_validated(watch, answer), digest=digest), tools)
    return _changed(case, article, replace(_validated(watch, answer), digest=digest), tools)


async def _article(case: _Case, answer: Fetched, tools: Tools) -> Article:
    with read(tools.engine) as connection:
        entry = followups.entry_of(connection, case.due.watch.article_id)
    # What the feed said of the last change is old by now.
    entry = replace(entry, updated_at=None) if entry is not None else None
    page = Page(content=answer.content, url=answer.final_url, headers=answer.headers)
    fetch = partial(
        fetch_page,
        fetcher=tools.fetcher,
        credentials=tools.manners.credentials(case.supplier),
        gate=tools.manners.page_gate(case.supplier),
    )
    rules = case.supplier.extract
    return await read_whole(page, entry=entry, rules=rules, extractor=tools.extractor, fetch=fetch)


def _changed(case: _Case, article: Article, watch: Watch, tools: Tools) -> Checked:
    now = tools.clock()
    with writing(tools) as connection:
        assessed = assess(connection, article, supplier=case.supplier, sources=tools.sources, now=now)
        known = assessed.place.known
        if known is None or known.id != watch.article_id:
            elsewhere = replace(watch, outcome="elsewhere", error=f"it leads to another article: {article.url}")
            followups.save(connection, _postponed(elsewhere, tools))
            return _checked(case, "elsewhere", elsewhere.error or "")
        kept = keep(connection, assessed, keeping=keeping_of(tools, now=now))
        outcome = "unchanged" if kept.outcome is Outcome.UNCHANGED else "changed"
        quiet = watch.quiet + 1 if outcome == "unchanged" else 0
        followups.save(connection, _answered(watch, tools, outcome=outcome, quiet=quiet))
        _watch_original(case, tools, connection)
    return _checked(case, outcome, f"{kept.reason}; its verdict: {kept.verdict.value}")


def _watch_original(case: _Case, tools: Tools, connection: sa.Connection) -> None:
    """Follow the original too, where a middleman delivered the article."""
    if case.due.watch.role is Role.PAGE and case.has_other_original:
        followups.watch(connection, case.due.watch.article_id, role=Role.ORIGINAL, at=tools.clock() + timing.FIRST)


def _answered(watch: Watch, tools: Tools, *, outcome: str, quiet: int) -> Watch:
    now = tools.clock()
    due = timing.next_check(quiet=quiet, article_id=watch.article_id, now=now)
    there = gone.found_there(watch)
    return replace(there, outcome=outcome, quiet=quiet, checked_at=now, next_check_at=due)


def _validated(watch: Watch, answer: Fetched) -> Watch:
    return replace(watch, etag=answer.validators.etag, last_modified=answer.validators.last_modified)


def _failed(due: Due, url: str, error: ReprintError, tools: Tools, *, outcome: str = "failed") -> Checked:
    asked = error.retry_after if isinstance(error, FetchError) else None
    watch = replace(due.watch, outcome=outcome, error=str(error))
    with writing(tools) as connection:
        followups.save(connection, _postponed(watch, tools, retry_after=asked))
    return Checked(article_id=due.watch.article_id, partner=due.partner, url=url, outcome=outcome, note=str(error))


def _postponed(watch: Watch, tools: Tools, *, retry_after: float | None = None) -> Watch:
    now, failures = tools.clock(), watch.failures + 1
    due = timing.after_failure(failures=failures, article_id=watch.article_id, retry_after=retry_after, now=now)
    return replace(watch, failures=failures, checked_at=now, next_check_at=due)


def _checked(case: _Case, outcome: str, note: str = "") -> Checked:
    watch = case.due.watch
    return Checked(article_id=watch.article_id, partner=case.due.partner, url=case.url, outcome=outcome, note=note)
