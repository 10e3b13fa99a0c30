"""Which images a publication may show (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.attribution import AttributedArticle
from ingest.body import Block, Figure, Image, ListBlock, Quote
from ingest.image_rights import image_allowed, names_another
from ingest.terms import Images, Mode
from ingest.urls import has_credentials, is_web_url

#: At most so many images of one article are fetched.
MOST = 40
_LONGEST_URL = 4000


def wanted_images(attributed: AttributedArticle) -> tuple[Image, ...]:
    """Return the images that the terms let us show with the article, the lead first, each address once.

    Only with the whole text, as permission for photographs is given with their story; and none whose address carries
    a password or is no address on the web.
    """
    if attributed.terms.images is Images.NONE or attributed.decision.mode is not Mode.FULL:
        return ()
    owners = (attributed.origin.name,)
    found: dict[str, Image] = {}
    for image in _images(attributed):
        if is_fetchable(image.url) and image_allowed(image, terms=attributed.terms, owners=owners):
            found.setdefault(image.url, image)
    return tuple(found.values())[:MOST]


def file_allowed(file_credit: str, attributed: AttributedArticle) -> bool:
    """Tell whether what a file says of itself leaves it the origin's own, where the terms allow only such."""
    if attributed.terms.images is not Images.OWNED:
        return True
    return not names_another(file_credit, (attributed.origin.name, *attributed.terms.image_credits))


def is_fetchable(url: str) -> bool:
    """Tell whether an address may be asked for an image at all."""
    return len(url) <= _LONGEST_URL and is_web_url(url) and not has_credentials(url)


def lead_of(attributed: AttributedArticle) -> Image | None:
    """Return the image that stands above the text; None where the text begins with a figure of its own."""
    if any(isinstance(block, Figure) for block in attributed.article.body.blocks[:2]):
        return None
    return attributed.article.image


def _images(attributed: AttributedArticle) -> Iterator[Image]:
    article = attributed.article
    for block in article.body.blocks[:2]:
        if isinstance(block, Figure):
            yield block.image
    if article.image is not None:
        yield article.image
    for block in article.body.blocks:
        yield from _figures(block)


def _figures(block: Block) -> Iterator[Image]:
    match block:
        case Figure(image=image):
            yield image
        case Quote(blocks=blocks):
            for part in blocks:
                yield from _figures(part)
        case ListBlock(items=items):
            for item in items:
                for part in item:
                    yield from _figures(part)
        case _:
            return
