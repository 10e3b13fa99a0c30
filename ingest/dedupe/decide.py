"""The decision: new, a revision, a copy or a neighbour; pure, and the same whatever the order of what is known."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.dedupe.headline import headlines_agree
from ingest.dedupe.known import Candidate, Known
from ingest.dedupe.likeness import likeness
from ingest.dedupe.overlap import overlap
from ingest.dedupe.verdict import Copy, Neighbour, New, Revision, Verdict

#: The least of the text that must be the same where a GUID, or a URL that a middleman names, speaks for one work.
PLAUSIBLE = 0.5

_RANK = {Revision: 3, Copy: 2, Neighbour: 1, New: 0}


def decide(candidate: Candidate, known: Sequence[Known]) -> Verdict:
    """Return what a candidate is, given the known articles that it may be (`store.fingerprints.lookup` finds them).

    The strongest verdict wins: the partner's own URL or GUID, then the original's URL, then the text.
    """
    verdicts = [_against_one(candidate, one) for one in known]
    return max(verdicts, key=_strength, default=_new())


def _strength(verdict: Verdict) -> tuple[int, float, int, int]:
    ids = (0, 0) if isinstance(verdict, New) else (-verdict.work_id, -verdict.article_id)
    return _RANK[type(verdict)], verdict.score, *ids


def _new() -> New:
    return New(reason="nothing that we have is like it")


def _against_one(candidate: Candidate, known: Known) -> Verdict:
    found = _revision(candidate, known) or _by_origin(candidate, known) or _by_text(candidate, known)
    if isinstance(found, Copy) and known.work_id in candidate.apart:
        return Neighbour(
            work_id=known.work_id,
            article_id=known.article_id,
            reason=f"a person told it apart from {_name(known)}",
            score=found.score,
        )
    return found


def _revision(candidate: Candidate, known: Known) -> Revision | None:
    """Return the revision that a URL or a GUID of the same partner makes it."""
    if candidate.partner != known.partner:
        return None
    same_url = known.canonical_url in candidate.urls
    same_guid = candidate.guid is not None and candidate.guid == known.guid
    if not same_url and not same_guid:
        return None
    stayed = _stayed(candidate, known)
    if not same_url and not _still_the_article(candidate, known, stayed):
        return None
    return Revision(
        work_id=known.work_id,
        article_id=known.article_id,
        reason=f"the {'URL' if same_url else 'GUID'} of {_name(known)}, {stayed:.2f} of the text the same",
        score=stayed,
        unchanged=candidate.fingerprint == known.fingerprint and candidate.headline == known.headline,
    )


def _stayed(candidate: Candidate, known: Known) -> float:
    if candidate.fingerprint.exact == known.fingerprint.exact:
        return 1.0
    return overlap(candidate.fingerprint, known.fingerprint).shorter.share


def _still_the_article(candidate: Candidate, known: Known, stayed: float) -> bool:
    """Tell a moved or edited article from a GUID used again for another one (feedbin #604, miniflux #4197)."""
    judged = likeness(candidate, known)
    if judged is None or judged.apart:
        return False
    agree = headlines_agree(candidate.fingerprint.headline, known.fingerprint.headline)
    return judged.same or (agree and stayed >= PLAUSIBLE)


def _by_origin(candidate: Candidate, known: Known) -> Copy | Neighbour | None:
    """Return what the page's or the original's URL makes it: a copy, or a translation."""
    same_page = known.canonical_url in candidate.urls
    mine, theirs = candidate.urls | {candidate.origin_url or ""}, {known.canonical_url, known.origin_url or ""}
    shared = sorted((mine & theirs) - {""})
    if not shared:
        return None
    if not same_page and _translated(candidate.language, known.language):
        return _neighbour(known, f"{_name(known)} in another language: both are of {shared[0]}", 0.0)
    stayed = _stayed(candidate, known)
    # A digest names the URL of what it quotes too; a copy has most of the text as well.
    if not same_page and stayed < PLAUSIBLE:
        return None
    return Copy(
        work_id=known.work_id,
        article_id=known.article_id,
        reason=f"same as {_name(known)}: both are of {shared[0]}, {stayed:.2f} of the text the same",
        score=1.0,
    )


def _translated(a: str | None, b: str | None) -> bool:
    return bool(a and b) and str(a).split("-")[0].lower() != str(b).split("-")[0].lower()


def _by_text(candidate: Candidate, known: Known) -> Verdict:
    judged = likeness(candidate, known)
    if judged is None:
        return _new()
    if judged.same:
        return Copy(
            work_id=known.work_id,
            article_id=known.article_id,
            reason=f"same as {_name(known)}: {judged.why}",
            score=judged.score,
        )
    return _neighbour(known, f"like {_name(known)}: {judged.why}", judged.score)


def _neighbour(known: Known, reason: str, score: float) -> Neighbour:
    return Neighbour(work_id=known.work_id, article_id=known.article_id, reason=reason, score=score)


def _name(known: Known) -> str:
    told = f'"{known.headline}"' if known.headline else known.canonical_url or "the article"
    return f"{told} ({known.partner or 'partner unknown'}, article {known.article_id})"
