"""Dates in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from publish.dates import day_words, iso, iso_day_or_time, month_words, time_words, weekday_words

MOMENT = datetime(2026, 11, 3, 0, 5, 9, tzinfo=timezone(timedelta(hours=10)))


def test_words_are_in_utc() -> None:
    """A moment of another zone is told in UTC, day included."""
    assert time_words(MOMENT) == "2 November 2026, 14:05 UTC"
    assert weekday_words(MOMENT) == "Monday, 2 November 2026"
    assert month_words(MOMENT) == "November 2026"
    assert iso(MOMENT) == "2026-11-02T14:05:09Z"


def test_midnight_sharp_is_only_a_day() -> None:
    """Where the origin gave only a day, no time of day is made up."""
    midnight = datetime(2026, 11, 3, tzinfo=UTC)
    assert time_words(midnight) == "3 November 2026"
    assert iso_day_or_time(midnight) == "2026-11-03"
    assert iso_day_or_time(MOMENT) == "2026-11-02T14:05:09Z"


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_day_words_and_iso_agree(moment: datetime) -> None:
    """The day in words is the day in ISO."""
    assert datetime.strptime(day_words(moment), "%d %B %Y").date() == moment.date()  # noqa: DTZ007
    assert datetime.fromisoformat(iso(moment)) == moment.replace(microsecond=0)
