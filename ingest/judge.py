"""From an article to an attributed one: origin, terms, rights, credit, in this order (pure)."""

from __future__ import annotations

from datetime import datetime

from ingest.article import Article
from ingest.attribution import AttributedArticle, attribute
from ingest.origin import resolve_origin
from ingest.rights import decide, terms_for
from ingest.sources import Partner, Sources


def judge(
    article: Article, *, supplier: Partner, sources: Sources, now: datetime, released: bool = False
) -> AttributedArticle:
    """Find whose piece it is, what our terms with them allow, and the credit that is owed.

    `released` tells that a person has already let this article pass what a person may let pass.
    """
    origin = resolve_origin(article, supplier=supplier, partners=sources.partners)
    terms = terms_for(origin, partners=sources.partners)
    decision = decide(article=article, origin=origin, terms=terms, now=now, released=released)
    return attribute(article=article, supplier=supplier, origin=origin, terms=terms, decision=decision)
