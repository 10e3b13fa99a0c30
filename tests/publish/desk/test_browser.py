"""The desk in a real browser: by keyboard and by mouse, wide and narrow, light and dark, for everybody."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.publish.desk.desking import PASSWORD, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """Yield a wide page of ana's, of which every error of a script and every refusal of the policy is a failure."""
    with _page(browser, desk, width=1280, height=900) as opened:
        yield opened


class _page:  # noqa: N801 - reads as a function
    """A page of ana's that tells what went wrong in it."""

    def __init__(self, browser: Browser, desk: Desk, *, name: str = "ana", **options: Any) -> None:
        size: Any = {"width": options.pop("width"), "height": options.pop("height")}
        self._context = browser.new_context(base_url=desk.base, viewport=size, **options)
        cookie: Any = {"name": "reprint-desk", "value": desk.session(name), "url": desk.base, "httpOnly": True}
        self._context.add_cookies([cookie])
        self._errors: list[str] = []

    def __enter__(self) -> Page:
        opened = self._context.new_page()
        opened.set_default_timeout(15_000)
        opened.on("pageerror", lambda error: self._errors.append(str(error)))
        opened.on("console", lambda said: self._errors.append(said.text) if "Content Security" in said.text else None)
        return opened

    def __exit__(self, *_: object) -> None:
        self._context.close()
        assert self._errors == []


def test_an_editor_signs_in_decides_by_keyboard_and_undoes_it(browser: Browser, desk: Desk) -> None:
    """From the sign-in to a release, a rejection and their undo no mouse is needed."""
    with _page(browser, desk, width=1280, height=900) as page:
        page.context.clear_cookies()
        page.goto("/queue")
        page.keyboard.type("ana")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.locator("[data-list]").wait_for()
        first, second = (row.get_attribute("href") for row in page.locator("[data-list] a.row").all()[:2])
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.getAttribute('href')") == second
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{first}")
        page.keyboard.press("j")
        page.wait_for_url(f"**{second}")
        page.keyboard.press("x")
        page.keyboard.type("an advertisement")
        page.keyboard.press("Enter")
        page.locator(".told").wait_for()
        assert "Rejected for good" in page.locator(".told").inner_text()
        page.keyboard.press("u")
        page.get_by_text("undone").wait_for()
        page.goto("/queue")
        page.locator(f'[data-list] a[href="{second}"]').focus()
        page.keyboard.press("a")
        page.wait_for_url(f"**{second}#release-reason")
        page.locator("#release-reason:focus").wait_for()
        page.keyboard.press("Enter")
        page.locator(".told").wait_for()
        assert "Released" in page.locator(".told").inner_text()


def test_the_same_by_mouse(page: Page, desk: Desk) -> None:
    """Every action has a button; words that are corrected stand there afterwards."""
    article_id = desk.held()[0]
    page.goto("/queue")
    page.click(f'a[href="/queue/{article_id}"]')
    page.click("summary")
    page.fill("#byline", "Ada Sørensen")
    page.click("button:has-text('Keep the byline')")
    page.get_by_text("By Ada Sørensen", exact=True).wait_for()
    page.click("summary")
    page.select_option("#section", label="Culture")
    page.click("button:has-text('Assign')")
    page.get_by_text("The section is chosen").wait_for()
    page.click("summary")
    page.fill("#not-before", "2031-05-06T07:08")
    page.click("button:has-text('Schedule')")
    page.get_by_text("Scheduled for 6 May 2031, 07:08 UTC").wait_for()
    page.click("button:has-text('Undo')")
    page.get_by_text("undone").wait_for()
    page.click("button:has-text('Release')")
    page.get_by_text("Released").first.wait_for()


def test_articles_are_found_while_typing(page: Page) -> None:
    """The slash leads to the search, the list follows the words, and the address holds what was asked."""
    page.goto("/articles")
    before = page.locator("[data-list] a").count()
    page.keyboard.press("/")
    page.keyboard.type("speed limit")
    page.wait_for_url(re.compile("q=speed"))
    page.locator("[data-list] a").nth(before - 1).wait_for(state="detached")
    assert "speed limit" in page.locator("[data-list]").inner_text()
    page.reload()
    assert page.input_value("#q") == "speed limit"
    page.locator("[data-list] a").first.click()
    page.get_by_role("heading", name="Its story").wait_for()


def test_the_partners_page_is_shown_in_a_frame_that_can_do_nothing(page: Page, desk: Desk) -> None:
    """It has no origin, runs nothing, and asks nothing of the partner's server; what was left out is struck."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/queue/{desk.held('harbour-times')[-1]}")
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_selector(".dropped")
    assert page.locator("iframe").get_attribute("sandbox") == ""
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(desk.base)] == []
    link = page.get_by_role("link", name="Open the page")
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_the_help_opens_and_closes_by_key_and_never_while_writing(page: Page) -> None:
    """The question mark opens it, Escape closes it; in a field it is a question mark."""
    page.goto("/articles")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.focus("#q")
    page.keyboard.type("?ax")
    assert page.input_value("#q") == "?ax"
    assert not page.locator("#keys").is_visible()


def test_pages_stand_on_a_phone(browser: Browser, desk: Desk) -> None:
    """At 390 pixels nothing hangs over the edge, and what is pressed is large enough (WCAG 2.2: 24 pixels)."""
    article_id = desk.held()[0]
    with _page(browser, desk, width=390, height=844) as page:
        for path in ("/queue", f"/queue/{article_id}", "/articles", f"/articles/{article_id}", "/account"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            small = page.evaluate(
                "[...document.querySelectorAll('button, .button, nav a, summary')].filter(e => e.offsetParent"
                " && e.getBoundingClientRect().height < 24).map(e => e.textContent)"
            )
            assert small == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, desk: Desk, scheme: str) -> None:
    """No page of the queue or the articles has a violation that axe-core knows, by day and by night."""
    script = os.environ.get("REPRINT_AXE")
    if not script:
        pytest.skip("REPRINT_AXE does not name axe-core's axe.min.js")
    article_id = desk.held()[0]
    source = Path(script).read_text(encoding="utf-8")
    with _page(browser, desk, width=1280, height=900, color_scheme=scheme, bypass_csp=True) as page:
        for path in ("/queue", f"/queue/{article_id}", "/articles", f"/articles/{article_id}", "/account"):
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            page.evaluate(source)
            found = page.evaluate("axe.run(document, {iframes: false}).then(r => r.violations)")
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], path
