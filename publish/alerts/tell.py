"""One message with all that is new, however much that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
import structlog

from ingest.store import alerts
from ingest.store.database import read, write
from publish.alerts.messenger import AlertError, Messenger

log = structlog.get_logger()

#: More than so many are counted, not spelled out: nobody reads a thousand lines.
_SPELLED = 40


def tell_new(engine: sa.Engine, messengers: Sequence[Messenger], *, newsroom: str, now: datetime) -> int:
    """Send what nobody was told yet by every way, and return how many things that were.

    They count as told when at least one way took them; else all are tried again at the next round.
    """
    with read(engine) as connection:
        fresh = alerts.untold(connection)
    if not fresh or not messengers:
        return 0
    lines = [one.what for one in fresh[:_SPELLED]]
    if len(fresh) > _SPELLED:
        lines.append(f"and {len(fresh) - _SPELLED} more: see `reprint status` and `reprint audit check`")
    subject = f"reprint at {newsroom}: {len(fresh)} " + ("thing needs" if len(fresh) == 1 else "things need") + " you"
    # Every way is tried, not only those up to the first that works.
    taken = [_sent(messenger, subject, lines) for messenger in messengers]
    if not any(taken):
        return 0
    with write(engine) as connection:
        alerts.told(connection, fresh, now=now)
    log.info("alerts.told", count=len(fresh))
    return len(fresh)


def _sent(messenger: Messenger, subject: str, lines: Sequence[str]) -> bool:
    try:
        messenger.send(subject, lines)
    except AlertError as error:
        log.warning("alerts.not_sent", error=str(error))
        return False
    return True
