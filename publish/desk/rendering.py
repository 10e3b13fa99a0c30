"""Templates of the desk: autoescape always on, from our own folder only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from ingest.printable import printable
from publish.desk.assets import asset_path
from publish.languages import direction


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the desk's environment; a name that a template does not know is an error, not an empty string."""
    made = Environment(
        loader=PackageLoader("publish.desk", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(when=when, stamp=stamp, iso=iso, day=day, cut=cut, writing=lru_cache(maxsize=200)(direction))
    made.globals.update(asset=asset_path)
    return made


def render_page(template: str, request: Request, *, status: int = 200, **values: object) -> Response:
    """Return the page of a template; not packed, since its size would then tell of the secrets in it (BREACH)."""
    page = environment().get_template(template).render(path=request.url.path, **values)
    return Response(printable(page), status, media_type="text/html; charset=utf-8")


def when(moment: datetime | None) -> str:
    """Return a time in UTC for a person: 25 Nov 2026, 12:30."""
    return f"{moment.astimezone(UTC):%-d %b %Y, %H:%M}" if moment is not None else ""


def day(date_: date) -> str:
    """Return a day for a person: 25 Nov 2026."""
    return f"{date_:%-d %b %Y}"


def cut(text: str, most: int = 160) -> str:
    """Return a text that is no longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def stamp(moment: datetime) -> str:
    """Return a time in UTC as a form's field has it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}"


def iso(moment: datetime) -> str:
    """Return a time for a program."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
