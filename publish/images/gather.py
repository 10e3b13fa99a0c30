"""Fetch the images that are wanted and not here, and give up those that are no longer wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from ingest.body import Image
from ingest.errors import BlockedAddressError, ReprintError, TooLargeError
from ingest.sources import Sources
from ingest.store import attributions, images, outbox, publications
from ingest.store.database import read, write
from ingest.store.images import ImageRow
from ingest.store.publications import PublicationRow
from ingest.terms import Images
from publish.images.choose import file_allowed, wanted_images
from publish.images.shelf import ImageShelf
from publish.images.values import MADE, Files, Job, Refused

if TYPE_CHECKING:
    from ingest.fetch import Fetcher
    from ingest.manners import Manners
    from publish.images.pool import ImageMaker

log = structlog.get_logger()

#: A larger file is refused.
IMAGE_MAX_BYTES = 15_000_000
#: How long to wait after each attempt; after the last, the image is given up.
_PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
_WORKS_A_ROUND = 200
_AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """What images are fetched with."""

    engine: sa.Engine
    fetcher: Fetcher
    manners: Manners
    maker: ImageMaker
    shelf: ImageShelf
    sources: Sources


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One image to be had for one publication."""

    row: ImageRow
    image: Image
    publication: PublicationRow


def plan_images(
    engine: sa.Engine, shelf: ImageShelf, *, sources: Sources, targets: Sequence[str], now: datetime
) -> list[Errand]:
    """Bring the records in line with what is wanted now, and return what has to be fetched for it.

    Wanted is what the terms allow of all that waits in the outbox; the files of what is wanted no longer go.
    """
    allowing = any(terms.images is not Images.NONE for partner in sources.partners for terms in partner.permissions)
    with read(engine) as connection:
        waiting = {row.work_id for target in targets for row in publications.waiting(connection, target, now=now)}
        # Where nobody allows any, only what has some already can have some to lose.
        concerned = waiting if allowing else waiting & set(images.with_images(connection))
        due = images.due_works(connection, now=now, most=_WORKS_A_ROUND)
        orphans = images.orphans(connection)
    found: list[Errand] = []
    for work_id in sorted({*concerned, *due, *orphans}):
        found += _of_work(engine, shelf, work_id, now)
    return found


async def fetch_images(errands: Sequence[Errand], gathering: Gathering, *, now: datetime, within: timedelta) -> int:
    """Fetch images and make them into files; return how many came.

    What is not had `within` that time is fetched the next time; no article waits for its images. An image that comes
    after its page puts the page into the outbox once more.
    """
    limit = asyncio.Semaphore(_AT_ONCE)
    tasks = [asyncio.create_task(_run(errand, gathering, limit, now)) for errand in errands]
    if not tasks:
        return 0
    done, late = await asyncio.wait(tasks, timeout=within.total_seconds())
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return sum(task.result() for task in done)


def _of_work(engine: sa.Engine, shelf: ImageShelf, work_id: int, now: datetime) -> list[Errand]:
    with write(engine) as connection:
        wanted: dict[str, tuple[Image, PublicationRow]] = {}
        for row in publications.of_work(connection, work_id):
            if row.state in {"pending", "published"}:
                for image in wanted_images(attributions.load(connection, row.attribution_id)):
                    wanted.setdefault(images.url_hash(image.url), (image, row))
        gone = images.want(connection, work_id, [image.url for image, _ in wanted.values()], now=now)
        rows = images.of_work(connection, work_id)
    if gone:
        forget_files(shelf, work_id, rows)
    return [
        Errand(row=row, image=wanted[row.url_hash][0], publication=wanted[row.url_hash][1])
        for row in rows
        if row.state == "waiting" and row.due_at <= now
    ]


def forget_files(shelf: ImageShelf, work_id: int, rows: Sequence[ImageRow]) -> None:
    """Remove the files of a work that no record of its stands behind."""
    kept = [MADE.validate_json(row.document) for row in rows if row.document]
    shelf.keep_only(work_id, [variant.name for made in kept for variant in made.variants])


async def _run(errand: Errand, gathering: Gathering, limit: asyncio.Semaphore, now: datetime) -> bool:
    async with limit:
        try:
            outcome = await _fetched(errand, gathering)
        except (BlockedAddressError, TooLargeError) as error:
            outcome = Refused(reason=str(error))
        except ReprintError as error:
            await asyncio.to_thread(_set_back, errand, gathering, str(error), now)
            return False
        return await asyncio.to_thread(_settle, errand, gathering, outcome)


async def _fetched(errand: Errand, gathering: Gathering) -> Files | Refused:
    supplier = gathering.sources.partner(errand.publication.partner)
    # No robots.txt: the image is taken because its owner's terms let us, and once.
    keys = gathering.manners.credentials(supplier) if supplier else None
    answer = await gathering.fetcher.get(errand.image.url, max_bytes=IMAGE_MAX_BYTES, credentials=keys)
    from ingest.fetch import Fetched

    if not isinstance(answer, Fetched):
        return Refused(reason="the partner's server no longer has it")
    return await gathering.maker.make(Job(content=answer.content, credit=errand.image.credit or ""))


def _settle(errand: Errand, gathering: Gathering, outcome: Files | Refused) -> bool:
    """Keep an image, files before the record of them; or note why it is refused."""
    work_id, image_id = errand.row.work_id, errand.row.id
    if isinstance(outcome, Refused):
        log.info("image.refused", work=work_id, partner=errand.publication.partner, reason=outcome.reason)
        with write(gathering.engine) as connection:
            images.refuse(connection, image_id, outcome.reason)
        return False
    gathering.shelf.put(work_id, outcome.made, outcome.contents)
    with write(gathering.engine) as connection:
        images.keep(connection, image_id, MADE.dump_json(outcome.made).decode())
        for row in publications.of_work(connection, work_id):
            attributed = attributions.load(connection, row.attribution_id)
            if row.state == "published" and file_allowed(outcome.made.file_credit, attributed):
                outbox.do_again(connection, row)
    return True


def _set_back(errand: Errand, gathering: Gathering, reason: str, now: datetime) -> None:
    log.info("image.failed", work=errand.row.work_id, partner=errand.publication.partner, reason=reason)
    with write(gathering.engine) as connection:
        if errand.row.attempts >= len(_PAUSES):
            images.refuse(connection, errand.row.id, reason)
        else:
            images.postpone(connection, errand.row.id, reason, due_at=now + _PAUSES[errand.row.attempts])
