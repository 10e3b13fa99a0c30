"""Proofs of permission that lie on somebody's server: fetched by the guarded way, and held against the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import suppress

from lxml import etree
from lxml.html import HtmlElement

from ingest.errors import FetchError
from ingest.fetch import Fetched, Gone
from ingest.sources.checks import EVIDENCE_MAX_BYTES
from ingest.tools import Tools
from publish.audit.evidence import held_against, proofs
from publish.audit.finding import Finding, finding
from publish.audit.reading import read_page, squeezed

#: What no reader takes for the rules, and what changes with each visit.
_FURNITURE = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe")


async def online_findings(tools: Tools) -> AsyncIterator[Finding]:
    """Yield the proofs at URLs that are gone, changed, or cannot be had; keep what is new.

    Robots.txt and the partner's pauses are kept. A page's hash is that of its words, as its bytes change with each
    advertisement; all else is hashed as it is.
    """
    for proof in proofs(tools.sources):
        if not proof.is_url:
            continue
        try:
            answer = await tools.fetcher.get(
                proof.evidence,
                max_bytes=EVIDENCE_MAX_BYTES,
                credentials=tools.manners.credentials(proof.partner),
                gate=tools.manners.page_gate(proof.partner),
            )
        except FetchError as error:
            yield finding("evidence-unreachable", f"{proof.evidence}: {error}", where=proof.where)
            continue
        if isinstance(answer, Gone):
            evidence = f"{proof.evidence}: its server answers {answer.status}"
            yield finding("evidence-missing", evidence, where=proof.where)
        elif isinstance(answer, Fetched):
            digest = evidence_hash(answer)
            for found in held_against(tools.engine, proof, digest, actor=tools.actor, now=tools.clock()):
                yield found


def evidence_hash(answer: Fetched) -> str:
    """Return the SHA-256 (hex) of a page's own words, without its furniture; of anything else that of its bytes."""
    said = answer.content
    if "html" in answer.headers.get("content-type", ""):
        # What is no page, whatever its server calls it, is hashed as it is too.
        with suppress(ValueError, etree.LxmlError):
            # A page that shows nothing without its scripts has only its bytes.
            said = squeezed(_own_words(read_page(answer.content))).encode() or said
    return hashlib.sha256(said).hexdigest()


def _own_words(page: HtmlElement) -> str:
    """Return the words of what the page itself calls its main part, else of all but its furniture."""
    etree.strip_elements(page, *_FURNITURE, with_tail=False)
    parts = page.xpath("//main") or page.xpath("//article") or [page]
    said = " ".join(str(part.text_content()) for part in parts)
    return said if said.strip() else str(page.text_content())
