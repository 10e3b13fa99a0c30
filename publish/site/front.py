"""What stands where on the front page (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.terms import Mode
from publish.site.shelf import Collection
from publish.teaser import Teaser

_SECONDS, _UNDER, _ROW, _BAND, _BANDS, _MORE = 2, 2, 4, 4, 6, 18
#: The front page looks no further back than so many pieces.
_REACH = 300


@dataclass(frozen=True, kw_only=True)
class Band:
    """A partner's strip on the front page."""

    key: str
    name: str
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, kw_only=True)
class Front:
    """The front page; no teaser stands on it twice."""

    lead: Teaser | None
    #: Beside the lead.
    seconds: tuple[Teaser, ...]
    #: Below the lead.
    under: tuple[Teaser, ...]
    row: tuple[Teaser, ...]
    bands: tuple[Band, ...]
    more: tuple[Teaser, ...]
    partners: tuple[Collection, ...]


def front_of(ordered: Sequence[Teaser], partners: Sequence[Collection]) -> Front:
    """Lay out the front page: a lead, seconds and a row of the newest, a band for each partner, and the rest."""
    if not ordered:
        return Front(lead=None, seconds=(), under=(), row=(), bands=(), more=(), partners=())
    lead = _lead(ordered)
    left = [teaser for teaser in ordered[:_REACH] if teaser is not lead]
    seconds, left = left[:_SECONDS], left[_SECONDS:]
    under, left = left[:_UNDER], left[_UNDER:]
    row, left = left[:_ROW], left[_ROW:]
    bands, left = _bands(partners, left)
    return Front(
        lead=lead,
        seconds=tuple(seconds),
        under=tuple(under),
        row=tuple(row),
        bands=bands,
        more=tuple(left[:_MORE]),
        partners=tuple(partners),
    )


def _lead(ordered: Sequence[Teaser]) -> Teaser:
    """Return the newest piece shown in full with a standfirst among the first eight, else the newest."""
    return next((t for t in ordered[:8] if t.mode is Mode.FULL and t.standfirst), ordered[0])


def _bands(partners: Sequence[Collection], left: list[Teaser]) -> tuple[tuple[Band, ...], list[Teaser]]:
    """Return a band for each partner that can fill one, those with the newest piece first, and what is left."""
    bands: list[Band] = []
    rank: dict[str | None, int] = {}
    for index, teaser in enumerate(left):
        rank.setdefault(teaser.partner, index)
        rank.setdefault(teaser.origin_key, index)
    for partner in sorted(partners, key=lambda p: rank.get(p.key, _REACH)):
        if len(bands) == _BANDS:
            break
        own = (teaser for teaser in left if partner.key in {teaser.partner, teaser.origin_key})
        teasers = tuple(islice(own, _BAND))
        if len(teasers) == _BAND:
            bands.append(Band(key=partner.key, name=partner.name, teasers=teasers))
            taken = {teaser.slug for teaser in teasers}
            left = [teaser for teaser in left if teaser.slug not in taken]
    return tuple(bands), left
