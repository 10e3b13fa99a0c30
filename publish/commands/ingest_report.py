"""How `reprint ingest` tells what it did: a table by partner, and the reasons of what did not pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.markup import escape

from ingest.keep import Kept
from ingest.report import EntryReport, Fate, PollReport
from ingest.sources import Sources
from publish.console import Console

_EXPLAINED = (Fate.HELD, Fate.DENIED, Fate.COPY, Fate.POSTPONED, Fate.FAILED)
_COLUMNS = ("partner", "#entries", "#new", "#to publish", "#held", "#denied", "#copies", "#set aside", "#failed")


def show_polls(console: Console, sources: Sources, reports: Sequence[PollReport], rejudged: Sequence[Kept]) -> None:
    """Print what a pass did."""
    console.json({"feeds": list(reports), "rejudged": list(rejudged)})
    rows = [_row(partner.name, [r for r in reports if r.partner == partner.key]) for partner in sources.partners]
    console.table("Ingested", _COLUMNS, [row for row in rows if row])
    if rejudged:
        console.say(f"\nJudged anew after a change of terms or time: {len(rejudged)}")
    show_reasons(console, [entry for report in reports for entry in report.entries])
    for report in reports:
        for item in report.remembered.set_aside:
            console.say(f"\n[bold]set aside[/] {escape(item.reason)}\n    {escape(item.excerpt[:100])}")
    for report in reports:
        if report.note:
            console.warn(f"feed of {report.partner}: {report.note}")
        if report.error:
            console.warn(f"feed of {report.partner}: {report.error}")


def _row(name: str, reports: Sequence[PollReport]) -> tuple[object, ...] | None:
    if not reports:
        return None
    return (
        name,
        sum(report.remembered.seen for report in reports),
        sum(report.remembered.new for report in reports),
        *(
            sum(report.count(*fates) for report in reports)
            for fates in ((Fate.PUBLISH,), (Fate.HELD,), (Fate.DENIED,), (Fate.COPY,))
        ),
        sum(len(report.remembered.set_aside) for report in reports),
        sum(report.count(Fate.FAILED, Fate.POSTPONED) + bool(report.error) for report in reports),
    )


def show_reasons(console: Console, entries: Sequence[EntryReport]) -> None:
    """Print why entries were held, denied, merged or failed: each reason once, with the headlines that it befell."""
    befell: defaultdict[tuple[Fate, str], list[str]] = defaultdict(list)
    for entry in entries:
        if entry.fate in _EXPLAINED:
            for reason in entry.reasons:
                befell[entry.fate, reason.message].append(entry.headline)
    for (fate, message), headlines in sorted(befell.items(), key=lambda item: _EXPLAINED.index(item[0][0])):
        console.say(f"\n[bold]{fate.value}[/] {escape(message)}")
        for headline in headlines:
            console.say(f"    {escape(headline)}")


def show_article(console: Console, entry: EntryReport) -> None:
    """Print what became of one article."""
    console.json(entry)
    console.say(f"[bold]{entry.fate.value}[/] {escape(entry.headline)} (article {entry.article_id})")
    for reason in entry.reasons:
        console.say(f"  {escape(reason.message)}")
