"""The credit, and the article that carries it: the only thing that is ever published."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article, Origin
from ingest.rights import Decision, Verdict
from ingest.terms import Basis, Position, Terms


@dataclass(frozen=True, kw_only=True)
class Credit:
    """The attribution line as it will stand on the page; never rewritten once published.

    Raises ValueError where it is blank.
    """

    text: str
    #: The same words with at most links, escaped.
    html: str
    position: Position
    #: The authors as the terms want them named, in order.
    byline: tuple[str, ...]
    tagline: str | None = None
    #: BCP 47, of the default wording; None where the terms' own wording is used.
    language: str | None = None
    #: The public licence it is under, and its deed.
    licence: str | None = None
    licence_url: str | None = None
    #: The URL of the logo that has to stand beside it.
    logo: str | None = None
    #: The URL of the counting pixel that the page has to carry.
    pixel: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.html.strip():
            raise ValueError("a credit cannot be blank")


@dataclass(frozen=True, kw_only=True)
class AttributedArticle:
    """The only thing that a publisher accepts: an article with its origin, terms, decision and credit.

    Held and denied articles are attributed too, so that an editor sees, and the record keeps, the credit they would
    have; a publication refuses all but a decision to publish. Raises ValueError for a decision to publish under terms
    that rest on no permission.
    """

    article: Article
    #: The supplier's key and name.
    partner: str
    partner_name: str
    origin: Origin
    terms: Terms
    decision: Decision
    credit: Credit

    def __post_init__(self) -> None:
        if self.decision.verdict is Verdict.PUBLISH and self.terms.grant.basis is Basis.NONE:
            raise ValueError(
                f"{self.origin.name} gave no permission (basis: none), so nothing of theirs is published"
            )
