"""The page of corrections: what was put right, where, when and by whom, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corrections import Correction
from ingest.sources import Site
from publish.head import list_head
from publish.shelf import Shelf
from publish.site import layout
from publish.teaser import Teaser
from publish.templating import render

#: Older ones stand on their articles' own pages.
_MOST = 200


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """One correction and the piece that it is of."""

    correction: Correction
    teaser: Teaser


def corrections_files(shelf: Shelf, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the page of corrections."""
    found = [
        Corrected(correction=correction, teaser=item.teaser)
        for item in shelf.items("corrections:all")
        for correction in item.teaser.corrections
    ]
    found.sort(key=lambda one: (one.correction.at, one.teaser.work_id), reverse=True)
    head = list_head("Corrections", "What was put right on this site, and when.", layout.CORRECTIONS, site=site)
    page = render(
        "corrections.html",
        path=layout.CORRECTIONS,
        site=site,
        head=head,
        found=found[:_MOST],
        more=len(found) > _MOST,
    )
    yield layout.CORRECTIONS, page.encode()
