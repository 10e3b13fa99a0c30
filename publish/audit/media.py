"""What the page loads: the counting pixel, images that are allowed, and nothing else of another host (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ingest.body import Figure, Image
from ingest.image_rights import image_allowed
from ingest.printable import one_line
from ingest.terms import Images
from publish.audit.reading import Fault, made_by_us, squeezed, story_of, words
from publish.full_text import https_only
from publish.page import flags_of
from publish.publication import Publication

_FOREIGN = (
    ".//script[@src]/@src | .//iframe/@src | .//embed/@src | .//object/@data | .//video/@src | .//audio/@src "
    "| .//source/@src | .//link[@rel='stylesheet']/@href"
)

_SETS = ".//img/@srcset | .//source/@srcset"


def media_faults(page: HtmlElement, publication: Publication, *, site_host: str) -> Iterator[Fault]:
    """Yield what is wrong with the pixel and the images, and what else is loaded from elsewhere."""
    credit, terms = publication.attributed.credit, publication.attributed.terms
    pixel, logo = https_only(credit.pixel), https_only(credit.logo)
    images = [str(src) for src in made_by_us(page).xpath(".//img/@src")]
    if pixel and pixel not in images:
        yield "pixel-missing", f"the terms demand {pixel}"
    elif pixel and _blocked(page, pixel):
        yield "pixel-blocked", f"the page's own security policy keeps browsers from asking for {pixel}"
    for src in images:
        if src in {pixel, logo} or not src.strip():
            continue
        if _is_pixel(page, src):
            hosts = ", ".join(terms.pixel_hosts) or "none"
            yield "pixel-foreign", f"{src}; the terms allow pixels from: {hosts}"
        else:
            yield from _image_faults(src, publication, site_host)
    told = " ".join(map(str, story_of(page).xpath("descendant-or-self::*/@data-terms"))).split()
    for flag in flags_of(terms):
        if flag not in told:
            yield "flags-missing", f"whoever places advertising or a paywall is not told: {flag}"
    yield from _credit_faults(page, publication)
    sets = [
        part.split()[0] for srcset in made_by_us(page).xpath(_SETS) for part in str(srcset).split(",") if part.split()
    ]
    for address in [*made_by_us(page).xpath(_FOREIGN), *sets]:
        if _is_foreign(str(address), site_host):
            yield "foreign-content", f"the page loads {address}"


def _image_faults(src: str, publication: Publication, site_host: str) -> Iterator[Fault]:
    attributed = publication.attributed
    if attributed.terms.images is Images.NONE:
        yield "image-not-allowed", f"{src}; the terms allow no images"
        return
    known = {image.url: image for image in _images(publication)}
    owners = (attributed.origin.name,)
    if src in known and not image_allowed(known[src], terms=attributed.terms, owners=owners):
        yield "image-not-allowed", f"{src}; its credit does not name {attributed.origin.name}"
    elif _is_foreign(src, site_host):
        yield "foreign-content", f"the image {src} is loaded from another host"
    elif f"images/{publication.slug}/" in src and PurePosixPath(src).name not in _files(publication):
        yield "image-not-allowed", f"{src}; no image that the terms allow was made into it"


def _files(publication: Publication) -> frozenset[str]:
    """Return the names of the files that may stand on the page."""
    return frozenset(variant.name for picture in publication.pictures for variant in picture.made.variants)


def _credit_faults(page: HtmlElement, publication: Publication) -> Iterator[Fault]:
    """Yield each image of ours whose photo credit is not in sight beside it."""
    signed = {
        variant.name: one_line(picture.image.credit or "")
        for picture in publication.pictures
        for variant in picture.made.variants
    }
    for figure in made_by_us(page).iter("figure"):
        said = squeezed(words(figure.text_content()))
        for src in figure.xpath(".//img/@src"):
            credit = signed.get(PurePosixPath(str(src)).name, "")
            if credit and squeezed(credit) not in said:
                yield "photo-credit-missing", f"{src}; expected “{credit}”"


def _images(publication: Publication) -> Iterator[Image]:
    article = publication.attributed.article
    if article.image:
        yield article.image
    yield from (block.image for block in article.body.blocks if isinstance(block, Figure))


def _is_pixel(page: HtmlElement, src: str) -> bool:
    return any(
        node.get("src") == src and (node.get("width"), node.get("height")) in {("1", "1"), ("0", "0")}
        for node in page.iter("img")
    )


def _is_foreign(address: str, site_host: str) -> bool:
    host = urlsplit(address).netloc
    return bool(host) and host != site_host


def _blocked(page: HtmlElement, url: str) -> bool:
    """Tell whether a content security policy in the page's head keeps an image out (CSP3, section 4.2.1)."""
    host = f"https://{urlsplit(url).netloc}"
    for policy in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"):
        rules = [part.split() for part in str(policy).split(";") if part.split()]
        given = {name: sources for name, *sources in rules}
        allowed = given.get("img-src", given.get("default-src"))
        if allowed is not None and host not in allowed and not {"*", "https:"} & set(allowed):
            return True
    return False
