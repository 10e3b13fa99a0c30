"""The traps of WordPress's REST API, and of syndication plugins before us; each is met against a real WordPress."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import lxml.html
import pytest

from ingest.errors import PublishError
from ingest.fetch import Reply, Service
from ingest.sources.targets import Filing
from publish.publisher import PublishReport
from tests.newswire import article
from tests.publish.wordpress.rooms import Room, _now
from tests.publish.wordpress.server import WordPress
from tests.publish.wordpress.test_check import _file


def _rest(room: Room, method: str, path: str, *, user: str = "editor", **more: Any) -> httpx.Response:
    """Ask the REST API itself, as a user, without our client."""
    password = room.wordpress.passwords[user]
    return httpx.request(method, f"{room.wordpress.url}wp-json/{path}", auth=(user, password), timeout=30, **more)


def _reason(report: PublishReport) -> str:
    ((_slug, reason),) = report.failed
    return reason


def test_unknown_query_parameters_are_ignored_so_the_meta_is_compared(room: Room, wordpress: WordPress) -> None:
    """WordPress answers a filter that it does not know with other people's posts: none of them is ever written to."""
    theirs = wordpress.php("return wp_insert_post(['post_title' => 'Theirs', 'post_status' => 'publish']);")
    ignored = _rest(room, "GET", "wp/v2/posts?reprint_id=none:1").json()
    assert theirs in [post["id"] for post in ignored]

    class Confused(Service):
        """A WordPress whose plugin answers our question with another post, as one that ignores it would."""

        def ask(self, method: str, path: str = "", **more: Any) -> Reply:
            reply = super().ask(method, path, **more)
            if path.endswith("reprint/v1/posts"):
                value = more["query"]["id"]
                return replace(
                    reply, content=json.dumps([{"id": theirs, "status": "publish", "value": value}]).encode()
                )
            return reply

    def confused() -> Service:
        service = room.connect()
        service.__class__ = Confused
        return service

    lost = replace(room, connecting=confused)
    lost.take(article("lost", seed=88_001))
    assert "does not carry our id" in _reason(lost.publish())
    assert wordpress.php(f"return get_post({theirs})->post_title;") == "Theirs"


def test_any_status_leaves_out_the_trash_and_trashing_renames_the_slug(room: Room) -> None:
    """A post in the trash is found by our id, is not made anew beside it, and is not brought back over an editor's head."""
    row = room.published("binned")
    number = room.post(row)["ID"]
    assert _rest(room, "DELETE", f"wp/v2/posts/{number}").status_code == 200
    seen = [post["id"] for post in _rest(room, "GET", "wp/v2/posts?status=any&per_page=100").json()]
    assert number not in seen
    assert room.post(row)["post_name"] == f"{row.slug}__trashed"
    room.take(article("binned", seed=88_002, headline="Corrected after the bin"))
    assert "lies in WordPress's trash" in _reason(room.publish())
    assert [post["post_status"] for post in room.posts(row)] == ["trash"]
    _overwrite(room, row.work_id)
    assert room.publish().failed == ()
    post = room.post(row)
    assert (post["ID"], post["post_status"], post["post_name"]) == (number, "publish", row.slug)


def test_a_post_deleted_for_good_is_not_made_again_unasked(room: Room) -> None:
    """Who emptied the trash meant it; a person's word makes it anew."""
    row = room.published("deleted")
    _rest(room, "DELETE", f"wp/v2/posts/{room.post(row)['ID']}?force=true")
    room.take(article("deleted", seed=88_003, headline="Corrected after the end"))
    assert "is gone" in _reason(room.publish())
    assert room.posts(row) == []
    _overwrite(room, row.work_id)
    assert room.publish().failed == ()
    assert room.post(row)["post_title"] == "Corrected after the end"


def test_a_timeout_after_which_the_post_exists(room: Room, wordpress: WordPress) -> None:
    """The client gives up, the server does not: the next try waits for it, finds the post, and makes no second one."""
    slow = "<?php add_filter('rest_pre_insert_post', function ($post) { sleep(3); return $post; }, 99);"
    hasty = replace(room, connecting=lambda: room.connect(timeout=1.0))
    kept = hasty.take(article("slow", seed=88_004))
    with _file(wordpress, "wp-content/mu-plugins/slow.php", slow):
        assert "no complete answer" in _reason(hasty.publish())
        # At once, while the first request is still at work.
        patient = room.publish()
    assert patient.failed == ()
    assert room.post(room.row(kept.article_id))["post_status"] == "publish"


def test_four_creates_at_once_make_one_post(room: Room) -> None:
    """WordPress itself makes four posts with four slugs of them; the plugin lets only the first one carry our id."""
    plain = {"title": "Four at once", "slug": "four-at-once", "status": "publish"}
    with ThreadPoolExecutor(4) as pool:
        four = list(pool.map(lambda _n: _rest(room, "POST", "wp/v2/posts", json=plain).json()["slug"], range(4)))
    assert len(set(four)) == 4
    kept = room.take(article("race", seed=88_005))
    with ThreadPoolExecutor(4) as pool:
        from ingest.store.database import read
        from publish.records import load

        with read(room.engine) as connection:
            publication = load(connection, room.row(kept.article_id))
        places = list(pool.map(lambda _n: room.target.put(publication), range(4)))
    assert len(set(places)) == 1
    assert len(room.posts(room.row(kept.article_id))) == 1


@pytest.mark.parametrize("role", ["administrator", "editor"])
def test_a_role_that_may_store_scripts_stores_none_of_a_partners(as_role: Callable[[str], Room], role: str) -> None:
    """WordPress keeps an editor's script as it is; what a partner sends is words on the page, whatever they say."""
    room = as_role(role)
    bare = _rest(room, "POST", "wp/v2/posts", user=role, json={"content": "<script>alert(1)</script>"}).json()
    assert "<script>" in bare["content"]["raw"]
    from ingest.article import Byline, Person
    from ingest.body import Body, Link, Paragraph, Text
    from tests.publish.making import BAD_LINKS, VECTORS

    blocks = [Paragraph(children=(Text(text=vector),)) for vector in VECTORS if "\ud800" not in vector]
    blocks += [Paragraph(children=(Link(href=bad, children=(Text(text="here"),)),)) for bad in BAD_LINKS]
    who = Byline(people=(Person(name="<script>alert(2)</script>"),), raw="x")
    row = room.published(
        f"hostile-{role}", body=Body(blocks=tuple(blocks)), byline=who, headline="<script>alert(3)</script>"
    )
    for path in (row.location or "", "feed/", ""):
        _status, page = room.wordpress.get(path)
        assert "<script>alert(" not in page.replace("&lt;script", ""), path
    tree = lxml.html.fromstring(room.page(row)[1])
    story = tree.find_class("reprint-story")[0]
    assert [
        node.tag for node in story.iter() if node.tag in {"script", "iframe", "style", "base", "meta", "svg"}
    ] == []
    assert not [name for node in story.iter() for name in node.attrib if name.startswith("on")]


def test_a_bad_category_id_gives_201_so_the_answer_is_compared(room: Room, wordpress: WordPress) -> None:
    """A post that WordPress files elsewhere than asked never goes live."""
    wrong = _rest(room, "POST", "wp/v2/posts", json={"title": "x", "status": "draft", "categories": [999_999]})
    assert (wrong.status_code, 999_999 in wrong.json()["categories"]) == (201, False)
    filed = replace(room, source=replace(room.source, categories=Filing(always=("asia",))))
    kept = filed.take(article("misfiled", seed=88_006))
    deaf = (
        "<?php add_action('rest_after_insert_post', function ($p) { wp_set_object_terms($p->ID, [1], 'category'); });"
    )
    with _file(wordpress, "wp-content/mu-plugins/deaf.php", deaf):
        assert "filed the post under categories" in _reason(filed.publish())
    assert room.post(room.row(kept.article_id))["post_status"] == "draft"
    assert filed.publish().failed == ()
    assert room.post(room.row(kept.article_id))["post_status"] == "publish"


def test_a_category_that_is_not_there_holds_the_article(room: Room) -> None:
    """No post is made without its place."""
    filed = replace(room, source=replace(room.source, categories=Filing(always=("nowhere",))))
    kept = filed.take(article("homeless", seed=88_007))
    assert "has no categories nowhere" in _reason(filed.publish())
    assert room.posts(room.row(kept.article_id)) == []


def _edit(room: Room, number: int, code: str) -> None:
    room.wordpress.php(f"return wp_update_post(['ID' => {number}, {code}]);")


def _overwrite(room: Room, work_id: int) -> None:
    from ingest.store import remotes
    from ingest.store.database import write

    with write(room.engine) as connection:
        assert remotes.allow_overwrite(connection, work_id, now=_now()) == 1


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("words", "'post_content' => 'An editor wrote this'", "its words were changed"),
        ("title", "'post_title' => 'A better headline'", "its words were changed"),
        ("offline", "'post_status' => 'draft'", "was taken offline"),
    ],
)
def test_an_editors_change_is_seen_and_not_written_over(room: Room, name: str, change: str, says: str) -> None:
    """A correction is held with the reason, until a person lets it pass."""
    row = room.published(f"edited-{name}")
    number = room.post(row)["ID"]
    _edit(room, number, change)
    before = room.post(row)
    room.take(article(f"edited-{name}", seed=88_010, headline=f"Corrected {name}"))
    assert says in _reason(room.publish())
    assert room.post(row) == before
    _overwrite(room, row.work_id)
    assert room.publish().failed == ()
    after = room.post(row)
    assert (after["post_title"], after["post_status"]) == (f"Corrected {name}", "publish")
    # The word counts once.
    _edit(room, number, "'post_title' => 'And again'")
    room.take(article(f"edited-{name}", seed=88_011, headline=f"Corrected {name} twice"))
    assert "its words were changed" in _reason(room.publish())


def test_what_an_editor_files_or_pictures_elsewhere_is_no_change_of_words(room: Room, wordpress: WordPress) -> None:
    """Another category or author is an editor's own business: a correction goes through, and leaves it."""
    row = room.published("refiled")
    number = room.post(row)["ID"]
    wordpress.php(f"wp_set_post_categories({number}, [get_cat_ID('Asia')]); return 1;")
    _edit(room, number, "'post_author' => 1")
    room.take(article("refiled", seed=88_012, headline="Corrected and refiled"))
    assert room.publish().failed == ()
    assert wordpress.php(f"return [wp_get_post_categories({number}), get_post({number})->post_author];") == [
        [wordpress.php("return get_cat_ID('Asia');")],
        "1",
    ]
    assert "Jane Roe" in lxml.html.fromstring(room.page(row)[1]).find_class("by-theme")[0].text_content()


def test_a_copy_that_an_editor_made_is_told_and_neither_is_written(room: Room) -> None:
    """Plugins that duplicate posts copy our id with them."""
    row = room.published("twin")
    number = room.post(row)["ID"]
    copy = f"$new = wp_insert_post(['post_title' => 'Copy', 'post_status' => 'draft']); update_post_meta($new, '_reprint_id', get_post_meta({number}, '_reprint_id', true)); return $new;"
    room.wordpress.php(copy)
    room.take(article("twin", seed=88_013, headline="Corrected twin"))
    assert "all carry our id" in _reason(room.publish())


def test_an_unpublish_is_never_ignored(room: Room) -> None:
    """Distributor #112, #627, #741, #1138, #1223: a post is taken down whatever an editor did to it meanwhile."""
    changes = {
        "as-it-was": "",
        "edited": "'post_content' => 'An editor wrote this'",
        "renamed": "'post_name' => 'another-slug'",
        "drafted": "'post_status' => 'draft'",
        "handed-on": "'post_author' => 1",
    }
    for name, change in changes.items():
        row = room.published(f"unpublish-{name}")
        number = room.post(row)["ID"]
        if change:
            _edit(room, number, change)
        report = room.withdraw(row)
        assert (len(report.withdrawn), report.failed) == (1, ()), name
        post = room.post(row)
        assert (post["post_status"], "Harbour" in post["post_content"]) == ("private", False), name
        assert room.wordpress.get(f"?p={number}")[0] == 410, name
        assert room.page(row)[0] in {404, 410}, name


def test_a_trashed_or_deleted_post_is_taken_down_too(room: Room) -> None:
    """What an editor binned leaves our notice; what was deleted for good needs nothing."""
    binned, deleted = room.published("unpublish-binned"), room.published("unpublish-deleted")
    _rest(room, "DELETE", f"wp/v2/posts/{room.post(binned)['ID']}")
    _rest(room, "DELETE", f"wp/v2/posts/{room.post(deleted)['ID']}?force=true")
    for row in (binned, deleted):
        assert room.withdraw(row).failed == ()
    assert room.page(binned)[0] == 410
    assert room.page(deleted)[0] == 404


def test_a_deleted_original_is_no_canonical(room: Room) -> None:
    """Distributor wrote one option and read another: what the target writes is what the page shows, and nothing stale."""
    row = room.published("moved")
    assert 'rel="canonical" href="https://forum.example/moved"' in room.page(row)[1]
    room.withdraw(row)
    assert "canonical" not in room.page(row)[1]
    assert "forum.example" not in room.page(row)[1]


def test_bylines_are_never_lost(room: Room, wordpress: WordPress) -> None:
    """Distributor #868, #1100, #1129: whoever sends it, page, theme, feed and lists name who wrote it; a correction too."""
    from ingest.article import Byline, Person

    two = Byline(people=(Person(name="Zoë O’Neill"), Person(name="李娜")), raw="By Zoë O’Neill and 李娜")
    row = room.published("bylined", byline=two)
    room.take(article("bylined", seed=88_020, headline="Corrected byline", byline=two))
    assert room.publish().failed == ()
    tree = lxml.html.fromstring(room.page(row)[1])
    for place in ("byline", "by-theme"):
        text = tree.find_class(place)[0].text_content()
        assert "Zoë O’Neill" in text
        assert "李娜" in text
    for feed in ("feed/", "feed/atom/"):
        text = wordpress.get(feed)[1]
        assert "Zoë O’Neill" in text
        assert "李娜" in text
        assert "The editor" not in text.partition("<item>")[2].partition("</item>")[0]


def test_credit_and_byline_stand_even_where_the_plugin_was_turned_off(room: Room, wordpress: WordPress) -> None:
    """They are part of the post itself, so that no setting of WordPress can take them off."""
    from tests.publish.wordpress.test_check import _option

    row = room.published("bare")
    with _option(wordpress, "active_plugins", "[]"):
        tree = lxml.html.fromstring(room.page(row)[1])
    assert "Forum" in tree.find_class("credit")[0].text_content()
    assert "Jane Roe" in tree.find_class("byline")[0].text_content()


def test_nothing_is_published_without_the_plugin(room: Room, wordpress: WordPress) -> None:
    """Without it nobody could tell our posts from others: nothing is written at all."""
    from tests.publish.wordpress.test_check import _option

    kept = room.take(article("pluginless", seed=88_021))
    count = "return (int) wp_count_posts()->publish + (int) wp_count_posts()->draft;"
    before = wordpress.php(count)
    with _option(wordpress, "active_plugins", "[]"):
        assert "plugin is missing" in _reason(room.publish())
    assert wordpress.php(count) == before
    assert room.publish().failed == ()
    assert room.page(room.row(kept.article_id))[0] == 200


def test_a_plugin_that_changes_posts_while_they_are_saved_is_noticed_before_readers_see_it(
    room: Room, wordpress: WordPress
) -> None:
    """What was kept is compared with what was sent: words that WordPress changed stay a draft."""
    meddler = "<?php add_filter('wp_insert_post_data', function ($d) { $d['post_content'] = str_replace('Harbour', 'Port', $d['post_content']); return $d; });"
    kept = room.take(article("meddled", seed=88_022))
    with _file(wordpress, "wp-content/mu-plugins/meddler.php", meddler):
        assert "keeps other words than we sent" in _reason(room.publish())
        assert room.post(room.row(kept.article_id))["post_status"] == "draft"


def test_a_rebuild_goes_past_what_an_editor_changed(room: Room) -> None:
    """What cannot be written is named at the end, and everything else is written."""
    from publish.rebuild import rebuild

    edited, lost = room.published("rebuilt-edited"), room.published("rebuilt-lost")
    _edit(room, room.post(edited)["ID"], "'post_title' => 'By hand'")
    room.wordpress.php(f"update_post_meta({room.post(lost)['ID']}, '_reprint_digest', 'older'); return 1;")
    with pytest.raises(PublishError, match="1 of 2 pages could not be rebuilt"):
        rebuild(room.target, engine=room.engine, clock=_now, actor="test")
    assert room.post(edited)["post_title"] == "By hand"
    digest = f"return get_post_meta({room.post(lost)['ID']}, '_reprint_digest', true);"
    assert room.wordpress.php(digest) != "older"
