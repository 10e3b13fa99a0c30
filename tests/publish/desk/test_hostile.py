"""Whatever a partner writes into whatever field runs no script: judged by a real browser, at the desk and on the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from ingest.store.database import open_store, read
from ingest.store.schema import standing
from tests.newsroom import Newsroom
from tests.publish.desk.hostile import fill, partner_server, site_server, write_sources
from tests.publish.desk.opening import running_desk, signed_in
from tests.publish.desk.vectors import ADDRESSES, EVERYWHERE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route

#: What no attribute of ours is called, and what no address of ours begins with.
_UNSAFE = """() => {
  const bad = [];
  for (const one of document.querySelectorAll("*")) {
    for (const attribute of one.attributes) {
      const name = attribute.name.toLowerCase(), value = attribute.value.trim().toLowerCase();
      if (name.startsWith("on") || name === "srcdoc" || name === "style" || name.includes("hx-on")) bad.push(one.outerHTML.slice(0, 200));
      const leads = ["href", "src", "action", "formaction", "data", "xlink:href", "cite", "poster", "background"];
      if (leads.includes(name) && /^[a-z][a-z0-9+.-]*:/.test(value) && !/^(https?|mailto):/.test(value)) bad.push(one.outerHTML.slice(0, 200));
    }
    if (one.tagName === "SCRIPT" && !one.src && one.type !== "application/ld+json") bad.push(one.outerHTML.slice(0, 200));
    if (["OBJECT", "EMBED", "BASE", "APPLET", "PORTAL"].includes(one.tagName)) bad.push(one.outerHTML.slice(0, 200));
  }
  return bad;
}"""


@dataclass
class Watch:
    """What a browser saw that it must not see."""

    hosts: set[str]
    fired: list[Any] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    #: A link that somebody clicked may lead anywhere that is a web page.
    clicking: bool = False

    def over(self, context: BrowserContext) -> BrowserContext:
        """Watch all that goes on in a context."""
        context.expose_binding("fired", lambda _source, *number: self.fired.append(number))
        context.on("dialog", self._asked)
        context.on("console", lambda said: self._said(said.text))
        context.route("**/*", self._route)
        return context

    def _asked(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text or "Refused to" in text:
            self.refused.append(text[:300])

    def _route(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme == "data" or parts.netloc in self.hosts:
            route.continue_()
            return
        if not (self.clicking and route.request.is_navigation_request() and parts.scheme in {"http", "https"}):
            self.foreign.append(route.request.url)
        route.abort()

    def look(self, page: Page, url: str) -> None:
        """Open a page, and note what in it could run."""
        page.goto(url, wait_until="load")
        self.unsafe += [f"{url}: {one}" for one in page.evaluate(_UNSAFE)]

    def click_links(self, context: BrowserContext, url: str) -> None:
        """Click whatever on a page leads to something that a partner wrote."""
        self.clicking = True
        read = "all => all.map((one) => one.getAttribute('href'))"
        leads = self._opened(context, url, lambda page: page.eval_on_selector_all("a[href]", read))
        for place in [n for n, lead in enumerate(leads) if re.search(r"fired|evil|script", lead)][:2]:
            self._opened(context, url, partial(_click, place=place))
        self.clicking = False

    def _opened(self, context: BrowserContext, url: str, do: Callable[[Page], Any]) -> Any:
        # Each in a page of its own: a click may lead away at any time.
        page = context.new_page()
        page.goto(url)
        found = do(page)
        page.close()
        return found

    def assert_nothing_ran(self) -> None:
        """Hold that no vector ran, asked, led away, or had to be stopped by the policy alone."""
        assert (self.fired, self.dialogs) == ([], [])
        assert self.foreign == []
        assert self.unsafe == []
        assert self.refused == []


def _click(page: Page, place: int) -> None:
    page.locator("a[href]").nth(place).evaluate("(one) => { one.removeAttribute('target'); one.click(); }")
    page.wait_for_timeout(100)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The hostile newsroom at work."""

    newsroom: Newsroom
    desk: str
    site: str
    partner: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Take the hostile partner in, publish it, and open the desk and the site."""
    folder = tmp_path_factory.mktemp("hostile")
    newsroom = Newsroom(folder=folder, bases={})
    with partner_server() as partner:
        write_sources(folder, partner.base)
        fill(newsroom, partner)
        with running_desk(newsroom, ("ed", "editor")) as desk, site_server(folder / "site") as site:
            yield Place(newsroom=newsroom, desk=desk, site=site, partner=partner.base)


def _articles(place: Place) -> dict[int, str]:
    engine = open_store(place.newsroom.environment["REPRINT_DATABASE_URL"])
    with read(engine) as connection:
        found = connection.execute(sa.select(standing.c.article_id, standing.c.verdict)).all()
    engine.dispose()
    return {row.article_id: row.verdict for row in found}


def test_there_are_enough_vectors_and_they_reach_store_and_site(place: Place) -> None:
    """The list has 150 vectors and more, each of its own; articles with them are held and published."""
    assert len(set(EVERYWHERE) | set(ADDRESSES)) >= 150
    verdicts = list(_articles(place).values())
    assert verdicts.count("publish") >= 15
    assert verdicts.count("hold") >= 5
    pages = "".join(file.read_text() for file in Path(place.newsroom.folder / "site").rglob("*.html"))
    numbers = {int(found) for found in re.findall(r"fired\(([0-9]{4})\)", pages)}
    assert len(numbers) >= 120


def test_no_script_runs_at_the_desk(browser: Browser, place: Place) -> None:
    """Vectors in every field of partners (DokuWiki CVE-2017-12980, FreshRSS #2121 #1434) run nowhere at the desk."""
    watch = Watch(hosts={urlsplit(place.desk).netloc})
    context = watch.over(signed_in(browser, place.desk, "ed"))
    page = context.new_page()
    for path in (
        "/partners",
        "/partners/forum",
        "/partners/stranger",
        "/articles",
        "/queue",
        "/audit",
        "/articles?q=fired",
    ):
        watch.look(page, place.desk + path)
    for number, (article_id, verdict) in enumerate(sorted(_articles(place).items())):
        watch.look(page, f"{place.desk}/articles/{article_id}")
        if number % 8 == 0:
            watch.click_links(context, f"{place.desk}/articles/{article_id}")
        if verdict == "hold":
            watch.look(page, f"{place.desk}/queue/{article_id}")
        else:
            watch.look(page, f"{place.desk}/articles/{article_id}/text")
            watch.look(page, f"{place.desk}/articles/{article_id}/words")
    context.close()
    watch.assert_nothing_ran()


def test_no_script_runs_in_findings_and_reports(browser: Browser, place: Place) -> None:
    """What an audit finds, and a partner's report, show a partner's words as words."""
    watch = Watch(hosts={urlsplit(place.desk).netloc})
    context = watch.over(signed_in(browser, place.desk, "ed"))
    page = context.new_page()
    watch.look(page, f"{place.desk}/audit")
    page.get_by_role("button", name="Check every page now").click()
    page.get_by_text("Checked ").wait_for(timeout=60_000)
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("link", name="Open to print").wait_for(timeout=60_000)
    watch.look(page, f"{place.desk}/audit")
    watch.look(page, f"{place.desk}/audit/report")
    context.close()
    watch.assert_nothing_ran()


def test_no_script_runs_on_the_published_site(browser: Browser, place: Place) -> None:
    """The same vectors run on no page of the site, and no page asks another host for anything."""
    watch = Watch(hosts={urlsplit(place.site).netloc})
    context = watch.over(browser.new_context())
    page = context.new_page()
    root = place.newsroom.folder / "site"
    for number, file in enumerate(sorted(root.rglob("*.html"))):
        watch.look(page, place.site + str(file.relative_to(root)))
        if number % 8 == 0:
            watch.click_links(context, place.site + str(file.relative_to(root)))
    context.close()
    watch.assert_nothing_ran()


def test_a_partners_page_is_isolated(browser: Browser, place: Place) -> None:
    """A partner's page at the desk stands in a sandbox without scripts and without our origin (NewsBlur #1469)."""
    watch = Watch(hosts={urlsplit(place.desk).netloc})
    context = watch.over(signed_in(browser, place.desk, "ed"))
    page = context.new_page()
    for article_id, verdict in sorted(_articles(place).items()):
        if verdict != "hold":
            continue
        watch.look(page, f"{place.desk}/queue/{article_id}")
        for frame in page.locator("iframe").all():
            assert frame.get_attribute("sandbox") is not None
            assert "allow-scripts" not in (frame.get_attribute("sandbox") or "")
            assert "allow-same-origin" not in (frame.get_attribute("sandbox") or "")
        answer = page.request.get(f"{place.desk}/articles/{article_id}/page")
        assert answer.ok
        assert "sandbox" in answer.headers["content-security-policy"]
        watch.look(page, f"{place.desk}/articles/{article_id}/page")
    context.close()
    watch.assert_nothing_ran()


def test_links_to_elsewhere_give_no_window_away(browser: Browser, place: Place) -> None:
    """A link that opens a window gives it neither `opener` nor a referrer (FreshRSS #1459)."""
    context = signed_in(browser, place.desk, "ed")
    page = context.new_page()
    for path in ("/partners/forum", *(f"/articles/{n}" for n in sorted(_articles(place))[:6])):
        page.goto(place.desk + path)
        for link in page.locator("a[target=_blank]").all():
            assert "noopener" in (link.get_attribute("rel") or "")
    context.close()
