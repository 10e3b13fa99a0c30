"""Where pages stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import PublishError
from publish.site.layout import article_path, author_folder, month_folder, partner_folder, up, url_of

HOSTILE = [
    "",
    ".",
    "..",
    "../x",
    "a/b",
    "a\\b",
    "/etc/passwd",
    "a\x00b",
    "-rf",
    ".hidden",
    "x" * 201,
    "caf\u00e9",
    "a b",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path_of", [article_path, partner_folder, month_folder])
def test_no_name_leads_outside(path_of: object, text: str) -> None:
    """What is no plain file name is refused, with what would do."""
    assert callable(path_of)
    with pytest.raises(PublishError, match="cannot be a file name"):
        path_of(text)


@given(st.text(st.characters(), min_size=1, max_size=300))
def test_any_author_has_a_safe_folder(name: str) -> None:
    """Whatever a byline holds, the author's folder is one plain name of bounded length, and always the same."""
    folder = author_folder(name)
    kept = folder.removeprefix("authors/")
    assert kept.isascii()
    assert set(kept) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(kept) <= 100
    assert author_folder(name) == folder


def test_names_that_read_alike_share_a_page_and_others_do_not() -> None:
    """Accents come and go between feeds; names that only transliterate alike are two people."""
    assert author_folder("Jos\u00e9 N\u00fa\u00f1ez") == author_folder("Jose Nunez") == "authors/jose-nunez"
    assert author_folder("\u674e\u5a1c") != author_folder("\u4e3d\u5a1c")


def test_links_and_urls() -> None:
    """Relative ways lead to the root from any depth; URLs leave out `index.html`."""
    assert [up(path) for path in ("index.html", "articles/a.html", "partners/x/page-1.html")] == ["", "../", "../../"]
    assert url_of("partners/x/index.html", site_url="https://a.example/n/") == "https://a.example/n/partners/x/"
    assert url_of("articles/a.html", site_url="https://a.example/n/") == "https://a.example/n/articles/a.html"
