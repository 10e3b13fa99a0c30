"""The one transaction in which a judged article is kept: article, revision, attribution, ledger, outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from ingest import dedupe
from ingest.attribution import AttributedArticle
from ingest.handover import hand_over
from ingest.rights import Verdict, stands_until
from ingest.store import articles, attributions, fingerprints, ledger, seals, standings, works
from ingest.store.articles import KnownArticle


class Outcome(StrEnum):
    """What an ingested entry turned out to be."""

    NEW = "new"
    COPY = "copy"
    REVISION = "revision"
    REJUDGED = "rejudged"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How an article was kept."""

    article_id: int
    work_id: int
    outcome: Outcome
    verdict: Verdict
    #: Why it is new or a copy, in a sentence.
    reason: str


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What every record of a pass shares: when, who, and the targets that are published to."""

    now: datetime
    actor: str
    targets: Sequence[str]


def keep(connection: sa.Connection, judged: AttributedArticle, *, keeping: Keeping) -> Kept:
    """Keep a judged article and what follows from it; the caller's transaction makes it all or nothing.

    Keeping the same article again changes nothing, so a pass that was killed may simply be repeated.
    """
    known = articles.find(connection, judged.partner, judged.article.canonical_url)
    if known is not None:
        return _again(connection, judged, known, keeping)
    candidate = dedupe.candidate_of(judged)
    relation = dedupe.decide(candidate, fingerprints.candidates(connection, candidate))
    if isinstance(relation, dedupe.Revision):
        return _moved(connection, judged, relation, keeping)
    return _first(connection, judged, relation, keeping)


def _first(
    connection: sa.Connection,
    judged: AttributedArticle,
    relation: dedupe.New | dedupe.Copy | dedupe.Neighbour,
    keeping: Keeping,
) -> Kept:
    copy = isinstance(relation, dedupe.Copy)
    if isinstance(relation, dedupe.Copy):
        work_id = relation.work_id
    else:
        work_id = works.create(connection, headline=judged.article.headline, now=keeping.now)
    article_id = articles.add(
        connection,
        judged.article,
        partner=judged.partner,
        work_id=work_id,
        relation=type(relation).__name__.lower(),
        reason=relation.reason,
        now=keeping.now,
    )
    if copy:
        payload = {"work": work_id, "reason": relation.reason}
        _log(connection, keeping, "article.merged", f"article:{article_id}", payload)
    revision_id = _add_revision(connection, judged, article_id, keeping)
    _attribute(connection, judged, article_id, revision_id, keeping)
    hand_over(connection, work_id, targets=keeping.targets, now=keeping.now)
    outcome = Outcome.COPY if copy else Outcome.NEW
    return _kept(article_id, work_id, outcome, judged, relation.reason)


def _moved(connection: sa.Connection, judged: AttributedArticle, relation: dedupe.Revision, keeping: Keeping) -> Kept:
    """Keep an article that the partner moved to another URL: the same article, now found there too."""
    articles.add_address(
        connection, relation.article_id, partner=judged.partner, canonical_url=judged.article.canonical_url
    )
    payload = {"url": judged.article.canonical_url, "reason": relation.reason}
    _log(connection, keeping, "article.moved", f"article:{relation.article_id}", payload)
    known = articles.find(connection, judged.partner, judged.article.canonical_url)
    if known is None:
        raise AssertionError("an article that was just moved is not where it was moved to")
    return _again(connection, judged, known, keeping)


def _again(connection: sa.Connection, judged: AttributedArticle, known: KnownArticle, keeping: Keeping) -> Kept:
    changed = articles.content_hash(judged.article) != known.content_hash
    if not changed and not rejudged(judged, attributions.load(connection, known.attribution_id)):
        standings.look_again(connection, known.id, at=_look_again_at(judged, keeping))
        return _kept(known.id, known.work_id, Outcome.UNCHANGED, judged, "nothing changed")
    revision_id = known.revision_id
    if changed:
        revision_id = _add_revision(connection, judged, known.id, keeping)
    _attribute(connection, judged, known.id, revision_id, keeping)
    hand_over(connection, known.work_id, targets=keeping.targets, now=keeping.now)
    outcome = Outcome.REVISION if changed else Outcome.REJUDGED
    return _kept(
        known.id, known.work_id, outcome, judged, "the partner changed it" if changed else "its terms changed"
    )


def rejudged(new: AttributedArticle, old: AttributedArticle) -> bool:
    """Tell whether a judgement differs from the one that stands, in verdict, reasons, terms, origin or credit."""
    return (new.decision, new.terms.digest, new.origin, new.credit) != (
        old.decision,
        old.terms.digest,
        old.origin,
        old.credit,
    )


def _add_revision(connection: sa.Connection, judged: AttributedArticle, article_id: int, keeping: Keeping) -> int:
    revision_id = articles.add_revision(connection, judged.article, article_id=article_id, now=keeping.now)
    candidate = dedupe.candidate_of(judged)
    fingerprints.index(
        connection,
        article_id,
        candidate.fingerprint,
        language=candidate.language,
        origin_url=candidate.origin_url,
    )
    return revision_id


def _attribute(
    connection: sa.Connection, judged: AttributedArticle, article_id: int, revision_id: int, keeping: Keeping
) -> None:
    if attributions.keep_terms(connection, judged.terms, now=keeping.now):
        subject = f"terms:{judged.terms.digest}"
        _log(connection, keeping, "terms.recorded", subject, {"origin": judged.origin.name})
    attribution_id = attributions.add(connection, judged, revision_id=revision_id, now=keeping.now)
    standings.stand(
        connection,
        article_id=article_id,
        revision_id=revision_id,
        attribution_id=attribution_id,
        decision=judged.decision,
        reconsider_at=_look_again_at(judged, keeping),
    )
    payload = {
        "attribution": attribution_id,
        "revision": revision_id,
        "partner": judged.partner,
        "origin": judged.origin.name,
        "terms": judged.terms.digest,
        "reasons": [reason.code for reason in judged.decision.reasons],
        "credit": judged.credit.text,
        "byline": list(judged.credit.byline),
        "seals": seals.of_decision(connection, attribution_id=attribution_id, revision_id=revision_id),
    }
    _log(connection, keeping, f"article.{judged.decision.verdict.value}", f"article:{article_id}", payload)


def _look_again_at(judged: AttributedArticle, keeping: Keeping) -> datetime | None:
    """Return the next time at which time alone may change the verdict."""
    if judged.decision.verdict is Verdict.PUBLISH:
        at = stands_until(judged.terms, taken_at=keeping.now)
    else:
        at = judged.decision.reconsider_at
    return at if at is not None and at > keeping.now else None


def _log(
    connection: sa.Connection,
    keeping: Keeping,
    event: str,
    subject: str,
    payload: Mapping[str, object],
) -> None:
    ledger.append(connection, at=keeping.now, actor=keeping.actor, event=event, subject=subject, payload=payload)


def _kept(article_id: int, work_id: int, outcome: Outcome, judged: AttributedArticle, reason: str) -> Kept:
    return Kept(
        article_id=article_id, work_id=work_id, outcome=outcome, verdict=judged.decision.verdict, reason=reason
    )
