"""The way in: the queue."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from publish.desk.visiting import Visit, page


def routes() -> list[Route]:
    """Return the route."""
    return [page("/", home)]


def home(visit: Visit) -> Response:
    """Lead to the queue."""
    return visit.go("/queue")
