"""A desk for tests: the demo's newsroom, ingested once, served on loopback, and browsers or clients to visit it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import sqlalchemy as sa

from ingest.keeping import Keeping
from ingest.settings import Settings
from ingest.sources import Sources, load_sources
from ingest.store import articles, desk_users
from ingest.store.database import open_store, read
from ingest.store.desk_users import Role
from ingest.store.schema import article, standing
from publish import wiring
from publish.desk import sessions
from publish.desk.access import add_user
from publish.desk.app import desk_app
from publish.desk.newsroom import Newsroom as DeskRoom
from publish.desk.outbox import Outbox
from publish.following import FollowedSources
from publish.listening import serving

PASSWORD = "seven herons over the weir"


@dataclass(kw_only=True)
class Clock:
    """The desk's time, which a test may put forward; it goes on by itself."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A desk that is served, and the newsroom behind it."""

    base: str
    folder: Path
    engine: sa.Engine
    clock: Clock

    @property
    def sources(self) -> Sources:
        """The newsroom's sources."""
        return load_sources(self.folder / "sources.yaml")

    def keeping(self, actor: str) -> Keeping:
        """Return what the command line's records share."""
        sources = self.sources
        return Keeping(now=self.clock(), actor=actor, targets=wiring.target_names(sources), partners=sources.keys)

    def client(self, name: str = "") -> httpx.Client:
        """Return a browser's stand-in, with a session of its own where a user is named."""
        client = httpx.Client(base_url=self.base, follow_redirects=True, trust_env=False, timeout=30)
        if name:
            client.cookies.set("reprint-desk", self.session(name))
        return client

    def session(self, name: str) -> str:
        """Begin a user's session, and return its token."""
        with read(self.engine) as connection:
            user = desk_users.find(connection, name)
        assert user is not None
        return sessions.begin(self.engine, user, now=self.clock())

    def page_of(self, article_id: int) -> Path:
        """Return the file of an article's page at the site."""
        with read(self.engine) as connection:
            row = articles.row_of(connection, article_id)
        assert row is not None
        return next(path for path in self.folder.glob("site/**/*.html") if row.slug in str(path))

    def held(self, partner: str = "atlas-brief", verdict: str = "hold") -> list[int]:
        """Return the articles of a partner that are held, the oldest first; a release lets atlas-brief's pass."""
        query = (
            sa.select(article.c.id)
            .join(standing, standing.c.article_id == article.c.id)
            .where(article.c.partner == partner, standing.c.verdict == verdict)
            .order_by(article.c.id)
        )
        with read(self.engine) as connection:
            return list(connection.execute(query).scalars())


def add_users(folder: Path) -> None:
    """Let the editors ana and ben and the auditor otto use a newsroom's desk."""
    engine = open_store(f"sqlite:///{folder / 'reprint.db'}")
    for name, role in (("ana", Role.EDITOR), ("ben", Role.EDITOR), ("otto", Role.AUDITOR)):
        add_user(engine, name, role, PASSWORD, actor="test", now=datetime.now(UTC))
    engine.dispose()


@contextlib.contextmanager
def open_desk(template: Path, folder: Path, *, secure: bool = False, hosts: tuple[str, ...] = ()) -> Iterator[Desk]:
    """Serve a desk on a copy of a newsroom."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    settings = Settings(
        sources=folder / "sources.yaml",
        database_url=f"sqlite:///{folder / 'reprint.db'}",
        site=folder / "site",
        images=folder / "images",
    )
    engine, clock = open_store(settings.database_url), Clock()
    sources = FollowedSources(settings.sources)
    outbox = Outbox(settings, sources, engine, grace=timedelta(seconds=1))
    room = DeskRoom(
        settings=settings,
        engine=engine,
        read_sources=sources,
        name_targets=wiring.target_names,
        clock=clock,
        send_soon=outbox.send_soon,
        send_now=outbox.send_now,
        secure=secure,
        hosts=frozenset({"127.0.0.1", *hosts}),
    )
    with _served(room, outbox) as base:
        yield Desk(base=base, folder=folder, engine=engine, clock=clock)
    engine.dispose()


@contextlib.contextmanager
def _served(room: DeskRoom, outbox: Outbox) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        listen = f"127.0.0.1:{probe.getsockname()[1]}"
    ready, loop_box = threading.Event(), []

    async def serve() -> None:
        stop = asyncio.Event()
        loop_box.append((asyncio.get_running_loop(), stop))
        async with (
            outbox.working(),
            serving(desk_app(room), listen=listen, setting="test", timeout_graceful_shutdown=1),
        ):
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield f"http://{listen}"
    finally:
        loop, stop = loop_box[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)


def form_of(page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page that leads to an action."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form is not None, f"no form leads to {action}"
    return dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', form[0]))
