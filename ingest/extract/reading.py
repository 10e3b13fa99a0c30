"""A page's tree to the pieces of its article: find the container, walk it, trim it (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.body import Figure, Paragraph, Text
from ingest.extract.container import find_container, find_containers
from ingest.extract.fallback import library_container
from ingest.extract.known import Known
from ingest.extract.lines import flat
from ingest.extract.pieces import Piece, piece_of
from ingest.extract.ruled import Ruled, ruled_elements
from ingest.extract.scan import Scan, weigh
from ingest.extract.tree import Element
from ingest.extract.trim import trim
from ingest.extract.walk import Walker
from ingest.extract.witness import Witness
from ingest.page_rules import PageRules

#: A body that holds less of an independent copy than this was read from the wrong place.
_ENOUGH = 0.6
#: A lighter body makes us look again, and ask the library.
_LIGHT = 350


def read_pieces(
    tree: Element,
    *,
    base: str,
    known: Known,
    seen: Sequence[Witness],
    fragment: bool,
    rules: PageRules | None = None,
) -> list[Piece]:
    """Return the article's pieces in page order, dropped ones with their reasons.

    `base` is the absolute URL that links are resolved against, `fragment` says that the whole tree is the article;
    what the partner's `rules` keep is the body, where they match anything.
    """
    ruled = ruled_elements(tree, rules)
    if ruled.containers:
        return _kept(tree, ruled, base=base, known=known)
    if fragment:
        scan = Scan(tree, host=known.host, ruled=ruled)
        return trim(Walker(scan, base=base).walk(tree), replace(known, fragment=True))
    best = _attempt(tree, base=base, known=known, witnessed=None, ruled=ruled)
    page_witness = next(iter(seen), None)
    if page_witness is not None and _coverage(best, page_witness) < _ENOUGH:
        second = _attempt(tree, base=base, known=known, witnessed=_speaker(page_witness), ruled=ruled)
        best = max(best, second, key=lambda pieces: _coverage(pieces, page_witness))
        if _coverage(best, page_witness) < 1 - _ENOUGH and weigh(page_witness.text) > 2 * _size(best):
            best = [*_from_witness(page_witness, tree, known), *(p.drop("elsewhere") for p in best if p.text)]
    if _size(best) >= _LIGHT:
        return best
    other = max(_last_resorts(tree, base, known, ruled), key=_size, default=[])
    return other if _size(other) > 2 * _size(best) else best


def _last_resorts(tree: Element, base: str, known: Known, ruled: Ruled) -> Iterator[list[Piece]]:
    """Yield readings that trust no element's name: our own, then that of what trafilatura takes for the article."""
    scan = Scan(tree, host=known.host, by_name=False, ruled=ruled)
    containers = (find_container(scan, headlines=known.headlines), library_container(tree, url=base))
    for container in containers:
        if container is not None:
            yield trim(Walker(scan, base=base).walk(container), known)


def _kept(tree: Element, ruled: Ruled, *, base: str, known: Known) -> list[Piece]:
    """Return the pieces of the elements that the rules keep; a block that they name itself outweighs its wording."""
    scan = Scan(tree, host=known.host, ruled=ruled)
    pieces = trim(Walker(scan, base=base).walk_all(ruled.containers), known)
    return [replace(p, reason=None) if p.block is not None and ruled.protects(p.element) else p for p in pieces]


def _attempt(
    tree: Element,
    *,
    base: str,
    known: Known,
    witnessed: Callable[[Element], bool] | None,
    ruled: Ruled,
) -> list[Piece]:
    scan = Scan(tree, host=known.host, witnessed=witnessed, ruled=ruled)
    containers = find_containers(scan, headlines=known.headlines)
    if not containers:
        return []
    return trim(
        [*_lead_pictures(tree, containers[0], scan, base), *Walker(scan, base=base).walk_all(containers)], known
    )


def _lead_pictures(tree: Element, container: Element, scan: Scan, base: str) -> list[Piece]:
    """Return captioned pictures between the page's headline and the container: the lead art stands there."""
    pieces: list[Piece] | None = None
    for element in tree.iter("h1", "figure", container.tag):
        if element is container:
            break
        if element.tag == "h1":
            pieces = []
        elif pieces is not None and element.tag == "figure" and not scan.is_furniture(element):
            pieces.extend(Walker(scan, base=base).walk_figure(element))
    return pieces or []


def _speaker(witness: Witness) -> Callable[[Element], bool]:
    text = flat(witness.text)

    def speaks(element: Element) -> bool:
        words = flat("".join(element.itertext()))
        return len(words) > 30 and words[:120] in text

    return speaks


def _coverage(pieces: Sequence[Piece], witness: Witness) -> float:
    return witness.coverage(flat(" ".join(piece.text for piece in pieces if piece.kept)))


def _size(pieces: Sequence[Piece]) -> int:
    """Return the weight of what is kept, in characters, ideographs counted three times."""
    return sum(weigh(piece.text) for piece in pieces if piece.kept and not isinstance(piece.block, Figure))


def _from_witness(witness: Witness, tree: Element, known: Known) -> list[Piece]:
    """Return the witness's own paragraphs: a page that scripts fill in holds its text nowhere else."""
    lines = [" ".join(line.split(" ")).strip() for line in witness.text.split("\n")]
    return trim([piece_of(Paragraph(children=(Text(text=line),)), tree) for line in lines if line], known)
