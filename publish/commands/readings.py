"""How an article's fields were read, drawn for a person: what was chosen, what agrees, what speaks against it."""

from __future__ import annotations

from itertools import groupby

from rich.markup import escape

from ingest.article import Article
from ingest.extract import Row, explain
from ingest.extract.agreement import Standing
from publish.console import Console

_MARKS = {
    Standing.CHOSEN: "✓",
    Standing.AGREES: "=",
    Standing.DISAGREES: "≠",
    Standing.OTHER: "·",
    Standing.NOTED: "",
}
_STYLES = {
    Standing.CHOSEN: "bold green",
    Standing.AGREES: "green",
    Standing.DISAGREES: "yellow",
    Standing.OTHER: "dim",
}
#: How many characters of a value a sentence repeats; the table above it has them all.
_QUOTED = 60


def show_readings(console: Console, title: str, article: Article) -> None:
    """Show each field's readings under its name, equal ones as one, and say in a sentence where sources disagree."""
    rows = [row for row in explain(article) if row.kind == "field"]
    cells: list[tuple[str, ...]] = []
    styles: list[str] = []
    last = ""
    for (name, standing, text), group in groupby(rows, key=lambda row: (row.name, row.standing, row.text)):
        mark = _MARKS[standing] if standing else ""
        cells.append(("" if name == last else name, mark, text or "(nothing)", "; ".join(row.why for row in group)))
        styles.append(_STYLES.get(standing, "") if standing else "")
        last = name
    console.table(title, ("field", "", "~value", "~read from"), cells, styles=styles)
    _say_against(console, rows)


def _say_against(console: Console, rows: list[Row]) -> None:
    """Name what was chosen and what is said against it, each with its source and how sure that is."""
    for name in dict.fromkeys(row.name for row in rows if row.standing is Standing.DISAGREES):
        field = [row for row in rows if row.name == name]
        console.say(f"[yellow]{_MARKS[Standing.DISAGREES]}[/] strong sources disagree on {name}:")
        for row in field:
            if row.standing is Standing.CHOSEN:
                console.say(f"   [green]chosen[/] {escape(_quoted(row))}")
        for row in _once([row for row in field if row.standing is Standing.DISAGREES]):
            console.say(f"  [yellow]against[/] {escape(_quoted(row))}")


def _once(rows: list[Row]) -> list[Row]:
    """Return the first, which is the surest told, of those that say the same."""
    return list({row.text: row for row in reversed(rows)}.values())[::-1]


def _quoted(row: Row) -> str:
    text = row.text if len(row.text) <= _QUOTED else f"{row.text[: _QUOTED - 1].rstrip()}…"
    return f'"{text}" ({row.why.partition(",")[0]})'
