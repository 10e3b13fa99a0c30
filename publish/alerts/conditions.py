"""What needs a person, from the store's own state and from an audit's findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ingest.polled import FeedRecord, Standing
from ingest.store.feed_counts import Counts
from ingest.store.followups import Missing
from ingest.store.overview import Overview
from publish.audit.finding import Finding, Severity

_STATUS = "see `reprint sources status`"


def conditions(
    overview: Overview,
    feeds: Iterable[FeedRecord],
    counts: dict[int, Counts],
    *,
    disk_free: float,
    missing: Iterable[Missing] = (),
) -> dict[str, str]:
    """Return the words for each thing that needs a person now, by a key that stays while it lasts.

    `counts` are the feeds' entries by the feed's id; `disk_free` is a share of 1; `missing` are articles whose
    original is gone, and that nothing but a person takes down.
    """
    found: dict[str, str] = {}
    for feed in feeds:
        if feed.standing is not Standing.ACTIVE:
            reason = f"{feed.partner}: the feed {feed.url} is {feed.standing.value}: {feed.error}"
            found[f"feed-{feed.standing.value}:{feed.id}"] = f"{reason} (put it right, then `reprint sources resume`)"
        held = counts.get(feed.id, Counts())
        if held.flood:
            words = f"{feed.partner}: {held.flood} entries of {feed.url} came at once and are held as a flood"
            found[f"flood:{feed.id}"] = f"{words} ({_STATUS}, then `reprint sources release-flood`)"
        if held.failed:
            words = f"{feed.partner}: entries of {feed.url} were given up"
            found[f"given-up:{feed.id}"] = f"{words} (see `reprint sources status --entries`)"
    for box in overview.outboxes:
        if box.refused:
            words = f"the target {box.target} refuses publications; they are tried again"
            found[f"refused:{box.target}"] = f"{words} (run `reprint publish` to see why)"
    for one in missing:
        found[f"{one.outcome}:{one.key}"] = f"{_MISSING[one.outcome].format(one)} ({_WITHDRAW})"
    if disk_free < _LOW_DISK:
        found["disk"] = f"the disk is nearly full: {disk_free:.0%} is free"
    return found


_LOW_DISK = 0.05
_WITHDRAW = "look; if it was taken back: `reprint articles withdraw ID --reason ...`"
_MISSING = {
    "many-gone": "{0.partner}: {0.count} articles of ours are gone at {0.host} at once, and stay out here",
    "copy-gone": "{0.partner}: the page of article {0.article_id} is gone at {0.host}, its original is not",
}


def of_findings(findings: Iterable[Finding]) -> dict[str, str]:
    """Return the words for an audit's errors and warnings, by a key that the same finding has tomorrow."""
    return {
        _key(finding): _words(finding)
        for finding in findings
        if finding.severity in {Severity.ERROR, Severity.WARNING}
    }


def _key(finding: Finding) -> str:
    place = hashlib.sha256(finding.where.encode()).hexdigest()[:16]
    return f"{finding.code}:{finding.article_id or ''}:{place}"


def _words(finding: Finding) -> str:
    article = f" (article {finding.article_id})" if finding.article_id else ""
    head = f"{finding.severity.value} {finding.code}{article} at {finding.where}"
    return f"{head}: {finding.evidence} → {finding.next_step}"
