"""A small web server beside the clock of `reprint run`, which keeps the process's signals."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn

from ingest.errors import ConfigError

_LAST_PORT = 65535
_PORT_DIGITS = 5


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to `reprint run`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def serving(app: Any, *, listen: str, setting: str, **options: Any) -> AsyncIterator[None]:
    """Serve an ASGI application at `listen` ("host:port") until the end of the block; `options` are uvicorn's.

    Raises ConfigError naming the `setting` where nothing can listen there.
    """
    shared: dict[str, Any] = {"access_log": False, "lifespan": "off", "server_header": False, "limit_concurrency": 64}
    config = uvicorn.Config(app, log_config=None, **(shared | options))
    server = _Server(config)
    with _listening(listen, setting) as sock:
        task = asyncio.create_task(server.serve(sockets=[sock]))
        try:
            yield
        finally:
            server.should_exit = True
            await task


@contextlib.contextmanager
def _listening(listen: str, setting: str) -> Iterator[socket.socket]:
    address = host_and_port(listen, setting=setting)
    try:
        with socket.create_server(address) as sock:
            yield sock
    except OSError as error:
        raise _no_place(f"nothing can listen at {listen!r}: {_reason(error)}", setting) from error


def host_and_port(listen: str, *, setting: str) -> tuple[str, int]:
    """Return the two halves of "host:port", the host without brackets; raises ConfigError naming the `setting`."""
    host, colon, port = listen.rpartition(":")
    if not colon:
        raise _no_place(f"{listen!r} is no address as host:port", setting)
    if not (port.isascii() and port.isdigit() and len(port) <= _PORT_DIGITS and int(port) <= _LAST_PORT):
        raise _no_place(f"{port!r} in {listen!r} is no port: a number from 0 to {_LAST_PORT}", setting)
    return host.strip("[]"), int(port)


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "another program listens there already"
    if error.errno == errno.EADDRNOTAVAIL:
        return "this machine has no such address"
    # socket.create_server hands getaddrinfo's numbers on, which are negative on Linux, in a plain OSError.
    if isinstance(error, socket.gaierror) or (error.errno or 0) < 0:
        return "the host's name is not known"
    return os.strerror(error.errno) if error.errno else str(error)


def _no_place(what: str, setting: str) -> ConfigError:
    return ConfigError(
        what,
        where=setting,
        next_step="give a free address of this machine as host:port, such as 127.0.0.1:8787",
    )
