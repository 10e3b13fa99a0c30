"""The audit: an untouched page has no findings, and each way of tampering has its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.sources import Sources
from ingest.store.database import read, write
from ingest.terms import CreditRule, Terms
from publish.audit import Finding, check_site, records_against_ledger
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NO_TERMS, NOW, SITE, article, partner, sources, take
from tests.tampering import unguard

KNOWN = sources(partner("forum"))
CREDIT = "This article, originally published by Forum, is republished with permission."


@pytest.fixture
def site(engine: sa.Engine, tmp_path: Path) -> StaticSite:
    """Return a site with one published page."""
    take(engine, article(), "forum", KNOWN)
    static = StaticSite(tmp_path / "site", SITE)
    publish_waiting(static, engine=engine, clock=lambda: NOW, actor="test")
    return static


def _check(engine: sa.Engine, site: StaticSite, known: Sources = KNOWN) -> list[Finding]:
    with read(engine) as connection:
        count, findings = check_site(connection, site, sources=known, now=NOW)
    assert count == 1
    return findings


def _page(site: StaticSite) -> Path:
    (page,) = (site.file_of("x").parent).glob("*.html")
    return page


def test_an_untouched_page_has_no_findings(engine: sa.Engine, site: StaticSite) -> None:
    """What we wrote is what the records say."""
    assert _check(engine, site) == []
    with read(engine) as connection:
        assert records_against_ledger(connection) == []


EDITS: list[tuple[str, Callable[[str], str], str]] = [
    ("the credit is gone", lambda text: text.replace('class="credit', 'class="x'), "credit-missing"),
    ("the credit names another", lambda text: text.replace(">Forum<", ">Us<"), "credit-missing"),
    ("the byline is gone", lambda text: text.replace("Jane Roe", "Our reporter"), "byline-missing"),
    (
        "the link to the original is gone",
        lambda text: text.replace("https://forum.example/tides", "#"),
        "link-missing",
    ),
    ("the canonical link is ours", lambda text: text.replace('rel="canonical"', 'rel="x"'), "canonical-wrong"),
]


@pytest.mark.parametrize(("edit", "code"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_each_edit_of_the_page_is_found(
    engine: sa.Engine, site: StaticSite, edit: Callable[[str], str], code: str
) -> None:
    """Whatever somebody changed in the file, the finding names it, says where and what to do."""
    page = _page(site)
    text = page.read_text(encoding="utf-8")
    assert edit(text) != text
    page.write_text(edit(text), encoding="utf-8")
    findings = [finding for finding in _check(engine, site) if finding.code == code]
    assert findings
    assert findings[0].where == str(page)
    assert "--rebuild" in findings[0].next_step


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_page_that_is_gone_or_empty_is_found(engine: sa.Engine, site: StaticSite, content: bytes | None) -> None:
    """A lost or emptied file is a finding, not an error."""
    page = _page(site)
    if content is None:
        page.unlink()
    else:
        page.write_bytes(content)
    codes = {finding.code for finding in _check(engine, site)}
    assert codes & {"page-missing", "credit-missing"}


def test_a_permission_that_is_gone_is_found(engine: sa.Engine, site: StaticSite) -> None:
    """The page is as recorded, but may no longer stand."""
    (finding,) = _check(engine, site, sources(partner("forum", NO_TERMS)))
    assert finding.code == "permission-over"


def test_terms_that_now_ask_for_another_credit_are_found(engine: sa.Engine, site: StaticSite) -> None:
    """The page shows what was owed then; the finding says what is owed now."""
    terms = Terms(grant=GRANTED.grant, mode=GRANTED.mode, credit=CreditRule(template="First in {origin}."))
    (finding,) = _check(engine, site, sources(partner("forum", terms)))
    assert finding.code == "terms-changed"
    assert "First in Forum." in finding.evidence


def test_a_partner_that_is_no_longer_known_is_found(engine: sa.Engine, site: StaticSite) -> None:
    """Terms that nobody can look up are a finding."""
    (finding,) = _check(engine, site, sources(partner("other")))
    assert finding.code == "partner-unknown"


@pytest.mark.parametrize("column", ["credit_text", "origin_name", "partner"])
def test_a_record_edited_behind_the_triggers_is_found(engine: sa.Engine, site: StaticSite, column: str) -> None:
    """The ledger says what was decided; a record that says otherwise was edited."""
    assert _page(site).exists()
    with write(engine) as connection:
        unguard(connection, "attribution")
        connection.exec_driver_sql(f"UPDATE attribution SET {column} = 'somebody else'")
    with read(engine) as connection:
        (finding,) = records_against_ledger(connection)
    assert finding.code == "record-edited"
    assert "somebody else" in finding.evidence
