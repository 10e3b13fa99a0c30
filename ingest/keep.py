"""The one transaction in which a judged article is kept: article, revision, attribution, ledger, outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa

from ingest import dedupe
from ingest.address import Addressed
from ingest.article import Article
from ingest.assess import Assessment
from ingest.attribution import AttributedArticle
from ingest.correcting import note_corrections
from ingest.handover import hand_over
from ingest.keeping import Keeping
from ingest.merging import merge_in, partners_newest
from ingest.revisions import classify
from ingest.rights import Verdict
from ingest.store import articles, attributions, fingerprints, ledger, seals, search, standings, works
from ingest.store.articles import KnownArticle
from ingest.tombstone import note_likeness

__all__ = ["Keeping", "Kept", "Outcome", "attribute_revision", "keep", "rejudged"]


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


def keep(connection: sa.Connection, assessed: Assessment, *, keeping: Keeping) -> Kept:
    """Keep a judged article and what follows from it; the caller's transaction makes it all or nothing.

    Keeping the same article again changes nothing, so a pass that was killed may simply be repeated.
    """
    place = assessed.place
    if place.addressed is not None:
        _make_way(connection, place.addressed, assessed.judged, keeping)
    if place.known is None:
        return _first(connection, assessed, place.addressed, keeping)
    if place.addressed is not None:
        _note_addresses(connection, assessed, place.known.id, place.addressed, keeping)
    return _again(connection, assessed, place.known, keeping)


def _make_way(connection: sa.Connection, addressed: Addressed, judged: AttributedArticle, keeping: Keeping) -> None:
    """Take the address of the article that comes from there from one that only claimed it."""
    if addressed.pretender is None:
        return
    stands = attributions.of_article(connection, addressed.pretender)
    articles.give_up_address(
        connection,
        addressed.pretender,
        partner=judged.partner,
        address=addressed.address,
        own=stands.article.url,
    )
    payload = {"url": addressed.address, "reason": "another article comes from the address that its page claims"}
    _log(connection, keeping, "article.readdressed", f"article:{addressed.pretender}", payload)


def _find_there_too(connection: sa.Connection, article_id: int, addressed: Addressed, partner: str) -> None:
    """Let an article be found where it was fetched, be that an AMP page, as well as by its address."""
    for address in {addressed.address, addressed.fetched_from}:
        articles.add_address(connection, article_id, partner=partner, canonical_url=address)


def _first(connection: sa.Connection, assessed: Assessment, addressed: Addressed | None, keeping: Keeping) -> Kept:
    judged, relation = assessed.judged, assessed.place.relation
    if relation is None or addressed is None:
        raise AssertionError("an article that is not known was not told from others either")
    copy_of = assessed.place.work_id
    work_id = copy_of or works.create(connection, headline=judged.article.headline, now=keeping.now)
    article_id = articles.add(
        connection,
        judged.article,
        partner=judged.partner,
        work_id=work_id,
        address=addressed.address,
        relation=type(relation).__name__.lower(),
        reason=relation.reason,
        now=keeping.now,
    )
    _find_there_too(connection, article_id, addressed, judged.partner)
    if copy_of:
        payload = {"work": work_id, "reason": relation.reason}
        _log(connection, keeping, "article.merged", f"article:{article_id}", payload)
    revision_id = _add_revision(connection, judged, article_id, keeping)
    note_corrections(
        connection, article_id, before=None, after=judged.article, revision_id=revision_id, keeping=keeping
    )
    attribute_revision(connection, assessed, article_id, revision_id, keeping)
    if any(reason.code == "like-withdrawn" for reason in judged.decision.reasons):
        note_likeness(connection, article_id, assessed.place)
    hand_over(connection, work_id, targets=keeping.targets, now=keeping.now, partners=keeping.partners)
    outcome = Outcome.COPY if copy_of else Outcome.NEW
    return _kept(article_id, work_id, outcome, judged, relation.reason)


def _note_addresses(
    connection: sa.Connection, assessed: Assessment, article_id: int, addressed: Addressed, keeping: Keeping
) -> None:
    """Let an article that came from another address be found there too; told by its GUID, the partner moved it."""
    _find_there_too(connection, article_id, addressed, assessed.judged.partner)
    if isinstance(assessed.place.relation, dedupe.Revision):
        payload = {"url": addressed.address, "reason": assessed.place.relation.reason}
        _log(connection, keeping, "article.moved", f"article:{article_id}", payload)


def _again(connection: sa.Connection, assessed: Assessment, known: KnownArticle, keeping: Keeping) -> Kept:
    judged, theirs = assessed.judged, assessed.words.theirs
    changed = theirs is not None or _changed(connection, judged, known)
    if not changed and not rejudged(judged, attributions.load(connection, known.attribution_id)):
        if assessed.look_again_at != known.reconsider_at:
            standings.look_again(connection, known.id, at=assessed.look_again_at)
        return _kept(known.id, known.work_id, Outcome.UNCHANGED, judged, "nothing changed")
    revision_id = known.revision_id
    if changed:
        revision_id = _keep_change(connection, judged, known, theirs or judged.article, keeping)
    if theirs is not None:
        revision_id = merge_in(connection, assessed.words, known, theirs_id=revision_id, keeping=keeping)
    attribute_revision(connection, assessed, known.id, revision_id, keeping)
    hand_over(connection, known.work_id, targets=keeping.targets, now=keeping.now, partners=keeping.partners)
    outcome = Outcome.REVISION if changed else Outcome.REJUDGED
    return _kept(
        known.id, known.work_id, outcome, judged, "the partner changed it" if changed else "its terms changed"
    )


def _keep_change(
    connection: sa.Connection, judged: AttributedArticle, known: KnownArticle, theirs: Article, keeping: Keeping
) -> int:
    """Keep the partner's newer revision, with the corrections that it tells of, and return its id."""
    before = articles.load_with_time(connection, partners_newest(connection, known))
    revision_id = _add_revision(connection, replace(judged, article=theirs), known.id, keeping)
    note_corrections(connection, known.id, before=before, after=theirs, revision_id=revision_id, keeping=keeping)
    return revision_id


def _changed(connection: sa.Connection, judged: AttributedArticle, known: KnownArticle) -> bool:
    """Tell whether the partner changed what readers see; ads, counters and sizes of a picture are nothing."""
    if articles.content_hash(judged.article) == known.content_hash:
        return False
    return not classify(articles.load(connection, known.revision_id), judged.article).nothing


def rejudged(new: AttributedArticle, old: AttributedArticle) -> bool:
    """Tell whether a judgement differs from the one that stands, in what readers or editors would see of it.

    Notices and the wording of reasons count for nothing: a permission that ends soon is no reason to publish anew.
    """
    return _gist(new) != _gist(old)


def _gist(judged: AttributedArticle) -> tuple[object, ...]:
    decision = judged.decision
    codes = [reason.code for reason in decision.reasons]
    return judged.partner, decision.verdict, decision.mode, codes, judged.terms.digest, judged.origin, judged.credit


def _add_revision(connection: sa.Connection, judged: AttributedArticle, article_id: int, keeping: Keeping) -> int:
    revision_id = articles.add_revision(connection, judged.article, article_id=article_id, now=keeping.now)
    candidate = dedupe.candidate_of(judged.article, partner=judged.partner, origin=judged.origin)
    fingerprints.index(
        connection,
        article_id,
        candidate.fingerprint,
        language=candidate.language,
        origin_url=candidate.origin_url,
    )
    return revision_id


def attribute_revision(
    connection: sa.Connection, assessed: Assessment, article_id: int, revision_id: int, keeping: Keeping
) -> None:
    """Keep a judgement on a revision, and let the article stand by both."""
    judged = assessed.judged
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
        reconsider_at=assessed.look_again_at,
    )
    search.index(connection, article_id, judged)
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
