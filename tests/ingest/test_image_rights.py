"""Images: none, the origin's own by their credit, or all; doubt keeps an image out."""

from __future__ import annotations

import pytest

from ingest.body import Image, Text
from ingest.image_rights import image_allowed, owners_of
from ingest.sources import Partner
from ingest.terms import UNKNOWN, Images, Terms

GRIST = Partner(key="grist", name="Grist", url="https://grist.example/", aliases=("Grist Magazine",), terms=UNKNOWN)


def image(credit: str | None = None, caption: str = "") -> Image:
    """Return an image with a credit and a caption."""
    return Image(url="https://grist.example/fish.jpg", credit=credit, caption=(Text(text=caption),))


@pytest.mark.parametrize(("images", "allowed"), [(Images.NONE, False), (Images.ALL, True)])
def test_none_and_all_need_no_credit(images: Images, *, allowed: bool) -> None:
    """Two of the three rules look at nothing else."""
    assert image_allowed(image("Grist"), terms=Terms(images=images), owners=()) is allowed
    assert image_allowed(image(), terms=Terms(images=images), owners=()) is allowed


@pytest.mark.parametrize(
    ("credit", "caption", "allowed"),
    [
        ("Jane Doe / Grist", "", True),
        ("GRIST", "", True),
        ("Photo: Jane Doe for Grist Magazine", "", True),
        ("Own Studio", "", True),
        (None, "A fish. (Jane Doe/Grist)", True),
        (None, "Grist went to the harbour.", False),
        (None, "", False),
        ("Jane Doe", "", False),
        ("Gristle Pictures", "", False),
        ("Grist / Getty Images", "", False),
        ("AP Photo via Grist", "", False),
        ("Reuters", "", False),
    ],
)
def test_an_owned_image_says_so(credit: str | None, caption: str, *, allowed: bool) -> None:
    """The credit has to name the origin, and nobody whose pictures the origin only bought."""
    terms = Terms(images=Images.OWNED, image_credits=("Own Studio",))
    assert image_allowed(image(credit, caption), terms=terms, owners=owners_of(GRIST)) is allowed
