"""How well raw byline strings are read, ours beside its peers': `python -m tests.bench.bylines BYLINES.jsonl`.

Each line of the file holds `raw`, `authors` (the names in order) and `trivial` (raw is the name). A string counts
when the ordered lists are the same in the scorer's compare form. `--show` prints our misses to standard error. The
last line is JSON: the share of strings read exactly, by reader and kind. A peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Source
from ingest.byline import parse_byline

Reader = Callable[[str, Source], list[str]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One raw string with the names it holds."""

    raw: str
    authors: list[str]
    trivial: bool
    source: Source


def flat(text: str) -> str:
    """Bring a name into the scorer's compare form: NFKC, straight quotes, plain dashes, one space, casefolded."""
    text = re.sub("[\u2018\u2019\u201a\u201b\u00b4`]", "'", unicodedata.normalize("NFKC", text))
    text = re.sub("[\u201c\u201d\u201e\u201f\u00ab\u00bb]", '"', text)
    return " ".join(re.sub("[\u2010-\u2015\u2212]", "-", text).split()).casefold()


def load(path: Path) -> list[Case]:
    """Read the cases of a JSON lines file; a string whose `source` begins with "feed" stood in a feed."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Case(
            raw=row["raw"], authors=row["authors"], trivial=row["trivial"],
            source=Source.FEED if str(row.get("source", "")).startswith("feed") else Source.VISIBLE,
        )
        for row in rows
    ]  # fmt: skip


def ours(raw: str, source: Source) -> list[str]:
    """Read a string with this project's rules."""
    return list(parse_byline(raw, source=source).names)


def trafilatura() -> Reader | None:
    """Give trafilatura's own reader of author strings; None where it is not installed."""
    if importlib.util.find_spec("trafilatura") is None:
        return None
    from trafilatura.json_metadata import normalize_authors

    return lambda raw, _source: [
        name.strip() for name in (normalize_authors(None, raw) or "").split(";") if name.strip()
    ]


def newspaper() -> Reader | None:
    """Give newspaper4k's reader, with the string in a meta tag, for it reads pages only; None where not installed."""
    if importlib.util.find_spec("newspaper") is None:
        return None
    import html

    from lxml.html import fromstring
    from newspaper.configuration import Configuration
    from newspaper.extractors.authors_extractor import AuthorsExtractor

    def read(raw: str, _source: Source) -> list[str]:
        meta = f'<meta name="author" content="{html.escape(raw, quote=True)}">'
        page = f"<html><head>{meta}</head><body><p>-</p></body></html>"
        return list(AuthorsExtractor(Configuration()).parse(fromstring(page)))

    return read


def score(read: Reader, cases: list[Case], *, show: bool = False) -> dict[str, float]:
    """Measure a reader. Returns the share of exact ordered lists for both kinds, and strings a second."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    begun = time.perf_counter()
    for case in cases:
        got = read(case.raw, case.source)
        exact = list(map(flat, got)) == list(map(flat, case.authors))
        right[case.trivial].append(exact)
        if show and not exact:
            print(f"{case.raw!r}\n   want {case.authors}\n   got  {got}", file=sys.stderr)
    spent = time.perf_counter() - begun
    shares = {name: _share(right[kind]) for name, kind in (("nontrivial", False), ("trivial", True))}
    return {**shares, "per_second": round(len(cases) / spent) if spent else 0.0}


def _share(hits: list[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 0.0


def main(arguments: list[str] | None = None) -> None:
    """Score all readers on a file and print the result as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bylines", type=Path)
    parser.add_argument("--show", action="store_true", help="print our misses")
    parser.add_argument("--half", choices=["even", "odd"], help="only every other line, to hold the rest out")
    options = parser.parse_args(arguments)
    cases = load(options.bylines)
    if options.half:
        cases = cases[options.half == "odd" :: 2]
    readers: dict[str, Reader | None] = {"ours": ours, "trafilatura": trafilatura(), "newspaper4k": newspaper()}
    result = {
        name: score(read, cases, show=options.show and name == "ours")
        for name, read in readers.items()
        if read is not None
    }
    for name, shares in result.items():
        print(
            f"{name:12} nontrivial {shares['nontrivial']:.3f}  trivial {shares['trivial']:.3f}  "
            f"{shares['per_second']:.0f}/s"
        )
    print(json.dumps(result))


if __name__ == "__main__":
    main()
