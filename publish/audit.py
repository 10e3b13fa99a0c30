"""Hold the records against the ledger, and each published page against its record: the findings, or none.

What is compared is the file that readers get, not what we believe we wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from ingest.assess import assess
from ingest.rights import Verdict
from ingest.sources import Sources
from ingest.store import ledger, publications
from ingest.store.publications import PublicationRow
from ingest.store.schema import attribution
from ingest.terms import LinkTarget, SearchPolicy
from publish.publication import Publication
from publish.publisher import load
from publish.site.build import StaticSite


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as the records say, or no longer as the terms demand."""

    code: str
    article_id: int
    #: The page, or the record.
    where: str
    #: What was expected and what was found.
    evidence: str
    next_step: str


_REPUBLISH = "run `reprint publish --rebuild`; if it comes back, find out who changes the page"


def check_site(
    connection: sa.Connection, site: StaticSite, *, sources: Sources, now: datetime
) -> tuple[int, list[Finding]]:
    """Check every page that the store calls published at the static site; return how many, and what was found."""
    rows = [row for row in publications.published(connection, site.name) if row.state == "published"]
    findings = [finding for row in rows for finding in _check(connection, row, site, sources, now)]
    return len(rows), findings


def _check(
    connection: sa.Connection, row: PublicationRow, site: StaticSite, sources: Sources, now: datetime
) -> Iterator[Finding]:
    publication, file = load(connection, row), site.file_of(row.slug)
    yield from _check_right(connection, row, publication, sources, now)
    try:
        page = lxml_html.document_fromstring(file.read_bytes())
    except (OSError, ValueError, etree.LxmlError) as error:
        yield _finding("page-missing", row, str(file), f"the page cannot be read: {error}", _REPUBLISH)
        return
    for code, evidence in page_faults(page, publication):
        yield _finding(code, row, str(file), evidence, _REPUBLISH)


def _check_right(
    connection: sa.Connection, row: PublicationRow, publication: Publication, sources: Sources, now: datetime
) -> Iterator[Finding]:
    attributed = publication.attributed
    supplier = sources.partner(attributed.partner)
    if supplier is None:
        evidence = f"its partner {attributed.partner!r} is no longer in the sources, so its terms are unknown"
        yield _finding(
            "partner-unknown", row, row.location or "", evidence, "add the partner, or withdraw the article"
        )
        return
    judged = assess(connection, attributed.article, supplier=supplier, sources=sources, now=now)
    if judged.decision.verdict is not Verdict.PUBLISH:
        reasons = " ".join(reason.message for reason in judged.decision.reasons)
        yield _finding(
            "permission-over", row, row.location or "", reasons, "run `reprint publish`: it takes the page down"
        )
    elif judged.credit != attributed.credit:
        evidence = f"the terms now ask for: {judged.credit.text}"
        yield _finding(
            "terms-changed", row, row.location or "", evidence, "run `reprint publish`: it updates the page"
        )


def page_faults(page: HtmlElement, publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield code and evidence of each way in which a page differs from its record (pure)."""
    attributed = publication.attributed
    credit, text = attributed.credit, _words(page.text_content())
    shown = [_words(node.text_content()) for node in page.find_class("credit")]
    if _words(credit.text) not in shown:
        yield "credit-missing", f"expected “{credit.text}”, found {shown or 'none'}"
    yield from (("byline-missing", f"expected “{n}”") for n in credit.byline if _words(n) not in text)
    if credit.tagline and _words(credit.tagline) not in text:
        yield "tagline-missing", f"expected “{credit.tagline}”"
    original, links = attributed.origin.url, set(page.xpath("//a/@href"))
    if attributed.terms.credit.link is LinkTarget.ARTICLE and original and original not in links:
        yield "link-missing", f"no link to the original, {original}"
    yield from _search_faults(page, attributed.terms.search, original)


def _search_faults(page: HtmlElement, policy: SearchPolicy, original: str | None) -> Iterator[tuple[str, str]]:
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    robots = {name.lower() for name in page.xpath("//meta[contains(@content, 'noindex')]/@name")}
    if policy is SearchPolicy.CANONICAL and original and canonical != original:
        yield "canonical-wrong", f"expected {original}, found {canonical or 'none'}"
    if policy is SearchPolicy.NOINDEX and "robots" not in robots:
        yield "noindex-missing", "the terms ask to keep it out of search engines"
    if policy is SearchPolicy.NEWS_NOINDEX and "googlebot-news" not in robots:
        yield "noindex-missing", "the terms ask to keep it out of news search"


def records_against_ledger(connection: sa.Connection) -> list[Finding]:
    """Compare each attribution record with what the ledger says was decided; the ledger's chain is checked apart."""
    said = {
        record.data["attribution"]: record
        for record in ledger.records(connection)
        if record.event in {f"article.{verdict.value}" for verdict in Verdict}
    }
    return [
        finding for row in connection.execute(sa.select(attribution)) for finding in _against(row, said.get(row.id))
    ]


def _against(row: sa.Row[tuple[object, ...]], record: ledger.Record | None) -> Iterator[Finding]:
    where, restore = f"attribution {row.id}", "restore the database from a backup, and find out who wrote to it"
    if record is None:
        yield Finding(
            code="not-in-ledger", article_id=0, where=where, evidence="no record of the decision", next_step=restore
        )
        return
    article_id, data = int(record.subject.removeprefix("article:")), record.data
    now = {"credit": row.credit_text, "terms": row.terms_digest, "origin": row.origin_name, "partner": row.partner}
    now["revision"] = row.revision_id
    for name, value in now.items():
        if data[name] != value:
            evidence = f"{name} was {data[name]!r} when decided, and is now {value!r}"
            yield Finding(
                code="record-edited", article_id=article_id, where=where, evidence=evidence, next_step=restore
            )


def _finding(code: str, row: PublicationRow, where: str, evidence: str, next_step: str) -> Finding:
    return Finding(code=code, article_id=row.article_id, where=where, evidence=evidence, next_step=next_step)


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
