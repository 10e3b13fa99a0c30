"""The desk as an ASGI application: its pages, each in a file of its own, behind one guard."""

from __future__ import annotations

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from publish.desk import account, actions, articles, assets, audit, home, live, partners, queue, undoing
from publish.desk.live import Live
from publish.desk.long_work import LongWorks
from publish.desk.newsroom import Newsroom
from publish.desk.security import Guard

log = structlog.get_logger()


def desk_app(room: Newsroom) -> Starlette:
    """Return the application; every page but the sign-in and the static files asks who it is."""
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, hosts=room.hosts, secure=room.secure)],
        exception_handlers={404: _missing, 405: _missing, 500: _broken},
    )
    app.state.newsroom = room
    app.state.works = LongWorks(room.clock)
    app.state.live = Live(room, app.state.works)
    return app


def _routes() -> list[Route]:
    rooms = (assets, account, home, queue, articles, actions, undoing, partners, audit, live)
    return [route for one in rooms for route in one.routes()]


async def _missing(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("There is no such page at the desk.", 404)


async def _broken(request: Request, error: Exception) -> Response:
    log.error("desk.broken", path=request.url.path, error=repr(error))
    return PlainTextResponse("Something went wrong, and it is our mistake. The log of `reprint desk` says more.", 500)
