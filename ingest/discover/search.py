"""The search for a site's feeds: every request through the one guarded fetcher, and few of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from ingest.discover.leads import FEED_PATHS, SitePage, customary, distinct_leads, read_page, robots_leads
from ingest.discover.values import Candidate, Discovery, Lead, Miss
from ingest.errors import FeedError, FetchError, ReprintError, StatusError
from ingest.feed import Entry, ParsedFeed, read_source
from ingest.feed.charset import decode_text
from ingest.feed.sitemap import child_sitemaps
from ingest.feed.text import lasting_words
from ingest.fetch import FEED_MAX_BYTES, Fetched, Fetcher
from ingest.sources.values import FeedKind, FeedSource
from ingest.urls import canonical_url, host_key

#: More than these are not asked for, whatever a page names.
MAX_REQUESTS: Final = 24

_MAX_CHILDREN: Final = 3

#: A text of fewer characters is taken for a teaser.
_WHOLE_TEXT: Final = 1000

_BEFORE: Final = datetime.min.replace(tzinfo=UTC)


async def discover(url: str, *, fetcher: Fetcher) -> Discovery:
    """Return the feeds of the site at `url`, each read once, the best first.

    Looked at are what the page announces and links, the site's REST API, news sitemaps by robots.txt, and customary
    addresses where the page names no feed. Raises FetchError when the page at `url` itself cannot be had.
    """
    page = await _get(url, fetcher)
    try:
        parsed = _read(page, FeedKind.AUTO)
    except FeedError:
        return await _of_site(page, fetcher)
    lead = Lead(url=page.final_url, why="the address given")
    home = parsed.home_url or page.final_url
    found = (_candidate(lead, parsed, page),)
    name = parsed.title or host_key(home).removeprefix("www.")
    return Discovery(name=name, url=home, language=parsed.language, candidates=found, missed=())


@dataclass(kw_only=True)
class _Search:
    """How far one search has come."""

    fetcher: Fetcher
    left: int = MAX_REQUESTS
    tried: set[str] = field(default_factory=set)
    found: list[Candidate] = field(default_factory=list)
    missed: list[Miss] = field(default_factory=list)

    async def follow(self, leads: Iterable[Lead], *, enough: int = MAX_REQUESTS) -> None:
        """Read what the leads lead to, until `enough` were found; what cannot be read is kept as a miss."""
        before = len(self.found)
        for lead in distinct_leads(leads):
            if self.left <= 0 or len(self.found) - before >= enough:
                return
            if canonical_url(lead.url) not in self.tried:
                await self._try(lead)

    async def _try(self, lead: Lead) -> None:
        self.tried.add(canonical_url(lead.url))
        self.left -= 1
        try:
            page = await _get(lead.url, self.fetcher)
            children = _children(page)
            if not children:
                self._keep(_candidate(lead, _read(page, _said(lead)), page))
        except ReprintError as error:
            self.missed.append(Miss(url=lead.url, reason=error.what))
            return
        await self.follow(children)

    def _keep(self, candidate: Candidate) -> None:
        if canonical_url(candidate.url) not in {canonical_url(other.url) for other in self.found}:
            self.found.append(candidate)


async def _of_site(page: Fetched, fetcher: Fetcher) -> Discovery:
    search = _Search(fetcher=fetcher)
    site = read_page(page.content, url=page.final_url, headers=page.headers)
    await search.follow(site.leads)
    if not any(candidate.kind is FeedKind.FEED for candidate in search.found):
        await search.follow(customary(page.final_url, FEED_PATHS), enough=1)
    await search.follow(await _sitemaps(page, fetcher))
    return _ranked(site, page.final_url, search)


async def _sitemaps(page: Fetched, fetcher: Fetcher) -> tuple[Lead, ...]:
    (address,) = customary(page.final_url, ["/robots.txt"])
    try:
        robots = (await _get(address.url, fetcher)).content
    except FetchError:
        # A site without one, or that keeps it from us, may have its sitemap where all have it.
        robots = b""
    return robots_leads(robots, url=page.final_url)


async def _get(url: str, fetcher: Fetcher) -> Fetched:
    answer = await fetcher.get(url, max_bytes=FEED_MAX_BYTES)
    if isinstance(answer, Fetched):
        return answer
    status = getattr(answer, "status", 304)
    raise StatusError(
        f"the server answers {status}", status=status, where=url, next_step="is that the address of its page?"
    )


def _said(lead: Lead) -> FeedKind:
    # A sitemap is taken for news only where it says so, as it is when nobody vouches for it.
    return FeedKind.AUTO if lead.kind is FeedKind.SITEMAP else lead.kind


def _read(page: Fetched, kind: FeedKind) -> ParsedFeed:
    source = FeedSource(url=page.final_url, every=timedelta(hours=1), kind=kind)
    return read_source(page.content, headers=page.headers, url=page.final_url, source=source)


def _children(page: Fetched) -> list[Lead]:
    listed = child_sitemaps(decode_text(page.content, page.headers), url=page.final_url)
    news = [address for address in listed if "news" in address.lower()][:_MAX_CHILDREN]
    return [Lead(url=address, why="named in the index of sitemaps", kind=FeedKind.SITEMAP) for address in news]


def _candidate(lead: Lead, parsed: ParsedFeed, page: Fetched) -> Candidate:
    dates = [date for entry in parsed.entries if (date := entry.published_at or entry.updated_at)]
    return Candidate(
        url=page.permanent_url,
        kind=lead.kind if lead.kind is not FeedKind.AUTO else _kind(parsed, page),
        why=lead.why,
        title=parsed.title,
        entries=len(parsed.entries),
        newest=max(dates, default=None),
        full_text=_is_full_text(parsed.entries),
    )


def _kind(parsed: ParsedFeed, page: Fetched) -> FeedKind:
    start = page.content.lstrip()[:1]
    news = parsed.entries and all(entry.guid is None and entry.summary is None for entry in parsed.entries)
    if start == b"[":
        return FeedKind.WORDPRESS
    return FeedKind.SITEMAP if news and b"<urlset" in page.content[:2000] else FeedKind.FEED


def _is_full_text(entries: tuple[Entry, ...]) -> bool:
    whole = [entry for entry in entries if len(lasting_words(entry.content or "")) >= _WHOLE_TEXT]
    return bool(entries) and len(whole) >= 0.8 * len(entries)


def _ranked(site: SitePage, url: str, search: _Search) -> Discovery:
    def worth(candidate: Candidate) -> tuple[object, ...]:
        order = (FeedKind.FEED, FeedKind.WORDPRESS, FeedKind.SITEMAP)
        return bool(candidate.entries), candidate.full_text, -order.index(candidate.kind)

    # The order in which a page names its feeds is its own ranking, which sorting keeps.
    ranked = sorted(search.found, key=worth, reverse=True)
    return Discovery(
        name=site.name, url=url, language=site.language, candidates=tuple(ranked), missed=tuple(search.missed)
    )
