"""Images to test with, drawn here, honest and hostile."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

#: Where a photograph was taken: Honolulu.
GPS = {1: "N", 2: (21.0, 18.0, 25.0), 3: "W", 4: (157.0, 51.0, 30.0)}


def photo(size: tuple[int, int] = (1800, 1200), mode: str = "RGB") -> Image.Image:
    """Return an image with a gradient, which no encoder makes into nothing."""
    grey = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (grey, grey.rotate(90).resize(size), grey.rotate(180))).convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return an image's file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def telling_jpeg() -> bytes:
    """Return a JPEG that tells where it was taken, with what, by whom, and holds a profile and XMP."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "EOS R5 serial 0123456789"
    exif[0x013B], exif[0x8298] = "Ana Ruiz", "Ana Ruiz / Pacific Forum"
    exif.get_ifd(0x8825).update(GPS)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>a private note</x:xmpmeta>"
    return encoded(photo(), exif=exif, icc_profile=profile, xmp=xmp)


def iptc_jpeg(credit: str) -> bytes:
    """Return a JPEG whose IPTC credit names somebody (IPTC-IIM 4.2, dataset 2:110)."""
    record = b"\x1c\x02\x6e" + struct.pack(">H", len(credit.encode())) + credit.encode()
    block = b"8BIM" + struct.pack(">H", 0x0404) + b"\x00\x00" + struct.pack(">I", len(record)) + record
    block += b"\x00" * (len(block) % 2)
    data = b"Photoshop 3.0\x00" + block
    plain = encoded(photo((900, 600)))
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(data) + 2) + data + plain[2:]


def bomb_png(side: int = 60_000) -> bytes:
    """Return a PNG of a few kilobytes that asks for `side` times `side` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def animated_gif() -> bytes:
    """Return a GIF of a red and a blue frame."""
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='800' height='600'><script>alert(1)</script></svg>"
