"""The desk's page of audit: findings, the ledger, reports."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import httpx

from ingest.store import ledger
from ingest.store.database import read, write
from ingest.store.schema import ledger as records
from tests.publish.desk.desking import Desk, form_of
from tests.tampering import unguard

_MONTH = {"from": "2026-01-01", "to": "2099-12-31"}


def _start(client: httpx.Client, what: str, **fields: str) -> httpx.Response:
    path = f"/audit/{what}"
    return client.post(path, data={**form_of(client.get("/audit").text, path), **fields})


def _until(client: httpx.Client, is_so: Callable[[str], bool]) -> str:
    page = ""
    for _ in range(300):
        page = client.get("/audit").text
        if is_so(page):
            return page
        time.sleep(0.1)
    raise AssertionError(page)


def test_a_check_finds_what_the_command_finds(desk: Desk) -> None:
    """An auditor may start it; a page whose credit was taken away is found, with evidence, article and what to do."""
    page = next((desk.folder / "site" / "articles").glob("*.html"))
    page.write_text(
        page.read_text().replace("republished with permission", "ours").replace("first published", "ours")
    )
    with desk.client("otto") as client:
        assert _start(client, "check").status_code == 200
        told = _until(client, lambda text: "Checked " in text)
        assert "asked for by otto" in told
        assert "credit-missing" in told
        assert page.name in told
        every = client.get("/audit/findings/credit-missing").text
        assert "What to do:" in every
        table = client.get("/audit/findings.csv")
        assert "attachment" in table.headers["content-disposition"]
        assert table.text.startswith("code,severity,article,where,evidence,what to do")
        assert "credit-missing" in table.text


def test_there_are_no_findings_before_a_check(desk: Desk) -> None:
    """Nothing is told that was not found out."""
    with desk.client("otto") as client:
        assert client.get("/audit/findings.csv").status_code == 404
        assert client.get("/audit/findings/credit-missing").status_code == 404
        assert client.get("/audit/report").status_code == 404
        assert "No daily audit was made yet" in client.get("/audit").text


def test_the_ledger_is_shown_and_verified(desk: Desk) -> None:
    """The head is the ledger's; recomputed, the chain is whole, also against a head kept elsewhere."""
    with read(desk.engine) as connection:
        head = ledger.head(connection)
    with desk.client("otto") as client:
        assert str(head) in client.get("/audit").text
        _start(client, "verify", head=str(head))
        assert "records is whole" in _until(client, lambda text: "Recomputed " in text)
        assert _start(client, "verify", head="12:nonsense").status_code == 400


def test_an_edited_ledger_is_found(desk: Desk) -> None:
    """A record that somebody changed in the database is named; so is a head that the ledger no longer has."""
    with write(desk.engine) as connection:
        unguard(connection, "ledger")
        connection.execute(records.update().where(records.c.seq == 5).values(actor="nobody"))
    with desk.client("otto") as client:
        _start(client, "verify")
        assert "record 5" in _until(client, lambda text: "was edited" in text)
        _start(client, "verify", head=f"99999:{'0' * 64}")
        _until(client, lambda text: "record 5" in text or "99999" in text)


def test_a_report_is_made_in_each_form(desk: Desk) -> None:
    """A partner's report is there to print, as CSV and as JSON; to print it runs nothing and is sandboxed."""
    with desk.client("otto") as client:
        _start(client, "report", partner="pacific-forum", **_MONTH)
        _until(client, lambda text: "Open to print" in text)
        printed = client.get("/audit/report")
        assert "Pacific Forum" in printed.text
        assert "sandbox" in printed.headers["content-security-policy"]
        assert client.get("/audit/report?as=csv").text.startswith("article,headline")
        assert json.loads(client.get("/audit/report?as=json").text)["partner"] == "pacific-forum"


def test_a_report_of_nobody_or_over_no_time_is_refused(desk: Desk) -> None:
    """Bad input is told, and starts nothing."""
    with desk.client("otto") as client:
        assert _start(client, "report", partner="nobody", **_MONTH).status_code == 404
        wrong = {"partner": "pacific-forum", "from": "2026-11-30", "to": "2026-11-01"}
        assert _start(client, "report", **wrong).status_code == 400
        assert _start(client, "report", **{**wrong, "from": "soon"}).status_code == 400
