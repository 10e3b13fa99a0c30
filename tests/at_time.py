"""Run the real command as if at another time: `python -m tests.at_time 2026-11-26T10:00:00+00:00 ingest ...`."""

from __future__ import annotations

import sys
from datetime import datetime

import time_machine

if __name__ == "__main__":
    _, moment, *words = sys.argv
    with time_machine.travel(datetime.fromisoformat(moment), tick=True):
        from publish.cli import main

        sys.argv = ["reprint", *words]
        main()
