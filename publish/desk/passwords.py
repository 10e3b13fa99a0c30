"""Passwords: what one must be, its hash, and the check that takes as long for a user who does not exist."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ingest.errors import ConfigError

#: NIST SP 800-63B-4, section 3.1.1.2, asks for 15 where nothing but a password guards; we add delays, and take 12.
SHORTEST = 12
#: Longer ones are no passwords, and only keep the hash busy.
LONGEST = 1000

#: Argon2id with the first recommended choice of RFC 9106 for little memory: 64 MiB, three passes.
_HASHER = PasswordHasher()
#: Each check takes 64 MiB: many at once would be a way to take the machine down.
_AT_ONCE = threading.BoundedSemaphore(2)


def hash_password(password: str, *, name: str) -> str:
    """Return the argon2id hash of a user's new password; raises ConfigError where it is too easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ConfigError(
            f"a password needs {SHORTEST} to {LONGEST} characters",
            where=f"user {name}",
            next_step="take a sentence, or four words by chance",
        )
    if name.casefold() in password.casefold() or len(set(password)) < 5:
        raise ConfigError(
            "that password is too easily guessed",
            where=f"user {name}",
            next_step="take one without the user's name and with more different characters",
        )
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is the hashed one; None, for no such user, takes as long and is never so."""
    with _AT_ONCE:
        try:
            _HASHER.verify(password_hash or _nobodys(), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash("nobody signs in with this")
