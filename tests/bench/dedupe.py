"""Precision and recall of the duplicate decision on pairs, beside MinHash LSH .8 and containment .9.

    python -m tests.bench.dedupe PAIRS.jsonl.gz [--show]

Each pair is a line `{"kind", "label", "a": {"title", "authors", "url", "text"}, "b": ...}`; label 1 is one work, 0
two, null is reported by kind and not scored. `a` goes into a SQLite store, `b` is looked up through the index there,
and the decision made, as an ingest does. The last line printed is JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from ingest.dedupe import Candidate, Copy, Revision, Verdict, decide, fingerprint
from ingest.dedupe.tokens import words_of
from ingest.store import fingerprints
from ingest.urls import canonical_url
from tests.bench.shelf import new_store, shelve

Pair = dict[str, Any]
Judge = Callable[[Pair], bool]


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the pairs of a file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--show", action="store_true", help="print our verdict on each pair that it got wrong")
    options = parser.parse_args(arguments)
    pairs = read_pairs(options.pairs)
    with tempfile.TemporaryDirectory() as folder:
        engine = new_store(Path(folder) / "bench.sqlite")
        verdicts = [judge_pair(engine, pair) for pair in pairs]
        engine.dispose()
    calls = [isinstance(verdict, Copy | Revision) for verdict in verdicts]
    if options.show:
        show_misses(pairs, verdicts, calls)
    result = {
        "ours": score(pairs, calls),
        "minhash_0.8": score(pairs, [minhash_says_same(pair) for pair in pairs]),
        "containment_0.9": score(pairs, [containment_says_same(pair) for pair in pairs]),
    }
    print(json.dumps(result))


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a JSON Lines file, gzipped or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.splitlines() if line.strip()]


def judge_pair(engine: sa.Engine, pair: Pair) -> Verdict:
    """Index `a`, look `b` up, decide, and leave the store as it was."""
    known, incoming = candidate(pair["a"]), candidate(pair["b"])
    with engine.connect() as connection, connection.begin() as transaction:
        shelve(connection, known, names=names_of(pair["a"]))
        verdict = decide(incoming, fingerprints.candidates(connection, incoming))
        transaction.rollback()
    return verdict


def candidate(side: Pair) -> Candidate:
    """Return one side of a pair as the store and the decision want it; its host stands for the partner."""
    url = side.get("url") or ""
    headline = side.get("title") or ""
    return Candidate(
        partner=(urlsplit(url).hostname or "").removeprefix("www."),
        canonical_url=canonical_url(url) if url else "",
        headline=headline,
        fingerprint=fingerprint(headline=headline, names=names_of(side), text=side["text"]),
    )


def names_of(side: Pair) -> tuple[str, ...]:
    """Return the authors of a side, given as a list, as "A; B", or not at all."""
    authors = side.get("authors") or ()
    given = authors.split(";") if isinstance(authors, str) else authors
    return tuple(name.strip() for name in given if name.strip())


def shingles(pair_side: Pair, width: int = 4) -> set[str]:
    """Return the word shingles that both baselines work on, folded as ours are."""
    words = words_of(pair_side["text"])
    return {" ".join(words[i : i + width]) for i in range(max(1, len(words) - width + 1))}


def minhash_says_same(pair: Pair) -> bool:
    """Tell whether datasketch's LSH at .8, 128 permutations, finds `a` for `b`."""
    from datasketch import MinHashLSH  # a peer: only the bench needs it

    lsh = MinHashLSH(threshold=0.8, num_perm=128)
    lsh.insert("a", _minhash(shingles(pair["a"])))
    return bool(lsh.query(_minhash(shingles(pair["b"]))))


def _minhash(grams: Iterable[str]) -> Any:
    from datasketch import MinHash

    made = MinHash(num_perm=128)
    made.update_batch([gram.encode() for gram in grams])
    return made


def containment_says_same(pair: Pair) -> bool:
    """Tell whether the smaller set of shingles lies in the larger one to .9, counted exactly."""
    a, b = shingles(pair["a"]), shingles(pair["b"])
    return len(a & b) >= 0.9 * min(len(a), len(b))


def score(pairs: Sequence[Pair], calls: Sequence[bool]) -> dict[str, Any]:
    """Return precision and recall over the labelled pairs, and for each kind the part called the same."""
    labelled = [(pair["label"], call) for pair, call in zip(pairs, calls, strict=True) if pair["label"] is not None]
    true = sum(1 for label, call in labelled if call and label)
    called, wanted = sum(call for _, call in labelled), sum(1 for label, _ in labelled if label)
    kinds: dict[str, list[bool]] = defaultdict(list)
    for pair, call in zip(pairs, calls, strict=True):
        kinds[pair["kind"]].append(call)
    return {
        "precision": round(true / called, 4) if called else None,
        "recall": round(true / wanted, 4) if wanted else None,
        "kinds": {kind: round(sum(found) / len(found), 4) for kind, found in sorted(kinds.items())},
    }


def show_misses(pairs: Sequence[Pair], verdicts: Sequence[Verdict], calls: Sequence[bool]) -> None:
    """Print each pair that was decided wrongly, with the reason given."""
    for line in _misses(pairs, verdicts, calls):
        print(line)


def _misses(pairs: Sequence[Pair], verdicts: Sequence[Verdict], calls: Sequence[bool]) -> Iterator[str]:
    for pair, verdict, call in zip(pairs, verdicts, calls, strict=True):
        if pair["label"] is not None and bool(pair["label"]) != call:
            yield f"{pair.get('pair')} {pair['kind']} {pair['label']}: {type(verdict).__name__}, {verdict.reason}"


if __name__ == "__main__":
    main()
