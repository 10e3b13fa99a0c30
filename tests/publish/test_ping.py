"""Our hub is told of each feed that changed, once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer

from ingest.fetch import Fetcher
from publish.ping import changed_feeds, ping_hub
from tests.newswire import SITE


def _ping(
    engine: sa.Engine, root: Path, hub: str, *, allowed: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
) -> tuple[str, ...]:
    async def main() -> tuple[str, ...]:
        async with Fetcher(user_agent="reprint-tests/1", allowed_networks=allowed) as fetcher:
            return await ping_hub(changed_feeds(engine, root), engine=engine, site=SITE, hub=hub, fetcher=fetcher)

    return asyncio.run(main())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a site with feeds, of itself and of a partner."""
    for name in ("atom.xml", "feed.json", "partners/forum/feed.xml", "articles/feed.xml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    return tmp_path


def test_the_hub_is_told_once_of_each_change(engine: sa.Engine, root: Path, httpserver: HTTPServer) -> None:
    """Each feed by its own address, again only when its bytes change; what is no feed is not told."""
    httpserver.expect_request("/hub", method="POST").respond_with_data("", status=204)
    hub = httpserver.url_for("/hub")
    assert _ping(engine, root, hub) == ()
    told = sorted(request.form["hub.url"] for request, _ in httpserver.log)
    base = "https://courier.example/"
    assert told == [f"{base}atom.xml", f"{base}feed.json", f"{base}partners/forum/feed.xml"]
    assert {request.form["hub.mode"] for request, _ in httpserver.log} == {"publish"}
    assert _ping(engine, root, hub) == ()
    assert len(httpserver.log) == 3
    (root / "atom.xml").write_text("two")
    assert list(changed_feeds(engine, root)) == ["atom.xml"]
    _ping(engine, root, hub)
    assert len(httpserver.log) == 4


def test_what_the_hub_did_not_take_is_told_again(engine: sa.Engine, root: Path, httpserver: HTTPServer) -> None:
    """A hub that is down, or on a private address, harms nothing: the feeds stay untold."""
    httpserver.expect_ordered_request("/hub").respond_with_data("", status=503)
    httpserver.expect_ordered_request("/hub").respond_with_data("", status=202)
    httpserver.expect_ordered_request("/hub").respond_with_data("", status=202)
    (failed,) = _ping(engine, root, httpserver.url_for("/hub"))
    assert "answered 503" in failed
    assert len(changed_feeds(engine, root)) == 1
    (refused,) = _ping(engine, root, httpserver.url_for("/hub"), allowed=())
    assert "no public address" in refused
    assert len(changed_feeds(engine, root)) == 1
