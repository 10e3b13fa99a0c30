"""From a judged article to the candidate that the decision looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.dedupe.addresses import plain_form
from ingest.dedupe.fingerprint import fingerprint
from ingest.dedupe.known import Candidate
from ingest.urls import canonical_url

if TYPE_CHECKING:
    from ingest.article import Article, Origin


def candidate_of(article: Article, *, partner: str, origin: Origin, apart: frozenset[int] = frozenset()) -> Candidate:
    """Return the candidate for a partner's article; `apart` are the works that a person said it is not part of."""
    return Candidate(
        partner=partner,
        canonical_url=canonical_url(article.canonical_url),
        other_urls=frozenset(
            {canonical_url(article.url), plain_form(article.url), plain_form(article.canonical_url)}
        ),
        origin_url=canonical_url(origin.url) if origin.url and not origin.own else None,
        guid=article.guid,
        headline=article.headline,
        published_at=article.published_at,
        language=article.language,
        fingerprint=fingerprint(headline=article.headline, names=article.byline.names, text=article.body.text),
        apart=apart,
    )
