"""Real feeds: none that another parser reads comes out empty."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from ingest.feed import parse_feed
from tests.ingest.feed.feeds import URL

CORPUS = os.environ.get("REPRINT_CORPUS", "")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="REPRINT_CORPUS is not set")
def test_no_real_feed_loses_an_item() -> None:
    """Every entry that either of two other parsers counts in a feed comes out, or is set aside with its reason."""
    listed = [json.loads(line) for line in (Path(CORPUS) / "feeds.jsonl").read_text().splitlines()]
    short = []
    for known in listed:
        feed = parse_feed(gzip.decompress((Path(CORPUS) / known["path"]).read_bytes()), headers={}, url=URL)
        found, expected = len(feed.entries) + len(feed.set_aside), max(known["entries"], known["fast"] or 0)
        if found < expected or (expected and not feed.entries):
            short.append((known["file"], found, expected))
    assert listed
    assert short == []
