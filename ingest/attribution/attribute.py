"""An article with its decision to an article with its credit (pure)."""

from __future__ import annotations

from ingest.article import Article, Origin
from ingest.attribution.credit import credit_for
from ingest.attribution.values import AttributedArticle
from ingest.rights import Decision
from ingest.sources import Partner
from ingest.terms import Terms


def attribute(
    *,
    article: Article,
    supplier: Partner,
    origin: Origin,
    terms: Terms,
    decision: Decision,
    edited: bool = False,
    newsroom: str = "",
) -> AttributedArticle:
    """Return the article with the credit that its origin's terms demand, whatever the decision says.

    `edited`: its words were changed by us, whose name `newsroom` is. Raises ValueError where the decision is to
    publish and the terms rest on no permission.
    """
    credit = credit_for(
        article=article,
        supplier=supplier,
        origin=origin,
        terms=terms,
        mode=decision.mode,
        edited=edited,
        newsroom=newsroom,
    )
    return AttributedArticle(
        article=article,
        partner=supplier.key,
        partner_name=supplier.name,
        origin=origin,
        terms=terms,
        decision=decision,
        credit=credit,
    )
