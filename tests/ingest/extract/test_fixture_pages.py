"""The fixture sites' pages come out as their writer set them down, whole and clean."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fixtures.sites import FIXTURES, SITE_KEYS, load_site, read_document
from ingest.extract import Page
from ingest.extract.article import extract_article

EXPECTED: dict[str, Any] = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))
BASES = {key: f"https://{key}.example" for key in SITE_KEYS}


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _page(expected: dict[str, Any]) -> Page:
    key, path = expected["site"], expected["path"]
    return Page(
        content=read_document(key, path, bases=BASES),
        url=BASES[key] + path,
        headers={"content-type": load_site(key).routes[path].content_type},
    )


@pytest.mark.parametrize("expected", EXPECTED["pages"], ids=lambda page: f"{page['site']}{page['path']}")
def test_a_page_comes_out_whole_and_clean(expected: dict[str, Any]) -> None:
    """Every block of the article, none of the furniture, the notes apart and verbatim."""
    article = extract_article(_page(expected))
    lines = [_flat(line) for line in article.body.text.split("\n\n")]
    missing = [start for start in expected["body_starts"] if not any(line.startswith(_flat(start)) for line in lines)]
    assert missing == []
    assert [words for words in EXPECTED["must_not"][expected["site"]] if words in article.body.text] == []
    assert _flat(article.headline) == _flat(expected["headline"])
    assert _flat(article.bio) == _flat(" ".join(expected["bio"] or ()))
    assert _flat(article.inherited_credit) == _flat(expected["inherited_credit"])


@pytest.mark.parametrize(
    "expected",
    [page for page in EXPECTED["pages"] if page["inherited_credit"] and page["origin"]["key"] is None],
    ids=lambda page: f"{page['site']}{page['path']}",
)
def test_a_strangers_credit_brings_its_link(expected: dict[str, Any]) -> None:
    """The original's address is nowhere else than in the credit, be it the end of the note on the author."""
    claims = extract_article(_page(expected)).claims
    assert expected["origin"]["url"] in [claim.url for claim in claims]
