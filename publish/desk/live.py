"""Live pages: server-sent events (WHATWG HTML, section 9.2) tell browsers what has changed, and nothing of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ingest.errors import ReprintError
from ingest.store import desk_sessions, ledger
from ingest.store.database import read
from publish.desk import sessions
from publish.desk.long_work import LongWorks
from publish.desk.newsroom import Newsroom
from publish.desk.sessions import SignedIn

log = structlog.get_logger()

#: Open streams at most, of all users and of one session; the web server takes 64 connections.
_MOST: Final = 32
_OF_ONE: Final = 6
#: How often the store is looked at, for all listeners together.
_LOOK_SECONDS: Final = 1.0
#: A proxy closes what says nothing for long.
_HEARTBEAT_SECONDS: Final = 15.0
_HELD: Final = "article.hold"


@dataclass(eq=False, kw_only=True)
class _Listener:
    """One browser that waits; many events of one kind become one, so that a slow browser takes no memory."""

    token_hash: str
    events: dict[str, object] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    closing: bool = False

    def tell(self, event: str, data: object = None, *, last: bool = False) -> None:
        self.events[event] = data
        self.closing = self.closing or last
        self.woken.set()


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """One look at the store: the ledger's end, what is new in it, and which sessions are over."""

    seq: int
    touched: bool
    held: int
    over: frozenset[str]


class Live:
    """Looks at the store while somebody listens, and tells all listeners; lives on one event loop."""

    def __init__(self, room: Newsroom, works: LongWorks) -> None:
        self._room = room
        self._works = works
        self._listeners: list[_Listener] = []
        self._watcher: asyncio.Task[None] | None = None
        self._away = False

    def full(self, token_hash: str) -> bool:
        """Tell whether no more may listen."""
        own = sum(one.token_hash == token_hash for one in self._listeners)
        return len(self._listeners) >= _MOST or own >= _OF_ONE

    def close(self) -> None:
        """End all streams: the desk ends."""
        self._works.stop()
        for one in self._listeners:
            one.tell("bye", last=True)

    async def listen(self, visitor: SignedIn) -> AsyncIterator[str]:
        """Yield events as they come, and a heartbeat when none does, until the session ends."""
        listener = _Listener(token_hash=visitor.token_hash)
        self._listeners.append(listener)
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch())
        try:
            yield "retry: 3000\n\n"
            if self._away:
                listener.tell("away")
            while not (listener.closing and not listener.events):
                async for text in _next(listener):
                    yield text
        finally:
            self._listeners.remove(listener)

    async def _watch(self) -> None:
        seq, version = -1, self._works.version
        while self._listeners:
            if version != self._works.version:
                version = self._works.version
                self._tell("work")
            hashes = frozenset(one.token_hash for one in self._listeners)
            try:
                seen = await run_in_threadpool(_look, self._room, seq, hashes)
            except (ReprintError, SQLAlchemyError) as error:
                self._lose(error)
            else:
                self._found(seen, first=seq < 0)
                seq = seen.seq
            await asyncio.sleep(_LOOK_SECONDS)

    def _lose(self, error: Exception) -> None:
        if not self._away:
            self._away = True
            log.warning("desk.live_without_store", error=str(error))
            self._tell("away")

    def _found(self, seen: _Seen, *, first: bool) -> None:
        if self._away:
            self._away = False
            self._tell("back")
        if seen.touched and not first:
            self._tell("queue", {"held": seen.held})
        for one in self._listeners:
            if one.token_hash in seen.over:
                one.tell("signed-out", last=True)

    def _tell(self, event: str, data: object = None) -> None:
        for one in self._listeners:
            one.tell(event, data)


def routes() -> list[Route]:
    """Return the route."""
    return [Route("/live", _listen, methods=["GET"], name="live")]


async def _listen(request: Request) -> Response:
    live, room = request.app.state.live, request.app.state.newsroom
    assert isinstance(live, Live)  # noqa: S101 - for the type checker: the application's maker put it there
    try:
        visitor = await run_in_threadpool(sessions.signed_in, room, request)
    except ReprintError:
        return Response(status_code=503, headers={"retry-after": "5"})
    if visitor is None:
        # Anything but 200 ends the browser's tries.
        return Response(status_code=401)
    if live.full(visitor.token_hash):
        return Response(status_code=503, headers={"retry-after": "30"})
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(live.listen(visitor), headers=headers, media_type="text/event-stream")


async def _next(listener: _Listener) -> AsyncIterator[str]:
    """Yield what a listener has not been told yet, or a comment after a while without anything."""
    try:
        await asyncio.wait_for(listener.woken.wait(), _HEARTBEAT_SECONDS)
    except TimeoutError:
        yield ": still here\n\n"
        return
    listener.woken.clear()
    events, listener.events = listener.events, {}
    for event, data in events.items():
        yield f"event: {event}\ndata: {json.dumps(data)}\n\n"


def _look(room: Newsroom, seq: int, hashes: frozenset[str]) -> _Seen:
    now = room.clock()
    with read(room.engine) as connection:
        events = ledger.events_after(connection, seq) if seq >= 0 else []
        last = events[-1][0] if events else ledger.head(connection).seq
        found = [desk_sessions.find(connection, one) for one in hashes]
    alive = {one.token_hash for one in found if one is not None and not _is_over(one.created_at, one.seen_at, now)}
    return _Seen(
        seq=last,
        touched=any(subject.startswith("article:") for _seq, _event, subject in events),
        held=sum(event == _HELD for _seq, event, _subject in events),
        over=hashes - alive,
    )


def _is_over(begun: datetime, seen: datetime, now: datetime) -> bool:
    return begun + sessions.LONGEST <= now or seen + sessions.IDLE <= now
