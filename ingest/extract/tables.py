"""Tables to values; tables that only lay out the page are told apart (pure)."""

from __future__ import annotations

from ingest.body import Cell, Table
from ingest.extract.pictures import inline_of
from ingest.extract.tree import Element

#: Cells that hold more prose than this each, on average, are columns of a page.
_CELL_PROSE = 250


def table_of(element: Element, *, base: str) -> Table | None:
    """Return a table element as rows of cells, or None where no cell has words."""
    rows = tuple(
        tuple(Cell(children=inline_of(cell, base=base), header=cell.tag == "th") for cell in row)
        for row in _rows(element)
    )
    if not any(cell.children for row in rows for cell in row):
        return None
    caption = next(element.iter("caption"), None)
    return Table(rows=rows, caption=inline_of(caption, base=base) if caption is not None else ())


def is_layout(element: Element, *, prose: float) -> bool:
    """Tell a table that only arranges the page: one column or row, tables inside, or cells full of prose.

    `prose` is how many characters of prose the table holds.
    """
    if next(element.iter("th"), None) is not None:
        return False
    rows = _rows(element)
    if max((len(row) for row in rows), default=0) < 2 or len(rows) < 2:
        return True
    return next(element.iterdescendants("table"), None) is not None or prose > _CELL_PROSE * sum(map(len, rows))


def _rows(element: Element) -> list[list[Element]]:
    rows = ([cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr"))
    return [row for row in rows if row]
