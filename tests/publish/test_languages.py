"""Language tags and the way they are written."""

from __future__ import annotations

import pytest

from publish.languages import direction, language_tag


@pytest.mark.parametrize(
    ("language", "tag", "way"),
    [
        ("en", "en", "ltr"),
        ("pt_BR", "pt-br", "ltr"),
        ("ar", "ar", "rtl"),
        ("he-IL", "he-il", "rtl"),
        ("az-Arab", "az-arab", "rtl"),
        ("ar-Latn", "ar-latn", "ltr"),
        ("zh-Hant-TW", "zh-hant-tw", "ltr"),
        (None, None, "auto"),
        ("", None, "auto"),
        ('en" onload="x', None, "auto"),
        ("english, mostly", None, "auto"),
    ],
)
def test_a_tag_tells_how_it_is_written(language: str | None, tag: str | None, way: str) -> None:
    """Script decides before language; what is no tag is unknown."""
    assert language_tag(language) == tag
    assert direction(language) == way
