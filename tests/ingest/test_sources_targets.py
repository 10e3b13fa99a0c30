"""`targets` in a sources.yaml: where we publish beside the static site."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingest.errors import SourcesError
from ingest.sources import Sources, load_sources

_HEAD = """
site: {name: The Courier, url: https://courier.example/}
partners:
  forum: {name: Forum, url: https://forum.example/}
targets:
"""


def _load(tmp_path: Path, targets: str) -> Sources:
    file = tmp_path / "sources.yaml"
    file.write_text(_HEAD + targets, encoding="utf-8")
    return load_sources(file)


def test_a_wordpress_is_named_with_its_user_and_never_its_password(tmp_path: Path) -> None:
    """The file holds the name of the variable that holds the password, and what articles are filed under."""
    (target,) = _load(
        tmp_path,
        "  web: {kind: wordpress, url: https://news.example, user: reprint, password_env: WP_PASSWORD, delay: 2h,\n"
        "    categories: {always: [partners], partners: {forum: [asia]}, labels: {Sea Life: [sea]}}}\n",
    ).targets
    assert (target.key, target.url, target.password_env) == ("web", "https://news.example/", "WP_PASSWORD")
    assert (target.status, target.wait) == ("publish", timedelta(hours=2))
    filed = target.categories.slugs(partners=("forum", None, "forum"), labels=("sea life", "Other"))
    assert filed == ("partners", "asia", "sea")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("  web: {kind: blog, url: https://x.example, user: u, password_env: P}", "kind: 'blog' is not one of"),
        (
            "  web: {kind: wordpress, url: https://u:p@x.example, user: u, password_env: P}",
            "no user name or password",
        ),
        (
            "  web: {kind: wordpress, url: https://x.example, user: u, password_env: 'ab cd ef'}",
            "no name of an environ",
        ),
        ("  site: {kind: wordpress, url: https://x.example, user: u, password_env: P}", "and not site"),
        (
            "  web: {kind: wordpress, url: https://x.example, user: u, password_env: P, status: live}",
            "draft, pending",
        ),
        (
            "  web: {kind: wordpress, url: https://x.example, user: u, password_env: P, status: draft, delay: 1h}",
            "needs `status: publish`",
        ),
        (
            "  web: {kind: wordpress, url: https://x.example, user: u, password_env: P, tags: {always: [A b]}}",
            "is no slug",
        ),
        (
            "  web: {kind: wordpress, url: https://x.example, user: u, password_env: P, tags: {partners: {no: [a]}}}",
            "tags.partners.no: is no partner of this file",
        ),
        ("  web: 3", "must be a block of keys"),
    ],
)
def test_each_mistake_is_told_in_its_place(tmp_path: Path, entry: str, says: str) -> None:
    """A target that cannot be worked with is refused where it stands; a password put here by mistake is not shown."""
    with pytest.raises(SourcesError) as caught:
        _load(tmp_path, entry)
    assert says in str(caught.value)
    assert "targets." in str(caught.value)
    assert "ab cd ef" not in str(caught.value)
