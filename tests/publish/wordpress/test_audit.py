"""The audit over a WordPress: pages as readers get them, held against the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.fetch import Fetcher
from ingest.sources import Sources
from publish.audit.finding import Finding
from publish.audit.served import getting
from publish.audit.targets import target_findings
from tests.publish.wordpress.rooms import Room, _now


def _audited(room: Room) -> list[Finding]:
    known = Sources(site=room.known.site, partners=room.known.partners, targets=(room.source,))
    with getting(Fetcher(user_agent="reprint-tests/1", allowed_networks=["127.0.0.0/8"])) as get:
        return list(target_findings(room.engine, get, sources=known, now=_now()))


def test_an_untouched_wordpress_has_no_findings(room: Room) -> None:
    """Credit, byline, links, canonical, text: the theme around them is the newsroom's own."""
    room.published("audit-fine")
    gone = room.published("audit-gone")
    room.withdraw(gone)
    assert _audited(room) == []


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("credit", "str_replace('class=\"credit', 'class=\"gone', $p->post_content)", "credit-missing"),
        ("byline", "str_replace('Jane Roe', 'The Desk', $p->post_content)", "byline-missing"),
        ("words", "str_replace('Harbour', 'Port', $p->post_content)", "body-changed"),
        ("cut", "substr($p->post_content, 0, 900)", "body-changed"),
    ],
)
def test_what_an_editor_changed_is_found(room: Room, name: str, change: str, code: str) -> None:
    """A lost credit, another byline, other words."""
    row = room.published(f"audit-{name}")
    number = room.post(row)["ID"]
    room.wordpress.php(
        f"$p = get_post({number}); return wp_update_post(['ID' => {number}, 'post_content' => {change}]);"
    )
    assert code in [found.code for found in _audited(room)]


def test_a_headline_a_canonical_and_a_page_that_went_are_found(room: Room) -> None:
    """What the theme and the plugin show is audited too."""
    row = room.published("audit-head")
    number = room.post(row)["ID"]
    room.wordpress.php(f"return wp_update_post(['ID' => {number}, 'post_title' => 'Another']);")
    room.wordpress.php(f"update_post_meta({number}, '_reprint_search', 'none'); return 1;")
    assert {"headline-changed", "canonical-wrong"} <= {found.code for found in _audited(room)}
    room.wordpress.php(f"return wp_trash_post({number})->ID;")
    assert [found.code for found in _audited(room)] == ["page-missing"]


def test_a_withdrawn_post_that_came_back_is_found(room: Room, tmp_path: Path) -> None:
    """An editor who restores the old words from a revision is not overlooked."""
    row = room.published("audit-restored")
    number = room.post(row)["ID"]
    room.wordpress.php(f"update_post_meta({number}, 'kept', get_post({number})->post_content); return 1;")
    room.withdraw(row)
    back = f"return wp_update_post(['ID' => {number}, 'post_status' => 'publish', 'post_content' => get_post_meta({number}, 'kept', true)]);"
    room.wordpress.php(back)
    assert "still-there" in [found.code for found in _audited(room)]
