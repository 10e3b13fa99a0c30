"""The outbox: each intent is carried out once, whatever fails in between."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.correcting import correct
from ingest.errors import PublishError
from ingest.keep import Keeping
from ingest.regroup import merge
from ingest.ruling import give_ruling
from ingest.store import chain, ledger, publications
from ingest.store.database import read
from ingest.store.rulings import Ruling
from ingest.terms import CreditRule, Position
from publish.audit import record_findings
from publish.dates import iso
from publish.feeds import Withdrawal
from publish.publication import Publication
from publish.publisher import PublishReport, publish_waiting
from publish.rebuild import rebuild
from publish.shelf import Shelf
from publish.site.build import StaticSite
from publish.target import Target
from tests.newswire import GRANTED, NO_TERMS, NOW, SITE, article, partner, sources, take

KNOWN = sources(partner("forum"))


@dataclass
class Place:
    """A target that remembers what it was given, refuses some slugs, and can die after it has taken one."""

    name: str = "site"
    refuses: set[str] = field(default_factory=set)
    dies_after: int | None = None
    given: list[str] = field(default_factory=list)
    shown: list[Sequence[str]] = field(default_factory=list)

    def put(self, publication: Publication) -> str:
        """Take a publication."""
        if publication.slug in self.refuses:
            raise PublishError("no room", where=publication.slug, next_step="make room")
        self.given.append(publication.slug)
        if self.dies_after == len(self.given):
            raise KeyboardInterrupt
        return f"https://courier.example/{publication.slug}"

    def withdraw(self, slug: str, *, notice: str = "", withdrawn_at: datetime | None = None) -> str:
        """Take one down."""
        self.given.append(f"-{slug}")
        return f"https://courier.example/{slug}"

    def refresh(self, shelf: Shelf, withdrawn: Sequence[Withdrawal] = ()) -> None:
        """Show what is published."""
        self.shown.append([teaser.slug for teaser in shelf])


#: What a ninjs notice of a withdrawal may say: the address, and that and when it went.
_NOTICE = {"uri", "type", "standard", "pubStatus", "versionCreated"}


def _publish(target: Target, engine: sa.Engine, *, later: timedelta = timedelta()) -> PublishReport:
    return publish_waiting(target, engine=engine, clock=lambda: NOW + later, actor="test")


def _events(engine: sa.Engine) -> list[str]:
    with read(engine) as connection:
        chain.verify(connection)
        found = [record.event for record in ledger.records(connection)]
    return [event for event in found if event.startswith("publication.")]


def _fill(engine: sa.Engine, count: int) -> None:
    for seed in range(count):
        take(engine, article(f"story-{seed}", seed=seed + 1), "forum", KNOWN)


def test_what_waits_is_given_once_and_shown(engine: sa.Engine) -> None:
    """A second round gives nothing, and does not even refresh."""
    _fill(engine, 3)
    target = Place()
    report = _publish(target, engine)
    assert len(report.published) == 3
    assert len(set(target.given)) == 3
    assert sorted(target.shown[-1]) == sorted(target.given)
    again = _publish(target, engine)
    assert again == PublishReport(target="site")
    assert (len(target.given), len(target.shown)) == (3, 1)
    assert _events(engine) == ["publication.published"] * 3


def test_a_refusal_is_told_and_tried_again_and_harms_nothing_else(engine: sa.Engine) -> None:
    """The others are published; the refused one waits, and goes when there is room."""
    _fill(engine, 3)
    with read(engine) as connection:
        slug = publications.waiting(connection, "site", now=NOW)[1].slug
    target = Place(refuses={slug})
    report = _publish(target, engine)
    assert len(report.published) == 2
    assert report.failed == ((slug, f"{slug}: no room (make room)"),)
    assert _publish(target, engine).failed == ()
    target.refuses.clear()
    assert len(_publish(target, engine, later=timedelta(hours=1)).published) == 1


def test_dying_after_the_target_took_it_publishes_it_once(engine: sa.Engine) -> None:
    """The target is given it again, and the ledger has one publication."""
    _fill(engine, 2)
    target = Place(dies_after=1)
    with pytest.raises(KeyboardInterrupt):
        _publish(target, engine)
    assert _events(engine) == []
    target.dies_after = None
    assert len(_publish(target, engine).published) == 2
    assert target.given[0] == target.given[1]
    assert _events(engine) == ["publication.published"] * 2


def test_dying_before_the_refresh_refreshes_the_next_time(engine: sa.Engine) -> None:
    """Lists are made up for, although nothing waits any more."""
    _fill(engine, 1)

    class Dying(Place):
        def refresh(self, shelf: Shelf, withdrawn: Sequence[Withdrawal] = ()) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _publish(Dying(), engine)
    target = Place()
    _publish(target, engine)
    assert (target.given, len(target.shown)) == ([], 1)


def test_a_withdrawal_leaves_the_lists_and_the_ledger_says_so(engine: sa.Engine, tmp_path: Path) -> None:
    """Page, teasers, feeds and sitemap follow in one action; a notice stays in the page's place."""
    _fill(engine, 2)
    site = StaticSite(tmp_path / "site", SITE)
    row = _publish(site, engine).published[0]
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(engine, row.article_id, Ruling.WITHDRAWN, reason="asked to", sources=KNOWN, keeping=keeping)
    report = _publish(site, engine, later=timedelta(hours=1))
    assert len(report.withdrawn) == 1
    canceled = tmp_path / "site" / "ninjs" / f"{row.slug}.json"
    assert json.loads(canceled.read_text(encoding="utf-8"))["pubStatus"] == "canceled"
    assert set(json.loads(canceled.read_text(encoding="utf-8"))) <= _NOTICE
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file() and file not in {site.file_of(row.slug), canceled}:
            assert row.slug not in file.read_text(encoding="utf-8"), file
    assert "tides" not in site.file_of(row.slug).read_text(encoding="utf-8").casefold().replace(row.slug, "")
    assert _events(engine)[-1] == "publication.withdrawn"


def test_a_rebuild_is_byte_for_byte_what_stood_there(engine: sa.Engine, tmp_path: Path) -> None:
    """The site follows from the records alone."""
    _fill(engine, 3)
    site = StaticSite(tmp_path / "one", SITE)
    _publish(site, engine)
    other = StaticSite(tmp_path / "two", SITE)
    assert rebuild(other, engine=engine, clock=lambda: NOW, actor="test") == 3
    files = {f.relative_to(tmp_path / "one"): f.read_bytes() for f in (tmp_path / "one").rglob("*") if f.is_file()}
    assert files == {
        f.relative_to(tmp_path / "two"): f.read_bytes() for f in (tmp_path / "two").rglob("*") if f.is_file()
    }


def test_an_update_keeps_the_first_time(engine: sa.Engine) -> None:
    """A later revision changes the page, not the day on which it was first published."""
    _fill(engine, 1)
    target = Place()
    first = _publish(target, engine).published[0]
    changed = article("story-0", seed=1, headline="What the tides say, corrected")
    take(engine, changed, "forum", KNOWN, now=NOW + timedelta(hours=2))
    report = _publish(target, engine, later=timedelta(hours=3))
    assert (len(report.published), len(report.updated)) == (0, 1)
    with read(engine) as connection:
        (row,) = publications.of_work(connection, first.work_id)
    assert row.first_published_at == NOW
    assert row.updated_at == NOW + timedelta(hours=2)
    assert _events(engine) == ["publication.published", "publication.updated"]


def test_a_merged_page_points_where_its_piece_stands_and_nowhere_else(engine: sa.Engine, tmp_path: Path) -> None:
    """Its notice names the page that stays, after a rebuild too; once that is down it names nothing, and back again."""
    site, known = StaticSite(tmp_path, SITE), sources(partner("forum"), partner("herald"))
    first = take(engine, article(), "forum", known)
    other = take(engine, article("storms", by="herald", seed=7), "herald", known)
    by_work = {row.work_id: row for row in _publish(site, engine).published}
    kept, gone = by_work[first.work_id], by_work[other.work_id]

    def says(hours: int) -> bool:
        keeping_time = timedelta(hours=hours)
        _publish(site, engine, later=keeping_time)
        text = site.file_of(gone.slug).read_text(encoding="utf-8")
        rebuild(site, engine=engine, clock=lambda: NOW + keeping_time, actor="test")
        assert site.file_of(gone.slug).read_text(encoding="utf-8") == text
        return f"{kept.slug}.html" in text

    def keeping(hours: int) -> Keeping:
        return Keeping(now=NOW + timedelta(hours=hours), actor="ed", targets=("site",), partners=known.keys)

    merge(engine, first.article_id, other.article_id, reason="one", sources=known, keeping=keeping(1))
    assert says(2)
    for hours, ruling in ((3, Ruling.WITHDRAWN), (5, Ruling.RELEASED)):
        give_ruling(engine, first.article_id, ruling, reason="x", sources=known, keeping=keeping(hours))
        assert says(hours + 1) == (ruling is Ruling.RELEASED)
    with read(engine) as connection:
        assert list(record_findings(connection)) == []


def test_our_correction_is_an_update_to_a_reader(engine: sa.Engine, tmp_path: Path) -> None:
    """`dateModified` is the time of the correction (schema.org), also after other terms and a rebuild."""
    site, told = StaticSite(tmp_path, SITE), timedelta(hours=2)
    kept = take(engine, article(), "forum", KNOWN)
    _publish(site, engine)
    keeping = Keeping(now=NOW + told, actor="ed", targets=("site",))
    correct(engine, kept.article_id, "The board's name was wrong.", keeping=keeping)
    _publish(site, engine, later=timedelta(hours=3))
    (page,) = (tmp_path / "articles").glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert f'"dateModified":"{iso(NOW + told)}"' in text.replace('": "', '":"')
    rebuild(site, engine=engine, clock=lambda: NOW + timedelta(hours=4), actor="test")
    assert page.read_text(encoding="utf-8") == text
    other = GRANTED.model_copy(update={"credit": CreditRule(position=Position.BOTTOM)})
    take(engine, article(), "forum", sources(partner("forum", other)), now=NOW + timedelta(hours=5))
    _publish(site, engine, later=timedelta(hours=5))
    assert f'"dateModified":"{iso(NOW + told)}"' in page.read_text(encoding="utf-8").replace('": "', '":"')
    with read(engine) as connection:
        assert list(record_findings(connection)) == []


def test_only_other_words_are_an_update_to_a_reader(engine: sa.Engine, tmp_path: Path) -> None:
    """New terms, and a while away because of them, leave the page without "Updated"; a correction brings it."""
    site, piece = StaticSite(tmp_path, SITE), article()
    other = GRANTED.model_copy(update={"credit": CreditRule(position=Position.BOTTOM)})
    stages = [(GRANTED, piece, 0), (NO_TERMS, piece, 1), (other, piece, 2), (GRANTED, piece, 3)]
    for terms, value, hours in stages:
        take(engine, value, "forum", sources(partner("forum", terms)), now=NOW + timedelta(hours=hours))
        _publish(site, engine, later=timedelta(hours=hours))
        (page,) = (tmp_path / "articles").glob("*.html")
        assert "Updated" not in page.read_text(encoding="utf-8")
    rebuild(site, engine=engine, clock=lambda: NOW + timedelta(hours=4), actor="test")
    assert "Updated" not in page.read_text(encoding="utf-8")
    later = timedelta(hours=5)
    take(engine, replace(piece, headline="What the tides really say"), "forum", KNOWN, now=NOW + later)
    _publish(site, engine, later=later)
    text = page.read_text(encoding="utf-8")
    assert "Updated" in text
    rebuild(site, engine=engine, clock=lambda: NOW + later, actor="test")
    assert page.read_text(encoding="utf-8") == text
    with read(engine) as connection:
        assert list(record_findings(connection)) == []
