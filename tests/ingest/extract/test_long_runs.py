"""No text makes a pattern of ours run away: long runs of one thing end within the time that the pool gives a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

#: Read in a child, as pages are, so that a pattern that runs away can be killed.
_READ_ALL = """
from ingest.article import Source
from ingest.byline import parse_bio, parse_byline
from ingest.extract.lines import flat, furniture_line, has_wall, is_wall_line
from ingest.extract.metadata.dateline import dateline_of
from ingest.extract.metadata.datetext import read_moment
from ingest.extract.metadata.words import key, tidy
from ingest.extract.witness import plain
from ingest.origin import claim_in, read_credit_line, wire_claim

readers = [
    lambda text: parse_byline([text], source=Source.VISIBLE), parse_bio, flat, furniture_line, has_wall, is_wall_line,
    dateline_of, read_moment, key, tidy, plain, claim_in, read_credit_line, wire_claim,
]
long = [run * (16_000 // len(run)) for run in (" ", ",", "a", '"', "7", "(", "&", "<", "\\n", ". ", "A ", "By ", "a, ", "1.2")]
count = 0
for reader in readers:
    for run in long:
        for text in (run, f"By Jane Doe{run}", f"{run}: x", f"Photo: {run}!"):
            reader(text)
            count += 1
print(count, len(readers) * len(long) * 4)
"""
#: What the pool gives one page, in seconds, and what a busy machine adds.
_LIMIT = 20 + 100
_ROOT = Path(__file__).parents[3]


def test_every_reader_of_text_ends_on_long_runs() -> None:
    """Each public reader of a text takes 16,000 characters of one thing, at its edges too, and all end in time."""
    done = subprocess.run(
        [sys.executable, "-c", _READ_ALL], cwd=_ROOT, timeout=_LIMIT, capture_output=True, text=True, check=False
    )
    assert not done.stderr
    read, all_of_them = done.stdout.split()
    assert read == all_of_them
