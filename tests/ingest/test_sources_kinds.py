"""What a feed's address holds, as sources.yaml says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources import FeedKind, load_sources
from tests.ingest.test_sources import partner, problems, write


def test_kinds_are_read(tmp_path: Path) -> None:
    """Each kind comes out as said, a bare address as auto, and a listing with its selector."""
    text = partner("""\
feeds:
  - https://x.example/feed/
  - {url: "https://x.example/wp-json/wp/v2/posts?_embed=1", kind: wordpress}
  - {url: https://x.example/news-sitemap.xml, kind: sitemap}
  - {url: https://x.example/news/, kind: listing, select: "main h2 > a, .story"}
""")
    (one,) = load_sources(write(tmp_path, text)).partners
    assert [(feed.kind, feed.select) for feed in one.feeds] == [
        (FeedKind.AUTO, None),
        (FeedKind.WORDPRESS, None),
        (FeedKind.SITEMAP, None),
        (FeedKind.LISTING, "main h2 > a, .story"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("kind: rss", "sources.yaml:8:15: partners.x.feeds[0].kind: 'rss' is not one of auto, feed,"),
        ("kind: listing", "sources.yaml:7:9: partners.x.feeds[0]: a listing needs `select`"),
        ("select: h2 a", "sources.yaml:8:17: partners.x.feeds[0].select: is for pages of links only"),
        (
            "kind: listing\n    select: 'h2 >'",
            "sources.yaml:9:17: partners.x.feeds[0].select: 'h2 >' is no CSS selector",
        ),
        (
            "kind: listing\n    select: 'a::attr(href)'",
            "sources.yaml:9:17: partners.x.feeds[0].select: 'a::attr(href)' is no CSS selector",
        ),
        (
            "kind: listing\n    select: 'a:nth-child(x)'",
            "sources.yaml:9:17: partners.x.feeds[0].select: 'a:nth-child(x)' is no CSS selector",
        ),
    ],
)
def test_each_mistake_has_its_place(tmp_path: Path, said: str, expected: str) -> None:
    """A wrong kind or selector is told with line, column and what to do."""
    text = partner(f"feeds:\n  - url: https://x.example/\n    {said}\n")
    assert any(line.startswith(expected) for line in problems(tmp_path, text)), problems(tmp_path, text)
