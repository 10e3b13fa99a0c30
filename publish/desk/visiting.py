"""From a request to a visit: who it is, what they may do, the form that they sent; and from errors to pages."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl, quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ingest.errors import ChangedError, ReprintError, StoreError
from ingest.store.desk_users import DeskUser, Role
from publish.desk import sessions
from publish.desk.happened import what_happened
from publish.desk.newsroom import Newsroom
from publish.desk.rendering import render_page
from publish.desk.sessions import SignedIn

log = structlog.get_logger()

#: A form holds an article's words at most.
LARGEST_FORM: Final = 4 * 1024 * 1024
_MOST_FIELDS: Final = 300


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of one user who is signed in."""

    room: Newsroom
    request: Request
    visitor: SignedIn
    #: The form's fields; of one that comes more than once the last.
    form: Mapping[str, str]

    @property
    def user(self) -> DeskUser:
        """Who acts."""
        return self.visitor.user

    @property
    def may_act(self) -> bool:
        """Whether the user may do more than read."""
        return self.user.role is Role.EDITOR

    def asked(self, name: str) -> str:
        """Return a field of the address's query, trimmed; empty where it is not there."""
        return self.request.query_params.get(name, "").strip()

    def number(self, name: str) -> int:
        """Return a number of the route's path."""
        return int(self.request.path_params[name])

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return a page for this user; it tells what the last action left to tell."""
        if self.visitor.told is not None:
            sessions.tell_next(self.room, self.visitor, None)
        shared: dict[str, Any] = {
            "user": self.user,
            "may_act": self.may_act,
            "csrf": self.visitor.csrf,
            "told": self.visitor.told,
        }
        return render_page(template, self.request, status=status, **shared, **values)

    def bare(self, template: str, **values: Any) -> Response:
        """Return a document for a frame, without anything of the user's in it."""
        return render_page(template, self.request, **values)

    def go(self, path: str, *, told: str | None = None) -> Response:
        """Return the way to another page of the desk, which then tells what was done."""
        if told is not None:
            sessions.tell_next(self.room, self.visitor, told)
        return RedirectResponse(path, 303)


Handler: TypeAlias = Callable[[Visit], Response]


def page(path: str, handler: Handler, *, name: str | None = None) -> Route:
    """Return the route of a page, for everybody who is signed in; the handler runs in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_visit, request, handler, {})

    return Route(path, endpoint, methods=["GET"], name=name or handler.__name__)


def action(path: str, handler: Handler, *, auditors: bool = False, name: str | None = None) -> Route:
    """Return the route of an action, for editors only unless it is for `auditors` too.

    Its form has to hold the session's token, and no more than LARGEST_FORM bytes.
    """

    async def endpoint(request: Request) -> Response:
        form = await read_form(request)
        return form if isinstance(form, Response) else await run_in_threadpool(_act, request, handler, form, auditors)

    return Route(path, endpoint, methods=["POST"], name=name or handler.__name__)


def newsroom(request: Request) -> Newsroom:
    """Return what the desk works with."""
    room = request.app.state.newsroom
    assert isinstance(room, Newsroom)  # noqa: S101 - for the type checker: the application's maker put it there
    return room


async def read_form(request: Request) -> Mapping[str, str] | Response:
    """Return the fields of a form, or the answer that refuses it."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        return _error_page(request, 415, "This is no form of the desk.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            return _error_page(request, 413, "The form is too large.")
    try:
        fields = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="strict",
            strict_parsing=bool(body),
        )
    except ValueError:
        return _error_page(request, 400, "The form cannot be read.")
    return dict(fields)


def _act(request: Request, handler: Handler, form: Mapping[str, str], auditors: bool) -> Response:
    visitor = _visitor(request)
    if visitor is None:
        return _to_sign_in(request)
    if not hmac.compare_digest(form.get("csrf", "").encode(), visitor.csrf.encode()):
        return _error_page(
            request, 403, "This form is out of date. Go back, load the page again, and repeat it.", visitor
        )
    if visitor.user.role is not Role.EDITOR and not auditors:
        return _error_page(request, 403, "An auditor reads; only an editor may do this.", visitor)
    return _visit(request, handler, form)


def _visit(request: Request, handler: Handler, form: Mapping[str, str]) -> Response:
    visitor = _visitor(request)
    if visitor is None:
        return _to_sign_in(request)
    try:
        return handler(Visit(room=newsroom(request), request=request, visitor=visitor, form=form))
    except ChangedError as error:
        happened = what_happened(newsroom(request), error)
        return _error_page(request, 409, error.what, visitor, error=error, happened=happened, form=form)
    except StoreError as error:
        log.warning("desk.store", error=str(error))
        return _error_page(request, 503, error.what, visitor, error=error)
    except ReprintError as error:
        return _error_page(request, 400, error.what, visitor, error=error)


def _visitor(request: Request) -> SignedIn | None:
    return sessions.signed_in(newsroom(request), request)


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path if request.method == "GET" else "/"
    path = f"/sign-in?next={quote(wanted, safe='/')}" if wanted != "/" else "/sign-in"
    if request.headers.get("hx-request"):
        # A redirect would put the form into the middle of the page.
        return Response(status_code=204, headers={"hx-redirect": path})
    return RedirectResponse(path, 303)


def missing(visit: Visit, what: str) -> Response:
    """Return the page that says that something is not there."""
    return _error_page(visit.request, 404, what, visit.visitor)


def _error_page(
    request: Request,
    status: int,
    what: str,
    visitor: SignedIn | None = None,
    *,
    error: ReprintError | None = None,
    happened: object = (),
    form: Mapping[str, str] | None = None,
) -> Response:
    return render_page(
        "error.html",
        request,
        status=status,
        user=visitor.user if visitor is not None else None,
        may_act=visitor is not None and visitor.user.role is Role.EDITOR,
        csrf=visitor.csrf if visitor is not None else "",
        told=None,
        code=status,
        what=what,
        error=error,
        happened=happened,
        form=form or {},
    )
