"""`audit verify` against a bare SHA-256 loop over the same bytes.

    python -m tests.bench.ledger [RECORDS] [--workers N]

It fills a store of its own by the ledger's own rules, then verifies it by the product's own function. The last line
is one JSON object: records per second of both, their ratio, and by how much
the process's own memory grew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from ingest.store import ledger
from ingest.store.chain import verify_store
from ingest.store.database import open_store, read, write
from ingest.store.ledger import GENESIS, canonical, record_hash
from ingest.store.schema import ledger as table

_BATCH = 10_000
_HASHED = ("seq", "at", "actor", "event", "subject", "payload", "previous")
_START = datetime(2026, 1, 1, tzinfo=UTC)


def fill(engine: sa.Engine, count: int) -> None:
    """Put `count` chained records into the store, of the size that real decisions have."""
    previous = GENESIS
    for start in range(1, count + 1, _BATCH):
        rows = []
        for seq in range(start, min(start + _BATCH, count + 1)):
            values: dict[str, Any] = {
                "at": _START + timedelta(seconds=seq),
                "actor": "reprint",
                "event": "article.publish",
                "subject": f"article:{seq}",
                "payload": canonical(_payload(seq)),
            }
            digest = record_hash(seq=seq, previous=previous, **values)
            rows.append({"seq": seq, "previous": previous, "hash": digest, **values})
            previous = digest
        with write(engine) as connection:
            connection.execute(table.insert(), rows)


def _payload(seq: int) -> dict[str, object]:
    seal = hashlib.sha256(str(seq).encode()).hexdigest()
    return {
        "attribution": seq,
        "revision": seq,
        "partner": "pacific-forum",
        "origin": "Pacific Forum",
        "terms": seal,
        "reasons": [],
        "credit": "This article, originally published by Pacific Forum, is republished with permission.",
        "byline": ["Jane Roe", "Zoë Müller"],
        "seals": {"attribution": seal, "revision": seal},
    }


def preimages(engine: sa.Engine) -> Iterator[list[bytes]]:
    """Yield the very bytes that are hashed, in batches."""
    batch: list[bytes] = []
    with read(engine) as connection:
        for record in ledger.records(connection):
            fields = {name: getattr(record, name) for name in _HASHED}
            batch.append(ledger.preimage(**fields).encode())
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def bare_seconds(engine: sa.Engine) -> tuple[float, int]:
    """Return the seconds that hashing alone takes, reading and framing not counted, and how many bytes it was."""
    seconds, size = 0.0, 0
    for batch in preimages(engine):
        began = time.perf_counter()
        for preimage in batch:
            hashlib.sha256(preimage).hexdigest()
        seconds += time.perf_counter() - began
        size += sum(map(len, batch))
    return seconds, size


def anonymous_mb() -> float:
    """Return this process's own memory in MB, without the pages of the file that it maps (proc(5), RssAnon)."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    """Run the bench and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("records", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="reprint-bench-") as folder:
        address = f"sqlite:///{Path(folder) / 'ledger.db'}"
        filled = open_store(address)
        fill(filled, given.records)
        # The last connection to close moves all into the file itself.
        filled.dispose()
        engine = open_store(address)
        before = anonymous_mb()
        began = time.perf_counter()
        head = verify_store(engine, workers=given.workers)
        seconds = time.perf_counter() - began
        grown = anonymous_mb() - before
        bare, size = bare_seconds(engine)
        engine.dispose()
    print(
        json.dumps(
            {
                "records": head.seq,
                "bytes_each": round(size / head.seq),
                "workers": given.workers,
                "verify_per_second": round(head.seq / seconds),
                "bare_sha256_per_second": round(head.seq / bare),
                "ratio": round(bare / seconds, 3),
                "grown_mb": round(grown, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
