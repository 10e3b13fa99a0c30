"""Images as we keep and show them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from ingest.body import Image
from ingest.printable import one_line


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One file that an image was made into."""

    #: Its name: 20 hex digits of its SHA-256, its width, its kind's ending.
    name: str
    #: "image/webp", "image/jpeg" or "image/png".
    kind: str
    #: In pixels.
    width: int
    height: int
    #: In bytes.
    size: int


@dataclass(frozen=True, kw_only=True)
class Made:
    """What one fetched image was made into."""

    #: The SHA-256 of the bytes as they came, hex.
    sha256: str
    #: As they came, upright, in pixels.
    width: int
    height: int
    #: What the file itself says of whose it is (IPTC, EXIF), joined by " | "; empty where it says nothing.
    file_credit: str = ""
    #: The WebP files by width, the smallest first, and last the one for browsers without WebP.
    variants: tuple[Variant, ...]


@dataclass(frozen=True, kw_only=True)
class Job:
    """An image as it came, and the photo credit that its page prints."""

    content: bytes
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class Files:
    """What was made, with the bytes of each variant in order."""

    made: Made
    contents: tuple[bytes, ...]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """An image that we do not show, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image that we have and may show with one publication."""

    #: As the article has it; its `url` is the partner's, and is never published.
    image: Image
    made: Made = field(repr=False)

    @property
    def responsive(self) -> tuple[Variant, ...]:
        """The WebP files, the smallest first."""
        return self.made.variants[:-1]

    @property
    def fallback(self) -> Variant:
        """The JPEG or PNG file that every browser shows."""
        return self.made.variants[-1]


@dataclass(frozen=True, kw_only=True)
class Thumbnail:
    """A picture as lists show it; the names are those of files in the article's image folder."""

    #: The smallest WebP, and the file for browsers without it.
    webp: str
    fallback: str
    #: Of the WebP, in pixels.
    width: int
    height: int
    alt: str
    #: The photo credit, which stands with the picture wherever it is shown; empty where there is none.
    credit: str


def thumbnail_of(picture: Picture) -> Thumbnail:
    """Return a picture's thumbnail."""
    smallest = picture.responsive[0]
    return Thumbnail(
        webp=smallest.name,
        fallback=picture.fallback.name,
        width=smallest.width,
        height=smallest.height,
        alt=one_line(picture.image.alt),
        credit=one_line(picture.image.credit or ""),
    )


MADE: TypeAdapter[Made] = TypeAdapter(Made)
