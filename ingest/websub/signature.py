"""Whether a push is from the hub that we gave our secret to (WebSub, section 7.1) (pure)."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

#: SHA-1 is in the recommendation and no longer enough.
_METHODS: Final = ("sha256", "sha384", "sha512")

_HEADER: Final = re.compile(r"\s*(sha\d{3})\s*=\s*([0-9a-fA-F]{64,128})\s*")


def is_signed(body: bytes, header: str | None, *, secret: str) -> bool:
    """Tell whether `header`, an X-Hub-Signature of "method=hex", is the body's by `secret`; in constant time."""
    match = _HEADER.fullmatch(header or "")
    if match is None or match[1] not in _METHODS:
        return False
    expected = hmac.new(secret.encode("ascii"), body, getattr(hashlib, match[1])).hexdigest()
    return hmac.compare_digest(expected, match[2].lower())
