"""Our own changes to a partner's words: written as text, held against the terms, merged with the partner's (pure)."""

from ingest.edits.allowed import refusals
from ingest.edits.merge import Collision, Merged, merge
from ingest.edits.sheet import Sheet, parse_sheet, read_sheet, sheet_of, write_sheet

__all__ = [
    "Collision",
    "Merged",
    "Sheet",
    "merge",
    "parse_sheet",
    "read_sheet",
    "refusals",
    "sheet_of",
    "write_sheet",
]
