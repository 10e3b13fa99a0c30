"""Our static site against Hugo's: a full build, and one new article, in CPU, time and memory.

Run as `python -m tests.bench.site [--articles 10000] [--large 100000]`, on a machine with Debian's hugo.

Both make the same site of the same posts: a page, an embeddable teaser as HTML and as JSON for each article, lists in
pages of thirty for each author, partner, section and month, feeds for each partner and section, sitemaps. We also make
the index of the search, and check each credit. Hugo builds from Markdown, we from our store with its records.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.site_hugo import write_hugo
from tests.bench.site_store import write_newsroom


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one process cost."""

    #: User and system, seconds.
    cpu: float
    #: On the clock, seconds.
    wall: float
    #: Resident at most, megabytes.
    peak: float


def main() -> int:
    """Measure and print; return 0."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="reprint-bench-", dir=options.folder) as folder:
        _measure(Path(folder), options)
    return 0


def _measure(folder: Path, options: argparse.Namespace) -> None:
    hugo = write_hugo(folder / "hugo", options.articles)
    theirs = _cost(["hugo", "--source", str(hugo), "--quiet"])
    _say("hugo, full build", theirs, _count(hugo / "public"))
    small = write_newsroom(folder / "small", options.articles)
    full = _cost(_publish(small, "--rebuild"), small)
    _say("reprint, full build", full, _count(small / "site"))
    one = _one_more(small, options.articles)
    _say("reprint, one new article", one, 0)
    # A store of SQLite is mapped into memory, and what was read of it counts as ours although the system may drop it.
    print(f"full build: {full.cpu / theirs.cpu:.2f}x Hugo's CPU, 1/{theirs.peak / full.peak:.1f} of its memory")
    print(f"one new article: 1/{theirs.wall / one.wall:.1f} of Hugo's time, 1/{theirs.cpu / one.cpu:.1f} of its CPU")
    if options.large:
        large = write_newsroom(folder / "large", options.large)
        _say(
            f"reprint, full build of {options.large:,}",
            _cost(_publish(large, "--rebuild"), large),
            _count(large / "site"),
        )
        more = _one_more(large, options.large)
        _say(f"reprint, one new article into {options.large:,}", more, 0)
        print(
            f"one new article into {options.large:,}: {more.cpu / one.cpu:.2f}x the CPU, {more.wall / one.wall:.2f}x the time"
        )


def _one_more(newsroom: Path, number: int) -> Cost:
    """Return the least cost of three rounds with one new article each: the first warms the disk's cache."""
    costs = []
    for round_ in range(3):
        write_newsroom(newsroom, 1, first=number + round_)
        costs.append(_cost(_publish(newsroom), newsroom))
    return min(costs, key=lambda cost: cost.wall)


def _publish(newsroom: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "publish.cli", "publish", *words]


def _cost(command: Sequence[str], newsroom: Path | None = None) -> Cost:
    """Run a command to its end and return what it cost; raises CalledProcessError where it fails."""
    environment = dict(os.environ)
    if newsroom is not None:
        environment |= {
            "REPRINT_SOURCES": str(newsroom / "sources.yaml"),
            "REPRINT_DATABASE_URL": f"sqlite:///{newsroom / 'reprint.db'}",
            "REPRINT_SITE": str(newsroom / "site"),
        }
    # A child of our own for each: RUSAGE_CHILDREN tells the highest peak of all of them, so it is asked from inside.
    script = (
        "import json,resource,subprocess,sys,time\n"
        "start=time.perf_counter()\n"
        "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode\n"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([code,used.ru_utime+used.ru_stime,time.perf_counter()-start,used.ru_maxrss/1024]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], env=environment, capture_output=True, text=True, check=True
    )
    code, cpu, wall, peak = json.loads(done.stdout)
    if code:
        raise subprocess.CalledProcessError(code, list(command), stderr=done.stderr)
    return Cost(cpu=cpu, wall=wall, peak=peak)


def _count(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))


def _say(what: str, cost: Cost, files: int) -> None:
    tail = f", {files:,} files" if files else ""
    print(f"{what}: {cost.cpu:.2f} s CPU, {cost.wall:.2f} s, {cost.peak:.0f} MB{tail}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument(
        "--large", type=int, default=0, help="also one new article into so many; 100000 takes minutes"
    )
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a disk, not memory")
    options = parser.parse_args()
    if shutil.which("hugo") is None:
        parser.error("there is no hugo on this machine; apt-get install hugo")
    return options


if __name__ == "__main__":
    sys.exit(main())
