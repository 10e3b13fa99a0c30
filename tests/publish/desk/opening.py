"""A real browser, and a real desk in its own process."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.newsroom import Newsroom

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

CHROMIUM = "/usr/bin/chromium"
PASSWORD = "seven grey herons wait"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the machine's Chromium; while it is open, this thread counts as an event loop's."""
    api = pytest.importorskip("playwright.sync_api", reason="no playwright on this machine")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def running_desk(newsroom: Newsroom, *users: tuple[str, str]) -> Iterator[str]:
    """Add users (name and role) with PASSWORD, run `reprint desk`, and yield its address."""
    for name, role in users:
        with newsroom.start_with_input("desk", "user", "add", name, "--role", role, "--password-stdin") as adding:
            adding.communicate(PASSWORD + "\n", timeout=60)
            assert adding.returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    with newsroom.start("desk", "--listen", listen) as process:
        try:
            _wait(listen)
            yield f"http://{listen}"
        finally:
            process.terminate()
            process.communicate(timeout=30)


def signed_in(browser: Browser, desk: str, name: str, **options: Any) -> BrowserContext:
    """Return a browser's context in which a user is signed in."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{desk}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.close()
    return context


def _wait(listen: str) -> None:
    host, _, port = listen.rpartition(":")
    for _ in range(300):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing listens at {listen}")
