"""Pages per second: our two children against trafilatura.bare_extraction with metadata in one process, in turn.

Run as `python -m tests.bench.extract_speed MANIFEST [--pages N] [--rounds N]`; the last line is one JSON object with the
median of each and their ratio.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from ingest.errors import ExtractError
from ingest.extract import Extractor, Page
from tests.bench.pages import Case, Reader, load, peers

WORKERS = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the pages per second of both, and how many times ours is theirs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    cases = load(options.manifest)
    cases = cases[:: max(1, len(cases) // options.pages)][: options.pages]
    rates = asyncio.run(_measure(cases, peers().get("trafilatura"), options.rounds))
    figures = {name: round(median(values), 2) for name, values in rates.items()}
    ratio = {"ratio": round(figures["ours"] / figures["trafilatura"], 3)} if "trafilatura" in figures else {}
    print(json.dumps({"pages": len(cases), "workers": WORKERS, **figures, **ratio}))


async def _measure(cases: Sequence[Case], peer: Reader | None, rounds: int) -> dict[str, list[float]]:
    """Run both in turn, so that what else the machine does hits both."""
    rates: dict[str, list[float]] = {"ours": []}
    if peer is not None:
        rates["trafilatura"] = []
    async with Extractor(workers=WORKERS) as extractor:
        await _ours(cases[: 2 * WORKERS], extractor)
        for number in range(rounds):
            started = time.perf_counter()
            await _ours(cases, extractor)
            rates["ours"].append(len(cases) / (time.perf_counter() - started))
            if peer is not None:
                rates["trafilatura"].append(await asyncio.to_thread(_rate, cases, peer))
            print(f"round {number + 1}: { {name: round(v[-1], 1) for name, v in rates.items()} }", file=sys.stderr)
    return rates


async def _ours(cases: Sequence[Case], extractor: Extractor) -> None:
    pages = [Page(content=case.content, url=case.url) for case in cases]
    results = await asyncio.gather(*(extractor.extract(page) for page in pages), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, ExtractError):
            raise result


def _rate(cases: Sequence[Case], reader: Callable[[bytes, str], object]) -> float:
    started = time.perf_counter()
    for case in cases:
        reader(case.content, case.url)
    return len(cases) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
