"""A feed's entry to JSON and back; apart from the other values, as only polls need what reads feeds."""

from __future__ import annotations

from pydantic import TypeAdapter

from ingest.feed import Entry

ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
