"""An article's further pages: read like the first, joined to it, and where it still goes on (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Evidence, Source
from ingest.extract.joining import join
from ingest.extract.known import Known, known_of
from ingest.extract.lines import flat
from ingest.extract.metadata import Metadata, read_metadata
from ingest.extract.page import Page
from ingest.extract.page_addresses import JOINED_PAGE, NEXT_PAGE
from ingest.extract.paging import next_page
from ingest.extract.pieces import Piece
from ingest.extract.reading import read_pieces
from ingest.extract.ruled import with_rules
from ingest.extract.tree import Element, base_of, parse
from ingest.page_rules import PageRules

#: What a page's headline may say more than the first page's.
_PAGE_WORDS = re.compile(
    r"\b(?:page|seite|part|teil|página|pagina|partie|parte|sida|side|strona)? ?\d{1,2}\b"
    r"(?: (?:of|von|de|di|sur|av|z) \d{1,2})?"
)
#: A shorter headline says nothing on which piece it is over.
_TELLING = 12


@dataclass(frozen=True, kw_only=True)
class Paged:
    """The pieces of all pages that are had, and what is known of the pages."""

    pieces: tuple[Piece, ...]
    #: `page` for each one joined, `next_page` for one that is missing.
    evidence: tuple[Evidence, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the article goes on where we could not follow."""
        return any(reading.field == NEXT_PAGE for reading in self.evidence)


def read_paged(
    tree: Element,
    pieces: Sequence[Piece],
    *,
    first: Page,
    more: Sequence[Page],
    meta: Metadata,
    rules: PageRules | None,
    ended: bool,
) -> Paged:
    """Return the first page's pieces with those of further pages that belong to it.

    Takes the first page's root, pieces and metadata. A page under another headline is another piece, and is not
    joined. Raises ExtractError where a page cannot be read.
    """
    pages, last, url = [list(pieces)], tree, first.url
    joined: list[str] = []
    for page in more:
        root = parse(page)
        other = with_rules(read_metadata(root, url=page.url), root, rules)
        if not is_same_piece(meta, other):
            return _paged(pages, joined, _missing(page.url, f"it has another headline: {other.headline}"))
        known = _known(known_of(meta, first.url), other)
        pages.append(
            read_pieces(root, base=base_of(root, page.url), known=known, seen=(), fragment=False, rules=rules)
        )
        joined.append(page.url)
        last, url = root, page.url
    on = None if ended or first.fragment else next_page(last, url=url, first=first.url, base=base_of(last, url))
    return _paged(pages, joined, _missing(on, "not read") if on else None)


def _paged(pages: Sequence[Sequence[Piece]], joined: Sequence[str], missing: Evidence | None) -> Paged:
    return Paged(
        pieces=tuple(join(pages) if len(pages) > 1 else pages[0]),
        evidence=(*_joined(joined), *((missing,) if missing else ())),
    )


def _joined(urls: Sequence[str]) -> Iterator[Evidence]:
    for number, url in enumerate(urls, 2):
        detail = f"page {number} of {len(urls) + 1}, joined"
        yield Evidence(field=JOINED_PAGE, value=url, source=Source.VISIBLE, confidence=1.0, detail=detail)


def _missing(url: str, why: str) -> Evidence:
    return Evidence(field=NEXT_PAGE, value=url, source=Source.VISIBLE, confidence=0.9, detail=why)


def _known(known: Known, other: Metadata) -> Known:
    return replace(known, headlines=(*known.headlines, other.headline, *other.headline_variants.values()))


def is_same_piece(first: Metadata, other: Metadata) -> bool:
    """Tell whether two pages' metadata speak of one piece: by a headline, or by the address that both state."""
    if not other.headline or first.canonical_url == other.canonical_url:
        return True
    ours, theirs = _headlines(first), _headlines(other)
    return any(a == b or _holds(a, b) or _holds(b, a) for a in ours for b in theirs)


def _headlines(meta: Metadata) -> set[str]:
    wordings = (meta.headline, *meta.headline_variants.values())
    plain = (" ".join(_PAGE_WORDS.sub(" ", flat(wording)).split()) for wording in wordings)
    return {wording for wording in plain if wording}


def _holds(long: str, short: str) -> bool:
    return len(short) >= _TELLING and short in long
