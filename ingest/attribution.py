"""The credit we owe, in text and HTML, from the terms (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article, Origin
from ingest.rights import Decision
from ingest.terms import Position, Terms


@dataclass(frozen=True, kw_only=True)
class Credit:
    """The attribution line as it will stand on the page; never rewritten once published."""

    text: str
    #: The same words with at most links, escaped.
    html: str
    position: Position
    #: The authors as the terms want them named, in order.
    byline: tuple[str, ...]
    tagline: str | None = None


@dataclass(frozen=True, kw_only=True)
class AttributedArticle:
    """The only thing that a publisher accepts: an article with its origin, terms, decision and credit."""

    article: Article
    #: The supplier's key and name.
    partner: str
    partner_name: str
    origin: Origin
    terms: Terms
    decision: Decision
    credit: Credit
