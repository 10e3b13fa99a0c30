"""What reading a feed costs, and whether any feed's entries are lost: ours, feedparser's and fastfeedparser's.

Run as `python -m tests.bench.feeds [CORPUS] [--rounds N] [--limit N]`; the last line is one JSON object. Without a
corpus (a folder with feeds.jsonl and feeds/), CPU seconds are taken on feeds that are made here: thirty items, of
which one is new, once with whole articles and once with teasers. With one, on its feeds of 20 to 40 items too, and
every feed is counted against the other two parsers. `*_ratio` is how many times less CPU ours takes than
`feedparser.parse` of the whole; each new item is held field for field against our own whole reading.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import fastfeedparser
import feedparser

from ingest.errors import FeedError
from ingest.feed import parse_feed, read_changed
from ingest.sources import FeedSource
from tests.bench.prose import sentence

URL = "https://partner.example/feed"
SOURCE = FeedSource(url=URL, every=timedelta(hours=1))
ITEMS = 30
#: How often a job is done before another takes its turn.
REPEATS = 5


@dataclass(frozen=True, kw_only=True)
class Timing:
    """CPU seconds for one feed."""

    fast: float
    full: float
    feedparser: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=60, help="feeds of the corpus that are timed")
    options = parser.parse_args(arguments)
    figures: dict[str, object] = {}
    for name, words in (("whole_articles", 900), ("teasers", 40)):
        timing = _timed(_made(words), options.rounds)
        assert timing is not None
        figures |= {f"{name}_{key}": value for key, value in _figures([timing]).items()}
    if options.corpus is not None:
        feeds = list(_feeds(options.corpus))
        figures |= _corpus_speed(feeds, options.limit, options.rounds) | _losses(feeds)
    print(json.dumps(figures))


def _figures(timings: Sequence[Timing]) -> dict[str, float]:
    """Return the ratios of sums, as a newsroom pays the sum."""
    fast, full, theirs = (sum(getattr(t, name) for t in timings) for name in ("fast", "full", "feedparser"))
    return {
        "one_new_ms": round(1000 * fast / len(timings), 2),
        "feedparser_ms": round(1000 * theirs / len(timings), 2),
        "one_new_ratio": round(theirs / fast, 2),
        "full_ratio": round(theirs / full, 2),
    }


def _timed(content: bytes, rounds: int) -> Timing | None:
    """Time a feed whose first item is new; None where it is not read item by item."""
    first = read_changed(content, headers={}, url=URL, source=SOURCE)
    state = first.state.partition(" ")[2]
    if not state:
        return None
    new = _read(content, state)
    if new.unchanged == 0:
        return None
    whole = parse_feed(content, headers={}, url=URL)
    assert new.entries == whole.entries[: len(new.entries)], "the fast way reads another item than the whole way"
    jobs: dict[str, Callable[[], object]] = {
        "fast": lambda: _read(content, state),
        "full": lambda: parse_feed(content, headers={}, url=URL),
        "feedparser": lambda: feedparser.parse(content),
    }
    # In turn, so that what else the machine does hits all; and none pays for collecting another's garbage.
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            started = time.process_time()
            for _ in range(REPEATS):
                job()
            taken[name].append((time.process_time() - started) / REPEATS)
    return Timing(**{name: median(values) for name, values in taken.items()})


def _read(content: bytes, state: str) -> Any:
    return read_changed(content, headers={}, url=URL, source=SOURCE, state=state)


def _made(words: int) -> bytes:
    """Return a WordPress-like feed of items of so many words each."""
    chance = random.Random(7)
    items = "".join(_item(number, words, chance) for number in range(ITEMS))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">'
        "<channel><title>The Partner</title><link>https://partner.example</link><description>News</description>"
        '<atom:link href="https://partner.example/feed" rel="self" type="application/rss+xml"/><language>en</language>'
        "<lastBuildDate>Mon, 02 Nov 2026 12:00:00 +0000</lastBuildDate><sy:updatePeriod>hourly</sy:updatePeriod>"
        f"<sy:updateFrequency>1</sy:updateFrequency><generator>x</generator>{items}</channel></rss>"
    ).encode()


def _item(number: int, words: int, chance: random.Random) -> str:
    text = " ".join(sentence(chance, "Riverton", "Jane Doe") for _ in range(max(1, words // 15)))
    paragraphs = "".join(f"<p>{text[start : start + 500]}</p>\n" for start in range(0, len(text), 500))
    content = f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded>" if words > 100 else ""
    return (
        f"<item><title>Story {number} of the day</title><link>https://partner.example/2026/11/{number}/</link>"
        f"<comments>https://partner.example/2026/11/{number}/#respond</comments><dc:creator><![CDATA[Jane Doe]]>"
        f"</dc:creator><pubDate>Mon, 02 Nov 2026 12:{number:02}:00 +0000</pubDate><category><![CDATA[World]]></category>"
        f'<category><![CDATA[Trade]]></category><guid isPermaLink="false">https://partner.example/?p={number}</guid>'
        f"<description><![CDATA[<p>{text[:250]}</p>]]></description>{content}"
        f"<slash:comments>{number}</slash:comments></item>"
    )


def _feeds(corpus: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for line in (corpus / "feeds.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        yield known, gzip.decompress((corpus / known["path"]).read_bytes())


def _corpus_speed(feeds: Sequence[tuple[dict[str, Any], bytes]], limit: int, rounds: int) -> dict[str, object]:
    usual = [content for known, content in feeds if 20 <= known["entries"] <= 40]
    random.Random(7).shuffle(usual)
    timings = [timing for content in usual[:limit] if (timing := _timed(content, rounds)) is not None]
    tried = len(usual[:limit])
    median_ratio = round(median(timing.feedparser / timing.fast for timing in timings), 2)
    figures: dict[str, object] = {f"corpus_{name}": value for name, value in _figures(timings).items()}
    counts: dict[str, object] = {"corpus_timed": len(timings), "corpus_read_whole": tried - len(timings)}
    return {**counts, **figures, "corpus_one_new_median_ratio": median_ratio}


def _losses(feeds: Sequence[tuple[dict[str, Any], bytes]]) -> dict[str, object]:
    """Count feeds that we refuse or read as empty, or with fewer items than another parser finds."""
    refused, empty, short = [], [], []
    for known, content in feeds:
        most = max(len(feedparser.parse(content).entries), _fast_count(content))
        try:
            ours = parse_feed(content, headers={}, url=URL)
        except FeedError as error:
            if most:
                refused.append(f"{known['file']}: {error.what}")
            continue
        if most and not ours.entries:
            empty.append(known["file"])
        if len(ours.entries) + len(ours.set_aside) < most:
            short.append(known["file"])
    for name, files in (("refused", refused), ("empty", empty), ("short", short)):
        print(f"{name}: {files}", file=sys.stderr)
    return {"feeds": len(feeds), "refused": len(refused), "empty": len(empty), "short": len(short)}


def _fast_count(content: bytes) -> int:
    try:
        return len(fastfeedparser.parse(content).entries)
    except Exception:  # noqa: BLE001 - it raises whatever its libraries raise; then it reads nothing
        return 0


if __name__ == "__main__":
    main()
