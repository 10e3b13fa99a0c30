"""Why articles are held, in the few words that a list has room for."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_SAID: Final = MappingProxyType(
    {
        "no-permission": "permission unknown",
        "not-own": "origin differs",
        "not-yet-valid": "permission to come",
        "expired": "permission over",
        "review-due": "permission to be reviewed",
        "no-body": "no body found",
        "short-body": "very short",
        "stub": "a mere pointer",
        "byline-unsure": "byline unsure",
        "sources-disagree": "authors disagree",
        "incomplete": "parts may be lost",
        "headline-unsure": "headline unsure",
        "no-headline": "no headline",
        "credit-gap": "credit has a gap",
        "edit-conflict": "words collide",
        "like-withdrawn": "like a withdrawn one",
        "scheduled": "scheduled",
        "selection": "waits for a choice",
        "delay": "too early",
        "delay-unknown": "time unknown",
        "window-unknown": "day unknown",
        "quota": "quota is full",
        "quota-unknown": "quota not counted",
        "": "other",
    }
)


def say_reason(code: str) -> str:
    """Return a reason's code in a few words; one without any speaks for itself."""
    return _SAID.get(code, code.replace("-", " "))
