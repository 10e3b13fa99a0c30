"""Whatever happened, and in whatever order: what stands there is what a build from the records alone would give."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from ingest.article import Article, Byline, Person
from ingest.corrections import CorrectedBy, Correction
from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.sources import Section, Sources
from ingest.store import articles, corrections, outbox, publications
from ingest.store.database import open_store, read, write
from ingest.store.rulings import Ruling
from ingest.terms import CreditRule, Mode, Position, SearchPolicy, Terms
from publish.publisher import publish_waiting
from publish.rebuild import rebuild
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NO_TERMS, NOW, SITE, article, partner, sources, take

OURS = replace(
    SITE,
    sections=(
        Section(key="sea", name="Sea", labels=("tides",)),
        Section(key="land", name="Land", labels=("fields",)),
    ),
)
TERMS = (
    GRANTED,
    GRANTED.model_copy(update={"search": SearchPolicy.NONE, "full_in_feeds": True}),
    GRANTED.model_copy(update={"mode": Mode.EXCERPT, "credit": CreditRule(position=Position.BOTTOM)}),
    NO_TERMS,
)
PARTNERS = ("forum", "atlas")
NAMES = ("Jane Roe", "Ana Ruiz", "\u674e\u5a1c")
LABELS = ((), ("Tides",), ("Fields", "tides"))
STEP = timedelta(days=4)
#: Two pages of the first partner's list, so that one more or less closes or opens one.
BEFORE = 59


def _known(terms: Terms) -> Sources:
    return sources(*(partner(key, terms) for key in PARTNERS))


def _piece(number: int, *, by: str = "forum", **changes: object) -> Article:
    made = article(f"piece-{number}", by=by, seed=number + 1, labels=("Tides",))
    return replace(made, **changes)  # type: ignore[arg-type]  # the values' types are the fields'


def _files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def _publish(engine: sa.Engine, site: StaticSite, now: datetime) -> None:
    assert publish_waiting(site, engine=engine, clock=lambda: now, actor="test").failed == ()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store and a site of many pieces, two months long."""
    folder = tmp_path_factory.mktemp("newsroom")
    engine = open_store(f"sqlite:///{folder / 'store.db'}")
    for number in range(BEFORE):
        take(engine, _piece(number), "forum", _known(TERMS[1]), now=NOW + timedelta(hours=number))
    _publish(engine, StaticSite(folder / "site", OURS), NOW + timedelta(hours=BEFORE))
    engine.dispose()
    return folder


class _History(RuleBasedStateMachine):
    """A newsroom's days: each step is something that happens, and a round of the publisher now and then."""

    newsroom: Path
    workshop: Iterator[Path]

    @initialize()
    def open(self) -> None:
        """Take a copy of the newsroom."""
        self.folder = next(self.workshop)
        shutil.copytree(self.newsroom, self.folder)
        self.engine = open_store(f"sqlite:///{self.folder / 'store.db'}")
        self.site = StaticSite(self.folder / "site", OURS)
        self.now = NOW + timedelta(days=5)
        self.pieces = {number: _piece(number) for number in range(BEFORE)}

    def _take(self, number: int, terms: Terms) -> None:
        value = self.pieces[number]
        supplier = "forum" if "//forum." in value.url else "atlas"
        self.now += STEP
        take(self.engine, value, supplier, _known(terms), now=self.now)

    def _row(self, number: int) -> publications.PublicationRow | None:
        with read(self.engine) as connection:
            supplier = "forum" if "//forum." in self.pieces[number].url else "atlas"
            found = articles.find(connection, supplier, self.pieces[number].canonical_url)
            rows = publications.of_work(connection, found.work_id) if found else []
        return rows[0] if rows else None

    @rule(by=st.sampled_from(PARTNERS), name=st.sampled_from(NAMES), labels=st.sampled_from(LABELS))
    def arrives(self, by: str, name: str, labels: tuple[str, ...]) -> None:
        """Let a new piece come."""
        number = len(self.pieces)
        byline = Byline(people=(Person(name=name, bio=f"{name} writes." if labels else None),), raw=f"By {name}")
        self.pieces[number] = _piece(number, by=by, byline=byline, labels=labels)
        self._take(number, TERMS[1])

    @rule(data=st.data(), name=st.sampled_from(NAMES), labels=st.sampled_from(LABELS))
    def is_revised(self, data: st.DataObject, name: str, labels: tuple[str, ...]) -> None:
        """Let a piece come again with other words, another author, other labels."""
        number = data.draw(st.sampled_from(sorted(self.pieces)))
        byline = Byline(people=(Person(name=name),), raw=f"By {name}")
        headline = f"What the tides say, part {number}, seen on day {self.now.toordinal()}"
        self.pieces[number] = replace(self.pieces[number], headline=headline, byline=byline, labels=labels)
        self._take(number, TERMS[1])

    @rule(data=st.data(), terms=st.sampled_from(TERMS))
    def terms_change(self, data: st.DataObject, terms: Terms) -> None:
        """Let other terms hold for a piece, or none any more."""
        self._take(data.draw(st.sampled_from(sorted(self.pieces))), terms)

    @rule(data=st.data())
    def is_withdrawn(self, data: st.DataObject) -> None:
        """Take a piece down for good."""
        row = self._row(data.draw(st.sampled_from(sorted(self.pieces))))
        if row is not None:
            self.now += STEP
            keeping = Keeping(now=self.now, actor="ed", targets=("site",))
            give_ruling(
                self.engine,
                row.article_id,
                Ruling.WITHDRAWN,
                reason="asked",
                sources=_known(TERMS[1]),
                keeping=keeping,
            )

    @rule(data=st.data())
    def is_corrected(self, data: st.DataObject) -> None:
        """Put a piece right, and say so."""
        row = self._row(data.draw(st.sampled_from(sorted(self.pieces))))
        if row is None or row.state != "published":
            return
        self.now += STEP
        found = Correction(text=f"It was not {self.now:%d %B}.", at=self.now, by=CorrectedBy.OURS)
        with write(self.engine) as connection:
            corrections.add(connection, row.article_id, found, revision_id=None, actor="ed", now=self.now)
            outbox.intend(
                connection,
                work_id=row.work_id,
                target="site",
                article_id=row.article_id,
                revision_id=row.revision_id,
                attribution_id=row.attribution_id,
                now=self.now,
            )

    @rule()
    def is_published(self) -> None:
        """Let the publisher make its round."""
        _publish(self.engine, self.site, self.now)

    def teardown(self) -> None:
        """Hold what grew against what is built anew."""
        if not hasattr(self, "engine"):
            return
        _publish(self.engine, self.site, self.now)
        fresh = self.folder / "fresh"
        rebuild(StaticSite(fresh, OURS), engine=self.engine, clock=lambda: self.now, actor="test")
        grown, built = _files(self.folder / "site"), _files(fresh)
        self.engine.dispose()
        shutil.rmtree(self.folder)
        assert sorted(grown) == sorted(built)
        assert [path for path in grown if grown[path] != built[path]] == []


@pytest.mark.slow
def test_any_history_gives_the_bytes_of_a_rebuild(newsroom: Path, tmp_path: Path) -> None:
    """Publish, revise, correct, withdraw, change terms: byte for byte what `reprint publish --rebuild` gives."""

    class History(_History):
        pass

    History.newsroom = newsroom
    History.workshop = (tmp_path / str(number) for number in range(10_000))
    run_state_machine_as_test(
        History, settings=settings(max_examples=6, stateful_step_count=10, deadline=None, report_multiple_bugs=False)
    )
