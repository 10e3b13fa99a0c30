"""Articles that an older version signed are signed anew: all of them, by the partner's words, whatever dies."""

from __future__ import annotations

import signal
import subprocess
import sys

import sqlalchemy as sa

from ingest.dedupe import fingerprint as sign
from ingest.signing import VERSION
from ingest.store import articles, bookmarks, edits, fingerprints
from ingest.store.database import open_store, read, write
from ingest.store.fingerprints import fingerprint_key, fingerprint_table
from ingest.store.reindex import reindex
from ingest.store.signed import BOOKMARK, is_behind
from tests.newswire import NOW, article, partner, sources, take

FORUM = sources(partner("forum"))

Rows = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def _fill(engine: sa.Engine, count: int) -> None:
    for seed in range(count):
        take(engine, article(f"story-{seed}", seed=seed + 1), "forum", FORUM)


def _make_old(engine: sa.Engine) -> None:
    """Leave the store as an older version would: other words in each fingerprint, other keys, no bookmark."""
    with write(engine) as connection:
        for (id_,) in connection.execute(sa.select(fingerprint_table.c.article_id)).all():
            cut = sign(headline="", names=(), text=" ".join(f"c{id_} u{n} t" for n in range(60)))
            fingerprints.index(connection, id_, cut, language="en", origin_url=None)
        connection.execute(fingerprint_table.update().values(version=VERSION - 1))
        bookmarks.put(connection, BOOKMARK, str(VERSION - 1))


def _rows(engine: sa.Engine) -> Rows:
    with read(engine) as connection:
        prints = connection.execute(sa.select(fingerprint_table).order_by("article_id")).all()
        keys = connection.execute(sa.select(fingerprint_key).order_by("key", "article_id")).all()
    return [tuple(row) for row in prints], [tuple(row) for row in keys]


def _versions(engine: sa.Engine) -> list[int]:
    with read(engine) as connection:
        query = sa.select(fingerprint_table.c.version).order_by(fingerprint_table.c.article_id)
        return list(connection.execute(query).scalars())


def test_opening_a_store_signs_what_an_older_version_signed(engine: sa.Engine, store_url: str) -> None:
    """The index is then as if this version had signed everything; a second opening writes nothing."""
    _fill(engine, 5)
    fresh = _rows(engine)
    _make_old(engine)
    assert _rows(engine) != fresh
    open_store(store_url).dispose()
    assert _rows(engine) == fresh
    with read(engine) as connection:
        assert bookmarks.get(connection, BOOKMARK) == str(VERSION)
        assert not is_behind(connection)
    assert reindex(engine) == 0


def test_signs_the_partners_words_and_not_ours(engine: sa.Engine) -> None:
    """Copies elsewhere are copies of what the partner wrote, which stays so under our edit of it."""
    kept = take(engine, article("story", seed=1), "forum", FORUM)
    fresh = _rows(engine)
    with write(engine) as connection:
        revision_id = articles.add_revision(connection, article("story", seed=2), article_id=kept.article_id, now=NOW)
        edits.note(
            connection,
            kept.article_id,
            revision_id=revision_id,
            base_id=revision_id - 1,
            actor="ed",
            reason="shorter",
            now=NOW,
        )
    _make_old(engine)
    assert reindex(engine) == 1
    assert _rows(engine) == fresh


def test_an_index_killed_on_its_way_goes_on_where_it_was(engine: sa.Engine, store_url: str) -> None:
    """Kill -9 leaves each article as it was or signed anew, and the next opening does the rest and nothing twice."""
    _fill(engine, 40)
    fresh = _rows(engine)
    _make_old(engine)
    program = (
        "import sys, time; from ingest.store import reindex as r\n"
        "part = r._part\n"
        "def slowly(*given):\n"
        "    done = part(*given); print('part', flush=True); time.sleep(0.05); return done\n"
        "r._part = slowly\n"
        "from ingest.store import database as d\n"
        "d._catch_up = lambda engine: None\n"
        "r.reindex(d.open_store(sys.argv[1]), batch=3)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, store_url], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(3):
        assert process.stdout.readline() == b"part\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    versions = _versions(engine)
    assert versions == sorted(versions, reverse=True)
    assert {VERSION, VERSION - 1} == set(versions)
    left = versions.count(VERSION - 1)
    assert reindex(engine, batch=7) == left
    assert _rows(engine) == fresh
