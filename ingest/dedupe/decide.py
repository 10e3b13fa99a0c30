"""The decision: new, a revision, a copy or a neighbour; pure, and the same whatever the order of what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.dedupe.fingerprint import Fingerprint
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
    apart = candidate.apart.union(*_told_apart(candidate, known, verdicts))
    return max((_heeding(verdict, apart) for verdict in verdicts), key=_strength, default=_new())


def _told_apart(
    candidate: Candidate, known: Sequence[Known], verdicts: Sequence[Verdict]
) -> Iterator[frozenset[int]]:
    """Yield what a person said of the same partner's same piece: it holds under another address or GUID too."""
    for one, verdict in zip(known, verdicts, strict=True):
        if one.partner == candidate.partner and isinstance(verdict, Copy | Revision):
            yield one.apart


def _heeding(verdict: Verdict, apart: frozenset[int]) -> Verdict:
    """Return the verdict that is left where a person said that the candidate is no part of a work."""
    if not isinstance(verdict, Copy) or verdict.work_id not in apart:
        return verdict
    return Neighbour(
        work_id=verdict.work_id,
        article_id=verdict.article_id,
        reason=f"a person told it apart, though it is the {verdict.reason}",
        score=verdict.score,
    )


def _strength(verdict: Verdict) -> tuple[int, float, int, int]:
    ids = (0, 0) if isinstance(verdict, New) else (-verdict.work_id, -verdict.article_id)
    return _RANK[type(verdict)], verdict.score, *ids


def _new() -> New:
    return New(reason="nothing that we have is like it")


def _against_one(candidate: Candidate, known: Known) -> Verdict:
    return _revision(candidate, known) or _by_origin(candidate, known) or _by_text(candidate, known)


def _revision(candidate: Candidate, known: Known) -> Revision | None:
    """Return the revision that a URL or a GUID of the same partner makes it."""
    if candidate.partner != known.partner:
        return None
    same_url = known.canonical_url in candidate.urls
    same_guid = candidate.guid is not None and candidate.guid == known.guid
    if not same_url and not same_guid:
        return None
    part = _stayed(candidate, known)
    if not same_url and not _still_the_article(candidate, known, part):
        return None
    return Revision(
        work_id=known.work_id,
        article_id=known.article_id,
        reason=f"the {'URL' if same_url else 'GUID'} of {_name(known)}, {part:.2f} of the text the same",
        score=part,
        unchanged=candidate.fingerprint == known.fingerprint and candidate.headline == known.headline,
    )


def _stayed(candidate: Candidate, known: Known) -> float:
    return stayed(candidate.fingerprint, known.fingerprint)


def stayed(a: Fingerprint, b: Fingerprint) -> float:
    """Return the part of the shorter text's words that the other has too, 0 to 1."""
    return 1.0 if a.exact == b.exact else overlap(a, b).shorter.share


def _still_the_article(candidate: Candidate, known: Known, part: float) -> bool:
    """Tell a moved or edited article from a GUID used again for another one (feedbin #604, miniflux #4197)."""
    judged = likeness(candidate, known)
    if judged is None or judged.apart:
        return False
    agree = headlines_agree(candidate.fingerprint.headline, known.fingerprint.headline)
    return judged.same or (agree and part >= PLAUSIBLE)


def _by_origin(candidate: Candidate, known: Known) -> Copy | Neighbour | None:
    """Return what the page's or the original's URL makes it: a copy, or a translation."""
    same_page = known.canonical_url in candidate.urls
    mine, theirs = candidate.urls | {candidate.origin_url or ""}, {known.canonical_url, known.origin_url or ""}
    shared = sorted((mine & theirs) - {""})
    if not shared:
        return None
    if not same_page and _translated(candidate.language, known.language):
        return _neighbour(known, f"{_name(known)} in another language: both are of {shared[0]}", 0.0)
    part = _stayed(candidate, known)
    # A digest names the URL of what it quotes, a careless or hostile page one that is not its own (rel=canonical).
    if part < PLAUSIBLE:
        return None
    return Copy(
        work_id=known.work_id,
        article_id=known.article_id,
        reason=f"same as {_name(known)}: both are of {shared[0]}, {part:.2f} of the text the same",
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
