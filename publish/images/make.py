"""Bytes to the files that we show; runs in a child process that may be killed, as every decoder is attacked."""

from __future__ import annotations

import hashlib
import warnings
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from publish.images.metadata import credit_exif, file_credit
from publish.images.values import Files, Job, Made, Refused, Variant

#: What is read; whatever else a server calls an image, SVG above all, is refused.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
#: Pixels of one image: 8,000 by 5,000; a few bytes can ask for thousands of times more.
MAX_PIXELS = 40_000_000
#: A side shorter than this is a counting pixel, an icon or a rule.
SMALLEST = 60
#: The widths that are made, in pixels, as far as the image is that wide.
WIDTHS = (480, 960, 1600)
#: The widest that browsers without WebP get.
FALLBACK_WIDTH = 960
_TALLEST = 4000
_WEBP_QUALITY, _JPEG_QUALITY = 78, 82


def make(job: Job) -> Files | Refused:
    """Return the files for an image, or why it is refused.

    Of an animation the first frame is taken. Colours are taken to sRGB; EXIF, ICC and XMP are left behind, and with
    them the place where it was taken; only whose it is is written into each file.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _make(job)
    except UnidentifiedImageError:
        return Refused(reason="its bytes are no JPEG, PNG, WebP, GIF or AVIF")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refused(reason=f"it has more than {MAX_PIXELS:,} pixels")
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, ArithmeticError, LookupError) as error:
        # Pillow's decoders raise any of these on damaged files.
        return Refused(reason=f"it is damaged: {str(error)[:200]}")


def _make(job: Job) -> Files | Refused:
    with Image.open(BytesIO(job.content), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MAX_PIXELS:
            return Refused(reason=f"it has more than {MAX_PIXELS:,} pixels")
        if min(width, height) < SMALLEST:
            return Refused(reason=f"it is {width} by {height} pixels, as counting pixels and icons are")
        says = file_credit(opened)
        upright = _plain(opened)
    exif = credit_exif(says, printed=job.credit)
    variants, contents = [], []
    for kind, size in _sizes(upright):
        content = _encoded(upright, kind, size, exif)
        contents.append(content)
        variants.append(_variant(content, kind, size))
    digest = hashlib.sha256(job.content).hexdigest()
    made = Made(
        sha256=digest,
        width=upright.width,
        height=upright.height,
        file_credit=" | ".join(says.values()),
        variants=tuple(variants),
    )
    return Files(made=made, contents=tuple(contents))


def _plain(opened: Image.Image) -> Image.Image:
    """Return the image's first frame upright, in sRGB, as RGB or RGBA, with nothing else about it."""
    if opened.format == "JPEG":
        # Decodes at a fraction of the size, where that is enough for the widest that is made.
        opened.draft(None, (max(WIDTHS), max(WIDTHS)))
    opened.seek(0)
    upright = ImageOps.exif_transpose(opened)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    plain = _in_srgb(upright, mode)
    plain.info = {}
    return plain


def _in_srgb(image: Image.Image, mode: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode == "I;16":
        image = image.point(lambda value: value / 256).convert("L")
    if isinstance(profile, bytes) and profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            output = "RGBA" if image.mode == "RGBA" else "RGB"
            if (converted := ImageCms.profileToProfile(image, source, target, outputMode=output)) is not None:
                return converted.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A broken profile: the colours are taken for sRGB, as browsers do.
            return image.convert(mode)
    return image.convert(mode)


def _sizes(image: Image.Image) -> list[tuple[str, tuple[int, int]]]:
    """Return kind and size of what is made: WebP in each width that it has, then one file for every browser."""
    widths = [width for width in WIDTHS if width < image.width]
    if len(widths) < len(WIDTHS):
        widths.append(image.width)
    fallback = "image/png" if image.mode == "RGBA" else "image/jpeg"
    sizes = [("image/webp", _scaled(image, width)) for width in widths]
    return [*sizes, (fallback, _scaled(image, min(image.width, FALLBACK_WIDTH)))]


def _scaled(image: Image.Image, width: int) -> tuple[int, int]:
    height = max(1, round(image.height * width / image.width))
    return (width, height) if height <= _TALLEST else (max(1, round(width * _TALLEST / height)), _TALLEST)


def _encoded(image: Image.Image, kind: str, size: tuple[int, int], exif: bytes) -> bytes:
    resized = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
    out = BytesIO()
    match kind:
        case "image/webp":
            resized.save(out, "WEBP", quality=_WEBP_QUALITY, method=4, exif=exif)
        case "image/jpeg":
            resized.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True, exif=exif)
        case _:
            resized.save(out, "PNG", optimize=True, exif=exif)
    return out.getvalue()


def _variant(content: bytes, kind: str, size: tuple[int, int]) -> Variant:
    ending = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}[kind]
    name = f"{hashlib.sha256(content).hexdigest()[:20]}-{size[0]}.{ending}"
    return Variant(name=name, kind=kind, width=size[0], height=size[1], size=len(content))
