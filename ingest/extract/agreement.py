"""How the readings of a field stand to the value that was chosen (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from ingest.article import Article, Evidence, Source

#: Sources that state a value, so that their disagreement means something.
STRONG = frozenset(
    {Source.FEED, Source.JSON_LD, Source.MICRODATA, Source.META, Source.REL_AUTHOR, Source.VISIBLE, Source.BIO}
)
#: ... when they are believed so far; a headline for search engines is believed less, and still stated.
STRONG_LEAST = 0.7
_HEADLINE_LEAST = 0.3
_WORD = re.compile(r"\w+")


class Standing(StrEnum):
    """How one reading stands to the chosen value."""

    CHOSEN = "chosen"
    AGREES = "agrees"
    #: A strong source says something else.
    DISAGREES = "disagrees"
    #: A weak one does, or nothing was read.
    OTHER = "other"
    #: A fact that was noted beside the fields: a page that was joined, a pixel.
    NOTED = "noted"


def standings(article: Article) -> tuple[tuple[Evidence, Standing], ...]:
    """Return an article's readings with how each stands, a field's together, the chosen one first."""
    fields = list(dict.fromkeys(reading.field for reading in article.evidence))
    ordered = sorted(article.evidence, key=lambda reading: fields.index(reading.field))
    return tuple(
        pair
        for field, readings in groupby(ordered, key=lambda r: r.field)
        for pair in _field(article, field, [*readings])
    )


def disagreements(article: Article) -> tuple[Evidence, ...]:
    """Return the readings of strong sources that say something else than what was chosen."""
    return tuple(reading for reading, standing in standings(article) if standing is Standing.DISAGREES)


def _field(article: Article, field: str, readings: list[Evidence]) -> list[tuple[Evidence, Standing]]:
    chosen = _chosen(article).get(field)
    if chosen is None:
        return [(reading, Standing.NOTED) for reading in readings]
    same = _SAME.get(field, _same_words)
    agreeing = [reading for reading in readings if reading.value and same(reading.value, chosen)]
    first = max(agreeing, key=lambda reading: reading.confidence, default=None)
    order = [
        *([first] if first else []),
        *(r for r in agreeing if r is not first),
        *(r for r in readings if r not in agreeing),
    ]
    return [(r, _standing(r, is_first=r is first, agrees=r in agreeing)) for r in order]


def _standing(reading: Evidence, *, is_first: bool, agrees: bool) -> Standing:
    if agrees:
        return Standing.CHOSEN if is_first else Standing.AGREES
    least = _HEADLINE_LEAST if reading.field == "headline" else STRONG_LEAST
    strong = reading.value and reading.source in STRONG and reading.confidence >= least
    return Standing.DISAGREES if strong else Standing.OTHER


def _chosen(article: Article) -> Mapping[str, str]:
    """Return the values that were chosen, by field, as readings write them."""
    return {
        "headline": article.headline,
        "standfirst": article.standfirst or "",
        "byline": "; ".join(article.byline.names),
        "dateline": article.dateline or "",
        "published_at": article.published_at.isoformat() if article.published_at else "",
        "modified_at": article.modified_at.isoformat() if article.modified_at else "",
        "language": article.language or "",
        "canonical_url": article.canonical_url,
    }


def _same_words(one: str, other: str) -> bool:
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _same_names(one: str, other: str) -> bool:
    return {tuple(_words(name)) for name in one.split(";")} == {tuple(_words(name)) for name in other.split(";")}


def _same_day(one: str, other: str) -> bool:
    try:
        a, b = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return False
    return a.date() == b.date() or abs(a - b) < timedelta(days=1)


def _same_language(one: str, other: str) -> bool:
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


_SAME: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "byline": _same_names,
        "published_at": _same_day,
        "modified_at": _same_day,
        "language": _same_language,
        "canonical_url": str.__eq__,
    }
)
