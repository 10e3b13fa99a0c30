"""Audit: what checks find, with the evidence; the ledger's head and state; reports for partners."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import astuple
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ingest.errors import ConfigError
from ingest.store import alerts, bookmarks, ledger
from ingest.store.database import read
from ingest.store.ledger import Head
from publish.audit import Finding
from publish.audit.daily import BOOKMARK
from publish.audit.export import cell
from publish.audit.finding import CODES
from publish.audit.report import Report
from publish.audit.report.written import Format, written
from publish.desk.checking import Findings, check_all, report_on, verify_all
from publish.desk.long_work import LongWorks, Step, Work
from publish.desk.visiting import Visit, action, missing, page

#: Findings of one code at a glance, and on a page of their own.
_SHOWN: Final = 3
_AT_ONCE: Final = 50
#: What the last daily audit found, at a glance.
_DAILY: Final = 20
_COLUMNS: Final = ("code", "severity", "article", "where", "evidence", "what to do")
#: A report is a page by itself: it runs nothing, and what it holds reaches nobody.
_REPORT_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-modals"
_HEAD: Final = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})")
_TYPES: Final = {
    Format.HTML: "text/html; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}


def routes() -> list[Route]:
    """Return the routes; auditors may start what only looks."""
    return [
        page("/audit", audit),
        page("/audit/findings.csv", findings_csv),
        page("/audit/findings/{code}", findings),
        page("/audit/report", report),
        action("/audit/check", start_check, auditors=True),
        action("/audit/verify", start_verify, auditors=True),
        action("/audit/report", start_report, auditors=True),
    ]


def audit(visit: Visit) -> Response:
    """Show what was found and what runs."""
    works = works_of(visit.request).works
    check = works.get("check")
    found = check.result if check is not None and isinstance(check.result, Findings) else None
    with read(visit.room.engine) as connection:
        head = ledger.head(connection)
        daily_at = bookmarks.get(connection, BOOKMARK)
        daily, more = alerts.lasting(connection, "audit", limit=_DAILY)
    return visit.page(
        "audit.html",
        head=head,
        daily_at=datetime.fromisoformat(daily_at) if daily_at else None,
        daily=daily,
        more=more,
        check=check,
        found=_at_a_glance(found) if found else [],
        verify=works.get("verify"),
        report=works.get("report"),
        partners=visit.room.read_sources().partners,
        since=(visit.room.clock() - timedelta(days=30)).date(),
        today=visit.room.clock().date(),
    )


def findings(visit: Visit) -> Response:
    """Show all findings of one code, some on a page."""
    code, found = visit.request.path_params["code"], _found(visit)
    if found is None or code not in found.spool.counts:
        return missing(visit, "there are no such findings; start a check on the page Audit")
    count = found.spool.counts[code]
    pages = -(-count // _AT_ONCE)
    asked = visit.asked("page")
    number = min(max(int(asked) if re.fullmatch("[0-9]{1,6}", asked) else 1, 1), pages)
    return visit.page(
        "findings.html",
        code=code,
        severity=CODES[code][0].value,
        count=count,
        some=found.of(code, start=(number - 1) * _AT_ONCE, count=_AT_ONCE),
        number=number,
        pages=pages,
    )


def findings_csv(visit: Visit) -> Response:
    """Give all findings as a file for a spreadsheet."""
    found = _found(visit)
    if found is None:
        return missing(visit, "there are no findings; start a check on the page Audit")
    return StreamingResponse(_lines(found), media_type=_TYPES[Format.CSV], headers=_as_file("findings.csv"))


def report(visit: Visit) -> Response:
    """Give the report that was made last, to print or to keep."""
    made = works_of(visit.request).works.get("report")
    if made is None or not isinstance(made.result, Report):
        return missing(visit, "no report was made yet; make one on the page Audit")
    asked = visit.asked("as") or Format.HTML.value
    kind = Format(asked) if asked in set(Format) else Format.HTML
    content = written(made.result, kind)
    name = f"{made.result.partner}-{made.result.since}-{made.result.until}.{kind.value}"
    headers = {"content-security-policy": _REPORT_POLICY} if kind is Format.HTML else _as_file(name)
    return Response(content, headers=headers, media_type=_TYPES[kind])


def start_check(visit: Visit) -> Response:
    """Begin to hold what is out there against the records."""
    return _start(
        visit, "check", "Every published page against its record", partial(check_all, visit.room, visit.user.name)
    )


def start_verify(visit: Visit) -> Response:
    """Begin to recompute the ledger's chain."""
    text = visit.form.get("head", "").strip()
    return _start(
        visit, "verify", "The ledger's chain", partial(verify_all, visit.room, _saved(text) if text else None)
    )


def start_report(visit: Visit) -> Response:
    """Begin to collect a report on a partner."""
    partner = visit.room.read_sources().partner(visit.form.get("partner", ""))
    if partner is None:
        return missing(visit, "there is no such partner in the sources")
    since, until = _day(visit.form.get("from", "")), _day(visit.form.get("to", ""))
    if since > until:
        raise ConfigError(f"{since} comes after {until}", where="report", next_step="give the earlier day first")
    title = f"{partner.name}, {since:%-d %b %Y} to {until:%-d %b %Y}"
    return _start(visit, "report", title, lambda _step: report_on(visit.room, partner, since, until))


def works_of(request: Request) -> LongWorks:
    """Return the desk's long works."""
    works = request.app.state.works
    assert isinstance(works, LongWorks)  # noqa: S101 - for the type checker: the application's maker put it there
    return works


def _start(visit: Visit, kind: str, title: str, run: Callable[[Step], object]) -> Response:
    work = Work(kind=kind, title=title, by=visit.user.name, begun_at=visit.room.clock())
    begun = works_of(visit.request).start(work, run)
    return visit.go(f"/audit#{kind}", told=None if begun else "That runs already; its progress is below.")


def _found(visit: Visit) -> Findings | None:
    check = works_of(visit.request).works.get("check")
    return check.result if check is not None and isinstance(check.result, Findings) else None


def _at_a_glance(found: Findings) -> list[tuple[str, str, int, list[Finding]]]:
    return [
        (code, CODES[code][0].value, found.spool.counts[code], found.of(code, start=0, count=_SHOWN))
        for code in found.spool.codes
    ]


def _lines(found: Findings) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in chain([_COLUMNS], map(astuple, found.each())):
        writer.writerow([cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _as_file(name: str) -> dict[str, str]:
    safe = re.sub(r"[^A-Za-z0-9._-]", "-", name)
    return {"content-disposition": f'attachment; filename="{safe}"'}


def _saved(text: str) -> Head:
    parts = _HEAD.fullmatch(text)
    if parts is None:
        raise ConfigError("that is no head", where="ledger", next_step="give NUMBER:HASH as this page shows it")
    return Head(seq=int(parts[1]), hash=parts[2])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{text!r:.40} is no day", where="report", next_step="write it as 2026-11-30") from error
