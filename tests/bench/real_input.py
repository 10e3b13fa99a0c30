"""Run the real `reprint ingest` over a loopback partner made of real pages and feeds, and tell what came out.

    python -m tests.bench.real_input CORPUS [--pages N] [--feeds N]

CORPUS is a folder with `manifest.jsonl` (`id`, `html_path`, `url`) and `feeds/*.xml.gz`. Its pages are served under
one feed, its feeds as a second partner's, full text. Prints one JSON object on its last line.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_SOURCES = """
site: {{name: Bench, url: https://bench.example/}}
partners:
  pages:
    name: Pages
    url: {base}/
    hosts: ["{host}"]
    feeds: [{base}/feed.xml]
    terms: &terms
      grant: {{basis: grant, grantor: The bench, evidence: https://bench.example/grant}}
      mode: full
      own_only: false
  feeds:
    name: Feeds
    url: https://feeds.example/
    feeds:
{feeds}
    terms: *terms
"""


@dataclass(frozen=True, kw_only=True)
class World:
    """Paths to what is served there: bytes and content type."""

    documents: Mapping[str, tuple[bytes, str]]
    feed_paths: tuple[str, ...]


def build(corpus: Path, *, pages: int, feeds: int) -> World:
    """Pick pages evenly from the manifest, and the first feeds, and make the feed that lists the pages."""
    records = [json.loads(line) for line in (corpus / "manifest.jsonl").open(encoding="utf-8")]
    chosen = records[:: max(1, len(records) // pages)][:pages]
    documents = {f"/p/{record['id']}": (_unpacked(corpus / record["html_path"]), "text/html") for record in chosen}
    files = sorted((corpus / "feeds").glob("*.xml.gz"))[:feeds]
    documents |= {f"/f/{file.name[:-7]}.xml": (_unpacked(file), "application/xml") for file in files}
    return World(documents=documents, feed_paths=tuple(path for path in documents if path.startswith("/f/")))


def _unpacked(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def _listing(base: str, world: World) -> bytes:
    items = "".join(
        f"<item><title>{escape(path)}</title><link>{base}{path}</link><guid>{base}{path}</guid></item>"
        for path in world.documents
        if path.startswith("/p/")
    )
    return f'<rss version="2.0"><channel><title>Pages</title>{items}</channel></rss>'.encode()


@contextmanager
def serving(world: World) -> Iterator[str]:
    """Serve the world on loopback; yields its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = _listing(server_base, world), "application/rss+xml"
            if self.path != "/feed.xml":
                body, kind = world.documents.get(self.path, (b"", ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server_base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server_base
    server.shutdown()
    server.server_close()


def ingest(base: str, world: World, folder: Path) -> dict[str, Any]:
    """Run the command as a person would, and return its JSON report."""
    feeds = "\n".join(f"      - {{url: {base}{path}, full_text: true}}" for path in world.feed_paths) or "      []"
    sources = folder / "sources.yaml"
    sources.write_text(_SOURCES.format(base=base, host=base.removeprefix("http://"), feeds=feeds), encoding="utf-8")
    environment = os.environ | {
        "REPRINT_SOURCES": str(sources),
        "REPRINT_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "REPRINT_ALLOW_NETWORKS": "127.0.0.0/8",
        "REPRINT_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "publish.cli", "ingest", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        sys.exit(done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def summary(report: dict[str, Any], partner: str) -> dict[str, Any]:
    """Return how many entries met which fate, and for which reasons."""
    polls = [poll for poll in report["feeds"] if poll["partner"] == partner]
    entries = [entry for poll in polls for entry in poll["entries"]]
    reasons = Counter(f"{entry['fate']}: {reason['code']}" for entry in entries for reason in entry["reasons"])
    return {
        "feeds": len(polls),
        "feeds_failed": sum(poll["error"] is not None for poll in polls),
        "entries": len(entries),
        "fates": dict(Counter(entry["fate"] for entry in entries)),
        "reasons": dict(reasons.most_common()),
    }


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--feeds", type=int, default=20)
    arguments = parser.parse_args()
    world = build(arguments.corpus, pages=arguments.pages, feeds=arguments.feeds)
    with tempfile.TemporaryDirectory() as folder, serving(world) as base:
        started = time.perf_counter()
        report = ingest(base, world, Path(folder))
        seconds = time.perf_counter() - started
    partners = {partner: summary(report, partner) for partner in ("pages", "feeds")}
    for poll in report["feeds"]:
        for entry in poll["entries"]:
            if entry["fate"] not in {"publish", "unchanged"}:
                print(entry["fate"], entry["url"], [reason["message"][:150] for reason in entry["reasons"]])
    print(json.dumps({"seconds": round(seconds, 1), **partners}))


if __name__ == "__main__":
    main()
