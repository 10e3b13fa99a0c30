"""The lead image, with caption and credit where the page states them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from ingest.body import Image, Text
from ingest.extract.metadata.jsonld import Node, as_list, by_id, resolve, text_of
from ingest.extract.metadata.survey import Survey
from ingest.extract.metadata.words import tidy

_LOGO = re.compile(r"logo|placeholder|default[-_.]?(image|share|og)|favicon|blank\.|fallback", re.IGNORECASE)


def read_image(
    page: Survey, *, articles: Sequence[Node], nodes: Sequence[Node], feed: str | None = None
) -> Image | None:
    """Return the lead image at an absolute URL; None where only a logo, or nothing, is stated."""
    candidates = [*_social(page), *_json_ld(page.url, articles, nodes)]
    if feed:
        candidates.append(Image(url=urljoin(page.url, feed)))
    real = [
        image for image in candidates if image.url.startswith(("http:", "https:")) and not _LOGO.search(image.url)
    ]
    if not real:
        return None
    first = real[0]
    return next(
        (_joined(first, image) for image in real if image.caption or image.credit if _same(first, image)), first
    )


def _social(page: Survey) -> Iterator[Image]:
    for name, text in page.all(
        "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "parsely-image-url"
    ):
        own = name.startswith("og:")
        yield Image(
            url=urljoin(page.url, text),
            alt=tidy(page.first("og:image:alt", "twitter:image:alt")),
            width=_pixels(page.first("og:image:width")) if own else None,
            height=_pixels(page.first("og:image:height")) if own else None,
        )


def _json_ld(page_url: str, articles: Sequence[Node], nodes: Sequence[Node]) -> Iterator[Image]:
    ids = by_id(nodes)
    for node in articles:
        for value in as_list(node.get("image")):
            image = resolve(value, ids)
            url = image if isinstance(image, str) else text_of(_url(image))
            if url:
                yield _described(urljoin(page_url, url), image if isinstance(image, dict) else {})


def _url(image: object) -> object:
    return image.get("url") or image.get("contentUrl") or image.get("@id") if isinstance(image, dict) else None


def _described(url: str, image: Node) -> Image:
    caption = tidy(text_of(image.get("caption")) or text_of(image.get("description")))
    credit = next(
        (
            text
            for name in ("creditText", "creator", "author", "copyrightHolder")
            if (text := text_of(image.get(name)))
        ),
        "",
    )
    return Image(
        url=url,
        caption=(Text(text=caption),) if caption else (),
        credit=tidy(credit) or None,
        width=_pixels(image.get("width")),
        height=_pixels(image.get("height")),
    )


def _pixels(value: object) -> int | None:
    found = re.match(r"\d{1,5}", str(value.get("value") if isinstance(value, dict) else value or ""))
    return int(found.group()) or None if found else None


def _same(one: Image, other: Image) -> bool:
    """Tell whether two URLs are crops of one picture: the same file name."""
    a, b = (urlsplit(image.url).path.rsplit("/", 1)[-1] for image in (one, other))
    return a == b != ""


def _joined(image: Image, described: Image) -> Image:
    return Image(
        url=image.url,
        alt=image.alt,
        caption=described.caption,
        credit=described.credit,
        width=image.width,
        height=image.height,
    )
