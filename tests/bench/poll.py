"""CPU and memory of polling, against PyPI `reader` on the same feeds, and of a 304 against one large httpx pool.

    python -m tests.bench.poll [--feeds 1000] [--rounds 1]

N feeds of 30 items (title, link, GUID, date, author, two categories, 80 words of HTML) lie on nginx (else Python's
own http.server) on loopback, in a process of its own whose CPU does not count. Both sides remember entries in SQLite
and fetch no article pages (ours by `remember_only`): that is what `reader` does. Each phase of each side is a process
of its own; sides take turns. CPU counts from after the imports, as pollers are started once and poll for weeks;
memory is shown as the whole process and as what polling added to it. All feeds are on one host, and so are asked one
after the other.

Goals: first poll 2x less CPU than reader, all-304 poll 2x, every feed changed by one item 8x, peak memory no higher;
a 304 6x less than one AsyncClient(max_connections=50) with all gets gathered.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Each side's process imports what its side needs, and no more.
    from ingest.fetch import Fetcher, Validators

ITEMS = 30
PHASES = ("first", "unchanged", "changed")
WORDS = (
    "the harbour board of the port met again and the clerk read out the tide table before the vote on <b>sheds</b>"
)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one phase took: CPU and wall seconds, peak resident megabytes and what polling added, new items."""

    cpu: float
    wall: float
    peak: float
    rise: float
    new: int


def main() -> None:
    """Run the bench and print its table."""
    options = _options()
    if options.phase:
        print(json.dumps(_run_phase(options)))
        return
    with tempfile.TemporaryDirectory() as folder:
        _bench(Path(folder), options.feeds, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1, help="whole rounds; the least of each figure counts")
    for hidden in ("--phase", "--side", "--base", "--store"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    return parser.parse_args()


def _bench(folder: Path, feeds: int, rounds: int) -> None:
    costs: dict[tuple[str, str], Cost] = {}
    singles: dict[str, float] = {}
    with _server(folder / "feeds") as base:
        for round_ in range(rounds):
            _write_feeds(folder / "feeds", feeds, first=0)
            for phase in PHASES:
                if phase == "changed":
                    _write_feeds(folder / "feeds", feeds, first=1)
                for side in ("reprint", "reader"):
                    store = folder / f"{side}-{round_}.db"
                    figures = _child(side, phase, base, store, feeds)
                    cost = Cost(new=int(figures.pop("new")), **figures)
                    before = costs.get((side, phase), cost)
                    costs[side, phase] = cost if cost.cpu < before.cpu else before
            for side in ("fetcher", "pool"):
                cpu = _child(side, "304", base, folder / "none", feeds)["cpu"]
                singles[side] = min(cpu, singles.get(side, cpu))
    _print(costs, singles, feeds)


def _print(costs: dict[tuple[str, str], Cost], singles: dict[str, float], feeds: int) -> None:
    print(f"{feeds} feeds of {ITEMS} items; CPU seconds (wall), peak MB (added), new items")
    for phase in PHASES:
        ours, theirs = costs["reprint", phase], costs["reader", phase]
        print(
            f"{phase:10} reprint {ours.cpu:6.2f} ({ours.wall:6.2f}) {ours.peak:5.0f} MB (+{ours.rise:3.0f}) {ours.new:6d}   "
            f"reader {theirs.cpu:6.2f} ({theirs.wall:6.2f}) {theirs.peak:5.0f} MB (+{theirs.rise:3.0f}) {theirs.new:6d}   "
            f"{theirs.cpu / ours.cpu:5.1f}x less CPU"
        )
    fetcher, pool = (1e6 * singles[side] / feeds for side in ("fetcher", "pool"))
    print(
        f"one 304    fetcher {fetcher:6.0f} us, AsyncClient(max_connections=50) {pool:6.0f} us: {pool / fetcher:.1f}x"
    )


def _child(side: str, phase: str, base: str, store: Path, feeds: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.poll", "--phase", phase, "--side", side, "--base", base]
    command += ["--store", str(store), "--feeds", str(feeds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    costs: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return costs


def _run_phase(options: argparse.Namespace) -> dict[str, float]:
    urls = [f"{options.base}/{number}.xml" for number in range(options.feeds)]
    if options.side in {"reprint", "reader"}:
        _import(options.side, options.phase)
    began, cpu_before, before = time.monotonic(), time.process_time(), _peak()
    match options.side:
        case "reprint":
            new = asyncio.run(_reprint(urls, Path(options.store)))
        case "reader":
            new = _reader(urls, Path(options.store))
        case side:
            return {"cpu": asyncio.run(_fetcher(urls) if side == "fetcher" else _pool(urls))}
    cpu = time.process_time() - cpu_before
    return {"cpu": cpu, "wall": time.monotonic() - began, "peak": _peak(), "rise": _peak() - before, "new": new}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _import(side: str, phase: str) -> None:
    """Load what a side polls with, its parts that come at first use included."""
    if side == "reprint":
        importlib.import_module("ingest.work")
        if phase == PHASES[0]:
            # Only a new store needs it.
            importlib.import_module("ingest.store.migrate")
        return
    make_reader = importlib.import_module("reader").make_reader
    with contextlib.closing(make_reader(":memory:")) as reader:
        reader.add_feed("http://127.0.0.1:1/")
        reader.update_feeds(scheduled=False)


async def _reprint(urls: list[str], store: Path) -> int:
    from datetime import UTC, datetime, timedelta

    from ingest.extract import Extractor
    from ingest.fetch import Fetcher, Robots
    from ingest.jobs import all_jobs
    from ingest.logs import set_up_logging
    from ingest.manners import Manners
    from ingest.report import PollReport
    from ingest.sources import FeedSource, Partner, Site, Sources
    from ingest.store.database import open_store
    from ingest.terms import Terms
    from ingest.tools import Tools
    from ingest.work import drain

    set_up_logging(level="warning")
    partner = Partner(
        key="bench",
        name="Bench",
        url=urls[0],
        feeds=tuple(FeedSource(url=url, every=timedelta(minutes=30)) for url in urls),
        terms=Terms(),
    )
    reports: list[PollReport] = []
    async with Fetcher(user_agent="reprint-bench", allowed_networks=("127.0.0.0/8",)) as fetcher:
        tools = Tools(
            engine=open_store(f"sqlite:///{store}"),
            fetcher=fetcher,
            manners=Manners(robots=Robots(fetcher, product="reprint"), environment={}),
            extractor=Extractor(workers=1, timeout=20),
            read_sources=lambda: Sources(site=Site(name="Bench", url="https://bench.example/"), partners=(partner,)),
            name_targets=lambda _sources: (),
            actor="bench",
            clock=lambda: datetime.now(UTC),
            remember_only=True,
        )
        await drain(all_jobs(tools), tools=tools, hosts_at_once=16, on_done=reports.append)
        tools.engine.dispose()
    errors = [report.error for report in reports if report.error]
    if errors or len(reports) != len(urls):
        raise RuntimeError(f"{len(reports)} polls, {len(errors)} failed: {errors[:1]}")
    return sum(report.remembered.new for report in reports)


def _reader(urls: list[str], store: Path) -> int:
    from reader import make_reader

    new = not store.exists()
    reader = make_reader(str(store))
    for url in urls if new else ():
        reader.add_feed(url)
    before = reader.get_entry_counts().total or 0
    reader.update_feeds(scheduled=False)
    broken = reader.get_feed_counts(broken=True).total
    if broken:
        raise RuntimeError(f"reader: {broken} feeds failed")
    count = (reader.get_entry_counts().total or 0) - before
    reader.close()
    return count


async def _fetcher(urls: list[str]) -> float:
    from ingest.fetch import FEED_MAX_BYTES, Fetched, Fetcher, NotModified

    async with Fetcher(user_agent="reprint-bench", allowed_networks=("127.0.0.0/8",)) as fetcher:
        first = await fetcher.get(urls[0], max_bytes=FEED_MAX_BYTES)
        if not isinstance(first, Fetched):
            raise TypeError(first)
        validators = {url: await _validators(fetcher, url) for url in urls}
        began = time.process_time()
        answers = await asyncio.gather(
            *(fetcher.get(url, validators=validators[url], max_bytes=FEED_MAX_BYTES) for url in urls)
        )
        taken = time.process_time() - began
    if not all(isinstance(answer, NotModified) for answer in answers):
        raise RuntimeError("not all were 304")
    return taken


async def _validators(fetcher: Fetcher, url: str) -> Validators | None:
    from ingest.fetch import FEED_MAX_BYTES, Fetched

    answer = await fetcher.get(url, max_bytes=FEED_MAX_BYTES)
    return answer.validators if isinstance(answer, Fetched) else None


async def _pool(urls: list[str]) -> float:
    import httpx

    limits = httpx.Limits(max_connections=50, max_keepalive_connections=50)
    async with httpx.AsyncClient(limits=limits, timeout=None, trust_env=False) as client:  # noqa: S113 - on loopback
        etags = {url: (await client.get(url)).headers["etag"] for url in urls}
        began = time.process_time()
        answers = await asyncio.gather(*(client.get(url, headers={"If-None-Match": etags[url]}) for url in urls))
        taken = time.process_time() - began
    if {answer.status_code for answer in answers} != {httpx.codes.NOT_MODIFIED}:
        raise RuntimeError("not all were 304")
    return taken


def _write_feeds(folder: Path, feeds: int, *, first: int) -> None:
    """Write the feeds, their newest item being number ITEMS - 1 + `first` of each."""
    folder.mkdir(exist_ok=True)
    for feed in range(feeds):
        items = "".join(_item(feed, number) for number in reversed(range(first, first + ITEMS)))
        text = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel><title>Feed {feed}</title><link>https://f{feed}.example/</link>{items}</channel></rss>"
        )
        file = folder / f"{feed}.xml"
        file.write_text(text, encoding="utf-8")
        # nginx tells versions apart by the second.
        os.utime(file, (1_700_000_000 + 60 * first,) * 2)


def _item(feed: int, number: int) -> str:
    link = f"https://f{feed}.example/2026/11/{number}-harbour-board-meets"
    words = f"<p>{WORDS} {number}.</p>" * 4
    return (
        f"<item><title>Harbour board meets for the {number}th time</title><link>{link}</link>"
        f'<guid isPermaLink="false">tag:f{feed}.example,2026:{number}</guid><dc:creator>Jane Roe</dc:creator>'
        f"<pubDate>Tue, 24 Nov 2026 10:{number % 60:02}:00 GMT</pubDate><category>Ports</category>"
        f"<category>Council</category><description><![CDATA[{words}]]></description></item>\n"
    )


@contextlib.contextmanager
def _server(root: Path) -> Iterator[str]:
    """Serve a folder by nginx, or by Python where there is none; yields the base URL."""
    root.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root)]
    if nginx:
        config = root.parent / "nginx.conf"
        config.write_text(_nginx(root, port), encoding="utf-8")
        command = [nginx, "-e", "stderr", "-p", str(root.parent), "-c", str(config)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _nginx(root: Path, port: int) -> str:
    places = "".join(
        f"{kind}_temp_path {root.parent}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; master_process off; worker_processes 1; pid {root.parent}/pid; error_log stderr;\n"
        "events { worker_connections 512; }\n"
        f"http {{ access_log off; keepalive_requests 1000000; types {{ application/rss+xml xml; }}\n{places}"
        f"server {{ listen 127.0.0.1:{port}; root {root}; }} }}\n"
    )


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    main()
