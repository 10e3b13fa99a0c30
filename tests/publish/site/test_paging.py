"""Long lists in pages."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from publish.site.paging import closed_pages, page_file, pages_of, stale_numbers
from publish.teaser import teaser_of
from tests.publish.making import publication

TEASER = teaser_of(publication())
SHELF = [replace(TEASER, work_id=number, slug=f"s{number}") for number in range(60, 0, -1)]


@given(count=st.integers(0, 60), size=st.integers(1, 9))
def test_nothing_is_lost_or_doubled(count: int, size: int) -> None:
    """The pages hold the list in order; links go there and back; no page but the first is more than full."""
    teasers = SHELF[60 - count :]
    pages = tuple(pages_of(teasers, size=size))
    assert [t for page in pages for t in page.items] == list(teasers)
    assert pages[0].file == "index.html"
    for newer, older in pairwise(pages):
        assert (newer.older, older.newer) == (older.file, newer.file)
        assert len(older.items) == size
    assert pages[0].newer is None
    assert pages[-1].older is None
    assert len(pages[0].items) < 2 * size


@given(count=st.integers(0, 59), size=st.integers(1, 9))
def test_a_closed_page_never_changes(count: int, size: int) -> None:
    """A new piece touches the first page, and at most the link of the one that was last closed."""
    before = {page.file: page for page in pages_of(SHELF[60 - count :], size=size)}
    after = {page.file: page for page in pages_of(SHELF[59 - count :], size=size)}
    assert before.keys() <= after.keys()
    changed = [name for name in before if name != "index.html" and before[name] != after[name]]
    assert len(changed) <= 1
    assert all(before[name].items == after[name].items for name in before if name != "index.html")


@given(data=st.data(), size=st.integers(1, 6))
def test_the_stale_pages_are_those_that_differ(data: st.DataObject, size: int) -> None:
    """After any change of a list, drawing the stale pages alone gives what drawing all of them would."""
    before = data.draw(st.lists(st.integers(0, 99), unique=True, max_size=40))
    kept = [n for n in before if data.draw(st.booleans())] if data.draw(st.booleans()) else list(before)
    new = data.draw(st.lists(st.integers(100, 120), unique=True, max_size=8))
    after = sorted(kept + new) if data.draw(st.booleans()) else kept + new
    before.sort()
    after.sort()
    came_or_went = set(before) ^ set(after)
    moved = min((bisect_left(after, one) for one in came_or_went), default=None)
    pages = {page.file: page for page in pages_of(before[::-1], size=size)}
    drawn = {page.number: page for page in pages_of(after[::-1], size=size)}
    closed = closed_pages(len(after), size=size)
    for number in stale_numbers(len(after), drawn=len(before), moved_from=moved, changed=(), size=size):
        pages[page_file(number, closed=closed)] = drawn[number]
    expected = {page.file: page for page in drawn.values()}
    assert {name: page for name, page in pages.items() if name in expected} == expected


@given(count=st.integers(1, 60), size=st.integers(1, 9), data=st.data())
def test_a_changed_piece_makes_its_own_page_stale(count: int, size: int, data: st.DataObject) -> None:
    """And no other."""
    place = data.draw(st.integers(0, count - 1))
    pages = list(pages_of(range(count)[::-1], size=size))
    (number,) = stale_numbers(count, drawn=count, moved_from=None, changed=[place], size=size)
    assert [page.number for page in pages if place in page.items] == [number]
