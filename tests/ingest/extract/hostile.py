"""What a hostile page could do to the extractor, done for real in its child."""

from __future__ import annotations

import os
import signal
import time

from ingest.article import Article
from ingest.body import Body
from ingest.extract.page import Job


def work(job: Job) -> Article:
    """Do what the page says: stall, die, eat memory, or give an article that names the child."""
    match job.page.content:
        case b"stall":
            while True:
                time.sleep(0.05)
        case b"spin":
            while True:
                sum(range(1000))
        case b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"exit":
            os._exit(3)
        case b"eat":
            hoard = [bytes(50_000_000) for _ in range(1000)]
            return _article(str(len(hoard)))
    return _article(str(os.getpid()))


def _article(headline: str) -> Article:
    return Article(url="https://x.example/", canonical_url="https://x.example/", headline=headline, body=Body())
