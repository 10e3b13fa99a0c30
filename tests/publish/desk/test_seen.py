"""Every page of the desk as people see it: on a phone and a large screen, by day and by night, by keyboard."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.publish.desk.desking import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PHONE, _LARGE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def _pages(desk: Desk) -> list[str]:
    held = desk.held()[0]
    return [
        "/queue",
        f"/queue/{held}",
        "/articles",
        f"/articles/{held}",
        f"/articles/{held}/text",
        f"/articles/{held}/words",
        "/partners",
        "/partners/pacific-forum",
        "/partners/harbour-times",
        "/audit",
        "/account",
        "/articles/999999",
    ]


def _opened(browser: Browser, desk: Desk, name: str = "ana", **options: Any) -> Page:
    context = browser.new_context(**options)
    context.add_cookies([{"name": "reprint-desk", "value": desk.session(name), "url": desk.base}])
    return context.new_page()


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core's script."""
    path = os.environ.get("REPRINT_AXE")
    if not path:
        pytest.skip("REPRINT_AXE names no axe.min.js of axe-core on this machine")
    return Path(path).read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [_PHONE, _LARGE], ids=["phone", "large"])
def test_axe_finds_nothing(browser: Browser, desk: Desk, axe: str, viewport: dict[str, int], scheme: str) -> None:
    """No page has a violation that axe-core knows, nor is any wider than its screen."""
    # The test's own script has to get past the policy of the page.
    page = _opened(browser, desk, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    for path in ["/sign-in", *_pages(desk)]:
        page.goto(desk.base + path)
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]]
        assert told == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    page.context.close()


def test_no_page_breaks_its_own_policy(browser: Browser, desk: Desk) -> None:
    """No page of ours asks for what its content security policy refuses, nor says an error to the console."""
    page, said = _opened(browser, desk), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in _pages(desk)[:-1]:
        page.goto(desk.base + path)
    assert said == []
    page.context.close()


def test_rooms_are_worked_by_keyboard(browser: Browser, desk: Desk) -> None:
    """Poll now, check and report are reached by Tab alone, and pressed by Enter."""
    page = _opened(browser, desk)
    page.goto(f"{desk.base}/partners/pacific-forum")
    _press(page, "Poll now")
    page.get_by_text("The feed is due now").wait_for()
    page.goto(f"{desk.base}/audit")
    _press(page, "Check every page now")
    page.get_by_text("Checked ").wait_for(timeout=60_000)
    _press(page, "Make the report")
    page.get_by_role("link", name="Open to print").wait_for(timeout=60_000)
    page.context.close()


def _press(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
        if focused == name:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", "the keyboard's place is not seen"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def test_rooms_work_without_scripts(browser: Browser, desk: Desk) -> None:
    """Where scripts are off, every form of these rooms works all the same."""
    page = _opened(browser, desk, java_script_enabled=False)
    page.goto(f"{desk.base}/partners/pacific-forum")
    page.get_by_role("button", name="Poll now").click()
    assert page.get_by_text("The feed is due now").count() == 1
    page.context.close()
