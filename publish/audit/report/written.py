"""A report in the forms that people keep: HTML, CSV, JSON."""

from __future__ import annotations

import io
import json
from enum import StrEnum

from publish.audit.export import write_csv
from publish.audit.report.html import report_html
from publish.audit.report.table import COLUMNS, table_rows
from publish.audit.report.values import Report
from publish.console import plain


class Format(StrEnum):
    """What a report may be."""

    HTML = "html"
    CSV = "csv"
    JSON = "json"


def written(made: Report, kind: Format) -> str:
    """Return a report in one of its forms."""
    match kind:
        case Format.HTML:
            return report_html(made)
        case Format.JSON:
            return json.dumps(plain(made), ensure_ascii=False, indent=2, default=str) + "\n"
        case Format.CSV:
            buffer = io.StringIO(newline="")
            write_csv(buffer, COLUMNS, table_rows(made))
            return buffer.getvalue()
