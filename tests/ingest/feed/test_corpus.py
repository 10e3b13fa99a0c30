"""Real feeds: none that another parser reads comes out empty."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.feed import parse_feed, read_changed
from ingest.sources import FeedSource
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


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="REPRINT_CORPUS is not set")
def test_the_fast_way_reads_real_items_alike() -> None:
    """Of every real feed that is read item by item, a third of its items come out as the whole reading has them."""
    listed = [json.loads(line) for line in (Path(CORPUS) / "feeds.jsonl").read_text().splitlines()]
    source, by_item = FeedSource(url=URL, every=timedelta(hours=1)), 0
    for known in listed:
        content = gzip.decompress((Path(CORPUS) / known["path"]).read_bytes())
        whole = read_changed(content, headers={}, url=URL, source=source)
        marks = whole.state.split()
        old = " ".join(mark for number, mark in enumerate(marks) if number % 3)
        fast = read_changed(content, headers={}, url=URL, source=source, state=old)
        by_item += bool(fast.unchanged)
        assert [entry for entry in whole.entries if entry in fast.entries] == list(fast.entries), known["file"]
        assert len(fast.entries) + len(fast.set_aside) + fast.unchanged >= len(whole.entries), known["file"]
        head: dict[str, Any] = {"entries": (), "set_aside": (), "state": "", "unchanged": 0}
        assert replace(fast, **head) == replace(whole, **head), known["file"]
    assert by_item >= 0.8 * len(listed)
