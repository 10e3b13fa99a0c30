"""sources.yaml: our site, the partners, their feeds and their terms; read, checked, described."""

from ingest.sources.append import append_partners
from ingest.sources.load import load_sources
from ingest.sources.schema import STARTER, sources_schema
from ingest.sources.values import Auth, Colours, FeedKind, FeedSource, Palette, Partner, Section, Site, Sources

__all__ = [
    "STARTER",
    "Auth",
    "Colours",
    "FeedKind",
    "FeedSource",
    "Palette",
    "Partner",
    "Section",
    "Site",
    "Sources",
    "append_partners",
    "load_sources",
    "sources_schema",
]
