"""The static site as a whole, on a real disk."""

from __future__ import annotations

import os
import posixpath
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from ingest.article import Byline, Person
from ingest.errors import PublishError
from ingest.terms import Mode, Position, SearchPolicy
from publish.publication import Publication
from publish.site import layout
from publish.site.build import StaticSite
from publish.target import Target
from publish.teaser import teaser_of
from tests.publish.making import PUBLISHED, SITE, article, credit, origin, publication, read_page
from tests.publish.shelves import refresh


def _many(count: int) -> list[Publication]:
    names = ("Jane Doe", "Ana Ruiz", "\u674e\u5a1c")
    return [
        publication(
            number,
            mode=list(Mode)[number % 3],
            position=list(Position)[number % 3],
            search=list(SearchPolicy)[number % 4],
            partner=("pacific-forum", "harbour-news")[number % 2],
            partner_name=("Pacific Forum", "Harbour News")[number % 2],
            origin_=origin(key=(None, "pacific-forum")[number % 2]),
            article_=article(byline=Byline(people=(Person(name=names[number % 3]),)), headline=f"Headline {number}"),
            credit_=credit(
                f"Credit of number {number}.", byline=(names[number % 3],), position=list(Position)[number % 3]
            ),
            published_at=PUBLISHED - timedelta(hours=17 * number),
        )
        for number in range(count)
    ]


def _publish(site: StaticSite, publications: list[Publication]) -> None:
    for found in publications:
        site.put(found)
    refresh(site, [teaser_of(found) for found in publications])


def _snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> StaticSite:
    """Return a site in an empty folder."""
    return StaticSite(tmp_path, SITE)


def test_the_site_is_a_target(site: StaticSite) -> None:
    """It does what every target does, under its name in the store."""
    target: Target = site
    assert target.name == "site"


def test_put_tells_where_it_stands(site: StaticSite) -> None:
    """The URL returned is the page's own, and the page is there."""
    assert site.put(publication(3)) == "https://courier.example/news/articles/story-3.html"
    assert "This article first stood in Pacific Forum." in read_page(site.file_of("story-3").read_text()).text


def test_every_page_is_sound_and_every_link_leads_somewhere(site: StaticSite, tmp_path: Path) -> None:
    """Each page reads strictly and has one search policy; each relative link is a file, so it works from a folder."""
    _publish(site, _many(75))
    pages = [path for path in tmp_path.rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 80
    for path in pages:
        found = read_page(path.read_text())
        here = path.relative_to(tmp_path).parent.as_posix()
        assert len(found.policies) == 1
        for link in (*found.links, *found.loads):
            if not link.startswith(("#", "http://", "https://")):
                assert (tmp_path / posixpath.normpath(posixpath.join(here, link))).is_file(), f"{path}: {link}"


def test_every_article_page_carries_its_credit(site: StaticSite) -> None:
    """Whatever mode, position and policy."""
    publications = _many(36)
    _publish(site, publications)
    for found in publications:
        text = read_page(site.file_of(found.slug).read_text()).text
        assert found.attributed.credit.text in text


def test_every_piece_is_on_a_partner_page_an_author_page_and_in_the_archive(site: StaticSite, tmp_path: Path) -> None:
    """No piece is lost between the pages of long lists."""
    publications = _many(75)
    _publish(site, publications)
    for folder in ("partners", "authors", "archive"):
        linked = {
            posixpath.basename(link)
            for path in (tmp_path / folder).rglob("*.html")
            for link in read_page(path.read_text()).links
            if "articles/" in link
        }
        assert linked == {f"{found.slug}.html" for found in publications}


def test_doing_it_again_writes_nothing(site: StaticSite, tmp_path: Path) -> None:
    """The same publications leave every file alone."""
    publications = _many(20)
    _publish(site, publications)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    _publish(site, publications)
    files = {path for path in tmp_path.rglob("*") if path.is_file()} - {tmp_path / layout.DRESSING}
    assert {path.stat().st_mtime for path in files} == {1}


def test_what_is_withdrawn_is_gone_from_everywhere(site: StaticSite, tmp_path: Path) -> None:
    """Its page says so and names nothing of it; lists, feeds and sitemap forget it; its author's page goes."""
    kept, taken = _many(2)
    taken = replace(taken, attributed=replace(taken.attributed, article=article(headline="Taken back at noon")))
    _publish(site, [kept, taken])
    author = tmp_path / "authors" / "jane-doe-pacific-forum" / "index.html"
    assert (
        site.withdraw(taken.slug, notice="Its partner took it back.")
        == "https://courier.example/news/articles/story-1.html"
    )
    refresh(site, [teaser_of(kept)])
    assert "Its partner took it back." in site.file_of(taken.slug).read_text()
    assert all(b"Taken back at noon" not in content for content in _snapshot(tmp_path).values())
    assert author.is_file()
    assert not (tmp_path / "authors" / "ana-ruiz").exists()


def test_a_foreign_file_is_left_alone(site: StaticSite, tmp_path: Path) -> None:
    """Only our own list files are ever removed: a newsroom may keep other things in the folder."""
    for name in ("partners/old/index.html", "partners/old/logo.png", "CNAME", "articles/hand-made.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("theirs")
    refresh(site, [])
    left = set(_snapshot(tmp_path))
    assert {"partners/old/logo.png", "CNAME", "articles/hand-made.html"} <= left
    assert "partners/old/index.html" not in left


def test_litter_of_a_killed_build_is_swept(site: StaticSite, tmp_path: Path) -> None:
    """Old temporary files go; young ones may belong to a build at work."""
    old, young = tmp_path / ".reprint-old.tmp", tmp_path / ".reprint-young.tmp"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    refresh(site, [])
    assert (old.exists(), young.exists()) == (False, True)


def test_an_empty_site_is_a_site(site: StaticSite, tmp_path: Path) -> None:
    """Before the first piece there is a front page, feeds, a sitemap and a style."""
    refresh(site, [])
    assert "Nothing has been published yet." in (tmp_path / "index.html").read_text()
    assert feedparser.parse((tmp_path / "feed.xml").read_bytes()).version == "rss20"
    assert {"404.html", "robots.txt", "sitemap.xml", "news-sitemap.xml", "style.css", "icon.svg"} <= set(
        _snapshot(tmp_path)
    )


def test_the_page_for_unknown_addresses_works_at_any_depth(site: StaticSite, tmp_path: Path) -> None:
    """Its links start at the site's own path."""
    refresh(site, [])
    found = read_page((tmp_path / "404.html").read_text())
    assert found.loads == ["/news/style.css", "/news/icon.svg"]
    assert all(link.startswith(("/news/", "#")) for link in found.links)


def test_the_date_on_the_front_page_is_the_newest_pieces(site: StaticSite, tmp_path: Path) -> None:
    """Not the build's, so that the same shelf gives the same bytes on any day."""
    refresh(site, [teaser_of(found) for found in _many(3)])
    assert "Friday, 20 November 2026" in (tmp_path / "index.html").read_text()


def test_no_slug_leads_outside_the_folder(site: StaticSite, tmp_path: Path) -> None:
    """A slug with a path in it is refused before anything is written."""
    with pytest.raises(PublishError, match="cannot be a file name"):
        site.put(publication(slug="../../evil"))
    with pytest.raises(PublishError, match="cannot be a file name"):
        site.withdraw("../evil")
    assert list(tmp_path.iterdir()) == []


def test_the_style_asks_nothing_of_another_host(site: StaticSite, tmp_path: Path) -> None:
    """No import and no address in the style sheet."""
    refresh(site, [])
    style = (tmp_path / "style.css").read_text()
    assert "url(" not in style
    assert "@import" not in style
