"""Bytes to entries: feeds of every kind, and what stands in for a feed (pure)."""

from ingest.feed.entry import Entry, ParsedFeed, SetAside
from ingest.feed.parse import parse_feed
from ingest.feed.source import read_changed, read_source

__all__ = ["Entry", "ParsedFeed", "SetAside", "parse_feed", "read_changed", "read_source"]
