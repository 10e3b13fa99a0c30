"""A way to one WordPress, as the user who publishes; and to partners' pictures, through the guarded fetcher."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from ingest.errors import ConfigError, FetchError, PublishError
from ingest.fetch import Fetched, Fetcher, Service, basic_credentials
from ingest.sources.targets import WordPressSource
from publish.wordpress.picture import MAX_BYTES


def connect(
    source: WordPressSource,
    *,
    environment: Mapping[str, str],
    user_agent: str,
    allowed_networks: Iterable[str],
    timeout: float,
) -> Service:
    """Return a connection with the application password that the environment holds; raises PublishError without one.

    WordPress shows a password in groups of four; it takes it with the blanks or without.
    """
    password = environment.get(source.password_env, "").strip()
    if not password:
        raise PublishError(
            f"the environment variable {source.password_env} is not set",
            where=f"targets.{source.key}",
            next_step="make an application password under Users > Profile in WordPress, and put it there",
        )
    try:
        credentials = basic_credentials(source.user, password, urls=[source.url])
    except ConfigError as error:
        raise PublishError(error.what, where=error.where, next_step=error.next_step) from error
    return Service(
        source.url,
        user_agent=user_agent,
        credentials=credentials,
        allowed_networks=allowed_networks,
        timeout=timeout,
    )


def fetch_image(fetcher: Fetcher, url: str) -> bytes:
    """Return an image's bytes; raises FetchError where it cannot be had."""
    return asyncio.run(_fetch_image(fetcher, url))


async def _fetch_image(fetcher: Fetcher, url: str) -> bytes:
    async with fetcher:
        answer = await fetcher.get(url, max_bytes=MAX_BYTES)
    if not isinstance(answer, Fetched):
        raise FetchError("nothing is there", where=url, next_step="the post goes without it")
    return answer.content
