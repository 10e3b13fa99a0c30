"""Extraction against hand-made references, ours and the libraries' in the same run.

Run as `python -m tests.bench.extraction MANIFEST [--ours-only]`; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.extract import extract_manifest
from tests.bench.pages import Case, Reader, load, peers
from tests.bench.scoring import score


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of each extractor, by the references' source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--ours-only", action="store_true", help="leave the libraries out")
    parser.add_argument("--out", type=Path, help="keep our predictions here")
    options = parser.parse_args(arguments)
    cases = load(options.manifest)
    figures = {"ours": by_source(cases, _ours(options.manifest, options.out))}
    print(f"ours: {json.dumps(figures['ours'])}", file=sys.stderr)
    for name, reader in ({} if options.ours_only else peers()).items():
        figures[name] = by_source(cases, _theirs(name, reader, cases))
        print(f"{name}: {json.dumps(figures[name])}", file=sys.stderr)
    print(json.dumps(figures))


def by_source(cases: Sequence[Case], predictions: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the figures for each `source` of the references, in the manifest's order."""
    sources = dict.fromkeys(str(case.record.get("source")) for case in cases)
    return {
        source: score([c.record for c in cases if str(c.record.get("source")) == source], predictions)
        for source in sources
    }


def _ours(manifest: Path, out: Path | None) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        target = out or Path(folder) / "predictions.jsonl"
        extract_manifest(manifest, target, workers=2, on_progress=lambda done, total: _tell("ours", done, total))
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n") if line]
    return {row["id"]: row for row in rows if row["id"] is not None}


def _theirs(name: str, reader: Reader, cases: Sequence[Case]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for done, case in enumerate(cases, 1):
        try:
            found[case.record["id"]] = reader(case.content, case.url)
        except Exception as error:  # noqa: BLE001 - a peer may fail in its own way; it scores as empty
            print(f"{name}: {case.record['id']}: {error!r}", file=sys.stderr)
        _tell(name, done, len(cases))
    return found


def _tell(name: str, done: int, total: int) -> None:
    if done == total or done % 50 == 0:
        print(f"{name}: {done}/{total}", file=sys.stderr)


if __name__ == "__main__":
    main()
