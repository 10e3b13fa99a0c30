"""The tables; they refuse what must never happen: a publication without attribution, an attribution without terms.

Mutable state (feed, entry, standing, ruling, publication) and immutable records (revision, attribution, terms,
ledger) stand in tables of their own.
"""

from __future__ import annotations

from ingest.store.schema.base import Id, UtcDateTime, metadata
from ingest.store.schema.intake import entry, feed, subscription
from ingest.store.schema.outgoing import catalogue, listing, publication, remote, stale_listing
from ingest.store.schema.pieces import article, article_address, attribution, revision, ruling, standing, terms, work
from ingest.store.schema.records import alert, bookmark, ledger

__all__ = [
    "Id",
    "UtcDateTime",
    "alert",
    "article",
    "article_address",
    "attribution",
    "bookmark",
    "catalogue",
    "entry",
    "feed",
    "ledger",
    "listing",
    "metadata",
    "publication",
    "remote",
    "revision",
    "ruling",
    "stale_listing",
    "standing",
    "subscription",
    "terms",
    "work",
]
