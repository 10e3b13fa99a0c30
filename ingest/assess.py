"""Judge an article in the light of what the store remembers of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from ingest.article import Article, Origin
from ingest.attribution import AttributedArticle
from ingest.edited import Effective, effective
from ingest.judge import History, judge, whose
from ingest.place import Place, find_place
from ingest.rights import choose, stands_until
from ingest.sources import Partner, Sources
from ingest.store import articles, choices, publications, rulings
from ingest.store.rulings import Ruling
from ingest.terms import Terms
from ingest.tombstone import like_withdrawn


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A judged article, with its place in the store and when time alone may next change the judgement."""

    judged: AttributedArticle
    place: Place
    look_again_at: datetime | None
    words: Effective


def assess(
    connection: sa.Connection,
    article: Article,
    *,
    supplier: Partner,
    sources: Sources,
    now: datetime,
    article_id: int | None = None,
    words: Effective | None = None,
) -> Assessment:
    """Find the article's place, and judge it as of `now`; `article_id` names it where it is kept already.

    Where we edited it, what is judged is our words, merged with the partner's; `words` are those that an editor just
    wrote.

    Remembers a person's release, when we first took the work, and how many of the origin's pieces we took lately;
    all this also where the partner moved the article, or another partner's copy of it came first. Of several
    permissions the one that lets us do more counts.
    """
    origin, permissions = whose(article, supplier=supplier, sources=sources)
    place = (
        find_place(connection, article, partner=supplier.key, origin=origin)
        if article_id is None
        else Place(known=articles.by_id(connection, article_id))
    )
    words = words or effective(connection, article, place.known, incoming=article_id is None)
    like = like_withdrawn(connection, place, article)
    not_before = choices.of(connection, place.known.id).not_before if place.known is not None else None
    candidates: list[tuple[AttributedArticle, datetime | None]] = []
    for terms in permissions:
        history = replace(
            _history(connection, place, origin, terms, now),
            edited=words.edited,
            collisions=words.places,
            like_withdrawn=like,
            not_before=not_before,
        )
        judged = judge(
            words.article,
            supplier=supplier,
            origin=origin,
            terms=terms,
            history=history,
            now=now,
            newsroom=sources.site.name,
        )
        candidates.append((judged, _look_again_at(judged, history, now)))
    best = choose([(judged.terms, judged.decision) for judged, _at in candidates])
    # Another permission may become the better one at its own time.
    again = min((at for _judged, at in candidates if at is not None), default=None)
    return Assessment(judged=candidates[best][0], place=place, look_again_at=again, words=words)


def _history(connection: sa.Connection, place: Place, origin: Origin, terms: Terms, now: datetime) -> History:
    recent: list[datetime] = []
    if terms.quota is not None and origin.key is not None:
        since = now - timedelta(days=terms.quota.days)
        recent = publications.taken_since(connection, origin.key, since=since, but_for=place.work_id)
    return History(
        released=place.known is not None and rulings.of(connection, place.known.id) is Ruling.RELEASED,
        taken_at=publications.first_published(connection, place.work_id) if place.work_id else None,
        recent=len(recent) if terms.quota is not None and origin.key is not None else None,
        quota_frees_at=min(recent) + timedelta(days=terms.quota.days) if recent and terms.quota else None,
    )


def _look_again_at(judged: AttributedArticle, history: History, now: datetime) -> datetime | None:
    """Return the next time at which time alone may change the verdict, or end the right to what is out."""
    ends = stands_until(judged.terms, taken_at=history.taken_at or now)
    times = (judged.decision.reconsider_at, ends, history.not_before)
    return min((at for at in times if at is not None and at > now), default=None)
