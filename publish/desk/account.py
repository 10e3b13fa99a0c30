"""Signing in and out, and a user's own password."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ingest.store.database import read
from ingest.store.desk_users import DeskUser, any_user
from publish.desk import sessions
from publish.desk.access import set_password
from publish.desk.rendering import render_page
from publish.desk.sign_in import TooSoon, check_sign_in
from publish.desk.visiting import Visit, action, newsroom, page, read_form

log = structlog.get_logger()

_WAY = re.compile(r"/[a-z0-9][a-z0-9/._-]*", re.ASCII)


def routes() -> list[Route]:
    """Return the routes."""
    return [
        Route("/sign-in", _show_sign_in, methods=["GET"], name="sign_in"),
        Route("/sign-in", _sign_in, methods=["POST"]),
        action("/sign-out", sign_out, auditors=True),
        page("/account", account),
        action("/account/password", change_password, auditors=True),
    ]


async def _show_sign_in(request: Request) -> Response:
    room = newsroom(request)
    if await run_in_threadpool(sessions.signed_in, room, request) is not None:
        return RedirectResponse("/", 303)
    return await run_in_threadpool(_form, request, next_page=_way(request.query_params.get("next", "")))


async def _sign_in(request: Request) -> Response:
    form = await read_form(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_signed_in, request, form)


def _signed_in(request: Request, form: Mapping[str, str]) -> Response:
    room, name = newsroom(request), form.get("name", "")
    address = request.client.host if request.client is not None else "unknown"
    found = check_sign_in(
        room.engine, name=name, password=form.get("password", ""), address=address, now=room.clock()
    )
    next_page = _way(form.get("next", ""))
    if isinstance(found, TooSoon):
        seconds = math.ceil(found.wait.total_seconds())
        wrong = f"Too many failed attempts. Wait {seconds} seconds, then try again."
        answer = _form(request, status=429, wrong=wrong, name=name, next_page=next_page)
        answer.headers["retry-after"] = str(seconds)
        return answer
    if not isinstance(found, DeskUser):
        log.warning("desk.sign_in_failed", address=address)
        return _form(request, status=401, wrong="That name and password do not fit.", name=name, next_page=next_page)
    answer = RedirectResponse(next_page, 303)
    sessions.set_cookie(answer, room, sessions.begin(room.engine, found, now=room.clock()))
    return answer


def _form(request: Request, *, status: int = 200, wrong: str = "", name: str = "", next_page: str = "/") -> Response:
    with read(newsroom(request).engine) as connection:
        nobody = not any_user(connection)
    return render_page(
        "sign-in.html",
        request,
        status=status,
        user=None,
        may_act=False,
        csrf="",
        told=None,
        wrong=wrong,
        name=name[:60],
        next_page=next_page,
        nobody=nobody,
    )


def _way(path: str) -> str:
    """Return a path of the desk, never an address elsewhere."""
    return path if _WAY.fullmatch(path) else "/"


def sign_out(visit: Visit) -> Response:
    """End the session."""
    sessions.end(visit.room, visit.visitor)
    answer = RedirectResponse("/sign-in", 303)
    sessions.drop_cookie(answer, visit.room)
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


def account(visit: Visit) -> Response:
    """Show the user's own page."""
    return visit.page("account.html", wrong="")


def change_password(visit: Visit) -> Response:
    """Set the user's own password, and end all other sessions."""
    form, room, name = visit.form, visit.room, visit.user.name
    address = visit.request.client.host if visit.request.client is not None else "unknown"
    known = check_sign_in(
        room.engine, name=name, password=form.get("password", ""), address=address, now=room.clock()
    )
    if not isinstance(known, DeskUser):
        return visit.page("account.html", status=400, wrong="That is not your password.")
    if form.get("new", "") != form.get("again", ""):
        return visit.page("account.html", status=400, wrong="The two new passwords differ.")
    ended = set_password(
        room.engine,
        name,
        form.get("new", ""),
        actor=name,
        now=room.clock(),
        but_for=visit.visitor.token_hash,
    )
    others = f" Sessions ended elsewhere: {ended}." if ended else ""
    return visit.go("/account", told=f"Your password is changed.{others}")
