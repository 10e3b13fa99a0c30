"""A publisher to be killed: it says when it is ready, and publishes what waits when it is told to.

python -m tests.faults.worker STORE site FOLDER
python -m tests.faults.worker STORE web URL USER    (the password in WP_PASSWORD)
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from ingest.logs import set_up_logging
from ingest.sources.targets import WordPressSource
from ingest.store.database import open_store
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from publish.target import Target
from publish.wordpress.connect import connect
from publish.wordpress.memory import Memory
from publish.wordpress.target import WordPressTarget
from tests.newswire import SITE


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def target_of(engine: sa.Engine, name: str, *place: str) -> Target:
    """Return the target that the command line names."""
    if name == "site":
        return StaticSite(Path(place[0]), SITE)
    url, user = place
    source = WordPressSource(key=name, url=url, user=user, password_env="WP_PASSWORD")

    def no_image(_url: str) -> bytes:
        raise AssertionError("the tests' articles have no pictures")

    return WordPressTarget(
        source,
        memory=Memory(engine, name, now),
        connect=lambda: connect(source, environment=os.environ, user_agent="t/1", allowed_networks=(), timeout=20),
        fetch_image=no_image,
        clock=now,
    )


def main() -> None:
    """Publish once, when a line comes in."""
    set_up_logging(level="error")
    engine = open_store(sys.argv[1], busy_seconds=20)
    target = target_of(engine, *sys.argv[2:])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    report = publish_waiting(target, engine=engine, clock=now, actor="worker")
    sys.stdout.write(f"{len(report.failed)}\n")


if __name__ == "__main__":
    main()
