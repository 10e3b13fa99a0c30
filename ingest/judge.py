"""From an article to an attributed one: whose it is, what our terms with them allow, the credit we owe (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

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
    #: When it may appear at the earliest, by an editor's word; None: at once.
    not_before: datetime | None = None


def whose(article: Article, *, supplier: Partner, sources: Sources) -> tuple[Origin, tuple[Terms, ...]]:
    """Return who first published the piece, and the terms that it may be judged by: one for each permission."""
    origin = resolve_origin(article, supplier=supplier, partners=sources.partners)
    return origin, terms_for(origin, partners=sources.partners, supplier=supplier)


def judge(
    article: Article,
    *,
    supplier: Partner,
    origin: Origin,
    terms: Terms,
    history: History,
    now: datetime,
    newsroom: str = "",
) -> AttributedArticle:
    """Decide about an article under its origin's terms, and attach the credit; `newsroom` is our own name."""
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
    decision = held_back(decision, _holds(history, now), released=history.released)
    return attribute(
        article=article,
        supplier=supplier,
        origin=origin,
        terms=terms,
        decision=decision,
        edited=history.edited,
        newsroom=newsroom,
    )


def _holds(history: History, now: datetime) -> Iterator[Reason]:
    if history.not_before is not None and now < history.not_before and history.taken_at is None:
        at = f"{history.not_before.astimezone(UTC):%Y-%m-%d %H:%M}"
        yield Reason(code="scheduled", message=f"An editor scheduled it for {at} UTC; it appears then by itself.")
    if history.collisions:
        places = ", ".join(history.collisions)
        message = f"Our words and the partner's newer ones collide: {places}. See `reprint articles merge`."
        yield Reason(code="edit-conflict", message=message)
    if history.like_withdrawn:
        message = (
            f"It is much like a piece that was withdrawn: {history.like_withdrawn}. Release it if it is another."
        )
        yield Reason(code="like-withdrawn", message=message, releasable=True)
