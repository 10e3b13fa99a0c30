"""How each feed is, in a word and in sentences, for the desk's page of partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from ingest.polled import CONFIRMED, FeedRecord, Standing
from ingest.sources import FeedSource, Partner
from ingest.store import feeds, volumes
from publish.desk.charts import Chart, chart

#: A feed that nobody polled for so long after its time: nothing polls.
_LATE: Final = timedelta(minutes=10)
#: Days of the charts.
_DAYS: Final = 28


class Health(StrEnum):
    """A feed's health; the graver comes first."""

    STOPPED = "stopped"
    FAILING = "failing"
    HELD = "flood held"
    LATE = "late"
    NEW = "not polled yet"
    WELL = "well"


@dataclass(frozen=True, kw_only=True)
class FeedView:
    """One feed as the desk shows it; `record` is None where nothing ever polled."""

    source: FeedSource
    record: FeedRecord | None
    counts: Counter[str]
    days: Counter[date]
    health: Health
    remarks: tuple[str, ...]

    @property
    def stuck(self) -> int:
        """How many of its entries wait for a person."""
        return self.counts["failed"] + self.counts["set-aside"] + self.counts["flood"]


@dataclass(frozen=True, kw_only=True)
class PartnerView:
    """A partner with its feeds."""

    partner: Partner
    feeds: tuple[FeedView, ...]
    chart: Chart

    @property
    def health(self) -> Health | None:
        """The gravest of its feeds'; None where it has none."""
        order = list(Health)
        return min((one.health for one in self.feeds), key=order.index, default=None)


def views(connection: sa.Connection, partners: list[Partner], *, now: datetime) -> list[PartnerView]:
    """Return these partners with their feeds and volumes; not for more than some hundreds at once."""
    records = feeds.of_partners(connection, [partner.key for partner in partners])
    named = {(partner.key, source.url) for partner in partners for source in partner.feeds}
    ids = [record.id for key, record in records.items() if key in named]
    today = now.date()
    days = volumes.by_day(connection, ids, since=today - timedelta(days=_DAYS - 1))
    counts = volumes.open_entries(connection, ids)
    return [_partner_view(partner, records, counts, days, now) for partner in partners]


def _partner_view(
    partner: Partner,
    records: Mapping[tuple[str, str], FeedRecord],
    counts: Mapping[int, Counter[str]],
    days: Mapping[int, Counter[date]],
    now: datetime,
) -> PartnerView:
    shown, total = [], Counter[date]()
    for source in partner.feeds:
        record = records.get((partner.key, source.url))
        number = record.id if record else 0
        of_feed, by_day = counts.get(number, Counter()), days.get(number, Counter())
        total += by_day
        shown.append(
            FeedView(
                source=source,
                record=record,
                counts=of_feed,
                days=by_day,
                health=_health(record, of_feed, now),
                remarks=tuple(_remarks(record, of_feed, now)),
            )
        )
    return PartnerView(partner=partner, feeds=tuple(shown), chart=chart(total, today=now.date(), days=_DAYS))


def _health(record: FeedRecord | None, counts: Counter[str], now: datetime) -> Health:
    if record is None or (record.last_polled_at is None and not record.error):
        return Health.NEW
    if record.standing is not Standing.ACTIVE:
        return Health.STOPPED
    if record.error:
        return Health.FAILING
    if counts["flood"]:
        return Health.HELD
    return Health.LATE if record.next_poll_at < now - _LATE else Health.WELL


def _remarks(record: FeedRecord | None, counts: Counter[str], now: datetime) -> Iterator[str]:
    """Yield what there is to say of a feed, a sentence each."""
    if record is None:
        return
    if record.error:
        since = f" (failing since {record.failing_since:%-d %b %Y, %H:%M} UTC)" if record.failing_since else ""
        yield record.error + since
    if record.standing is not Standing.ACTIVE:
        yield f"It is {record.standing.value}, and not polled until somebody resumes it."
    if record.wait_until and record.wait_until > now:
        yield f"Its server asked to be left alone until {record.wait_until:%-d %b %Y, %H:%M} UTC."
    if record.moved_to and record.moved_polls >= CONFIRMED:
        yield f"It moved for good to {record.moved_to}; put that into sources.yaml."
    if counts["flood"]:
        yield f"{counts['flood']:,} new items came at once and are held as a flood."
    if counts["failed"]:
        yield f"{counts['failed']:,} entries were given up after several tries."
