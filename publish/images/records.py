"""The images that a publication shows, from the records alone."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.attribution import AttributedArticle
from ingest.store import images
from publish.images.choose import file_allowed, wanted_images
from publish.images.values import MADE, Picture


def pictures_of(connection: sa.Connection, work_id: int, attributed: AttributedArticle) -> tuple[Picture, ...]:
    """Return the images that the terms allow now and that are kept, the lead first."""
    wanted = wanted_images(attributed)
    if not wanted:
        return ()
    kept = {row.url_hash: row.document for row in images.of_work(connection, work_id) if row.state == "kept"}
    found = []
    for image in wanted:
        document = kept.get(images.url_hash(image.url))
        if document is None:
            continue
        picture = Picture(image=image, made=MADE.validate_json(document))
        if file_allowed(picture.made.file_credit, attributed):
            found.append(picture)
    return tuple(found)
