"""By which version articles are signed; apart from how, as each opening of a store asks and seldom signs."""

from __future__ import annotations

from typing import Final

#: Written with each stored fingerprint: another version's keys and traces are not comparable.
VERSION: Final = 2
