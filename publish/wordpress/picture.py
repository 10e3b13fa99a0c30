"""The article's picture as a featured image: only where the terms allow it, and only bytes that are an image."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from ingest.attribution import AttributedArticle
from ingest.body import inline_text
from ingest.image_rights import image_allowed
from ingest.printable import one_line
from publish.body_html import safe_href

#: A picture of more bytes is left out.
MAX_BYTES = 15_000_000
_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_MOST_PIXELS = 60_000_000


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What may become a post's featured image."""

    url: str
    alt: str
    #: As it is to stand beside the picture; may be empty.
    credit: str

    @property
    def key(self) -> str:
        """The picture's own name among our uploads."""
        return hashlib.sha256(self.url.encode("utf-8", "replace")).hexdigest()[:32]


def picture_of(attributed: AttributedArticle) -> Picture | None:
    """Return the article's picture where the terms allow it (pure)."""
    image = attributed.article.image
    if image is None or not image_allowed(image, terms=attributed.terms, owners=(attributed.origin.name,)):
        return None
    url = safe_href(image.url)
    if url is None or not url.lower().startswith("http"):
        return None
    credit = one_line(image.credit or inline_text(image.caption))
    return Picture(url=url, alt=one_line(image.alt or ""), credit=credit)


def kind_of(content: bytes) -> str | None:
    """Return the media type of an image's bytes, whatever its server calls them; None for all that is none of ours.

    An SVG is a program, and WordPress answers one with 500: it is none.
    """
    # It takes a while to import, which commands without pictures need not pay.
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(content)) as image:
                found, (width, height) = image.format, image.size
                image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        return None
    except Pillow.DecompressionBombWarning:
        return None
    return _KINDS.get(found or "") if width * height <= _MOST_PIXELS else None
