"""The listener for WebSub hubs, beside the clock of `reprint run`."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import structlog

from ingest.fetch import Fetched, Validators
from ingest.jobs import FeedJob, all_jobs
from ingest.tools import Tools
from ingest.websub import Push, listener
from ingest.work import Hosts
from publish.listening import serving

log = structlog.get_logger()

#: More pushes than this are not kept in memory; hubs send them again.
_MOST_WAITING = 20


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
    async with serving(app, listen=listen, setting="REPRINT_CALLBACK_LISTEN"):
        log.info("websub.listening", at=listen, callback=callback)
        yield


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
