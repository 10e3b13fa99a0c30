"""How fast, how narrowly and in how much memory the SQL index finds what a text may be a copy of, beside datasketch.

    python -m tests.bench.dedupe_lookup [WORKS] [--peer WORKS] [--lookups 20000]

Fills a SQLite file with WORKS works (100,000 unless told), then looks up new texts, edited copies, excerpts and
teasers, a feed of 50 at a time. The first WRITTEN works have texts, with their partners' footers and stock phrases;
the others have as many keys, drawn evenly from 48 bits as a hash gives them. The rate is per second of CPU. Memory is
what a fresh process grew by: its own (`memory_ratio`), and with the pages of the store's file that it maps, which are
the kernel's cache, shared by all workers and given up when room is short (`resident_ratio`). The last line printed is
JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from datasketch import MinHash, MinHashLSH

from ingest.dedupe import Fingerprint, fingerprint
from ingest.dedupe.tokens import words_of
from ingest.signing import VERSION
from ingest.store import fingerprints
from ingest.store.database import write
from tests.bench.shelf import new_store

FEED = 50
#: How many works have texts; looked up are copies of these.
WRITTEN = 20_000
#: How many works are signed in one go.
CHUNK = 250
#: What comes in: mostly news, some of it already here.
KINDS = ("new", "new", "new", "new", "new", "new", "copy", "copy", "excerpt", "teaser")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill, look up, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("works", type=int, nargs="?", default=100_000)
    parser.add_argument("--peer", type=int, default=20_000, help="works for datasketch, whose memory grows with them")
    parser.add_argument("--lookups", type=int, default=20_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite"
        fill(path, options.works)
        result = {
            "signing": signing(),
            "ours": _alone(look_up, path, options.works, options.lookups),
            "datasketch": _alone(look_up_peer, path, options.peer, min(options.lookups, 5000)),
        }
    for ratio, figure in (("memory_ratio", "bytes_per_work"), ("resident_ratio", "resident_bytes_per_work")):
        result[ratio] = round(result["datasketch"][figure] / max(1e-9, result["ours"][figure]), 1)
    print(json.dumps(result))


def _alone(
    measure: Callable[[Path, int, int], dict[str, Any]], path: Path, works: int, lookups: int
) -> dict[str, Any]:
    """Run one measurement in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, path, works, lookups).result()


def work_text(number: int) -> str:
    """Return the text of a made-up work: Zipf-distributed words, stock phrases, and its partner's footer."""
    random = Random(number)
    vocabulary, weights, phrases, footers = _language()
    words = random.choices(vocabulary, cum_weights=weights, k=random.randint(150, 1100))
    for _ in range(4):
        place = random.randrange(len(words))
        words[place:place] = random.choice(phrases)
    return " ".join([*words, *footers[number % len(footers)]])


@cache
def _language() -> tuple[list[str], list[float], list[list[str]], list[list[str]]]:
    random = Random(0)
    vocabulary = sorted(
        {"".join(random.choices("abcdefghilmnoprstu", k=random.randint(2, 9))) for _ in range(40_000)}
    )
    random.shuffle(vocabulary)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))

    def some(count: int) -> list[str]:
        return random.choices(vocabulary, cum_weights=weights, k=count)

    return vocabulary, weights, [some(9) for _ in range(3000)], [some(40) for _ in range(60)]


def incoming(kind: str, number: int, works: int) -> tuple[int | None, str]:
    """Return which work a text that comes in is of, and the text; None and a text of its own for a new one."""
    if kind == "new":
        return None, work_text(works + number)
    random = Random(-number)
    source = random.randrange(min(works, WRITTEN))
    words = work_text(source).split()
    if kind == "teaser":
        return source, " ".join(words[:40])
    if kind == "excerpt":
        start = random.randrange(max(1, len(words) - 150))
        return source, " ".join(words[start : start + 120])
    vocabulary = _language()[0]
    return source, " ".join(random.choice(vocabulary) if random.random() < 0.05 else word for word in words)


def fill(path: Path, works: int) -> None:
    """Put the works' keys into the index as `fingerprints.index` would, in one sorted sweep."""
    new_store(path).dispose()
    # A plain connection: the articles that the keys point at are left out, which the product's would refuse.
    engine = sa.create_engine(f"sqlite:///{path}")
    began = time.perf_counter()
    with engine.begin() as connection, ProcessPoolExecutor() as pool:
        connection.exec_driver_sql("PRAGMA cache_size=-500000")
        connection.exec_driver_sql("CREATE TEMP TABLE stage (key INTEGER, article_id INTEGER)")
        for number, signed in zip(range(0, works, CHUNK), pool.map(_sign, _chunks(works)), strict=True):
            _stage(connection, number + 1, signed)
        connection.exec_driver_sql(
            "INSERT INTO fingerprint_key SELECT key, article_id FROM (SELECT key, article_id, row_number() OVER "
            "(PARTITION BY key ORDER BY article_id) AS nth FROM stage) WHERE nth <= ? ORDER BY key, article_id",
            (fingerprints.COMMON,),
        )
    engine.dispose()
    print(f"filled with {works} works in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")


def _chunks(works: int) -> Iterator[range]:
    return (range(start, min(start + CHUNK, works)) for start in range(0, works, CHUNK))


def _stage(connection: sa.Connection, first: int, signed: Sequence[tuple[int, Sequence[int]]]) -> None:
    keys = [(key, number) for number, (_, found) in enumerate(signed, first) for key in found]
    connection.exec_driver_sql("INSERT INTO stage VALUES (?, ?)", keys)
    rows = [(number, exact) for number, (exact, _) in enumerate(signed, first)]
    connection.exec_driver_sql(
        f"INSERT INTO fingerprint (article_id, version, exact, words, trace) VALUES (?, {VERSION}, ?, 0, x'')", rows
    )


def _sign(numbers: range) -> list[tuple[int, Sequence[int]]]:
    return [_signed(number) for number in numbers]


def _signed(number: int) -> tuple[int, Sequence[int]]:
    """Return a work's exact hash and keys; those of a work without text are as many as of one with."""
    if number < WRITTEN:
        made = fingerprint(headline="", names=(), text=work_text(number))
        return made.exact, made.keys
    random = Random(number)
    return random.getrandbits(62), [random.getrandbits(48) for _ in range(random.randint(17, 55))]


def _asked(works: int, lookups: int) -> list[tuple[str, int | None, str]]:
    return [(KINDS[n % len(KINDS)], *incoming(KINDS[n % len(KINDS)], n, works)) for n in range(lookups)]


def look_up(path: Path, works: int, lookups: int) -> dict[str, Any]:
    """Look texts up through our index; the rate leaves signing out, as the peer's does."""
    asked = _asked(works, lookups)
    prints = [fingerprint(headline="", names=(), text=text) for _, _, text in asked]
    engine = new_store(path)
    before = _memory()
    with write(engine) as connection:
        _warm(connection, prints[:FEED])
        began = time.process_time()
        hits = [found for feed in _feeds(prints) for found in fingerprints.find(connection, feed)]
        spent = time.process_time() - began
    named = [[hit.article_id - 1 for hit in found] for found in hits]
    return {
        "works": works,
        "lookups_per_cpu_second": round(lookups / spent),
        "rows_per_lookup": round(sum(map(len, named)) / lookups, 3),
        "found": _found(asked, named),
        **before.grown(works),
    }


def _warm(connection: sa.Connection, feed: Sequence[Fingerprint]) -> None:
    fingerprints.find(connection, feed)


def _feeds(prints: Sequence[Fingerprint]) -> Iterator[Sequence[Fingerprint]]:
    return (prints[start : start + FEED] for start in range(0, len(prints), FEED))


def look_up_peer(_path: Path, works: int, lookups: int) -> dict[str, Any]:
    """Look the same texts up through datasketch's LSH at .8 with 128 permutations."""
    asked = _asked(works, lookups)
    signed = [minhash(text) for _, _, text in asked]
    before = _memory()
    lsh = MinHashLSH(threshold=0.8, num_perm=128)
    for number in range(works):
        lsh.insert(number, minhash(work_text(number)))
    grown = before.grown(works)
    began = time.process_time()
    named = [lsh.query(one) for one in signed]
    spent = time.process_time() - began
    return {
        "works": works,
        "lookups_per_cpu_second": round(lookups / spent),
        "rows_per_lookup": round(sum(map(len, named)) / lookups, 3),
        "found": _found(asked, named),
        **grown,
    }


def _found(asked: Sequence[tuple[str, int | None, str]], named: Sequence[Sequence[int]]) -> dict[str, float]:
    kinds: dict[str, list[bool]] = {}
    for (kind, source, _), found in zip(asked, named, strict=True):
        if source is not None:
            kinds.setdefault(kind, []).append(source in found)
    return {kind: round(sum(found) / len(found), 4) for kind, found in kinds.items()}


def signing(count: int = 400) -> dict[str, float]:
    """Return the texts signed a second, by us (the whole fingerprint) and by datasketch (the same words in 5s)."""
    texts = [work_text(number) for number in range(count)]
    ours = _rate(lambda text: fingerprint(headline="", names=(), text=text), texts)
    peer = _rate(minhash, texts)
    return {"ours": round(ours), "datasketch": round(peer), "ratio": round(ours / peer, 2)}


def _rate(sign: Callable[[str], object], texts: Sequence[str]) -> float:
    spent = []
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            sign(text)
        spent.append(time.process_time() - began)
    return len(texts) / min(spent)


def minhash(text: str) -> MinHash:
    """Return datasketch's signature of a text's word 5-grams."""
    words = words_of(text)
    made = MinHash(num_perm=128)
    made.update_batch([" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))])
    return made


@dataclass(frozen=True, kw_only=True)
class Memory:
    """A process's memory in bytes."""

    #: What it made for itself: heap and stacks.
    anonymous: int
    #: With all that it maps, the store's file in the kernel's cache too.
    resident: int

    def grown(self, works: int) -> dict[str, float]:
        """Return what the process grew by since, for each work."""
        now = _memory()
        return {
            "bytes_per_work": round((now.anonymous - self.anonymous) / works, 1),
            "resident_bytes_per_work": round((now.resident - self.resident) / works, 1),
        }


def _memory() -> Memory:
    """Return the process's memory as Linux counts it (proc(5), smaps_rollup)."""
    lines = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    kilobytes = {words[0]: int(words[1]) for words in lines}
    return Memory(anonymous=kilobytes["Anonymous:"] * 1024, resident=kilobytes["Rss:"] * 1024)


if __name__ == "__main__":
    main()
