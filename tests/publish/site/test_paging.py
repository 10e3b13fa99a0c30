"""Long lists in pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from publish.site.paging import pages_of
from publish.teaser import teaser_of
from tests.publish.making import publication

TEASER = teaser_of(publication())
SHELF = [replace(TEASER, work_id=number, slug=f"s{number}") for number in range(60, 0, -1)]


@given(count=st.integers(0, 60), size=st.integers(1, 9))
def test_nothing_is_lost_or_doubled(count: int, size: int) -> None:
    """The pages hold the list in order; links go there and back; no page but the first is more than full."""
    teasers = SHELF[60 - count :]
    pages = pages_of(teasers, size=size)
    assert [t for page in pages for t in page.teasers] == teasers
    assert pages[0].file == "index.html"
    for newer, older in pairwise(pages):
        assert (newer.older, older.newer) == (older.file, newer.file)
        assert len(older.teasers) == size
    assert pages[0].newer is None
    assert pages[-1].older is None
    assert len(pages[0].teasers) < 2 * size


@given(count=st.integers(0, 59), size=st.integers(1, 9))
def test_a_closed_page_never_changes(count: int, size: int) -> None:
    """A new piece touches the first page, and at most the link of the one that was last closed."""
    before = {page.file: page for page in pages_of(SHELF[60 - count :], size=size)}
    after = {page.file: page for page in pages_of(SHELF[59 - count :], size=size)}
    assert before.keys() <= after.keys()
    changed = [name for name in before if name != "index.html" and before[name] != after[name]]
    assert len(changed) <= 1
    assert all(before[name].teasers == after[name].teasers for name in before if name != "index.html")
