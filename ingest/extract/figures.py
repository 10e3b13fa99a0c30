"""Which elements are figures, and the pictures they show with caption and credit (pure)."""

from __future__ import annotations

from dataclasses import replace

from ingest.body import Figure, Image
from ingest.extract.furniture import names_of
from ingest.extract.pictures import caption_of, image_of
from ingest.extract.scan import PROSE, Scan
from ingest.extract.tree import Element
from ingest.extract.vocabulary import is_caption_name, is_figure_name

FRAMES = frozenset({"iframe", "video", "amp-video", "amp-youtube", "amp-iframe", "embed"})
IMAGES = frozenset({"img", "amp-img"})
_HOLDERS = frozenset({"figure", "div", "section", "center", "p", "picture"})
#: A longer caption is an article's text beside a picture.
_CAPTION_PROSE = 800


def is_figure(element: Element, tag: str, *, scan: Scan) -> bool:
    """Tell an element that holds a picture with what is written under it, and nothing else."""
    if tag not in _HOLDERS or (tag != "figure" and not is_figure_name(names_of(element))):
        return False
    if next(element.iter(*IMAGES), None) is None or _holds_more(element):
        return False
    return tag == "figure" or scan.prose(element) < 2 * PROSE or _is_captioned(element, scan)


def _holds_more(element: Element) -> bool:
    if next(element.iterdescendants("figure"), None) is not None:
        return True
    return next(element.iter("table", "blockquote", "pre", *FRAMES), None) is not None


def _is_captioned(element: Element, scan: Scan) -> bool:
    """Tell whether all prose in an element stands in its captions."""
    holders = [e for e in element.iterdescendants() if e.tag == "figcaption" or is_caption_name(names_of(e))]
    prose = scan.prose(element)
    return prose < _CAPTION_PROSE and prose <= sum(map(scan.prose, holders))


def figures_of(element: Element, *, base: str) -> tuple[Figure, ...]:
    """Return an element's pictures; caption and credit go to the first."""
    images = _distinct([image for img in element.iter(*IMAGES) if (image := image_of(img, base=base))])
    if not images:
        return ()
    caption, credit = caption_of(element, base=base)
    first = replace(images[0], caption=caption, credit=credit)
    return tuple(Figure(image=image) for image in (first, *images[1:]))


def _distinct(images: list[Image]) -> list[Image]:
    """Return each picture once; the same alternative text means the same picture in another size."""
    seen: set[str] = set()
    found: list[Image] = []
    for image in images:
        if image.url not in seen and (not image.alt or image.alt not in seen):
            found.append(image)
        seen |= {image.url, image.alt}
    return found
