"""Text against text: whether one is a copy of the other, whole or in part, or only like it.

The bounds were set on generated and real pairs (tests/bench/dedupe.py); each stands beside what it keeps apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.dedupe.headline import headlines_agree, headlines_differ_in_figures
from ingest.dedupe.known import Candidate, Known
from ingest.dedupe.overlap import Overlap, Side, overlap

#: Exactly equal texts shorter than this are phrases ("Listen to this episode"), not works; the headline must agree.
PHRASE = 25
#: The same among one partner's own pieces.
OWN_PHRASE = 60
#: Words before or after the shared text that may be furniture: credit lines, bios, "read the full story at".
FURNITURE = 40
#: So many, where they read like it.
LONG_FURNITURE = 160
#: The least resemblance of a whole copy: where the shared words lie thinner, a template was filled twice.
RESEMBLANCE = 0.28
#: A passage this long on both sides, in the same shared frame, makes two pieces: columns, episodes, series.
PASSAGE = 40
#: The most that either side of a whole copy may have of its own, furniture aside; two reports of one event have more.
OWN = 0.18
#: The least that either side of a whole copy must share; a light rewrite keeps it, an edited press release may not.
SHARED = 0.55
#: The most of a whole copy that furniture may be.
FURNISHED = 0.4
#: A passage this long of the one that came in later makes it an update, a follow-up or a digest, not a copy.
GROWN = 30
#: For one partner's two URLs the bounds are closer: its templates and rolling updates look like copies.
OWN_SAME_PARTNER = 0.08
SHARED_SAME_PARTNER = 0.85
#: How much of an excerpt, between its furniture, the original must have.
CONTAINED = 0.75
#: An excerpt is shorter than this part of the whole; of two as long, one is a copy or they are two.
NOT_SHORTER = 0.95
#: How much, where the excerpt skips passages of the original.
CONTAINED_WITH_GAPS = 0.95
#: The fewest words in common that make an excerpt.
EXCERPT = 18
#: The fewest words in common of an excerpt that is not the original's opening.
INNER_EXCERPT = 50
#: Where the known text is less than this part of the one that came in, two headlines that disagree make it a brief
#: that a digest took in.
BRIEF = 0.6
#: From this share of common words the two are told as neighbours.
NEIGHBOUR = 0.25
#: Where nearly all the text is the same, a figure in the headline does not make it another piece.
NEARLY_ALL = 0.97
#: Yearly pieces: this many days apart, and not nearly all the same.
SEASON_DAYS = 180


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """The judgement on two texts."""

    same: bool
    #: Whether something tells them apart, however much they share: figures, headlines, bylines, dates.
    apart: bool = False
    #: The mean of the parts that either text has of the other, 0 to 1.
    score: float
    #: The sentence's middle: "0.94 of its shingles, same byline".
    why: str


def likeness(candidate: Candidate, known: Known) -> Likeness | None:
    """Judge a candidate's text against a known one's; None where they have next to nothing in common."""
    mine, theirs = candidate.fingerprint, known.fingerprint
    if mine.exact == theirs.exact and mine.words:
        return _exact(candidate, known)
    found = overlap(mine, theirs)
    share, score = found.shorter.share, found.closeness
    if share < NEIGHBOUR and found.shorter.shared < INNER_EXCERPT:
        return None
    against = _against(candidate, known, found)
    if against:
        return Likeness(same=False, apart=True, score=score, why=f"{share:.2f} of its words, but {against}")
    how = _whole(candidate, known, found) or _part(candidate, known, found)
    if how:
        return Likeness(same=True, score=score, why=how + _support(candidate, known))
    if share < NEIGHBOUR:
        return None
    return Likeness(
        same=False, score=score, why=f"{share:.2f} of its words, but not as a copy or an excerpt has them"
    )


def _exact(candidate: Candidate, known: Known) -> Likeness:
    agree = headlines_agree(candidate.fingerprint.headline, known.fingerprint.headline)
    # One partner's pages of a few lines ("Download this week's puzzles here") differ by their headlines alone.
    least = OWN_PHRASE if candidate.partner == known.partner else PHRASE
    if agree or candidate.fingerprint.words >= least:
        return Likeness(same=True, score=1.0, why="the same text word for word" + _support(candidate, known))
    return Likeness(same=False, score=1.0, why="the same few words, which say too little")


def _against(candidate: Candidate, known: Known, found: Overlap) -> str:
    """Return what tells two like texts apart, empty where nothing does."""
    mine, theirs = candidate.fingerprint, known.fingerprint
    nearly_all = found.shorter.share >= NEARLY_ALL and not found.figures.changed
    if found.another_day:
        return "figures or names differ in the same sentences, as in another day's report"
    if min(found.a.longest, found.b.longest) > PASSAGE:
        return "each has long passages of its own, as in a series"
    if not nearly_all and headlines_differ_in_figures(mine.headline, theirs.headline):
        return "the headlines differ in a figure or date, as in a series"
    if found.shorter.share < SHARED_SAME_PARTNER and mine.names and theirs.names and not mine.names & theirs.names:
        return "the bylines differ, as in two reports of one event"
    if found.longer.share < SHARED_SAME_PARTNER and _season_apart(candidate, known):
        return "they are half a year or more apart, as in a yearly series"
    return ""


def _season_apart(candidate: Candidate, known: Known) -> bool:
    if candidate.published_at is None or known.published_at is None:
        return False
    return abs((candidate.published_at - known.published_at).days) >= SEASON_DAYS


def _whole(candidate: Candidate, known: Known, found: Overlap) -> str:
    """Return how the two are one text from end to end, edited at most; empty where they are not."""
    one_partner = _one_partner(candidate, known)
    own, shared = (OWN_SAME_PARTNER, SHARED_SAME_PARTNER) if one_partner else (OWN, SHARED)
    for side in (found.a, found.b):
        if _foreign(side) > own * side.core or side.shared < shared * side.core:
            return ""
    if _led_anew(found):
        return ""
    bare = found.shorter.words - found.shorter.core
    if found.shorter.head + found.shorter.tail - bare > FURNISHED * found.shorter.core or _grown(
        candidate, known, found.a
    ):
        return ""
    if found.resemblance < RESEMBLANCE and not _signed_by_one(candidate, known):
        return ""
    return f"{found.resemblance:.2f} of their shingles"


def _led_anew(found: Overlap) -> bool:
    """Tell whether each opens with a passage of its own that is not credits on both sides: the news was replaced."""
    return min(found.a.head, found.b.head) > FURNITURE and not (found.a.credited and found.b.credited)


def _foreign(side: Side) -> int:
    """Return a side's words that are neither shared nor edits nor furniture."""
    return side.own + max(0, side.head - _room(side.credited)) + max(0, side.tail - _room(side.signed_off))


def _room(furnished: bool) -> int:
    """Return how many words before or after the shared ones are furniture."""
    return LONG_FURNITURE if furnished else FURNITURE


def _grown(candidate: Candidate, known: Known, mine: Side) -> bool:
    """Tell whether the one that came in, the later one as far as is known, put passages of its own into the text.

    At the end they may be what another partner's cut copy, which came in first, had lost.
    """
    if candidate.published_at and known.published_at and candidate.published_at < known.published_at:
        return False
    two_partners = bool(candidate.partner and known.partner) and not _one_partner(candidate, known)
    cut = two_partners or known.fingerprint.words < BRIEF * candidate.fingerprint.words
    room = LONG_FURNITURE if mine.signed_off else FURNITURE
    return mine.head > _room(mine.credited) or mine.longest > GROWN or (mine.tail > room and not cut)


def _part(candidate: Candidate, known: Known, found: Overlap) -> str:
    """Return how the shorter text is an excerpt of the longer, empty where it is not."""
    part, whole = found.shorter, found.longer
    with_gaps = whole.own > max(FURNITURE, 0.15 * whole.middle)
    if not _is_excerpt(part) or (part.thin and not _signed_by_one(candidate, known)):
        return ""
    # As long as the whole and yet not it: a template's list of other people or places.
    if part.words > NOT_SHORTER * whole.words and part.share < SHARED_SAME_PARTNER:
        return ""
    if with_gaps and part.shared < CONTAINED_WITH_GAPS * part.middle:
        return ""
    if found.a is whole:
        return _holds(candidate, known, found)
    if whole.head > FURNITURE and not _inner_excerpt(candidate, known, part):
        return ""
    return f"an excerpt of it, {part.share:.2f} of its own words"


def _is_excerpt(part: Side) -> bool:
    return (
        part.shared >= EXCERPT
        and part.shared >= CONTAINED * part.middle
        and part.own <= 0.05 * part.words
        and max(part.head, part.tail) <= FURNITURE
        and part.middle >= 0.6 * part.core
    )


def _holds(candidate: Candidate, known: Known, found: Overlap) -> str:
    """Return how the one that came in holds the known one as its excerpt; an update or a digest does not."""
    if _one_partner(candidate, known):
        return ""
    if _grown(candidate, known, found.a) and not _came_after_its_excerpt(candidate, known, found):
        return ""
    if found.b.words < BRIEF * found.a.words and _strangers(candidate, known):
        return ""
    return f"it holds all of it, {found.b.share:.2f} of the shorter text"


def _came_after_its_excerpt(candidate: Candidate, known: Known, found: Overlap) -> bool:
    """Tell whether another partner's excerpt from the middle came in first: headline or byline must speak for it."""
    mine, theirs = candidate.fingerprint, known.fingerprint
    told = headlines_agree(mine.headline, theirs.headline) or bool(mine.names & theirs.names)
    two_partners = bool(candidate.partner and known.partner)
    return told and two_partners and found.b.shared >= INNER_EXCERPT and found.a.longest <= GROWN


def _inner_excerpt(candidate: Candidate, known: Known, part: Side) -> bool:
    """Tell an excerpt from the middle from a piece that a digest took in, or that quotes."""
    return part.shared >= INNER_EXCERPT and not _strangers(candidate, known)


def _strangers(candidate: Candidate, known: Known) -> bool:
    """Tell whether headlines speak against one piece, and no byline for it."""
    mine, theirs = candidate.fingerprint, known.fingerprint
    both = bool(mine.headline and theirs.headline)
    return both and not headlines_agree(mine.headline, theirs.headline) and not mine.names & theirs.names


def _signed_by_one(candidate: Candidate, known: Known) -> bool:
    """Tell whether two partners credit one person: then many small edits speak for a rewrite, not for a template."""
    two_partners = bool(candidate.partner and known.partner) and candidate.partner != known.partner
    return two_partners and bool(candidate.fingerprint.names & known.fingerprint.names)


def _one_partner(candidate: Candidate, known: Known) -> bool:
    return bool(candidate.partner) and candidate.partner == known.partner


def _support(candidate: Candidate, known: Known) -> str:
    mine, theirs = candidate.fingerprint, known.fingerprint
    said = [
        "same headline" if mine.headline and mine.headline == theirs.headline else "",
        "same byline" if mine.names and mine.names == theirs.names else "",
    ]
    return "".join(f", {word}" for word in said if word)
