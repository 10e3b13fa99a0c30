"""A publisher that died between the target's answer and our mark: what it left there is found, whatever comes next."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store.database import read
from ingest.store.publications import PublicationRow, batch
from ingest.store.rulings import Ruling
from ingest.terms import Terms
from publish.publication import Publication
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import NOW, SITE, article, partner, sources, take


class _Killed(BaseException):
    """As SIGKILL: nothing that the publisher could catch."""


class _Deadly(StaticSite):
    """A site whose publisher dies as soon as the page is there."""

    def put(self, publication: Publication) -> str:
        super().put(publication)
        raise _Killed


@pytest.fixture
def known() -> Sources:
    """Return sources of one partner."""
    return sources(partner("forum"))


@pytest.fixture
def left_behind(engine: sa.Engine, known: Sources, tmp_path: Path) -> Path:
    """Return the page that a killed publisher left, of an article that the store takes for never published."""
    kept = take(engine, article(), "forum", known)
    with pytest.raises(_Killed):
        _publish(_Deadly(tmp_path, SITE), engine)
    (page,) = (tmp_path / "articles").glob("*.html")
    assert "What the tides say" in page.read_text()
    assert _row(engine).first_published_at is None
    assert kept.article_id == _row(engine).article_id
    return page


def _publish(site: StaticSite, engine: sa.Engine) -> None:
    publish_waiting(site, engine=engine, clock=lambda: NOW, actor="test")


def _row(engine: sa.Engine) -> PublicationRow:
    with read(engine) as connection:
        (row,) = batch(connection, "site", after=0, limit=10)
    return row


def _keeping(known: Sources) -> Keeping:
    return Keeping(now=NOW, actor="test", targets=("site",), partners=known.keys)


def test_a_withdrawal_takes_down_what_a_killed_publisher_left(
    engine: sa.Engine, known: Sources, left_behind: Path, tmp_path: Path
) -> None:
    """It is not forgotten as one that never went out: the page comes down."""
    give_ruling(engine, 1, Ruling.WITHDRAWN, reason="asked", sources=known, keeping=_keeping(known))
    _publish(StaticSite(tmp_path, SITE), engine)
    assert "What the tides say" not in left_behind.read_text()
    assert _row(engine).state == "withdrawn"


def test_a_permission_that_ends_takes_down_what_a_killed_publisher_left(
    engine: sa.Engine, left_behind: Path, tmp_path: Path
) -> None:
    """An article that is held before its publisher came back does not stay out unseen."""
    take(engine, article(), "forum", sources(partner("forum", Terms())))
    _publish(StaticSite(tmp_path, SITE), engine)
    assert "What the tides say" not in left_behind.read_text()


def test_an_update_that_is_cancelled_is_written_back(engine: sa.Engine, known: Sources, tmp_path: Path) -> None:
    """A new revision that a killed publisher wrote, and that is then held, gives way to the one on record."""
    take(engine, article(), "forum", known)
    _publish(StaticSite(tmp_path, SITE), engine)
    take(engine, article(headline="A headline that is held"), "forum", known)
    with pytest.raises(_Killed):
        _publish(_Deadly(tmp_path, SITE), engine)
    (page,) = (tmp_path / "articles").glob("*.html")
    assert "A headline that is held" in page.read_text()
    from ingest.article import Doubt

    take(engine, article(headline="A headline that is held", doubts=(Doubt.HEADLINE,)), "forum", known)
    _publish(StaticSite(tmp_path, SITE), engine)
    assert "What the tides say" in page.read_text()
    assert _row(engine).state == "published"


def test_what_was_never_begun_is_simply_forgotten(engine: sa.Engine, known: Sources) -> None:
    """A withdrawal of what no publisher touched leaves no notice of it anywhere."""
    take(engine, article(), "forum", known)
    give_ruling(engine, 1, Ruling.WITHDRAWN, reason="asked", sources=known, keeping=_keeping(known))
    with read(engine) as connection:
        assert batch(connection, "site", after=0, limit=10) == []
