"""One pattern for many words finds what asking for each would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.metadata.anyof import any_of

WORDS = st.lists(st.text(alphabet="ab-.|(", min_size=1, max_size=4), min_size=1, max_size=8)


@given(words=WORDS, text=st.text(alphabet="ab-.|(", max_size=12))
def test_a_word_is_found_where_it_is_and_only_there(words: list[str], text: str) -> None:
    """Whatever signs of the pattern language the words hold, and whichever begins another."""
    assert bool(any_of(words).search(text)) == any(word in text for word in words)
