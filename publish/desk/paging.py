"""Pages of a long list by the place where the last one ended: the thousandth costs what the first one does."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from ingest.store.search import Place
from publish.desk.visiting import Visit

_TOKEN = re.compile(r"([0-9]{1,18})(?:@([0-9T:.+-]{1,40}))?", re.ASCII)


def token_of(place: Place) -> str:
    """Return a place as an address has it."""
    at = place.published_at
    return f"{place.article_id}@{at.astimezone(UTC).isoformat()}" if at is not None else str(place.article_id)


def after_of(visit: Visit) -> Place | None:
    """Return the place after which the page that is asked for begins; None for the first one, or for nonsense."""
    # An address turns the plus of a time zone into a blank.
    found = _TOKEN.fullmatch(visit.asked("after").replace(" ", "+"))
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found[2]) if found[2] else None
    except ValueError:
        return None
    return Place(article_id=int(found[1]), published_at=at if at is None or at.tzinfo else at.replace(tzinfo=UTC))
