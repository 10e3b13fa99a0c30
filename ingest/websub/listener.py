"""Where hubs call: they verify that we asked, and push a feed's new document (WebSub, sections 5.3 and 7).

Nobody is told whether a push was taken: a wrong signature gets the same answer as a right one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ingest.limits import FEED_MAX_BYTES
from ingest.store import feeds, subscriptions
from ingest.store.database import read, write
from ingest.store.subscriptions import Subscription
from ingest.tools import Tools
from ingest.websub.signature import is_signed
from ingest.websub.subscribe import ENDING, LEASE, VERIFIED_WITHIN, denied, verified

log = structlog.get_logger()

#: Seconds that one push may take to arrive.
_BODY_SECONDS: Final = 30.0
#: Leases outside these bounds are read as if at them.
_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(days=90)
_MAX_CHALLENGE: Final = 2000


@dataclass(frozen=True, kw_only=True)
class Push:
    """A document that a feed's hub pushed, its signature checked."""

    feed_id: int
    content: bytes
    content_type: str
    link: str


#: Takes a push on; False where too many wait already.
Take = Callable[[Push], Awaitable[bool]]


def listener(tools: Tools, take: Take, *, path: str) -> Starlette:
    """Return the web application that answers hubs below `path` ("/websub/"), and hands pushes to `take`."""

    async def verify(request: Request) -> Response:
        return await _verify(request, tools)

    async def push(request: Request) -> Response:
        return await _push(request, tools, take)

    place = f"{path}{{token:str}}"
    return Starlette(routes=[Route(place, verify, methods=["GET"]), Route(place, push, methods=["POST"])])


async def _verify(request: Request, tools: Tools) -> Response:
    said = request.query_params
    subscription = await _find(request, tools)
    if subscription is None or said.get("hub.topic") != subscription.topic:
        return Response(status_code=404)
    now = tools.clock()
    if said.get("hub.mode") == "denied":
        reason = said.get("hub.reason", "")[:300]
        log.warning("websub.denied", hub=subscription.hub, topic=subscription.topic, reason=reason)
        await asyncio.to_thread(_keep, tools, denied(subscription, reason=reason, now=now))
        return Response(status_code=200)
    challenge = said.get("hub.challenge", "")
    # What we did not ask for is not ours: neither to begin nor to end.
    mode = "unsubscribe" if subscription.state == ENDING else "subscribe"
    asked = now - subscription.asked_at <= VERIFIED_WITHIN
    if said.get("hub.mode") != mode or not asked or not 0 < len(challenge) <= _MAX_CHALLENGE:
        return Response(status_code=404)
    await asyncio.to_thread(_settle, tools, subscription, said.get("hub.lease_seconds", ""))
    # Plain text, as a challenge is nobody's markup to run under our name.
    return PlainTextResponse(challenge, headers={"X-Content-Type-Options": "nosniff"})


async def _push(request: Request, tools: Tools, take: Take) -> Response:
    subscription = await _find(request, tools)
    if subscription is None:
        # WebSub, section 7: 410 tells a hub to end a subscription that we do not know.
        return Response(status_code=410)
    body = await _body(request)
    if body is None:
        return Response(status_code=413)
    if not is_signed(body, request.headers.get("x-hub-signature"), secret=subscription.secret):
        log.warning("websub.unsigned", hub=subscription.hub, topic=subscription.topic)
        return Response(status_code=202)
    push = Push(
        feed_id=subscription.feed_id,
        content=body,
        content_type=request.headers.get("content-type", ""),
        link=request.headers.get("link", ""),
    )
    # Before it is taken, as the next poll's time follows from it.
    await asyncio.to_thread(_keep_pushed, tools, subscription.feed_id)
    if not await take(push):
        return Response(status_code=503, headers={"Retry-After": "60"})
    return Response(status_code=202)


async def _body(request: Request) -> bytes | None:
    """Return the body, or None where it is larger than any feed, too slow or cut off."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > FEED_MAX_BYTES:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)


async def _find(request: Request, tools: Tools) -> Subscription | None:
    token = str(request.path_params["token"])

    def find() -> Subscription | None:
        with read(tools.engine) as connection:
            return subscriptions.by_token(connection, token)

    return await asyncio.to_thread(find) if len(token) <= 64 else None


def _settle(tools: Tools, subscription: Subscription, lease_seconds: str) -> None:
    """Keep what the hub has verified: a lease, or the end."""
    if subscription.state == ENDING:
        with write(tools.engine) as connection:
            subscriptions.remove(connection, subscription)
        log.info("websub.ended", hub=subscription.hub, topic=subscription.topic, why="the hub has verified it")
        return
    lease = _lease(lease_seconds)
    _keep(tools, verified(subscription, lease=lease, now=tools.clock()))
    log.info("websub.active", hub=subscription.hub, topic=subscription.topic, days=lease / timedelta(days=1))


def _keep(tools: Tools, subscription: Subscription) -> None:
    with write(tools.engine) as connection:
        subscriptions.put(connection, subscription)


def _keep_pushed(tools: Tools, feed_id: int) -> None:
    with write(tools.engine) as connection:
        feeds.pushed(connection, feed_id, now=tools.clock())


def _lease(text: str) -> timedelta:
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else round(LEASE.total_seconds())
    return min(max(timedelta(seconds=seconds), _SHORTEST), _LONGEST)
