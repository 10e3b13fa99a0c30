"""Strike out what no text may hold from a whole value: partner input is hostile, or cut in the middle of an emoji."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from ingest.printable import printable

T = TypeVar("T")


def scrub(value: T) -> T:
    """Return the value with every string in it printable (`ingest.printable`), deep in dataclasses and tuples too.

    What needs no change is returned as it is, so that the usual case copies nothing.
    """
    return cast("T", _scrubbed(value))


def _scrubbed(value: Any) -> Any:
    # An enumeration's text is ours.
    if type(value) is str:
        return printable(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        parts = tuple(_scrubbed(part) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    if is_dataclass(value) and not isinstance(value, type):
        return _scrubbed_fields(value)
    return value


def _scrubbed_fields(value: Any) -> Any:
    changes = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if (new := _scrubbed(old)) is not old and new != old:
            changes[field.name] = new
    return replace(value, **changes) if changes else value
