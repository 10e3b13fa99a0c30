"""Selectors for a partner's stubborn pages, as sources.yaml says them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.page_rules import PageRules
from ingest.sources import load_sources
from tests.ingest.test_sources import partner, problems, write


def test_selectors_are_read(tmp_path: Path) -> None:
    """All of them come out as said; without the block there are none."""
    text = partner("""\
extract:
  keep: [.story, "#fact-box"]
  drop: [.promo]
  headline: h1.title
  byline: .by a
  date: time.published
""")
    (one,) = load_sources(write(tmp_path, text)).partners
    assert one.extract == PageRules(
        keep=(".story", "#fact-box"), drop=(".promo",), headline="h1.title", byline=".by a", date="time.published"
    )
    (bare,) = load_sources(write(tmp_path, partner(""))).partners
    assert bare.extract is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("keep: ['div >']", "sources.yaml:7:14: partners.x.extract.keep[0]: 'div >' is no CSS selector"),
        ("keep: [p, '..']", "sources.yaml:7:17: partners.x.extract.keep[1]: '..' is no CSS selector"),
        ("headline: 'h1::text'", "sources.yaml:7:17: partners.x.extract.headline: 'h1::text' is no CSS selector"),
        ("date: 'svg|a'", "sources.yaml:7:13: partners.x.extract.date: 'svg|a' names a namespace"),
        ("keep: .story", "sources.yaml:7:13: partners.x.extract.keep: must be a list, such as [.story]"),
        ("remove: [.x]", "sources.yaml:7:7: partners.x.extract.remove: is no key of this block"),
    ],
)
def test_each_mistake_has_its_place(tmp_path: Path, said: str, expected: str) -> None:
    """A wrong selector is told with line, column and what is wrong."""
    found = problems(tmp_path, partner(f"extract:\n  {said}\n"))
    assert any(line.startswith(expected) for line in found), found
