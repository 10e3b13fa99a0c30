"""What came later than the terms allow is told, though it has come; what they set no time for is never late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.corrections import CorrectedBy, Correction
from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store import corrections, followups, outbox, publications
from ingest.store.database import write
from ingest.store.followups import Role, followup
from ingest.store.rulings import Ruling
from ingest.terms import Duties, Mode, Terms
from publish.audit import SiteFiles, check_site
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NOW, SITE, article, partner, sources, take
from tests.publish.audit_site import published

HOUR = timedelta(hours=1)


def _known(**duties: float) -> Sources:
    return sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, duties=Duties.model_validate(duties))))


def _late(engine: sa.Engine, site: SiteFiles, duties: dict[str, float], *, days: float = 1) -> dict[str, str]:
    found = check_site(engine, site, sources=_known(**duties), now=NOW + timedelta(days=days))
    return {one.code: one.evidence for one in found if one.code.endswith("-was-late")}


def _publish(engine: sa.Engine, site: SiteFiles, after: timedelta) -> None:
    publish_waiting(StaticSite(site.root, SITE), engine=engine, clock=lambda: NOW + after, actor="test")


@pytest.mark.parametrize(
    ("duties", "late"), [({"correct_hours": 2}, True), ({"correct_hours": 4}, False), ({}, False)]
)
def test_a_correction_that_came_too_late_is_told(
    engine: sa.Engine, tmp_path: Path, duties: dict[str, float], late: bool
) -> None:
    """From the partner's change to our page: three hours are too many where the terms say two, and for a month."""
    site = published(engine, tmp_path / "site", _known(**duties))
    changed = article(headline="What the tides say, corrected")
    kept = take(engine, changed, "forum", _known(**duties), now=NOW + HOUR)
    with write(engine) as connection:
        told = Correction(text="The board's name was wrong.", at=NOW, by=CorrectedBy.PARTNER)
        corrections.add(connection, kept.article_id, told, revision_id=2, actor="test", now=NOW + HOUR)
    _publish(engine, site, 3 * HOUR)
    found = _late(engine, site, duties)
    assert found.keys() == ({"correction-was-late"} if late else set())
    if late:
        assert "3.0 hours after" in found["correction-was-late"]
        assert "the terms allow 2" in found["correction-was-late"]
    assert _late(engine, site, duties, days=40) == {}


@pytest.mark.parametrize(
    ("duties", "late"), [({"takedown_hours": 2}, True), ({"takedown_hours": 6}, False), ({}, False)]
)
def test_a_takedown_that_came_too_late_is_told(
    engine: sa.Engine, tmp_path: Path, duties: dict[str, float], late: bool
) -> None:
    """From when the original was first found gone: what it took to make sure of it counts too."""
    site = published(engine, tmp_path / "site", _known(**duties))
    keeping = Keeping(now=NOW + 2 * HOUR, actor="ed", targets=("site",))
    give_ruling(engine, 1, Ruling.WITHDRAWN, reason="gone", sources=_known(**duties), keeping=keeping)
    with write(engine) as connection:
        followups.watch(connection, 1, role=Role.PAGE, at=NOW)
        connection.execute(followup.update().values(gone_since=NOW))
    _publish(engine, site, 3 * HOUR)
    found = _late(engine, site, duties)
    assert found.keys() == ({"takedown-was-late"} if late else set())
    assert _late(engine, site, duties, days=40) == {}


def test_a_notice_that_is_written_anew_is_no_late_takedown(engine: sa.Engine, tmp_path: Path) -> None:
    """The page went in time; where its notice points may change long after."""
    site = published(engine, tmp_path / "site", _known(takedown_hours=2))
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(engine, 1, Ruling.WITHDRAWN, reason="gone", sources=_known(takedown_hours=2), keeping=keeping)
    _publish(engine, site, HOUR)
    with write(engine) as connection:
        for row in publications.of_work(connection, 1):
            outbox.do_again(connection, row)
    found = check_site(engine, site, sources=_known(takedown_hours=2), now=NOW + timedelta(days=2))
    assert not {one.code for one in found} & {"takedown-late", "takedown-was-late"}
