"""`reprint targets check` says in plain words what keeps a WordPress from being worked with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from ingest.sources.targets import Filing
from publish.wordpress.check import Trouble, troubles_of
from tests.newsroom import Newsroom
from tests.publish.wordpress.rooms import Room, _now
from tests.publish.wordpress.server import WordPress


def _troubles(room: Room, **shift: float) -> list[Trouble]:
    return list(troubles_of(room.source, room.connect, now=_now() + timedelta(**shift)))


def _codes(room: Room, **shift: float) -> list[str]:
    return [trouble.code for trouble in _troubles(room, **shift)]


@contextmanager
def _option(wordpress: WordPress, name: str, value: str) -> Iterator[None]:
    """Set an option of WordPress's, given as PHP, for a while."""
    before = wordpress.php(f"return base64_encode(serialize(get_option('{name}')));")
    wordpress.php(f"update_option('{name}', {value}); flush_rewrite_rules(false); return 1;")
    try:
        yield
    finally:
        wordpress.php(
            f"update_option('{name}', unserialize(base64_decode('{before}'))); flush_rewrite_rules(false); return 1;"
        )


@contextmanager
def _file(wordpress: WordPress, name: str, content: str) -> Iterator[None]:
    """Let a file stand in WordPress's folder for a while."""
    file = wordpress.folder / "www" / name
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)
    try:
        yield
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before)


def test_nothing_is_wrong_where_nothing_is(room: Room) -> None:
    """An editor on a WordPress with the plugin can be worked with."""
    assert _codes(room) == []


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("administrator", []),
        ("author", ["role-narrow"]),
        ("contributor", ["role-too-weak"]),
        ("subscriber", ["role-too-weak"]),
    ],
)
def test_a_role_that_is_too_weak_is_named(as_role: Callable[[str], Room], role: str, codes: list[str]) -> None:
    """Whoever may not publish is told which role may."""
    room = as_role(role)
    assert _codes(room) == codes
    assert all("editor" in trouble.next_step for trouble in _troubles(room))


def test_a_missing_plugin_is_named(room: Room, wordpress: WordPress) -> None:
    """Without it nothing is published, and no other post is touched."""
    with _option(wordpress, "active_plugins", "[]"):
        assert _codes(room) == ["plugin-missing"]


def test_an_old_plugin_is_named(room: Room, wordpress: WordPress) -> None:
    """A plugin of an earlier reprint lacks what this one relies on."""
    path = "wp-content/plugins/reprint/reprint.php"
    old = (wordpress.folder / "www" / path).read_text().replace("const VERSION = 1;", "const VERSION = 0;")
    with _file(wordpress, path, old):
        assert _codes(room) == ["plugin-old"]


def test_missing_pretty_permalinks_are_named(room: Room, wordpress: WordPress) -> None:
    """With plain ones there is no wp-json/."""
    with _option(wordpress, "permalink_structure", "''"):
        assert _codes(room) == ["no-pretty-permalinks"]


def test_a_401_over_http_is_explained(room: Room, wordpress: WordPress) -> None:
    """WordPress ignores application passwords over plain http, but on a machine that calls itself local."""
    with _file(wordpress, "production", ""):
        (trouble,) = _troubles(room)
    assert (trouble.code, trouble.grave) == ("application-passwords-off", True)
    assert "https" in trouble.next_step


@pytest.mark.parametrize("status", [401, 404])
def test_a_rest_api_that_is_turned_off_is_named(room: Room, wordpress: WordPress, status: int) -> None:
    """Security plugins shut it; that this is WordPress all the same is seen by its pages."""
    shut = f"<?php add_filter('rest_authentication_errors', fn() => new WP_Error('rest_disabled', 'Off.', ['status' => {status}]));"
    with _file(wordpress, "wp-content/mu-plugins/shut.php", shut):
        assert _codes(room) == ["rest-disabled"]


def test_a_wrong_password_is_named_and_not_shown(room: Room) -> None:
    """The message says where to make a new one, and holds no part of the one that was tried."""
    wrong = replace(room, wordpress=replace(room.wordpress, passwords={"editor": "abcd efgh ijkl"}))
    (trouble,) = _troubles(wrong)
    assert "does not know the user or the application password" in trouble.what
    assert "abcd" not in trouble.what + trouble.next_step


def test_a_clock_that_differs_is_named(room: Room) -> None:
    """What a faster clock dates, WordPress would hold back as scheduled."""
    assert _codes(room, minutes=30) == ["clock-skew"]
    assert "30 minutes behind" in _troubles(room, minutes=30)[0].what


def test_a_site_that_is_hidden_from_search_is_named(room: Room, wordpress: WordPress) -> None:
    """The whole site's noindex would stand beside a canonical link."""
    with _option(wordpress, "blog_public", "'0'"):
        assert _codes(room) == ["hidden-from-search"]


def test_a_category_or_tag_that_is_not_there_is_named(room: Room) -> None:
    """A post would else be filed under none, or its creation refused."""
    source = replace(room.source, categories=Filing(always=("partners", "nowhere")), tags=Filing(always=("sea",)))
    (trouble,) = _troubles(replace(room, source=source))
    assert (trouble.code, "nowhere" in trouble.what) == ("filing-missing", True)


def test_what_is_not_wordpress_or_stands_elsewhere_is_named(room: Room, httpserver: HTTPServer) -> None:
    """Another site, an address that leads elsewhere, and a closed port are told apart."""
    url = httpserver.url_for("/")
    there = replace(room, source=replace(room.source, url=url))
    httpserver.expect_request("/wp-json/").respond_with_data("<h1>Hello</h1>")
    httpserver.expect_request("/").respond_with_data("<h1>Hello</h1>")
    assert _codes(there) == ["not-wordpress"]
    httpserver.clear()
    httpserver.expect_request("/wp-json/").respond_with_data(
        "", 301, {"Location": "https://www.courier.example/wp-json/"}
    )
    httpserver.expect_request("/").respond_with_data("", 301, {"Location": "https://www.courier.example/"})
    (trouble,) = _troubles(there)
    assert (trouble.code, "www.courier.example" in trouble.what) == ("wrong-url", True)
    closed = replace(room, source=replace(room.source, url="http://127.0.0.1:9/"))
    (trouble,) = _troubles(closed)
    assert trouble.code == "unreachable"
    assert f"check targets.{closed.source.key}.url" in trouble.next_step
    assert "later" not in trouble.next_step


def test_the_password_is_not_sent_over_plain_http_to_others(room: Room) -> None:
    """Before anything is asked with the key, the target's address is looked at."""
    from publish.wordpress.api import Api

    plain = replace(room, source=replace(room.source, url="http://192.0.2.7/"))
    from ingest.errors import PublishError

    with plain.connect() as service, pytest.raises(PublishError, match="unencrypted"):
        Api(service).about()


def test_the_command_checks_and_writes_the_plugin(wordpress: WordPress, tmp_path: Path) -> None:
    """It ends with 0 where all is well, with 1 where something is wrong, and the plugin it writes is ours."""
    (tmp_path / "sources.yaml").write_text(
        "site: {name: The Courier, url: https://courier.example/}\n"
        "partners: {}\n"
        f"targets: {{web: {{kind: wordpress, url: '{wordpress.url}', user: editor, password_env: WP_PW}}}}\n"
    )
    office = Newsroom(folder=tmp_path, bases={})
    fine = office.run("targets", "check", WP_PW=wordpress.passwords["editor"])
    assert (fine.returncode, "can be worked with" in fine.stdout) == (0, True), fine.stderr
    bare = office.run("targets", "check", "web")
    assert bare.returncode == 1
    assert "password-not-set: the environment variable WP_PW is not set" in bare.stdout
    assert "refused" not in bare.stdout
    assert office.run("targets", "check", "nowhere").returncode == 2
    made = office.run("targets", "plugin", "--out", str(tmp_path / "plugins"))
    assert made.returncode == 0
    assert "to wp-content/plugins and activate it" in " ".join(made.stdout.split())
    written = tmp_path / "plugins" / "reprint" / "reprint.php"
    assert written.read_bytes() == (wordpress.folder / "www/wp-content/plugins/reprint/reprint.php").read_bytes()
