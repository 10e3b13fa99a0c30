"""An image's bytes to the files that we show."""

from __future__ import annotations

import asyncio
import os
import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publish.images.make import WIDTHS, make
from publish.images.pool import ImageMaker
from publish.images.values import Files, Job, Refused
from tests.publish.images.pictures import SVG, animated_gif, bomb_png, encoded, iptc_jpeg, photo, telling_jpeg


def _made(content: bytes, credit: str = "") -> Files:
    files = make(Job(content=content, credit=credit))
    assert isinstance(files, Files), files
    return files


def _open(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def test_an_image_is_made_in_a_few_widths_and_for_browsers_without_webp() -> None:
    """WebP at each width below its own, never larger than it came, and one JPEG; sizes and names as told."""
    files = _made(encoded(photo((1800, 1200))))
    kinds = [(variant.kind, variant.width, variant.height) for variant in files.made.variants]
    assert kinds == [
        ("image/webp", 480, 320),
        ("image/webp", 960, 640),
        ("image/webp", 1600, 1067),
        ("image/jpeg", 960, 640),
    ]
    for variant, content in zip(files.made.variants, files.contents, strict=True):
        image = _open(content)
        assert (image.width, image.height, len(content)) == (variant.width, variant.height, variant.size)
        assert image.format is not None
        assert Image.MIME[image.format] == variant.kind
    small = _made(encoded(photo((300, 200))))
    assert [variant.width for variant in small.made.variants] == [300, 300]


def test_the_same_image_gives_the_same_files() -> None:
    """A rebuild is byte for byte what stood there."""
    content = telling_jpeg()
    assert _made(content) == _made(content)


def test_where_a_photograph_was_taken_goes_and_whose_it_is_stays() -> None:
    """No GPS, no camera, no profile, no XMP, no IPTC in any file; the maker and the printed credit in each."""
    files = _made(telling_jpeg(), credit="Ana Ruiz/Pacific Forum")
    for content in files.contents:
        image = _open(content)
        assert dict(image.getexif()) == {0x013B: "Ana Ruiz", 0x8298: "Ana Ruiz/Pacific Forum"}
        assert not image.getexif().get_ifd(0x8825)
        assert not {"icc_profile", "xmp", "photoshop", "comment"} & set(image.info)
        for told in (b"Canon", b"0123456789", b"private note", b"adobe:ns"):
            assert told not in content
    assert files.made.file_credit == "Ana Ruiz | Ana Ruiz / Pacific Forum"


def test_what_the_file_says_of_its_owner_is_read() -> None:
    """An IPTC credit comes out, so that another's photograph can be told from the origin's own."""
    assert _made(iptc_jpeg("Getty Images")).made.file_credit == "Getty Images"


def test_a_turned_photograph_stands_upright() -> None:
    """What EXIF says of its orientation is done before it is forgotten."""
    exif = Image.Exif()
    exif[0x0112] = 6
    made = _made(encoded(photo((900, 600)), exif=exif)).made
    assert (made.width, made.height) == (600, 900)


def test_of_an_animation_the_first_frame_is_shown() -> None:
    """A still is what a newspaper prints, and an animation would multiply what a decoder can be made to do."""
    files = _made(animated_gif())
    red, _green, blue = (band.getpixel((50, 50)) for band in _open(files.contents[-1]).convert("RGB").split())
    assert (red, blue) > (200, -1)
    assert blue == pytest.approx(0, abs=40)


@pytest.mark.parametrize("mode", ["L", "RGBA", "LA", "P", "1", "I;16"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    """Grey, palette, transparent and deep PNGs; only the transparent stay PNG."""
    image = photo((400, 300), "L").convert("I").convert("I;16") if mode == "I;16" else photo((400, 300)).convert(mode)
    files = _made(encoded(image, "PNG"))
    assert files.made.variants[-1].kind == ("image/png" if "A" in mode else "image/jpeg")


def test_print_colours_become_screen_colours() -> None:
    """CMYK, as agencies send it, is shown as RGB."""
    assert _open(_made(encoded(photo().convert("CMYK"))).contents[-1]).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SVG, "no JPEG"),
        (b"<html><img src=x onerror=alert(1)>", "no JPEG"),
        (b"", "no JPEG"),
        (b"%PDF-1.7", "no JPEG"),
        (bomb_png(), "pixels"),
        (bomb_png(9_000), "pixels"),
        (encoded(photo())[:2000], "damaged"),
        (encoded(Image.new("RGB", (1, 1))), "counting pixels"),
        (encoded(Image.new("RGB", (1200, 20))), "counting pixels"),
        (encoded(photo((300, 200)), "BMP"), "no JPEG"),
        (encoded(photo((300, 200)), "TIFF"), "no JPEG"),
    ],
)
def test_what_is_no_image_to_be_shown_is_refused(content: bytes, why: str) -> None:
    """By its bytes, whatever its name and type: scripts, bombs, pieces, pixels."""
    refused = make(Job(content=content))
    assert isinstance(refused, Refused)
    assert why in refused.reason


@given(cut=st.integers(0, 4000), noise=st.binary(max_size=40), at=st.integers(0, 4000))
@settings(max_examples=60, deadline=None)
def test_damage_is_refused_or_survived(cut: int, noise: bytes, at: int) -> None:
    """No bytes end in anything but files or a reason."""
    whole = encoded(photo((200, 150)))
    content = whole[:at] + noise + whole[at + cut :]
    outcome = make(Job(content=content))
    assert isinstance(outcome, Files | Refused)


def _stall(_job: Job) -> Files | Refused:
    time.sleep(60)
    raise AssertionError


def _die(_job: Job) -> Files | Refused:
    os._exit(11)


def _grow(_job: Job) -> Files | Refused:
    return Refused(reason=str(len(bytearray(2_000_000_000))))


@pytest.mark.parametrize(("work", "why"), [(_stall, "0.5 s"), (_die, "exit code 11"), (_grow, "MB")])
def test_an_image_that_stalls_kills_or_bloats_its_decoder_costs_itself_only(work: Any, why: str) -> None:
    """It is refused with the reason, and the next image is made."""

    async def main() -> tuple[Files | Refused, Files | Refused]:
        job = Job(content=encoded(photo((300, 200))))
        async with ImageMaker(timeout=0.5, work=work) as hostile:
            refused = await hostile.make(job)
        async with ImageMaker() as honest:
            return refused, await honest.make(job)

    refused, made = asyncio.run(main())
    assert isinstance(refused, Refused)
    assert why in refused.reason
    assert isinstance(made, Files)


def test_the_largest_that_is_allowed_fits_into_the_child() -> None:
    """An image of nearly the most pixels is made within the memory that a child has."""

    async def main() -> Files | Refused:
        async with ImageMaker(timeout=60) as maker:
            return await maker.make(Job(content=encoded(photo((7900, 5000)), "PNG")))

    files = asyncio.run(main())
    assert isinstance(files, Files)
    assert files.made.variants[-2].width == max(WIDTHS)
