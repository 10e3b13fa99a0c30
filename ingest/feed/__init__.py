"""Bytes to entries: RSS, RDF, Atom, CDF and JSON Feed (pure)."""

from ingest.feed.entry import Entry, ParsedFeed, SetAside
from ingest.feed.parse import parse_feed

__all__ = ["Entry", "ParsedFeed", "SetAside", "parse_feed"]
