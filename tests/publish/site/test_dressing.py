"""How the site looks: our colours, our logo, our theme, and what a change of them makes stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import PublishError
from ingest.sources import Colours, Palette
from publish.site.build import StaticSite
from publish.teaser import teaser_of
from tests.publish.making import SITE, publication, read_page
from tests.publish.shelves import refresh


def _built(root: Path, **changes: object) -> StaticSite:
    ours = replace(SITE, **changes)  # type: ignore[arg-type]  # the values' types are the fields'
    site = StaticSite(root, ours)
    refresh(site, [teaser_of(publication(1))], ours=ours)
    site.put(publication(1))
    return site


def test_an_article_page_is_light(tmp_path: Path) -> None:
    """With style and icon, under 60 KB, though the article is long."""
    site = _built(tmp_path)
    page = read_page(site.file_of("story-1").read_text())
    loads = [(tmp_path / "articles" / load).resolve() for load in page.loads]
    assert [load.name for load in loads] == ["style.css", "icon.svg"]
    assert site.file_of("story-1").stat().st_size + sum(load.stat().st_size for load in loads) < 60_000


def test_colours_and_logo_are_ours(tmp_path: Path) -> None:
    """Colours come after reprint's own; the dark ones stay reprint's where we name none; the logo tells our name."""
    (tmp_path / "name.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    root = tmp_path / "site"
    _built(root, colours=Colours(light=Palette(accent="#123456")), logo=tmp_path / "name.svg")
    style = (root / "style.css").read_text()
    assert style.index(":root { --accent: #123456;}") > style.index("--accent: #8f2616")
    assert style.rindex("--accent: #f2967b") > style.index("--accent: #123456")
    assert "#123456" in (root / "icon.svg").read_text()
    assert (root / "logo.svg").read_bytes() == (tmp_path / "name.svg").read_bytes()
    assert '<img src="../logo.svg" alt="The Aldous Courier">' in (root / "articles" / "story-1.html").read_text()


def test_a_themes_templates_and_style_stand_before_ours(tmp_path: Path) -> None:
    """A template of the theme may extend the one it replaces; its style comes last, so that it wins."""
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    (theme / "templates" / "article.html").write_text(
        '{% extends "reprint/article.html" %}{% block kind %}piece ours{% endblock %}'
    )
    (theme / "templates" / "imprint.html").write_text("<footer>Printed by {{ site.name }}</footer>")
    (theme / "style.css").write_text("body { color: rebeccapurple }")
    site = _built(tmp_path / "site", theme=theme)
    page = site.file_of("story-1").read_text()
    assert '<body class="piece ours">' in page
    assert "Printed by The Aldous Courier" in page
    assert "This article first stood in Pacific Forum." in read_page(page).text
    assert (tmp_path / "site" / "style.css").read_text().endswith("body { color: rebeccapurple }")


def test_a_broken_template_is_told_and_harms_nothing(tmp_path: Path) -> None:
    """What, where and what next; the pages that stand there stay as they are."""
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    site = _built(tmp_path / "site", theme=theme)
    before = site.file_of("story-1").read_bytes()
    (theme / "templates" / "article.html").write_text("{% extends 'base.html' %}\n{{ nothing_of_ours }}{% if %}")
    site.undress()
    with pytest.raises(PublishError, match=r"article\.html:2: .*mend it in the theme's folder"):
        site.put(publication(1))
    assert site.file_of("story-1").read_bytes() == before


def test_another_look_makes_every_page_stale(tmp_path: Path) -> None:
    """A template, a colour, a name: each is seen; the same look is not."""
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    site = _built(tmp_path / "site", theme=theme)
    assert site.is_dressed()
    for changed in (
        replace(SITE, theme=theme, name="Another"),
        replace(SITE, theme=theme, colours=Colours(light=Palette(ink="#000000"))),
    ):
        assert not StaticSite(tmp_path / "site", changed).is_dressed()
    (theme / "templates" / "embed.html").write_text("{{ teaser.headline }}")
    assert not site.is_dressed()
