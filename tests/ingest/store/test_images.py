"""Which images of which work are here."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.store import images
from ingest.store.database import read, write
from ingest.store.rulings import Ruling
from tests.newswire import NOW, article, partner, sources, take

KNOWN = sources(partner("forum"))


def _states(engine: sa.Engine, work_id: int) -> list[tuple[str, str]]:
    with read(engine) as connection:
        return [(row.url_hash, row.state) for row in images.of_work(connection, work_id)]


def test_a_work_has_the_images_that_are_wanted_and_no_others(engine: sa.Engine) -> None:
    """Wanting again changes nothing, wanting fewer drops the rest; an address itself is never kept."""
    work = take(engine, article(), "forum", KNOWN).work_id
    one, two = "https://forum.example/1.jpg?key=hunter2", "https://forum.example/2.jpg"
    for wanted in ([one, two, one], [one, two]):
        with write(engine) as connection:
            assert not images.want(connection, work, wanted, now=NOW)
    assert _states(engine, work) == [(images.url_hash(url), "waiting") for url in (one, two)]
    with read(engine) as connection:
        assert "hunter2" not in str(connection.execute(sa.select(images.image)).all())
    with write(engine) as connection:
        assert images.want(connection, work, [two], now=NOW)
    assert _states(engine, work) == [(images.url_hash(two), "waiting")]


def test_what_is_due_is_what_waits_and_may_be_asked_again(engine: sa.Engine) -> None:
    """Kept and refused images are not fetched again, postponed ones not before their time, lost ones at once."""
    work = take(engine, article(), "forum", KNOWN).work_id
    with write(engine) as connection:
        images.want(connection, work, [f"https://forum.example/{n}.jpg" for n in range(3)], now=NOW)
        kept, refused, late = images.of_work(connection, work)
        images.keep(connection, kept.id, "{}")
        images.refuse(connection, refused.id, "no JPEG")
        images.postpone(connection, late.id, "busy", due_at=NOW + timedelta(hours=1))
    with write(engine) as connection:
        assert images.due_works(connection, now=NOW, most=5) == []
        assert images.due_works(connection, now=NOW + timedelta(hours=2), most=5) == [work]
        images.fetch_again(connection, [kept.id], now=NOW)
        assert images.due_works(connection, now=NOW, most=5) == [work]


def test_works_that_are_shown_nowhere_are_told(engine: sa.Engine) -> None:
    """Once it is withdrawn, nothing of its images may stay."""
    kept = take(engine, article(), "forum", KNOWN)
    with write(engine) as connection:
        images.want(connection, kept.work_id, ["https://forum.example/1.jpg"], now=NOW)
        assert images.orphans(connection) == []
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(engine, kept.article_id, Ruling.WITHDRAWN, reason="asked to", sources=KNOWN, keeping=keeping)
    with read(engine) as connection:
        assert images.orphans(connection) == [kept.work_id]
