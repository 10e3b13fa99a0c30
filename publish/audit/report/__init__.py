"""The report on one partner: what we republished of theirs in a period, how, and what is owed."""

from publish.audit.report.collect import collect
from publish.audit.report.html import report_html
from publish.audit.report.table import COLUMNS, table_rows
from publish.audit.report.values import Change, Piece, Report

__all__ = ["COLUMNS", "Change", "Piece", "Report", "collect", "report_html", "table_rows"]
