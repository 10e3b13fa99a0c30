"""Rules on time: the delay, the window in which it may be taken, how long it may stand, how many at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from ingest.rights.case import Case, Finding, deny, hold, in_utc, later, notice
from ingest.terms import AtEnd


def check_delay(case: Case) -> Iterator[Finding]:
    """Hold until the delay after the original's publication is over; a day without an hour counts to its end.

    What is out already is not taken down because the partner dates it anew.
    """
    delay = timedelta(hours=case.terms.delay_hours)
    if not delay or case.taken_at is not None:
        return
    if case.article.published_at is None:
        yield hold(
            "delay-unknown",
            f"It may appear {_hours(delay)} after the original, and the original's time is unknown. "
            "Enter it, or change delay_hours.",
        )
        return
    published = in_utc(case.article.published_at)
    day_only = published.time() == time()
    wait = delay + timedelta(days=1) if day_only else delay
    if in_utc(case.now) - published < wait:
        until = later(published, wait)
        message = f"It may appear {_hours(delay)} after the original: from {until:%Y-%m-%d %H:%M} UTC."
        yield hold("delay", message, until=until)


def check_window(case: Case) -> Iterator[Finding]:
    """Deny what was not taken in time; what we took in time stays ours to show."""
    if case.terms.window_days is None:
        return
    window = timedelta(days=case.terms.window_days)
    if case.article.published_at is None:
        yield hold(
            "window-unknown",
            f"It may be taken for {window.days} days after the original, and the original's day is unknown. "
            "Enter it, or change window_days.",
        )
        return
    published = in_utc(case.article.published_at)
    if in_utc(case.taken_at or case.now) - published > window + timedelta(
        days=1 if published.time() == time() else 0
    ):
        last = later(published, window)
        yield deny(
            "window-over", f"It could be taken for {window.days} days, until {last:%Y-%m-%d}. Ask for more time."
        )


def check_stay(case: Case) -> Iterator[Finding]:
    """Deny, or tell, what has stood as long as it may."""
    if case.taken_at is None or case.terms.keep_days is None:
        return
    if in_utc(case.now) - in_utc(case.taken_at) > timedelta(days=case.terms.keep_days):
        message = f"Our copy may stand for {case.terms.keep_days} days, and they are over. Ask for more time."
        yield (deny if case.terms.at_end is AtEnd.WITHDRAW else notice)("stay-over", message)


def check_quota(case: Case) -> Iterator[Finding]:
    """Hold what would be one too many."""
    quota = case.terms.quota
    if quota is None or case.taken_at is not None:
        return
    rule = f"{case.origin.name} allows {quota.articles} articles in {quota.days} days"
    if case.recent is None:
        yield hold("quota-unknown", f"{rule}, and ours were not counted.")
    elif case.recent >= quota.articles:
        message = f"{rule}, and we have published {case.recent}. Wait, or ask for more."
        yield hold("quota", message, until=case.quota_frees_at)


def _hours(delay: timedelta) -> str:
    return f"{delay.total_seconds() / 3600:g} hours"
