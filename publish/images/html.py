"""An image on a page: our own files, with width and height, lazy, and its credit in sight (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ingest.body import Image, inline_text
from ingest.printable import one_line
from publish.body_html import Figures, inline_html
from publish.images.values import Picture, Variant
from publish.site.layout import image_path

#: How wide an image stands on a page, for the browser's choice.
_SIZES = "(min-width: 48rem) 44rem, 100vw"


def figures_of(pictures: Sequence[Picture], *, slug: str, up: str) -> Figures:
    """Return what turns an image of the article into a `figure`; into nothing where it is not among the pictures.

    `up` leads from the page to the site's root.
    """
    by_url = {picture.image.url: picture for picture in pictures}

    def figure(image: Image) -> Markup:
        picture = by_url.get(image.url)
        return Markup("") if picture is None else figure_html(picture, image, slug=slug, up=up)

    return figure


def figure_html(picture: Picture, image: Image, *, slug: str, up: str) -> Markup:
    """Return a `figure` with the image, its caption and its photo credit."""
    words = inline_html(image.caption) if inline_text(image.caption).strip() else Markup("")
    credit = one_line(image.credit or "")
    signed = Markup('<span class="photo-credit">{}</span>').format(credit) if credit else Markup("")
    told = Markup(" ").join(part for part in (words, signed) if part)
    caption = Markup("<figcaption>{}</figcaption>").format(told) if told else Markup("")
    return Markup('<figure class="picture">{}{}</figure>').format(picture_html(picture, slug=slug, up=up), caption)


def picture_html(picture: Picture, *, slug: str, up: str, sizes: str = _SIZES) -> Markup:
    """Return a `picture`: WebP in its widths, and one file for every other browser."""
    sources = ", ".join(f"{_address(one, slug, up)} {one.width}w" for one in picture.responsive)
    last = picture.fallback
    return Markup(
        '<picture><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async"></picture>'
    ).format(sources, sizes, _address(last, slug, up), last.width, last.height, one_line(picture.image.alt))


def _address(variant: Variant, slug: str, up: str) -> str:
    return f"{up}{image_path(slug, variant.name)}"
