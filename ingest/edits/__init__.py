"""Our own changes to a partner's words: written as text, held against the terms, merged with the partner's (pure)."""

from ingest.edits.allowed import refusals
from ingest.edits.merge import Collision, Merged, Side, merge, merge_for
from ingest.edits.sheet import Sheet, parse_sheet, read_sheet, sheet_of, write_sheet

__all__ = [
    "Collision",
    "Merged",
    "Sheet",
    "Side",
    "merge",
    "merge_for",
    "parse_sheet",
    "read_sheet",
    "refusals",
    "sheet_of",
    "write_sheet",
]
