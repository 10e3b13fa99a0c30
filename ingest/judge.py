"""From an article to an attributed one: whose it is, what our terms with them allow, the credit we owe (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.article import Article, Origin
from ingest.attribution import AttributedArticle, attribute
from ingest.origin import resolve_origin
from ingest.rights import Reason, decide, held_back, terms_for
from ingest.sources import Partner, Sources
from ingest.terms import Terms


@dataclass(frozen=True, kw_only=True)
class History:
    """What happened before that a judgement must know."""

    #: A person has let this article pass what a person may let pass.
    released: bool = False
    #: When we first published the work; None while we have not.
    taken_at: datetime | None = None
    #: How many others of this origin we published in its quota's days; None: not counted, or no quota.
    recent: int | None = None
    #: When the oldest of these leaves the quota's days.
    quota_frees_at: datetime | None = None
    #: Its words were changed by us.
    edited: bool = False
    #: Where our words and the partner's newer ones collide.
    collisions: tuple[str, ...] = ()
    #: A withdrawn piece that it is much like.
    like_withdrawn: str | None = None


def whose(article: Article, *, supplier: Partner, sources: Sources) -> tuple[Origin, tuple[Terms, ...]]:
    """Return who first published the piece, and the terms that it may be judged by: one for each permission."""
    origin = resolve_origin(article, supplier=supplier, partners=sources.partners)
    return origin, terms_for(origin, partners=sources.partners, supplier=supplier)


def judge(
    article: Article, *, supplier: Partner, origin: Origin, terms: Terms, history: History, now: datetime
) -> AttributedArticle:
    """Decide about an article under its origin's terms, and attach the credit."""
    decision = decide(
        article=article,
        origin=origin,
        terms=terms,
        now=now,
        released=history.released,
        taken_at=history.taken_at,
        recent=history.recent,
        quota_frees_at=history.quota_frees_at,
    )
    decision = held_back(decision, _holds(history), released=history.released)
    return attribute(
        article=article,
        supplier=supplier,
        origin=origin,
        terms=terms,
        decision=decision,
        edited=history.edited,
    )


def _holds(history: History) -> Iterator[Reason]:
    if history.collisions:
        places = ", ".join(history.collisions)
        message = f"Our words and the partner's newer ones collide: {places}. See `reprint articles merge`."
        yield Reason(code="edit-conflict", message=message)
    if history.like_withdrawn:
        message = (
            f"It is much like a piece that was withdrawn: {history.like_withdrawn}. Release it if it is another."
        )
        yield Reason(code="like-withdrawn", message=message, releasable=True)
