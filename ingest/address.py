"""Which address an article is known by: its page's claim (rel=canonical), where nothing speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ingest import dedupe
from ingest.article import Article
from ingest.dedupe.addresses import is_front, plain_form
from ingest.dedupe.decide import PLAUSIBLE, stayed
from ingest.store import articles
from ingest.store.articles import KnownArticle


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """An article's address among its partner's, in identity form."""

    #: The article that the partner delivered from there before; None where it is the first time.
    known: KnownArticle | None = None
    address: str
    #: Where it was fetched, in identity form: it is found there too.
    fetched_from: str
    #: An article that only claimed the address, and was fetched elsewhere: it gives way.
    pretender: int | None = None


def find_address(connection: sa.Connection, article: Article, *, partner: str) -> Addressed:
    """Return the address that a partner's article goes by.

    The address at which it was fetched counts first; then the one that it claims, and the plain form of an AMP or
    mobile address, where no article with other words stands there, and it is no front page.
    """
    own = articles.identity(article.url)
    found = articles.find(connection, partner, own)
    if found is not None and _is_at_home(connection, found, article, own):
        return Addressed(known=found, address=own, fetched_from=own)
    if found is not None:
        return Addressed(address=own, fetched_from=own, pretender=found.id)
    return _by_claim(connection, article, partner, own)


def _by_claim(connection: sa.Connection, article: Article, partner: str, own: str) -> Addressed:
    claimed = articles.identity(article.canonical_url)
    for address in dict.fromkeys((claimed, plain_form(claimed), plain_form(own))):
        if address == own or is_front(address):
            continue
        found = articles.find(connection, partner, address)
        if found is not None and _same_words(connection, found, article):
            return Addressed(known=found, address=address, fetched_from=own)
        if found is None and address == claimed:
            return Addressed(address=address, fetched_from=own)
    return Addressed(address=own, fetched_from=own)


def _is_at_home(connection: sa.Connection, found: KnownArticle, article: Article, own: str) -> bool:
    """Tell whether a known article was fetched at this address, or is the one that comes from there now.

    A page may be rewritten from end to end and stays the article (rolling updates).
    """
    kept = articles.load(connection, found.revision_id)
    return articles.identity(kept.url) == own or _alike(kept, article)


def _same_words(connection: sa.Connection, found: KnownArticle, article: Article) -> bool:
    return _alike(articles.load(connection, found.revision_id), article)


def _alike(a: Article, b: Article) -> bool:
    mine, theirs = (
        dedupe.fingerprint(headline=one.headline, names=one.byline.names, text=one.body.text) for one in (a, b)
    )
    return stayed(mine, theirs) >= PLAUSIBLE
