"""Which of a partner's images the terms let us show (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.body import Image, inline_text
from ingest.rights.matching import has_words
from ingest.sources import Partner
from ingest.terms import Images, Terms


def image_allowed(image: Image, *, terms: Terms, owners: Iterable[str]) -> bool:
    """Tell whether an image may be shown; `owners` are the names in a photo credit that make it the origin's own.

    With `owned-credit-match` the image's own credit has to name an owner: an image without a credit, or one whose
    credit names somebody else beside the owner ("AP/Grist"), stays out.
    """
    if terms.images is not Images.OWNED:
        return terms.images is Images.ALL
    credit = image.credit or _credit_in(inline_text(image.caption))
    names = [name for name in (*owners, *terms.image_credits) if has_words(credit, name)]
    return bool(names) and not names_another(credit, names)


def owners_of(origin: Partner) -> tuple[str, ...]:
    """Return the names by which an origin signs its own images."""
    return (origin.name, *origin.aliases)


def _credit_in(caption: str) -> str:
    """Return the brackets that end a caption, where many pages print the credit; else nothing."""
    match = re.search(r"\(([^()]{1,200})\)\s*$", caption)
    return match[1] if match else ""


def names_another(credit: str, names: Iterable[str]) -> bool:
    """Tell whether an agency or a stock house shares the credit: what is theirs the origin cannot pass on."""
    return any(has_words(credit, other) for other in _STOCK if not any(has_words(name, other) for name in names))


_STOCK = (
    "AP",
    "Associated Press",
    "Reuters",
    "AFP",
    "Getty",
    "Getty Images",
    "EPA",
    "EFE",
    "dpa",
    "Xinhua",
    "Alamy",
    "Shutterstock",
    "iStock",
    "Adobe Stock",
    "Bloomberg",
    "Zuma",
    "Sipa",
    "Imago",
    "Unsplash",
    "Flickr",
    "Wikimedia",
    "Creative Commons",
)
