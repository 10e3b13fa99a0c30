"""The article's picture as a featured image: only where the terms allow it, and files of our own making (pure)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from ingest.attribution import AttributedArticle
from ingest.body import inline_text
from ingest.printable import one_line
from publish.images.choose import file_allowed, wanted_images
from publish.images.values import Files, Refused


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What may become a post's featured image."""

    url: str
    alt: str
    #: As it is to stand beside the picture; may be empty.
    credit: str
    #: Whose article it belongs to.
    attributed: AttributedArticle = field(repr=False)

    @property
    def key(self) -> str:
        """The picture's own name among our uploads."""
        return hashlib.sha256(self.url.encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that WordPress takes."""

    content: bytes
    #: "image/jpeg" or "image/png".
    kind: str


def picture_of(attributed: AttributedArticle) -> Picture | None:
    """Return the first of the article's pictures that the terms allow."""
    images = wanted_images(attributed)
    if not images:
        return None
    image = images[0]
    credit = one_line(image.credit or inline_text(image.caption))
    return Picture(url=image.url, alt=one_line(image.alt or ""), credit=credit, attributed=attributed)


def upload_of(picture: Picture, made: Files | Refused) -> Upload | Refused:
    """Return the file to upload: decoded, stripped and written anew by us, the one that every browser shows.

    Refused too where the file itself says that it is somebody else's.
    """
    if isinstance(made, Refused):
        return made
    if not file_allowed(made.made.file_credit, picture.attributed):
        return Refused(reason=f"the file names another owner: {made.made.file_credit[:200]}")
    return Upload(content=made.contents[-1], kind=made.made.variants[-1].kind)
