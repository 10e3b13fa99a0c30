"""The site in a real browser: no violation that axe can find, no request to another host, a search that finds."""

from __future__ import annotations

import functools
import os
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ingest.article import Byline, Person
from ingest.body import (
    Body,
    Cell,
    Embed,
    Emphasis,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Table,
    Text,
)
from ingest.corrections import CorrectedBy, Correction
from ingest.sources import Section, Site
from ingest.terms import Mode, Position, SearchPolicy
from publish.publication import Publication, Related
from publish.site.build import StaticSite
from publish.teaser import teaser_of
from tests.publish.making import PUBLISHED, article, credit, origin, paragraph, publication
from tests.publish.shelves import refresh

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
OURS = Site(
    name="The Aldous Courier",
    url="https://courier.example/",
    description="With credit where it is owed",
    sections=(
        Section(key="sea", name="Sea", labels=("tides",)),
        Section(key="empty", name="Empty", labels=("none",)),
    ),
)
#: Of our own words, in scripts that run from right to left and that have no blanks.
TONGUES = (
    ("en", "A line on a chart moved eleven miles"),
    ("ar", "\u062e\u0637 \u0639\u0644\u0649 \u0627\u0644\u062e\u0631\u064a\u0637\u0629"),
    ("ja", "\u6771\u4eac\u90fd\u306e\u6e2f"),
)
RICH = Body(
    blocks=(
        paragraph("The harbour at low water smells of diesel and kelp. The first boat goes out at four."),
        Heading(level=2, children=(Text(text="A line on a chart"),)),
        Paragraph(children=(Emphasis(children=(Text(text="Eleven"),)), Link(href="https://example.org/", children=(Text(text=" miles"),)))),
        ListBlock(ordered=False, items=((paragraph("Kelp"),), (paragraph("Diesel"),))),
        Quote(blocks=(paragraph("We asked everyone."),), cite=(Text(text="The ministry"),)),
        Table(rows=((Cell(header=True, children=(Text(text="Year"),)), Cell(header=True, children=(Text(text="Miles"),))), (Cell(header=False, children=(Text(text="2026"),)), Cell(header=False, children=(Text(text="11"),)))), caption=()),
        Preformatted(text="11 = 7 + 4"),
        Embed(url="https://video.example/1", title="A film of the harbour", provider="Video"),
    )
)  # fmt: skip
RELATED = (
    Related(slug="story-2", headline="Before", partner_name="Pacific Forum", language="en", published_at=PUBLISHED),
)
PAGES = (
    "index.html",
    "sections/sea/index.html",
    "sections/empty/index.html",
    "partners/index.html",
    "partners/pacific-forum/index.html",
    "authors/index.html",
    "authors/jane-doe-pacific-forum/index.html",
    "archive/index.html",
    "archive/2026-11/index.html",
    "articles/story-0.html",
    "articles/story-1.html",
    "articles/story-2.html",
    "articles/gone.html",
    "corrections/index.html",
    "search/index.html",
    "embed/story-0.html",
    "404.html",
)


def _pieces() -> list[Publication]:
    correction = Correction(text="It was eleven miles, not ten.", at=PUBLISHED, by=CorrectedBy.PARTNER)
    found = []
    for number in range(70):
        language, headline = TONGUES[number % 3]
        made = article(
            headline=f"{headline} {number}",
            language=language,
            labels=("Tides",),
            body=RICH,
            byline=Byline(people=(Person(name="Jane Doe", affiliation="Delta University", bio="Jane Doe writes."),)),
        )
        piece = publication(
            number,
            mode=list(Mode)[number % 3],
            search=SearchPolicy.NONE,
            article_=made,
            origin_=origin(home="https://pacforum.example/"),
            credit_=credit(position=list(Position)[number % 3], byline=("Jane Doe",)),
            published_at=PUBLISHED - timedelta(hours=5 * number),
        )
        found.append(
            Publication(
                **vars(piece)
                | {"corrections": (correction,) if number < 2 else (), "related": RELATED, "topic": "Sea"}
            )
        )
    return found


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a site, serve it on loopback, and yield its address."""
    root = tmp_path_factory.mktemp("site")
    site, pieces = StaticSite(root, OURS), _pieces()
    for piece in pieces[:3]:
        site.put(piece)
    site.withdraw("gone", notice="Its publisher took it back.", withdrawn_at=PUBLISHED)
    refresh(site, [teaser_of(piece) for piece in pieces], ours=OURS)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip("there is no chromium on this machine")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core's source: REPRINT_AXE names it, else node_modules has it."""
    named = os.environ.get("REPRINT_AXE")
    file = Path(named) if named else Path("node_modules/axe-core/axe.min.js")
    if not file.is_file():
        pytest.skip("there is no axe-core on this machine; npm install --no-save axe-core")
    return file.read_text(encoding="utf-8")


def _open(browser: Browser, address: str, **settings: Any) -> Page:
    # The page's own policy lets no script in, and axe is one.
    page = browser.new_context(bypass_csp=True, **settings).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_axe_finds_no_violation(browser: Browser, base: str, axe: str, scheme: str, width: int, height: int) -> None:
    """On every kind of page, by day and by night, on desk and phone."""
    page = _open(browser, base, color_scheme=scheme, viewport={"width": width, "height": height})
    found = {}
    for path in PAGES:
        page.goto(base + path)
        if path == "search/index.html":
            page.goto(f"{base}{path}?q=chart")
            page.wait_for_selector(".results article")
        page.evaluate(axe)
        result = page.evaluate("axe.run()")
        found[path] = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in result["violations"]]
    page.context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_no_page_asks_another_host_or_breaks_its_own_policy(browser: Browser, base: str) -> None:
    """Every request stays here, and the browser has nothing to complain of."""
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        page.goto(base + path)
    page.close()
    assert [url for url in asked if not url.startswith(base)] == []
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390, 640, 1280, 1920])
def test_nothing_runs_out_of_the_page(browser: Browser, base: str, width: int) -> None:
    """Also at 200 % zoom, which on a desk of 1280 is a width of 640, and at 400 %, which is 320 (WCAG 1.4.10)."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(base + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path
    page.close()


def test_the_keyboard_leads_everywhere(browser: Browser, base: str) -> None:
    """The first stop skips to the content, and each stop can be seen."""
    page = browser.new_page()
    page.goto(base + "articles/story-0.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("chart", 24),
        ("CHART miles", 24),
        ("char", 24),
        ("chart 3", 1),
        ("\u6771\u4eac", 23),
        ("\u4eac\u90fd", 23),
        ("\u062e\u0637", 23),
        ("jane delta", 0),
        ("xyzzy", 0),
    ],
)
def test_the_search_finds_without_a_server(browser: Browser, base: str, question: str, count: int) -> None:
    """All words must be there, the last may be a beginning; Japanese and Arabic are found, case and accents are one."""
    page = browser.new_page()
    page.goto(f"{base}search/index.html")
    page.fill("#q", question)
    page.keyboard.press("Enter")
    page.locator(".found", has_text=re.compile("found")).wait_for()
    said = page.inner_text(".found")
    assert said.startswith(f"{count} article" if count else "Nothing was found"), said
    assert page.locator(".results article").count() == min(count, 20)
    if count > 20:
        page.click(".more button")
        page.locator(".results article").nth(count - 1).wait_for()
        assert not page.is_visible(".more button")
    page.close()


def test_without_javascript_the_search_says_where_else_to_look(browser: Browser, base: str) -> None:
    """The site is whole without it: the archive is a click away, and no dead form is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "search/index.html")
    assert page.is_visible("text=needs JavaScript")
    assert not page.is_visible("form.search")
    page.click("main a:has-text('archive')")
    assert page.url == base + "archive/index.html"
    context.close()
