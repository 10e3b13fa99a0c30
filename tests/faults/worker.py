"""Publishers to be killed, each forked from one process that has imported everything already.

To "go" it answers with the new publisher's process id, to "reap" with how that one ended: its exit code, or -9.

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
from publish.images.values import Files, Refused
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from publish.target import Target
from publish.wordpress.connect import connect
from publish.wordpress.memory import Memory
from publish.wordpress.picture import Picture
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

    def no_image(_picture: Picture) -> Files | Refused:
        raise AssertionError("the tests' articles have no pictures")

    return WordPressTarget(
        source,
        memory=Memory(engine, name, now),
        connect=lambda: connect(source, environment=os.environ, user_agent="t/1", allowed_networks=(), timeout=20),
        make_image=no_image,
        clock=now,
    )


def publish() -> int:
    """Publish what waits, and return how many were refused."""
    engine = open_store(sys.argv[1], busy_seconds=20)
    target = target_of(engine, *sys.argv[2:])
    report = publish_waiting(target, engine=engine, clock=now, actor="worker")
    for slug, reason in report.failed:
        sys.stderr.write(f"{slug}: {reason}\n")
    return len(report.failed)


def main() -> None:
    """Fork a publisher for each "go"; it stays a zombie until "reap", so that its number is nobody else's."""
    set_up_logging(level="error")
    _say("ready")
    child = 0
    for line in sys.stdin:
        if line == "go\n":
            child = os.fork()
            if not child:
                os._exit(min(publish(), 100))
            _say(child)
        else:
            _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
