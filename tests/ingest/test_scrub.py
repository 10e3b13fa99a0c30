"""What no text may hold is struck out of whole values."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.body import Body, Paragraph, Text
from ingest.scrub import scrub
from ingest.store.codec import ARTICLE
from tests.newswire import article


def test_a_clean_value_is_returned_as_it_is() -> None:
    """The usual case copies nothing."""
    value = article()
    assert scrub(value) is value


@given(st.text(st.characters(), max_size=40))
def test_whatever_a_page_says_can_be_stored(text: str) -> None:
    """A cut emoji, a NUL, a terminal escape: the article can be written as JSON, and its clean words are kept."""
    body = Body(blocks=(Paragraph(children=(Text(text=text),)),))
    value = scrub(replace(article(), headline=f"Tides {text}\ud83d\x00\x1b[31m", body=body))
    assert ARTICLE.validate_json(ARTICLE.dump_json(value)) == value
    assert value.headline.startswith("Tides ")
    assert not set(value.headline) & {"\ud83d", "\x00", "\x1b"}
