"""Hold the image folder against the records: what has no record goes, what lost its files is fetched anew."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ingest.store import images
from ingest.store.database import read, write
from publish.images.gather import forget_files
from publish.images.shelf import ImageShelf
from publish.images.values import MADE


def mend_images(engine: sa.Engine, shelf: ImageShelf, *, now: datetime) -> int:
    """Remove stray files, let lost ones be fetched again, and return how many images were lost."""
    lost = 0
    with read(engine) as connection:
        known = images.with_images(connection)
    for work_id in sorted({*known, *shelf.works()}):
        with write(engine) as connection:
            rows = images.of_work(connection, work_id)
            broken = [
                row.id for row in rows if row.document and not shelf.has(work_id, MADE.validate_json(row.document))
            ]
            images.fetch_again(connection, broken, now=now)
            rows = images.of_work(connection, work_id)
        forget_files(shelf, work_id, rows)
        lost += len(broken)
    return lost
