"""A way to one WordPress, as the user who publishes; and to partners' pictures, through the guarded fetcher."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from ingest.errors import ConfigError, FetchError, PublishError
from ingest.fetch import Fetched, Fetcher, Service, basic_credentials
from ingest.sources.targets import WordPressSource
from publish.images.pool import ImageMaker
from publish.images.values import Files, Job, Refused
from publish.wordpress.picture import Picture
from publish.wordpress.reasons import NoPasswordError

#: A picture of more bytes is left out.
_MAX_BYTES = 15_000_000


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
        raise NoPasswordError(
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


def make_image(fetcher: Fetcher, picture: Picture, *, seconds: float) -> Files | Refused:
    """Return our files of a partner's picture, made within `seconds` in a child process; or why there are none."""
    return asyncio.run(_make_image(fetcher, picture, seconds))


async def _make_image(fetcher: Fetcher, picture: Picture, seconds: float) -> Files | Refused:
    async with fetcher, ImageMaker(timeout=seconds) as maker:
        try:
            answer = await fetcher.get(picture.url, max_bytes=_MAX_BYTES)
        except FetchError as error:
            return Refused(reason=str(error))
        if not isinstance(answer, Fetched):
            return Refused(reason="nothing is there")
        return await maker.make(Job(content=answer.content, credit=picture.credit))
