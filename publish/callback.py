"""The listener for WebSub hubs, beside the clock of `reprint run`."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import structlog
import uvicorn

from ingest.errors import ConfigError
from ingest.fetch import Fetched, Validators
from ingest.tools import Tools
from ingest.websub import Push, listener
from ingest.work import FeedJob, Hosts, all_jobs

log = structlog.get_logger()

#: More pushes than this are not kept in memory; hubs send them again.
_MOST_WAITING = 20


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to `reprint run`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def answering_hubs(tools: Tools, hosts: Hosts, *, callback: str, listen: str) -> AsyncIterator[None]:
    """Answer hubs at `listen` ("host:port"), which the web knows as `callback`; stops at the end of the block.

    Raises ConfigError where nothing can listen there.
    """

    async def take(push: Push) -> bool:
        if hosts.pushes >= _MOST_WAITING:
            return False
        jobs = [job for job in all_jobs(tools) if job.feed.id == push.feed_id]
        hosts.submit([_pushed(job, push) for job in jobs])
        return True

    app = listener(tools, take, path=urlsplit(callback).path)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, limit_concurrency=64
    )
    server = _Server(config)
    with _listening(listen) as sock:
        log.info("websub.listening", at=listen, callback=callback)
        task = asyncio.create_task(server.serve(sockets=[sock]))
        try:
            yield
        finally:
            server.should_exit = True
            await task


def _pushed(job: FeedJob, push: Push) -> FeedJob:
    headers = {"content-type": push.content_type, "link": push.link}
    document = Fetched(
        url=job.feed.address,
        final_url=job.feed.address,
        permanent_url=job.feed.address,
        headers={name: value for name, value in headers.items() if value},
        content=push.content,
        validators=Validators(),
        fetched_at=datetime.now(UTC),
    )
    return job.with_push(document)


@contextlib.contextmanager
def _listening(listen: str) -> Iterator[socket.socket]:
    host, _, port = listen.rpartition(":")
    try:
        with socket.create_server((host.strip("[]"), int(port))) as sock:
            yield sock
    except (OSError, ValueError, OverflowError) as error:
        raise ConfigError(
            f"nothing can listen at {listen!r}: {error}",
            where="REPRINT_CALLBACK_LISTEN",
            next_step="give a free address of this machine as host:port, such as 127.0.0.1:8787",
        ) from error
