"""Whether the originals are still up and unchanged: one polite, conditional request for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from ingest.acquire import fetch_page
from ingest.article import Article
from ingest.errors import ExtractError, FetchError
from ingest.extract import Page
from ingest.fetch import PAGE_MAX_BYTES, Fetched, Gone, NotModified, Validators
from ingest.following import read_whole
from ingest.sources import Partner
from ingest.store import bookmarks
from ingest.store.database import read, write
from ingest.store.publications import PublicationRow
from ingest.tools import Tools
from publish.audit.finding import Finding, finding
from publish.audit.reading import differing_words, squeezed
from publish.audit.site import rows_of
from publish.records import load


async def original_findings(tools: Tools, target: str) -> AsyncIterator[Finding]:
    """Yield originals that are gone, moved, changed, or cannot be had; those whose address is unknown are left out.

    Robots.txt and the partner's pauses are kept; a host is asked for one page at a time.
    """
    for row in rows_of(tools.engine, target):
        if row.state != "published":
            continue
        with read(tools.engine) as connection:
            attributed = load(connection, row).attributed
        origin = attributed.origin
        partner = tools.sources.partner(origin.key or attributed.partner)
        if origin.url is None or partner is None:
            continue
        original = _Original(row=row, url=origin.url, partner=partner, article=attributed.article, own=origin.own)
        for found in await _ask(tools, original):
            yield found


@dataclass(frozen=True, kw_only=True)
class _Original:
    """One original, and our copy of it."""

    row: PublicationRow
    url: str
    partner: Partner
    article: Article
    #: Delivered by the one who first published it.
    own: bool

    @property
    def comparable(self) -> bool:
        """Whether our words were read from this very page, not from a feed or a middleman's copy."""
        return self.own and not any(feed.full_text for feed in self.partner.feeds)

    def finding(self, code: str, evidence: str) -> Finding:
        return finding(code, evidence, where=self.url, article_id=self.row.article_id)


async def _ask(tools: Tools, original: _Original) -> list[Finding]:
    known = _remembered(tools, original)
    try:
        answer = await tools.fetcher.get(
            original.url,
            validators=Validators(**known["validators"]) if known else None,
            max_bytes=PAGE_MAX_BYTES,
            credentials=tools.manners.credentials(original.partner),
            gate=tools.manners.page_gate(original.partner),
        )
        match answer:
            case NotModified():
                return []
            case Gone(status=status):
                return [original.finding("original-gone", f"its server answers {status}")]
            case Fetched():
                return await _compare(tools, original, answer, known)
    except FetchError as error:
        return [original.finding("original-unreachable", str(error))]


async def _compare(tools: Tools, original: _Original, answer: Fetched, known: dict[str, Any] | None) -> list[Finding]:
    found = []
    if answer.permanent_url != original.url:
        found.append(original.finding("original-moved", f"to {answer.permanent_url}"))
    try:
        now = await _read(tools, original, answer)
    except ExtractError as error:
        return [*found, original.finding("original-gone", f"no article stands there any more: {error}")]
    new, was = _words(now), _words(original.article)
    digest = hashlib.sha256(new.encode()).hexdigest()
    if original.comparable and new != was:
        return [*found, original.finding("original-changed", differing_words(_text(original.article), _text(now)))]
    if not original.comparable and known is not None and known["words"] != digest:
        return [*found, original.finding("original-changed", "its words are not those of the last audit")]
    _remember(tools, original, answer.validators, digest)
    return found


async def _read(tools: Tools, original: _Original, answer: Fetched) -> Article:
    fetch = partial(
        fetch_page,
        fetcher=tools.fetcher,
        credentials=tools.manners.credentials(original.partner),
        gate=tools.manners.page_gate(original.partner),
    )
    page = Page(content=answer.content, url=answer.final_url, headers=answer.headers)
    return await read_whole(page, entry=None, rules=original.partner.extract, extractor=tools.extractor, fetch=fetch)


def _words(article: Article) -> str:
    return squeezed(_text(article))


def _text(article: Article) -> str:
    return f"{article.headline}\n{article.body.text}"


def _name(original: _Original) -> str:
    return f"original:{original.row.id}"


def _remembered(tools: Tools, original: _Original) -> dict[str, Any] | None:
    """Return what an earlier audit kept of the original, for this revision and address."""
    with read(tools.engine) as connection:
        text = bookmarks.get(connection, _name(original))
    kept = json.loads(text) if text else {}
    same = (kept.get("url"), kept.get("revision")) == (original.url, original.row.revision_id)
    return kept if same else None


def _remember(tools: Tools, original: _Original, validators: Validators, digest: str) -> None:
    value = {
        "url": original.url,
        "revision": original.row.revision_id,
        "validators": asdict(validators),
        "words": digest,
    }
    with write(tools.engine) as connection:
        bookmarks.put(connection, _name(original), json.dumps(value))
