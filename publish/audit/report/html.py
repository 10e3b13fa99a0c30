"""A report as one HTML file that needs nothing beside it, for the screen and for paper."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from ingest.printable import printable
from publish.audit.report.values import Report
from publish.body_html import safe_href


def report_html(report: Report) -> str:
    """Return the report as HTML; everything of a partner's in it is escaped."""
    return printable(_environment().get_template("report.html").render(report=report))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("publish.audit.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(moment=_moment, date=_date, day=_day, until=_until, span=_span, href=safe_href)
    return made


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%-d %b %Y, %H:%M}"


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%-d %b %Y}"


def _until(at: datetime) -> str:
    """Return the last moment before a time: of midnight, the day that it ends, as contracts say it."""
    if at.astimezone(UTC).time() != time():
        return _moment(at)
    return f"the end of {_day(at.astimezone(UTC) - timedelta(days=1))}"


def _day(at: datetime) -> str:
    return f"{at:%-d %B %Y}"


def _span(delay: timedelta) -> str:
    """Return a span of time as people say it."""
    minutes = round(delay.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 60 / 24:.0f} days"
