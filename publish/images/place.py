"""A publication's images beside its page at the static site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from publish.images.shelf import ImageShelf, clear
from publish.publication import Publication
from publish.site.layout import image_folder
from publish.site.writer import write_if_changed


def place_images(publication: Publication, shelf: ImageShelf | None, root: Path) -> Publication:
    """Write the publication's images to the site, and return it with those that are whole; raises PublishError.

    Their names are those of their bytes, so that a page and its images always agree, whatever dies in between.
    """
    if shelf is None:
        return replace(publication, pictures=())
    folder = root / image_folder(publication.slug)
    placed = []
    for picture in publication.pictures:
        names = [variant.name for variant in picture.made.variants]
        contents = [shelf.read(publication.work_id, name) for name in names]
        if any(content is None for content in contents):
            continue
        for name, content in zip(names, contents, strict=True):
            write_if_changed(folder / name, content or b"")
        placed.append(picture)
    return replace(publication, pictures=tuple(placed))


def clear_images(publication: Publication, root: Path) -> None:
    """Remove the images that the publication's page shows no longer; raises PublishError."""
    names = [variant.name for picture in publication.pictures for variant in picture.made.variants]
    clear(root / image_folder(publication.slug), but=names)


def remove_images(slug: str, root: Path) -> None:
    """Remove all images of what was taken down; raises PublishError."""
    clear(root / image_folder(slug))
