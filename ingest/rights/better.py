"""Which of several permissions counts: the one that lets us do more; all its duties come with it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ingest.rights.case import END
from ingest.rights.values import Decision, Verdict
from ingest.terms import Images, Mode, Terms

_MODES = (Mode.LINK, Mode.EXCERPT, Mode.FULL)
_IMAGES = (Images.NONE, Images.OWNED, Images.ALL)


def choose(judged: Sequence[tuple[Terms, Decision]]) -> int:
    """Return the place of the permission to publish under, of several that were each judged by themselves.

    In this order: what may be published now, what a person may release, what time may release; what costs nothing;
    what shows more of the text, then more of the images; what may stand for longer; of equals the one written
    first. Rules of two permissions are never mixed: whoever takes the better one owes all that it asks for.

    Raises ValueError where there is none.
    """
    if not judged:
        raise ValueError("no permission to choose from; terms.UNKNOWN stands for none")
    return max(range(len(judged)), key=lambda place: (*_worth(*judged[place]), -place))


def _worth(terms: Terms, decision: Decision) -> tuple[int, bool, int, int, datetime]:
    publishes = decision.verdict is Verdict.PUBLISH
    ends = (decision.reconsider_at or END) if publishes else END
    free = terms.duties.fee is None
    return _freedom(decision), free, _MODES.index(decision.mode), _IMAGES.index(terms.images), ends


def _freedom(decision: Decision) -> int:
    if decision.verdict is Verdict.PUBLISH:
        return 4
    if decision.releasable:
        return 3
    if decision.verdict is Verdict.HOLD:
        return 2 if decision.reconsider_at else 1
    return 0
