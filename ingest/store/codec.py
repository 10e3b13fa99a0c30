"""Values to JSON and back, one adapter for each kind that the store keeps whole."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from ingest.article import Article, Origin
from ingest.attribution import Credit
from ingest.rights import Decision


@dataclass(frozen=True, kw_only=True)
class AttributionDocument:
    """What an attribution record keeps beside its columns."""

    origin: Origin
    decision: Decision
    credit: Credit


ARTICLE: TypeAdapter[Article] = TypeAdapter(Article)
ATTRIBUTION: TypeAdapter[AttributionDocument] = TypeAdapter(AttributionDocument)
