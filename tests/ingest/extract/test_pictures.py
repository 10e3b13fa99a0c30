"""Pictures keep their caption, and the credit apart from it."""

from __future__ import annotations

import pytest

from ingest.body import Figure, inline_text
from tests.ingest.extract.pages import PROSE, kept, paragraphs, pieces_of, texts

IMG = '<img src="https://img.example/mole-1200.jpg" alt="The mole" width="1200" height="800">'


def _figure(markup: str) -> Figure:
    blocks = kept(pieces_of(f"<article>{paragraphs(*PROSE[:2])}{markup}{paragraphs(*PROSE[2:])}</article>"))
    [figure] = [block for block in blocks if isinstance(block, Figure)]
    return figure


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        (f"<figure>{IMG}<figcaption>The broken mole.</figcaption></figure>", "The broken mole.", None),
        (
            f'<figure>{IMG}<figcaption>The broken mole. <span class="credit">Jane Doe/AP</span></figcaption></figure>',
            "The broken mole.",
            "Jane Doe/AP",
        ),
        (
            f"<figure>{IMG}<figcaption>The broken mole. (AP Photo/Jane Doe)</figcaption></figure>",
            "The broken mole.",
            "AP Photo/Jane Doe",
        ),
        (
            f"<figure>{IMG}<figcaption>The broken mole. Photo: Jane Doe</figcaption></figure>",
            "The broken mole.",
            "Jane Doe",
        ),
        (f"<figure>{IMG}<figcaption>Foto: dpa</figcaption></figure>", "", "dpa"),
        (f"<figure>{IMG}<figcaption>© Jane Doe</figcaption></figure>", "", "© Jane Doe"),
        (
            f'<div class="wp-caption">{IMG}<p class="wp-caption-text">The broken mole.</p></div>',
            "The broken mole.",
            None,
        ),
        (f'<p>{IMG}</p><p class="caption">The broken mole.</p>', "The broken mole.", None),
        (f"<p>{IMG}</p><p>Jane Doe | Getty Images</p>", "", "Jane Doe | Getty Images"),
        (
            f"<figure>{IMG}<figcaption>The mole (left) in 1931.</figcaption></figure>",
            "The mole (left) in 1931.",
            None,
        ),
    ],
)
def test_caption_and_credit_are_told_apart(markup: str, caption: str, credit: str | None) -> None:
    """By markup where there is any, else by how credits are printed."""
    image = _figure(markup).image
    assert inline_text(image.caption).strip() == caption
    assert image.credit == credit
    assert image.alt == "The mole"


def test_captions_are_no_prose() -> None:
    """A caption is in its figure and nowhere else."""
    pieces = pieces_of(
        f"<article>{paragraphs(*PROSE)}<figure>{IMG}<figcaption>The broken mole.</figcaption></figure></article>"
    )
    assert [text for text in texts(pieces) if text != "The broken mole."] == list(PROSE)


def test_the_largest_of_a_set_is_taken() -> None:
    """A lazy picture's address is found in its srcset, the widest first."""
    figure = _figure(
        '<picture><source srcset="/s.jpg 400w, /l.jpg 1600w"><img src="data:image/gif;base64,R0" alt="The mole"></picture>'
    )
    assert figure.image.url == "https://news.example/l.jpg"


def test_the_lead_picture_above_the_text_is_kept() -> None:
    """Between headline and text stands the lead art; it belongs to the article."""
    body = (
        f"<main><h1>Harbour to be rebuilt</h1><figure>{IMG}<figcaption>The broken mole. (Jane Doe/AP)</figcaption></figure>"
        f"<div class='story-body'>{paragraphs(*PROSE)}</div></main>"
    )
    first = kept(pieces_of(body))[0]
    assert isinstance(first, Figure)
    assert first.image.credit == "Jane Doe/AP"
