"""Counts are said in English."""

from __future__ import annotations

import pytest

from publish.counted import counted


@pytest.mark.parametrize(("count", "said"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1200, "1,200 pages")])
def test_one_is_no_plural(count: int, said: str) -> None:
    """Only one is one."""
    assert counted(count, "page") == said


def test_a_whole_phrase_may_change() -> None:
    """The verb goes with the noun."""
    assert counted(1, "feed is", "feeds are") == "1 feed is"
    assert counted(3, "feed is", "feeds are") == "3 feeds are"
