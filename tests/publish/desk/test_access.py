"""Who may do what at the desk, and what keeps others out."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.routing import Route

from ingest.store.database import read
from ingest.store.desk_sessions import desk_session
from ingest.store.desk_users import desk_user
from publish.desk import sessions
from publish.desk.app import _routes
from tests.publish.desk.desking import PASSWORD, Desk, form_of, open_desk

_OPEN = {"/sign-in", "/static/{digest}/{name}"}
_OWN = {"/sign-in", "/sign-out", "/account/password"}
#: Long reading: they compute, and change no record.
_CHECKS = {"/audit/check", "/audit/verify", "/audit/report"}


def _path(route: Route) -> str:
    """Return an address that a route answers."""
    path = re.sub(r"\{(\w+):int\}", "1", route.path)
    return re.sub(r"\{(\w+)\}", "x", path)


def _posts() -> list[str]:
    return [_path(route) for route in _routes() if "POST" in (route.methods or ())]


def _gets() -> list[str]:
    return [_path(route) for route in _routes() if "GET" in (route.methods or ()) and route.path not in _OPEN]


def test_without_signing_in_nothing_is_told(desk: Desk) -> None:
    """Every page leads to the sign-in, and no form does anything."""
    with desk.client() as client:
        client.follow_redirects = False
        for path in _gets():
            answer = client.get(path)
            told = (answer.status_code, answer.headers.get("location", "").split("?")[0])
            assert told in {(303, "/sign-in"), (401, "")}, path
        for path in set(_posts()) - {"/sign-in"}:
            answer = client.post(path, data={"reason": "x"})
            assert answer.headers["location"].startswith("/sign-in"), path


def test_an_auditor_reads_every_page_and_may_do_nothing(desk: Desk) -> None:
    """The server refuses each action of an auditor, whatever the page shows, and the pages show none."""
    held = desk.held()[0]
    with desk.client("otto") as client:
        review = client.get(f"/queue/{held}")
        assert review.status_code == 200
        assert 'id="release"' not in review.text
        csrf = form_of(review.text, "/sign-out")["csrf"]
        for path in set(_posts()) - _OWN - _CHECKS:
            answer = client.post(path, data={"csrf": csrf, "reason": "x", "seen": "99999"})
            assert (answer.status_code, "auditor reads" in answer.text) == (403, True), path
    assert held in desk.held()


def test_a_form_needs_the_sessions_own_token(desk: Desk) -> None:
    """Without it, or with another session's, nothing is done."""
    held = desk.held()[0]
    with desk.client("ana") as ana, desk.client("ben") as ben:
        path = f"/articles/{held}/release"
        fields = form_of(ben.get(f"/queue/{held}").text, path)
        for csrf in ("", fields["csrf"], "nonsense", "é"):
            answer = ana.post(path, data={**fields, "csrf": csrf, "reason": "forged"})
            assert answer.status_code == 403
    assert held in desk.held()


_FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)


def test_a_form_from_another_site_is_refused(desk: Desk) -> None:
    """Also the sign-in: nobody is signed in as somebody else by another page."""
    with desk.client() as client:
        for headers in _FOREIGN:
            answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD}, headers=headers)
            assert (answer.status_code, client.cookies.get("reprint-desk")) == (403, None), headers


def test_a_name_that_is_not_the_desks_is_refused(desk: Desk) -> None:
    """A foreign name that leads to this machine (DNS rebinding) gets nothing."""
    with desk.client("ana") as client:
        for host in ("evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost.evil.example:80"):
            assert client.get("/queue", headers={"host": host}).status_code in {400, 421}, host


def test_the_store_has_neither_password_nor_token(desk: Desk) -> None:
    """Passwords are argon2id, and a session's token is kept as its hash."""
    with desk.client("ana") as client:
        token = client.cookies["reprint-desk"]
        with read(desk.engine) as connection:
            hashes = list(connection.execute(sa.select(desk_user.c.password_hash)).scalars())
            kept = list(connection.execute(sa.select(desk_session.c.token_hash)).scalars())
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert len(set(hashes)) == 3
    assert kept == [sessions.hash_of(token)]
    assert PASSWORD.encode() not in (desk.folder / "reprint.db").read_bytes()
    assert token.encode() not in (desk.folder / "reprint.db-wal").read_bytes()


def test_cookies_are_out_of_reach(desk: Desk, newsroom_template: Path, tmp_path: Path) -> None:
    """Scripts never see the cookie, other sites never send it; behind TLS it is the host's own and travels by TLS."""
    with desk.client() as client:
        client.follow_redirects = False
        plain = client.post("/sign-in", data={"name": "ana", "password": PASSWORD}).headers["set-cookie"]
    with open_desk(newsroom_template, tmp_path / "tls", secure=True) as secure, secure.client() as client:
        client.follow_redirects = False
        answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD})
    for cookie in (plain, answer.headers["set-cookie"]):
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert answer.headers["set-cookie"].startswith("__Host-")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_guessing_gets_slower_for_names_that_are_and_are_not(desk: Desk) -> None:
    """After a few failures the next attempts are not looked at, right ones included; waiting ends it."""
    with desk.client() as client:
        for name in ("ana", "nobody-at-all"):
            desk.clock.ahead += timedelta(days=2)
            answers = [client.post("/sign-in", data={"name": name, "password": "wrong"}) for _ in range(8)]
            # A slow machine may have waited as long as was asked for.
            assert [answer.status_code for answer in answers[:5]] == [401] * 5
            assert {answer.status_code for answer in answers[5:]} & {429}
            early = client.post("/sign-in", data={"name": name, "password": PASSWORD})
            assert 0 < int(early.headers["retry-after"]) <= 32
        desk.clock.ahead += timedelta(hours=1)
        assert client.post("/sign-in", data={"name": "ANA ", "password": PASSWORD}).url.path == "/queue"


@pytest.mark.parametrize("wait", [sessions.IDLE, sessions.LONGEST])
def test_a_session_ends_unused_and_after_its_longest_time(desk: Desk, wait: timedelta) -> None:
    """Left alone it ends; used all the time it ends too, only later."""
    with desk.client("ana") as client:
        begun = desk.clock()
        while desk.clock() - begun < wait - timedelta(minutes=60) and wait is sessions.LONGEST:
            desk.clock.ahead += timedelta(minutes=50)
            assert client.get("/queue").url.path == "/queue"
        desk.clock.ahead += min(wait, timedelta(hours=2))
        assert client.get("/queue").url.path == "/sign-in"


def test_signing_out_ends_the_session_on_the_server(desk: Desk) -> None:
    """Whoever kept the cookie has nothing."""
    with desk.client("ana") as client:
        kept = client.cookies["reprint-desk"]
        client.post("/sign-out", data=form_of(client.get("/queue").text, "/sign-out"))
        client.cookies.set("reprint-desk", kept)
        assert client.get("/queue").url.path == "/sign-in"


def test_a_changed_password_ends_all_other_sessions(desk: Desk) -> None:
    """The old one no longer opens, and who was signed in elsewhere is not any more; it is in the ledger."""
    new = "nine herons under the weir"
    with desk.client("ana") as here, desk.client("ana") as elsewhere:
        fields = form_of(here.get("/account").text, "/account/password")
        wrong = here.post("/account/password", data={**fields, "password": "no", "new": new, "again": new})
        assert wrong.status_code == 400
        done = here.post("/account/password", data={**fields, "password": PASSWORD, "new": new, "again": new})
        assert "Your password is changed" in done.text
        assert here.get("/queue").url.path == "/queue"
        assert elsewhere.get("/queue").url.path == "/sign-in"
    with desk.client() as again:
        assert again.post("/sign-in", data={"name": "ana", "password": PASSWORD}).status_code == 401
        assert again.post("/sign-in", data={"name": "ana", "password": new}).url.path == "/queue"


def test_a_removed_user_is_out_at_once(desk: Desk) -> None:
    """The session ends with the user."""
    from publish.desk.access import remove_user

    with desk.client("ben") as client:
        remove_user(desk.engine, "ben", actor="test", now=desk.clock())
        assert client.get("/queue").url.path == "/sign-in"


def test_every_page_keeps_scripts_and_strangers_out(desk: Desk) -> None:
    """No page has a script, style or handler of its own in it, names another origin, or may be framed or guessed."""
    held = desk.held()[0]
    with desk.client("ana") as client:
        pages = ["/queue", f"/queue/{held}", "/articles", f"/articles/{held}", f"/articles/{held}/words", "/account"]
        for path in pages:
            answer = client.get(path)
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert len(answer.content) < 100_000
            assert not re.search(r"<style|<script(?![^>]*\bsrc=\"/static/)|\son\w+=|\sstyle=", answer.text), path
            assert not re.search(r'(?:src|srcset|action)="(?!/)', answer.text), path
        frame = client.get(f"/articles/{held}/page").headers["content-security-policy"]
        assert frame.startswith("sandbox; default-src 'none'; img-src 'none'")
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/queue").text):
            served = client.get(address)
            assert (served.status_code, "immutable" in served.headers["cache-control"]) == (200, True)


def test_signing_in_never_leads_elsewhere(desk: Desk) -> None:
    """The page after the sign-in is the desk's own."""
    with desk.client() as client:
        client.follow_redirects = False
        for way in ("//evil.example/", "https://evil.example", "/\\evil.example", "/queue?x=1\r\nx: y"):
            answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD, "next": way})
            assert answer.headers["location"] == "/", way


_FORM = "application/x-www-form-urlencoded"
_NO_FORMS = (
    ("application/json", b"{}", 415),
    ("multipart/form-data; boundary=x", b"--x--", 415),
    (_FORM, b"a=%ff%fe&=&&b", 400),
    (_FORM, b"a=" + b"x" * (4 * 1024 * 1024 + 1), 413),
    (_FORM, b"&".join(b"a=1" for _ in range(400)), 400),
)


def test_no_form_is_read_past_its_bounds(desk: Desk) -> None:
    """What is no form of the desk, or too much of one, is refused before anything else."""
    with desk.client("ana") as client:
        for kind, body, status in _NO_FORMS:
            answer = client.post("/undo", content=body, headers={"content-type": kind})
            assert answer.status_code == status, body[:20]
