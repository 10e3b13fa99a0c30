"""Publishers killed at random instants: nothing is lost, doubled or uncredited.

REPRINT_KILLS sets how many are killed at the static site, and a quarter of that at WordPress; 200 takes some minutes:
REPRINT_KILLS=200 python -m pytest -s tests/faults
"""

from __future__ import annotations

import os
from pathlib import Path

import lxml.html
import pytest

from ingest.store.database import open_store
from publish.rebuild import rebuild
from publish.site.build import StaticSite
from tests.faults.killing import Office, run_through
from tests.faults.worker import now
from tests.newswire import SITE
from tests.publish.wordpress.rooms import make_room
from tests.publish.wordpress.server import WordPress

KILLS = int(os.environ.get("REPRINT_KILLS", "8"))

pytestmark = pytest.mark.slow


def test_kills_at_the_static_site(tmp_path: Path) -> None:
    """Each work has exactly one page, with its credit; a rebuild from the records gives the same bytes."""
    engine, root = open_store(f"sqlite:///{tmp_path / 's.db'}", busy_seconds=20), tmp_path / "site"
    office = Office(engine=engine, target="site", place=(str(root),))
    counts = run_through(office, kills=KILLS)
    pages = {file.stem: file for file in (root / "articles").glob("*.html")}
    assert set(pages) == {row.slug for row in office.rows()}
    credited = 0
    for row in office.rows():
        tree = lxml.html.fromstring(pages[row.slug].read_bytes())
        shown = tree.find_class("credit")
        assert len(shown) == (1 if row.state == "published" else 0), row.slug
        credited += len(shown)
    before = _bytes(root)
    rebuild(StaticSite(root, SITE), engine=engine, clock=now, actor="test")
    assert _bytes(root) == before
    engine.dispose()
    print(f"\nstatic site: {dict(counts)}, credited pages: {credited}")  # noqa: T201 - the counts are the point


def test_kills_at_wordpress(wordpress: WordPress, tmp_path: Path) -> None:
    """Each work has exactly one post, with its credit, at the address on record; what was withdrawn is gone."""
    engine = open_store(f"sqlite:///{tmp_path / 's.db'}", busy_seconds=20)
    room = make_room(wordpress, engine)
    office = Office(
        engine=engine,
        target="web",
        place=(wordpress.url, "editor"),
        environment={"WP_PASSWORD": wordpress.passwords["editor"]},
    )
    counts = run_through(office, kills=max(2, KILLS // 4))
    rows, posts = office.rows(), {row.work_id: room.posts(row) for row in office.rows()}
    for row in rows:
        if row.state == "published":
            (post,), (status, page) = posts[row.work_id], room.page(row)
            assert (post["post_status"], status) == ("publish", 200), row.slug
            assert len(lxml.html.fromstring(page).find_class("credit")) == 1, row.slug
            counts["credited posts"] += 1
        elif posts[row.work_id] or row.first_published_at is not None:
            # One that was withdrawn while in doubt may never have come to be.
            (post,) = posts[row.work_id]
            assert (post["post_status"], wordpress.get(f"?p={post['ID']}")[0]) == ("private", 410)
    store = room.reprint_id(rows[0]).partition(":")[0]
    ours = (
        'global $wpdb; return (int) $wpdb->get_var("SELECT COUNT(*) FROM $wpdb->postmeta m JOIN $wpdb->posts p'
        " ON p.ID = m.post_id WHERE p.post_type = 'post' AND m.meta_key = '_reprint_id'"
        f" AND m.meta_value LIKE '{store}:%'\");"
    )
    assert wordpress.php(ours) == sum(len(found) for found in posts.values())
    engine.dispose()
    print(f"\nWordPress: {dict(counts)}")  # noqa: T201 - the counts are the point


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
