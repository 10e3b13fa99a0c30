"""What stands where on the front page (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.sources import Site
from ingest.store.listings import ListRow
from ingest.terms import Mode
from publish.site.layout import list_folder
from publish.site.places import partners_of, sections_of
from publish.teaser import Teaser

_SECONDS, _UNDER, _ROW, _BAND, _BANDS, _MORE = 2, 2, 4, 4, 6, 18
#: The front page looks no further back than so many pieces.
REACH = 300


@dataclass(frozen=True, kw_only=True)
class Band:
    """A section's or partner's strip on the front page."""

    key: str
    name: str
    #: Where all its pieces stand, from the root.
    folder: str
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
    #: All partners, by name.
    partners: tuple[ListRow, ...]


def front_of(ordered: Sequence[Teaser], partners: Sequence[ListRow], *, site: Site) -> Front:
    """Lay out the front page: a lead, seconds and a row of the newest, a band for each topic, and the rest."""
    if not ordered:
        return Front(lead=None, seconds=(), under=(), row=(), bands=(), more=(), partners=())
    lead = _lead(ordered)
    left = [teaser for teaser in ordered[:REACH] if teaser is not lead]
    seconds, left = left[:_SECONDS], left[_SECONDS:]
    under, left = left[:_UNDER], left[_UNDER:]
    row, left = left[:_ROW], left[_ROW:]
    bands, left = _bands(left, site)
    return Front(
        lead=lead,
        seconds=tuple(seconds),
        under=tuple(under),
        row=tuple(row),
        bands=bands,
        more=tuple(left[:_MORE]),
        partners=tuple(sorted(partners, key=lambda partner: (partner.name.casefold(), partner.list))),
    )


def _lead(ordered: Sequence[Teaser]) -> Teaser:
    """Return the newest piece shown in full with a standfirst among the first eight, else the newest."""
    return next((t for t in ordered[:8] if t.mode is Mode.FULL and t.standfirst), ordered[0])


def _bands(left: list[Teaser], site: Site) -> tuple[tuple[Band, ...], list[Teaser]]:
    """Return a band for each topic that can fill one, and what is left.

    Sections come in the order of the menu, then partners, those with the newest piece first.
    """
    bands: list[Band] = []
    for name, title in _topics(left, site).items():
        if len(bands) == _BANDS:
            break
        own = (teaser for teaser in left if name in _topics_of(teaser, site))
        teasers = tuple(islice(own, _BAND))
        if len(teasers) == _BAND:
            key = name.partition(":")[2]
            bands.append(Band(key=key, name=title, folder=list_folder(name), teasers=teasers))
            taken = {teaser.slug for teaser in teasers}
            left = [teaser for teaser in left if teaser.slug not in taken]
    return tuple(bands), left


def _topics(left: Sequence[Teaser], site: Site) -> dict[str, str]:
    """Return list and name of all topics, in the order in which they get their bands."""
    sections = {f"section:{section.key}": section.name for section in site.sections}
    found: dict[str, str] = {}
    for teaser in left:
        for name, title in _topics_of(teaser, site).items():
            found.setdefault(name, title)
    return {name: sections.get(name, found[name]) for name in (*sections, *found) if name in found}


def _topics_of(teaser: Teaser, site: Site) -> dict[str, str]:
    return {
        **{f"section:{key}": name for key, name in sections_of(teaser, site=site)},
        **{f"partner:{key}": name for key, name in partners_of(teaser).items()},
    }
