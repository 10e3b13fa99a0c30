"""Logging: JSON lines for machines, and no secret in any of them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.logs import hide_secrets

PROGRAM = """
import logging, structlog
from ingest.logs import set_up_logging
set_up_logging(level="info")
structlog.get_logger().info("poll.done", partner="x", url="https://user:hunter2@feeds.example/x")
structlog.get_logger().debug("not.shown")
logging.getLogger("httpx").info("not shown either")
logging.getLogger("some.library").warning("shown")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger().exception("job.failed")
"""


def test_a_machine_reads_one_json_object_a_line() -> None:
    """Where standard error is no terminal, each event is one JSON object with time and level, the trace inside it."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["poll.done", "shown", "job.failed"]
    assert all({"timestamp", "level"} <= event.keys() for event in events)
    assert "ZeroDivisionError" in events[2]["exception"]
    assert "hunter2" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "key", ["password", "API_KEY", "authorization", "set_cookie", "client_secret", "access-token"]
)
def test_values_that_are_secrets_by_name_are_blanked(key: str) -> None:
    """What is called a secret is never written."""
    assert "hunter2" not in str(hide_secrets(None, "info", {key: "hunter2", "event": "x"}))


@given(st.from_regex(r"[a-z0-9]{8,20}", fullmatch=True))
def test_logins_in_urls_are_blanked(secret: str) -> None:
    """A login inside a URL goes wherever the URL stands in the text."""
    text = f"GET https://bob:{secret}@host.example/feed failed"
    assert f":{secret}@" not in str(hide_secrets(None, "info", {"event": text, "error": text}))
