"""A round of follow-ups: what is due, partner by partner, some partners side by side."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from ingest.followup import timing
from ingest.followup.check import Checked, check
from ingest.store import followups
from ingest.store.database import read, write
from ingest.store.followups import Due
from ingest.tools import Tools

#: A round takes so many; the rest is due still, and comes in the next one.
_ROUND: Final = 500
_EVERYTHING: Final = 1_000_000


async def follow_up(
    tools: Tools, *, partners_at_once: int, everything: bool = False, partners: Sequence[str] = ()
) -> list[Checked]:
    """Ask for the published articles whose time has come, or for all, and return what each brought.

    A host's own pauses are kept by the fetcher; `partners` names suppliers to keep to. A stop leaves the rest due.
    Raises StoreError when nothing can be kept.
    """
    due = _take_up(tools, everything=everything, partners=partners)
    tools.progress(len(due), 0)
    lanes: defaultdict[str, list[Due]] = defaultdict(list)
    for one in due:
        lanes[one.partner].append(one)
    free = asyncio.Semaphore(partners_at_once)
    found = await asyncio.gather(*(_lane(lane, free, tools) for lane in lanes.values()))
    return [checked for lane in found for checked in lane]


def _take_up(tools: Tools, *, everything: bool, partners: Sequence[str]) -> list[Due]:
    now = tools.clock()
    with write(tools.engine) as connection:
        followups.enrol(connection, now=now, wait=timing.FIRST)
    with read(tools.engine) as connection:
        return followups.due(
            connection,
            by=None if everything else now,
            partners=partners,
            limit=_EVERYTHING if everything else _ROUND,
        )


async def _lane(due: Sequence[Due], free: asyncio.Semaphore, tools: Tools) -> list[Checked]:
    found = []
    async with free:
        for one in due:
            if tools.stopping():
                break
            found.append(await check(one, tools=tools))
            tools.progress(0, 1)
    return found
