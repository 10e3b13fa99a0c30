"""Where settings become working parts: store, fetcher, extractor, targets."""

from __future__ import annotations

import asyncio
import getpass
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from ingest.errors import ConfigError
from ingest.settings import Settings
from ingest.sources import Site, Sources, load_sources
from ingest.sources.targets import WordPressSource
from ingest.store.database import open_store, read
from ingest.store.overview import Overview, overview
from publish.images import ImageShelf
from publish.images.gather import Gathering, fetch_images, plan_images
from publish.site.build import StaticSite
from publish.target import Target

if TYPE_CHECKING:
    # What goes to the network takes a second to import, which a command that stays at home need not pay.
    from ingest.fetch import Fetcher, Service
    from ingest.manners import Manners
    from ingest.tools import Tools
    from publish.alerts.messenger import Messenger

#: The static target's name, in the store for ever.
SITE_TARGET = "site"


def now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def actor() -> str:
    """Return who acts, for the ledger: REPRINT_ACTOR, else the account's name."""
    try:
        return os.environ.get("REPRINT_ACTOR") or getpass.getuser()
    except (KeyError, OSError):
        # A container's user may have no name.
        return f"uid:{os.getuid()}"


@contextmanager
def store(settings: Settings) -> Iterator[sa.Engine]:
    """Open the store and close it again."""
    engine = open_store(settings.database_url, busy_seconds=settings.busy_seconds)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def kept_store(settings: Settings) -> Iterator[sa.Engine]:
    """Open a store that must be there: reading a mistyped one would give a clean bill for nothing.

    Raises ConfigError where SQLite's file is not.
    """
    if (missing := _missing_file(settings)) is not None:
        raise ConfigError(
            "there is no store here",
            where=str(missing),
            next_step="run `reprint ingest` first, go to the newsroom's folder, or name the store with --database",
        )
    with store(settings) as engine:
        yield engine


@contextmanager
def scratch_store(settings: Settings) -> Iterator[sa.Engine]:
    """Open a copy of the store that is thrown away at the end; an empty one where there is no store yet."""
    from ingest.store.scratch import scratch_copy

    if _missing_file(settings) is None:
        with store(settings) as engine, scratch_copy(engine) as scratch:
            yield scratch
        return
    with TemporaryDirectory(prefix="reprint-") as folder:
        empty = open_store(f"sqlite:///{Path(folder) / 'scratch.db'}")
        yield empty
        empty.dispose()


def _missing_file(settings: Settings) -> Path | None:
    """Return the SQLite file that is not there; None where it is, or the database is no file."""
    try:
        database = make_url(settings.database_url)
    except ArgumentError:
        return None
    if database.get_backend_name() != "sqlite" or not database.database or "uri" in database.query:
        return None
    file = Path(database.database)
    return None if file.exists() else file


def fetcher(settings: Settings) -> Fetcher:
    """Return the one guarded way to the network."""
    from ingest.fetch import Fetcher

    return Fetcher(
        user_agent=settings.user_agent,
        allowed_networks=[str(network) for network in settings.allow_networks],
        timeout=settings.fetch_timeout,
    )


def product(settings: Settings) -> str:
    """Return the name by which a robots.txt may call us: the User-Agent's first word (RFC 9309, section 2.2.1)."""
    return settings.user_agent.split("/")[0].strip() or "reprint"


def manners(settings: Settings, open_fetcher: Fetcher) -> Manners:
    """Return how we behave towards partners' servers, with the keys that the environment holds."""
    from ingest.fetch import Robots
    from ingest.manners import Manners

    return Manners(robots=Robots(open_fetcher, product=product(settings)), environment=os.environ)


@asynccontextmanager
async def tools(
    settings: Settings,
    read_sources: Callable[[], Sources],
    engine: sa.Engine,
    *,
    stopping: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _found, _done: None,
    extracted: Callable[[float], None] = lambda _seconds: None,
) -> AsyncIterator[Tools]:
    """Make what a pass works with, and put it away again; `extracted` is told how long each page took, in seconds."""
    from ingest.extract import Extractor
    from ingest.tools import Tools

    extractor = Extractor(workers=settings.extract_workers, timeout=settings.extract_timeout, on_done=extracted)
    async with fetcher(settings) as open_fetcher, extractor:
        yield Tools(
            engine=engine,
            fetcher=open_fetcher,
            manners=manners(settings, open_fetcher),
            extractor=extractor,
            read_sources=read_sources,
            name_targets=target_names,
            actor=actor(),
            clock=now,
            stopping=stopping,
            progress=progress,
        )


def target_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of the places that we publish to."""
    return (SITE_TARGET, *(target.key for target in sources.targets))


def targets(settings: Settings, sources: Sources, engine: sa.Engine) -> list[Target]:
    """Return the places that we publish to."""
    return [
        static_site(settings, sources.site),
        *(wordpress(settings, source, engine) for source in sources.targets),
    ]


def wordpress(settings: Settings, source: WordPressSource, engine: sa.Engine) -> Target:
    """Return a WordPress target; its password is looked up when it is first asked."""
    from publish.wordpress.connect import make_image
    from publish.wordpress.memory import Memory
    from publish.wordpress.target import WordPressTarget

    return WordPressTarget(
        source,
        memory=Memory(engine, source.key, now),
        connect=lambda: connection_to(settings, source),
        make_image=lambda picture: make_image(fetcher(settings), picture, seconds=settings.extract_timeout),
        clock=now,
    )


def connection_to(settings: Settings, source: WordPressSource) -> Service:
    """Return a connection to a WordPress as the user who publishes; raises PublishError without a password."""
    from publish.wordpress.connect import connect

    return connect(
        source,
        environment=os.environ,
        user_agent=settings.user_agent,
        allowed_networks=[str(network) for network in settings.allow_networks],
        timeout=settings.fetch_timeout,
    )


def static_site(settings: Settings, site: Site) -> StaticSite:
    """Return the static target."""
    return StaticSite(settings.site, site, images=image_shelf(settings))


def image_shelf(settings: Settings) -> ImageShelf:
    """Return where partners' images are kept."""
    return ImageShelf(settings.images)


async def illustrate(
    settings: Settings, engine: sa.Engine, sources: Sources, *, targets: Iterable[Target], within: timedelta
) -> int:
    """Have the images that are allowed and not here, for `within` that time; return how many came."""
    shelf, at = image_shelf(settings), now()
    names = [target.name for target in targets]
    errands = await asyncio.to_thread(plan_images, engine, shelf, sources=sources, targets=names, now=at)
    if not errands:
        return 0
    from publish.images.pool import ImageMaker

    async with fetcher(settings) as open_fetcher, ImageMaker(timeout=settings.extract_timeout) as maker:
        gathering = Gathering(
            engine=engine,
            fetcher=open_fetcher,
            manners=manners(settings, open_fetcher),
            maker=maker,
            shelf=shelf,
            sources=sources,
        )
        return await fetch_images(errands, gathering, now=at, within=within)


def messengers(settings: Settings) -> list[Messenger]:
    """Return the ways to tell somebody what needs a person; raises ConfigError where one is half configured."""
    # Mail and its certificates take a while to import, which only the scheduler needs.
    from publish.alerts.messenger import messenger_of

    return messenger_of(
        webhook=settings.alert_webhook,
        mail_to=settings.alert_mail,
        smtp=settings.smtp_url,
        sender=settings.mail_from,
        user_agent=settings.user_agent,
    )


def look(engine: sa.Engine) -> Overview:
    """Return the store at a glance, as of now."""
    with read(engine) as connection:
        return overview(connection, now=now())


def disk_free(settings: Settings) -> float:
    """Return the share of the site's disk that is free; the store is mostly on the same."""
    place = settings.site.absolute()
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    return round(usage.free / usage.total, 3)


def sources(settings: Settings) -> Sources:
    """Read sources.yaml; raises SourcesError with all its mistakes."""
    return load_sources(settings.sources)
