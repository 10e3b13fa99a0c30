"""The posts of the site's bench: 5 KB of words of our own each, the same for both builders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

#: The last post's time; each is three quarters of an hour before the next.
START = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(minutes=45)
AUTHORS, PARTNERS, SECTIONS = 200, 8, 8
_BYTES = 5000

_WORDS = [
    "harbour",
    "line",
    "tide",
    "council",
    "boat",
    "winter",
    "price",
    "farm",
    "report",
    "city",
    "paper",
    "river",
    "bridge",
    "light",
    "morning",
    "voice",
    "school",
    "clinic",
    "market",
    "union",
    "storm",
    "island",
    "coast",
    "teacher",
    "doctor",
    "vote",
    "budget",
    "road",
    "water",
    "engine",
    "field",
    "grain",
    "letter",
    "song",
    "film",
    "theatre",
    "novel",
    "player",
    "coach",
    "match",
    "season",
    "court",
    "judge",
    "trial",
    "law",
    "police",
    "fire",
    "plan",
    "study",
    "data",
    "science",
    "climate",
    "forest",
    "fish",
    "whale",
    "seed",
    "soil",
    "glass",
    "stone",
    "iron",
    "copper",
    "trade",
]


@dataclass(frozen=True, kw_only=True)
class Post:
    """One article."""

    number: int
    headline: str
    author: int
    partner: int
    section: int
    at: datetime
    paragraphs: tuple[str, ...]


def posts(count: int, *, first: int = 0) -> Iterator[Post]:
    """Yield posts, the oldest first; a post's words depend on its number alone."""
    for number in range(first, first + count):
        chance = Random(number)
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < _BYTES:
            paragraphs.append(_sentences(chance))
        author = chance.randrange(AUTHORS)
        yield Post(
            number=number,
            headline=f"{' '.join(chance.choices(_WORDS, k=8)).capitalize()} {number}",
            author=author,
            # Each writes for one house, as two of one name at two houses are two people to us.
            partner=author % PARTNERS,
            section=chance.randrange(SECTIONS),
            at=START + number * EVERY,
            paragraphs=tuple(paragraphs),
        )


def _sentences(chance: Random) -> str:
    return " ".join(f"{' '.join(chance.choices(_WORDS, k=14)).capitalize()}." for _ in range(5))
