"""Sessions: a random token in a cookie, of which the store knows the hash only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from ingest.store import desk_sessions, desk_users
from ingest.store.database import read, write
from ingest.store.desk_users import DeskUser
from publish.desk.newsroom import Newsroom

#: Unused for so long, or begun so long ago, a session is over.
IDLE: Final = timedelta(hours=2)
LONGEST: Final = timedelta(hours=12)
#: How exactly the last use is known; each note of it is a write.
_TOUCHED: Final = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A user at work: who, the hash of the session's token, the token against forged forms, and what to tell."""

    user: DeskUser
    token_hash: str
    csrf: str
    told: str | None


def begin(engine: sa.Engine, user: DeskUser, *, now: datetime) -> str:
    """Begin a user's session and return its token, which is nowhere else; sessions past their time end."""
    token = secrets.token_urlsafe(32)
    with write(engine) as connection:
        desk_sessions.end_old(connection, begun_before=now - LONGEST, seen_before=now - IDLE)
        desk_sessions.begin(connection, token_hash=hash_of(token), user_id=user.id, now=now)
    return token


def signed_in(room: Newsroom, request: Request) -> SignedIn | None:
    """Return who sends a request, or None where nobody is signed in, or no longer."""
    token, now = request.cookies.get(cookie_name(room), ""), room.clock()
    if not token or len(token) > 100:
        return None
    with read(room.engine) as connection:
        session = desk_sessions.find(connection, hash_of(token))
        user = desk_users.of_id(connection, session.user_id) if session is not None else None
    if session is None or user is None or session.created_at + LONGEST <= now or session.seen_at + IDLE <= now:
        return None
    if session.seen_at + _TOUCHED <= now:
        with write(room.engine, lasting=False) as connection:
            desk_sessions.touch(connection, session.token_hash, now=now)
    return SignedIn(user=user, token_hash=session.token_hash, csrf=csrf_of(token), told=session.told)


def tell_next(room: Newsroom, visitor: SignedIn, told: str | None) -> None:
    """Have the session's next page tell something; None where it was told."""
    with write(room.engine, lasting=False) as connection:
        desk_sessions.tell(connection, visitor.token_hash, told)


def end(room: Newsroom, visitor: SignedIn) -> None:
    """Sign out."""
    with write(room.engine) as connection:
        desk_sessions.end(connection, visitor.token_hash)


def set_cookie(response: Response, room: Newsroom, token: str) -> None:
    """Give the browser the token: for us only, and out of reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(room),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=room.secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, room: Newsroom) -> None:
    """Take the token from the browser."""
    response.delete_cookie(cookie_name(room), path="/", secure=room.secure, httponly=True, samesite="lax")


def cookie_name(room: Newsroom) -> str:
    """Return the cookie's name; browsers take a __Host- cookie by TLS and from this very host only (RFC 6265bis)."""
    return "__Host-reprint-desk" if room.secure else "reprint-desk"


def hash_of(token: str) -> str:
    """Return what the store knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """Return the session's token against forged forms; it leads to neither the session's token nor its hash."""
    return hmac.new(token.encode(), b"reprint desk form", hashlib.sha256).hexdigest()
