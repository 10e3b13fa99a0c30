"""The Jinja2 environment: autoescape always on, templates from our own folder only, no template from data."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from ingest.printable import printable
from publish.dates import day_words, iso, iso_day_or_time, month_words, time_words, weekday_words
from publish.languages import direction
from publish.site import layout


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one environment; a name that a template does not know is an error, not an empty string."""
    made = Environment(
        loader=PackageLoader("publish.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        day=day_words,
        weekday=weekday_words,
        month=month_words,
        moment=time_words,
        iso=iso,
        iso_original=iso_day_or_time,
        writing=direction,
        host_source=host_source,
    )
    made.globals.update(layout=layout)
    return made


def host_source(url: str) -> str:
    """Return the URL's origin as a source in a content security policy; empty where its host is no plain name."""
    host = urlsplit(url).netloc
    return f"https://{host}" if re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", host) else ""


def render(template: str, *, path: str, root: str | None = None, **values: object) -> str:
    """Return the page at `path`, its links leading through `root` (relative where not given) to the site's top."""
    up = layout.up(path) if root is None else root
    return printable(environment().get_template(template).render(path=path, up=up, **values))
