"""Where pages stand."""

from __future__ import annotations

import pytest

from ingest.errors import PublishError
from publish.site.layout import article_path, author_folder, list_folder, partner_folder, section_folder, up, url_of

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
@pytest.mark.parametrize("path_of", [article_path, author_folder, partner_folder, section_folder])
def test_no_name_leads_outside(path_of: object, text: str) -> None:
    """What is no plain file name is refused, with what would do."""
    assert callable(path_of)
    with pytest.raises(PublishError, match="cannot be a file name"):
        path_of(text)


def test_a_list_has_its_folder() -> None:
    """By its kind; what is no list of ours is refused."""
    assert list_folder("month:2026-11") == "archive/2026-11"
    assert list_folder("section:climate") == "sections/climate"
    for name in ("page", "partner:../x", "map:2026-11", "nothing:x"):
        with pytest.raises(PublishError):
            list_folder(name)


def test_links_and_urls() -> None:
    """Relative ways lead to the root from any depth; URLs leave out `index.html`."""
    assert [up(path) for path in ("index.html", "articles/a.html", "partners/x/page-1.html")] == ["", "../", "../../"]
    assert url_of("partners/x/index.html", site_url="https://a.example/n/") == "https://a.example/n/partners/x/"
    assert url_of("articles/a.html", site_url="https://a.example/n/") == "https://a.example/n/articles/a.html"
