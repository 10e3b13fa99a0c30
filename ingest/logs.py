"""structlog, set up once: JSON lines when nobody watches, colours when somebody does; always on stderr."""

from __future__ import annotations

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

from ingest.printable import printable

_SECRET_KEY = re.compile(r"passw|secret|token|authorization|cookie|api_?key|credential", re.IGNORECASE)
_URL_LOGIN = re.compile(r"(?<=://)[^/\s@]+@")
_HIDDEN = "[hidden]"


def set_up_logging(*, level: str) -> None:
    """Send structlog's and the libraries' events to stderr, from `level` ("info", ...) upwards."""
    number = getattr(logging, level.upper())
    watched = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        hide_secrets,
        strike_controls,
    ]
    if not watched:
        shared.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _join_standard_logging(number, shared, renderer)


def _join_standard_logging(
    number: int, shared: list[structlog.typing.Processor], renderer: structlog.typing.Processor
) -> None:
    handler = logging.StreamHandler(sys.stderr)
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[strip, renderer]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries talk at info about every request and job; our own events already say what matters.
    root.setLevel(max(number, logging.WARNING))


def strike_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Strike terminal escapes out of values: partners wrote some of them."""
    return {key: printable(value) if isinstance(value, str) else value for key, value in event.items()}


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blank values whose key names a secret, and logins inside URLs."""
    for key, value in event.items():
        if _SECRET_KEY.search(key):
            event[key] = _HIDDEN
        elif isinstance(value, str):
            event[key] = _URL_LOGIN.sub(f"{_HIDDEN}@", value)
    return event
