"""In which of the site's lists a piece stands (pure)."""

from __future__ import annotations

from datetime import UTC

from ingest.sources import Site
from ingest.store.listings import Place
from publish.sitemap import is_indexed
from publish.teaser import Teaser


def places_of(teaser: Teaser, *, site: Site) -> tuple[Place, ...]:
    """Return the lists of a piece: its sections, its origin and supplier, its authors, its month, the sitemap's part.

    Those of its topic come first, the one that tells most before the others.
    """
    at = teaser.published_at
    month = f"{at.astimezone(UTC):%Y-%m}"
    found = [
        *(Place(list=f"section:{key}", at=at, name=name) for key, name in sections_of(teaser, site=site)),
        *(Place(list=f"partner:{key}", at=at, name=name) for key, name in partners_of(teaser).items()),
        *(
            Place(list=f"author:{author.key}", at=at, name=author.name or "", note=author.affiliation or "")
            for author in teaser.authors
            if author.key
        ),
        Place(list=f"month:{month}", at=at),
        *([Place(list="corrections:all", at=at)] if teaser.corrections else []),
        *([Place(list=f"map:{month}", at=at)] if is_indexed(teaser) else []),
    ]
    return tuple({place.list: place for place in found}.values())


def sections_of(teaser: Teaser, *, site: Site) -> list[tuple[str, str]]:
    """Return key and name of the section that an editor chose, else of each that one of its labels belongs to.

    They come in the order of the menu; a chosen one that the menu no longer has counts for nothing.
    """
    chosen = [(section.key, section.name) for section in site.sections if section.key == teaser.section]
    if chosen:
        return chosen
    labels = {label.casefold() for label in teaser.labels}
    return [
        (section.key, section.name)
        for section in site.sections
        if any(label.casefold() in labels for label in section.labels)
    ]


def partners_of(teaser: Teaser) -> dict[str, str]:
    """Return key and name of those on whose pages it stands: its origin, if that is a partner, and its supplier."""
    found = {teaser.origin_key: teaser.origin_name} if teaser.origin_key is not None else {}
    return {**found, **({} if teaser.partner in found else {teaser.partner: teaser.partner_name})}
