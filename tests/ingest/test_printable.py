"""Characters that may stand on a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.printable import one_line, printable


@given(st.text(st.characters(), max_size=80))
def test_whatever_is_printable_is_xml(text: str) -> None:
    """XML libraries take it, UTF-8 takes it, and doing it twice changes nothing."""
    clean = printable(text)
    element = etree.Element("x")
    element.text = clean
    assert etree.tostring(element, encoding="utf-8")
    assert printable(clean) == clean


def test_words_stay_as_they_are() -> None:
    """No-break spaces, joiners, combining marks and line breaks are the partner's words, not noise."""
    text = "a\u00a0b\u200dc e\u0301\n\t\U0001f600"
    assert printable(text) == text
    assert one_line(f" {text} ") == "a\u00a0b\u200dc e\u0301 \U0001f600"
