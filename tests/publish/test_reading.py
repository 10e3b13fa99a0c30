"""Reading time, and the opening of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.body import Body
from publish.reading import opening, reading_minutes
from tests.publish.making import paragraph


def _body(*texts: str) -> Body:
    return Body(blocks=tuple(paragraph(text) for text in texts))


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        (_body(), 1),
        (_body("word " * 238 * 4), 4),
        (_body("\u6d77" * 900), 3),
        (_body("\u6d77" * 600 + " word" * 238), 3),
    ],
)
def test_reading_time_counts_words_and_ideographs(body: Body, minutes: int) -> None:
    """238 words or 300 ideographs take a minute; nothing takes less than one."""
    assert reading_minutes(body) == minutes


FILL = "The boats go out at four in the morning and come back when the light fails, which is early"
FIRST_SENTENCES = [
    (f"{FILL}. And then they go again", f"{FILL}."),
    (f"{FILL}, says Mr. Smith of the harbour board. And then", f"{FILL}, says Mr. Smith of the harbour board."),
    (f"{FILL}, says the U.S. Navy in its note. And then", f"{FILL}, says the U.S. Navy in its note."),
    (f"{FILL}, says J. Smith. And then they go", f"{FILL}, says J. Smith."),
    (f"{FILL} in 1987. And then they go again", f"{FILL} in 1987."),
    (f"{FILL}, at 3.5 knots at most? And then", f"{FILL}, at 3.5 knots at most?"),
    (f"\u201c{FILL}.\u201d And then they go again", f"\u201c{FILL}.\u201d"),
]


@pytest.mark.parametrize(("start", "expected"), FIRST_SENTENCES)
def test_an_opening_ends_with_a_sentence(start: str, expected: str) -> None:
    """It ends where a sentence does, and not at an abbreviation, an initial or a decimal point."""
    assert opening(_body(start + " and on" * 60)) == expected


def test_ideographic_text_ends_at_its_own_full_stop() -> None:
    """Chinese and Japanese sentences have no blanks between them."""
    sentence = "\u6d77\u6e2f" * 20 + "\u3002"
    assert opening(_body(sentence * 12)) == sentence * 4


def test_a_short_first_line_is_passed_over() -> None:
    """A line such as a place or a name is no opening while a real paragraph follows."""
    assert opening(_body("HONOLULU", f"{FILL}.")) == f"{FILL}."


def test_a_body_without_words_has_no_opening() -> None:
    """Nothing comes of nothing."""
    assert opening(_body()) == ""


@given(st.lists(st.from_regex(r"[a-zA-Z]{1,12}[.,!?]?", fullmatch=True), min_size=1, max_size=120))
def test_an_opening_never_cuts_a_word(parts: list[str]) -> None:
    """What is shown is whole words from the start, at most so many characters, marked where it breaks off."""
    text = " ".join(parts)
    shown = opening(_body(text))
    assert len(shown) <= 201
    cut = shown.removesuffix(" \u2026")
    assert text.startswith(cut)
    rest = text[len(cut) :]
    assert rest == "" or rest[0] in " ,;:.!?-"
