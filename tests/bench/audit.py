"""`audit check` over published pages: pages a second, and by how much the process grows.

    python -m tests.bench.audit [PAGES ...]

For each number of pages it fills a store and a site by the product's own functions, then audits them: as they are, and
with the credit changed on every page, so that each gives a finding. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from ingest.assess import assess
from ingest.body import Body, Paragraph, Text
from ingest.keep import Keeping, keep
from ingest.store.database import open_store, write
from publish.audit import SiteFiles, check_site
from publish.audit.spool import Spool
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import NOW, SITE, article, partner, sources

KNOWN = sources(partner("forum"))
_AT_ONCE = 500


def fill(engine: sa.Engine, folder: Path, pages: int) -> None:
    """Keep and publish so many articles."""
    supplier = KNOWN.partners[0]
    keeping = Keeping(now=NOW, actor="bench", targets=("site",), partners=KNOWN.keys)
    for start in range(0, pages, _AT_ONCE):
        with write(engine) as connection:
            for number in range(start, min(start + _AT_ONCE, pages)):
                piece = article(f"piece-{number}", seed=number, headline=f"What the tide of day {number} says")
                piece = replace(piece, body=prose_of(number))
                assessed = assess(connection, piece, supplier=supplier, sources=KNOWN, now=NOW)
                keep(connection, assessed, keeping=keeping)
    publish_waiting(StaticSite(folder, SITE), engine=engine, clock=lambda: NOW, actor="bench")


def prose_of(number: int) -> Body:
    """Return a body that no other number has: else they would be copies of one work."""
    words = [hashlib.sha256(f"{number}/{at}".encode()).hexdigest()[:7] for at in range(300)]
    lines = ["Harbour " + " ".join(words[start : start + 50]) + "." for start in range(0, 300, 50)]
    return Body(blocks=tuple(Paragraph(children=(Text(text=line),)) for line in lines))


def audit(engine: sa.Engine, folder: Path) -> tuple[float, int, float]:
    """Return an audit's seconds, findings, and how many MB the process's own memory grew."""
    files, before, began = SiteFiles(root=folder, site=SITE), anonymous_mb(), time.perf_counter()
    with Spool() as spool:
        spool.take(check_site(engine, files, sources=KNOWN, now=NOW))
        seconds, grown = time.perf_counter() - began, anonymous_mb() - before
        return seconds, sum(spool.counts.values()), grown


def anonymous_mb() -> float:
    """Return this process's own memory in MB, without the pages of files that it maps (proc(5), RssAnon)."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Run the bench and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pages", nargs="*", type=int, default=[2_000, 10_000])
    print(json.dumps([measure(pages) for pages in parser.parse_args().pages]))


def measure(pages: int) -> dict[str, float]:
    """Return the figures for so many pages."""
    with TemporaryDirectory(prefix="reprint-bench-") as name:
        folder = Path(name)
        engine = open_store(f"sqlite:///{folder / 'store.db'}")
        fill(engine, folder / "site", pages)
        clean, none, grown = audit(engine, folder / "site")
        for page in (folder / "site" / "articles").glob("*.html"):
            page.write_text(page.read_text(encoding="utf-8").replace("with permission", "by us"), encoding="utf-8")
        changed, findings, more = audit(engine, folder / "site")
        engine.dispose()
    return {
        "pages": pages,
        "pages_per_second": round(pages / clean),
        "findings": none,
        "grown_mb": round(grown, 1),
        "changed_pages_per_second": round(pages / changed),
        "changed_findings": findings,
        "changed_grown_mb": round(more, 1),
    }


if __name__ == "__main__":
    main()
