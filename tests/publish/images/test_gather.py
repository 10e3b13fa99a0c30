"""From a partner's server to the page and back: real HTTP, a real store, a real site."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image as Pixels
from pytest_httpserver import HTTPServer
from werkzeug import Response

from ingest.article import Article
from ingest.body import Body, Figure, Image, Paragraph, Text
from ingest.fetch import Fetcher, Robots
from ingest.keep import Keeping
from ingest.manners import Manners
from ingest.reconsider import reconsider_store
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store import images, publications
from ingest.store.database import open_store, read
from ingest.store.rulings import Ruling
from ingest.terms import Images
from publish.audit.media import media_faults
from publish.audit.reading import read_page as audit_page
from publish.images import ImageShelf
from publish.images.gather import Gathering, fetch_images, plan_images
from publish.images.mend import mend_images
from publish.images.pool import ImageMaker
from publish.publisher import publish_waiting
from publish.rebuild import rebuild
from publish.records import load
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NOW, SITE, article, partner, prose, sources, take
from tests.publish.images.pictures import SVG, bomb_png, encoded, iptc_jpeg, photo, telling_jpeg
from tests.publish.making import read_page

ALL = GRANTED.model_copy(update={"images": Images.ALL})
OWNED = GRANTED.model_copy(update={"images": Images.OWNED})
LOOPBACK = ("127.0.0.0/8", "::1/128")


@dataclass
class Desk:
    """A newsroom's parts: store, image folder, site."""

    engine: sa.Engine
    folder: Path
    known: Sources
    allowed: tuple[str, ...] = LOOPBACK
    clock: datetime = NOW
    slugs: list[str] = field(default_factory=list)

    @property
    def shelf(self) -> ImageShelf:
        """The folder that keeps images."""
        return ImageShelf(self.folder / "images")

    @property
    def site(self) -> StaticSite:
        """The static target."""
        return StaticSite(self.folder / "site", SITE, images=self.shelf)

    def take(self, value: Article) -> int:
        """Judge and keep an article, and return its number."""
        return take(self.engine, value, "forum", self.known, now=self.clock).article_id

    def gather(self) -> int:
        """Do what `reprint publish` does about images."""
        errands = plan_images(self.engine, self.shelf, sources=self.known, targets=("site",), now=self.clock)

        async def main() -> int:
            async with (
                Fetcher(user_agent="reprint-tests/1", allowed_networks=self.allowed) as fetcher,
                ImageMaker() as maker,
            ):
                manners = Manners(robots=Robots(fetcher, product="reprint-tests"), environment={})
                gathering = Gathering(
                    engine=self.engine,
                    fetcher=fetcher,
                    manners=manners,
                    maker=maker,
                    shelf=self.shelf,
                    sources=self.known,
                )
                return await fetch_images(errands, gathering, now=self.clock, within=timedelta(seconds=60))

        return asyncio.run(main()) if errands else 0

    def publish(self) -> str:
        """Publish what waits, and return the page of the last that was put up."""
        report = publish_waiting(self.site, engine=self.engine, clock=lambda: self.clock, actor="test")
        assert report.failed == ()
        self.slugs += [row.slug for row in (*report.published, *report.updated)]
        return self.site.file_of(self.slugs[-1]).read_text(encoding="utf-8")

    def files(self) -> list[Path]:
        """Return every image file, the folder's and the site's."""
        found = [path for root in ("images", "site/images") for path in (self.folder / root).rglob("*")]
        return sorted(path for path in found if path.is_file())

    def states(self) -> list[tuple[str, str]]:
        """Return state and reason of each image on record."""
        with read(self.engine) as connection:
            rows = connection.execute(sa.select(images.image.c.state, images.image.c.error)).all()
        return [(row.state, row.error or "") for row in rows]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """Yield an empty store."""
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: sa.Engine, tmp_path: Path) -> Desk:
    """Return a newsroom whose one partner lets all its images be shown."""
    return Desk(engine=engine, folder=tmp_path, known=sources(partner("forum", ALL, delay_seconds=0)))


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    """Serve a photograph, and images that are none."""
    for path, content, kind in [
        ("/lead.jpg", telling_jpeg(), "image/jpeg"),
        ("/figure.png", encoded(photo((700, 500)), "PNG"), "text/html"),
        ("/getty.jpg", iptc_jpeg("Getty Images"), "image/jpeg"),
        ("/evil.svg", SVG, "image/jpeg"),
        ("/bomb.png", bomb_png(), "image/png"),
    ]:
        httpserver.expect_request(path).respond_with_data(content, content_type=kind)
    return httpserver


def _asked(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


def _illustrated(server: HTTPServer, *paths: str, lead: str | None = "/lead.jpg", **changes: Any) -> Article:
    blocks: list[Any] = [Paragraph(children=(Text(text=line),)) for line in prose(3)]
    for path in paths:
        caption = (Text(text="The quay at dawn."),)
        shown = Image(url=server.url_for(path), alt="A quay", caption=caption, credit="Ana Ruiz/Forum")
        blocks.insert(3, Figure(image=shown))
    image = Image(url=server.url_for(lead), alt="The harbour", credit="Ana Ruiz/Forum") if lead else None
    return article("illustrated", seed=3, body=Body(blocks=tuple(blocks)), image=image, **changes)


def test_images_that_the_terms_allow_stand_on_the_page_as_our_own_files(desk: Desk, server: HTTPServer) -> None:
    """Never hotlinked (htmly #944), figures and lead alike (feedzy #824 #867), lazy, sized, credited."""
    desk.take(_illustrated(server, "/figure.png"))
    assert desk.gather() == 2
    text = desk.publish()
    page = read_page(text)
    shown = [source for source in page.loads if source.startswith("../images/")]
    assert len(shown) == 2
    assert server.host not in text.replace(f"http://{server.host}:{server.port}/x", "")
    for source in shown:
        file = (desk.folder / "site/articles" / source).resolve()
        with Pixels.open(file) as pixels:
            assert f'width="{pixels.width}" height="{pixels.height}"' in text
            assert not pixels.getexif().get_ifd(0x8825)
    assert text.count('loading="lazy"') == 2
    assert page.text.count("Ana Ruiz/Forum") == 2
    assert "The quay at dawn." in page.text
    assert [image["creditText"] for image in page.json_ld["image"]] == ["Ana Ruiz/Forum"] * 2
    assert all(image["url"].startswith("https://courier.example/images/") for image in page.json_ld["image"])


def test_without_permission_no_image_is_even_asked_for(engine: sa.Engine, tmp_path: Path, server: HTTPServer) -> None:
    """The terms say none: nothing is fetched, nothing kept, nothing shown."""
    desk = Desk(engine=engine, folder=tmp_path, known=sources(partner("forum", GRANTED, delay_seconds=0)))
    desk.take(_illustrated(server, "/figure.png"))
    assert desk.gather() == 0
    assert "<img" not in desk.publish()
    assert (_asked(server), desk.files()) == ([], [])


def test_only_the_origins_own_images_where_the_terms_say_so(
    engine: sa.Engine, tmp_path: Path, server: HTTPServer
) -> None:
    """A credit that names it lets an image in; what the file says of an agency keeps it out all the same."""
    desk = Desk(engine=engine, folder=tmp_path, known=sources(partner("forum", OWNED, delay_seconds=0)))
    desk.take(_illustrated(server, "/figure.png", "/getty.jpg", lead=None))
    desk.gather()
    page = read_page(desk.publish())
    assert len([source for source in page.loads if source.startswith("../images/")]) == 1
    (shown,) = page.json_ld["image"]
    assert shown["width"] == 700


@pytest.mark.parametrize(
    ("path", "why"), [("/evil.svg", "no JPEG"), ("/bomb.png", "pixels"), ("/nowhere.jpg", "answered")]
)
def test_an_image_that_is_none_costs_the_page_nothing(desk: Desk, server: HTTPServer, path: str, why: str) -> None:
    """The article goes out without it, and the reason is on record."""
    server.expect_request("/nowhere.jpg").respond_with_data("gone", status=500)
    desk.take(_illustrated(server, lead=path))
    desk.gather()
    assert "<img" not in desk.publish()
    ((state, error),) = desk.states()
    assert state == ("waiting" if path == "/nowhere.jpg" else "refused")
    assert why in error or state == "waiting"


def test_an_image_address_never_reaches_a_private_network(desk: Desk, server: HTTPServer) -> None:
    """Images take the one guarded way to the network (miniflux GHSA-xwh2-742g-w3wp): nothing is even asked."""
    desk.allowed = ()
    desk.take(_illustrated(server, "/figure.png"))
    assert desk.gather() == 0
    assert [state for state, _ in desk.states()] == ["refused"] * 2
    assert "<img" not in desk.publish()
    assert _asked(server) == []


def test_a_redirect_to_a_private_address_is_refused_at_the_hop(desk: Desk, server: HTTPServer) -> None:
    """A check of the first address alone would be none (miniflux GHSA-xwh2-742g-w3wp)."""
    server.expect_request("/hop.jpg").respond_with_response(
        Response(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    )
    desk.take(_illustrated(server, "/hop.jpg", lead=None))
    assert desk.gather() == 0
    ((state, error),) = desk.states()
    assert (state, "169.254.169.254" in error) == ("refused", True)


def test_a_password_in_an_images_address_is_never_used_nor_published(desk: Desk, server: HTTPServer) -> None:
    """As superdesk-core embedded them: such an image is not fetched, and no file of ours holds the secret."""
    value = _illustrated(server)
    secret = server.url_for("/lead.jpg").replace("http://", "http://desk:hunter2@")
    desk.take(replace(value, image=Image(url=secret, credit="Ana Ruiz/Forum")))
    desk.gather()
    desk.publish()
    assert _asked(server) == []
    for file in (desk.folder / "site").rglob("*"):
        assert not file.is_file() or b"hunter2" not in file.read_bytes(), file


def test_an_image_that_comes_late_gets_its_page(desk: Desk, server: HTTPServer) -> None:
    """No article waits for its images: the page is put up once more when they are here, and is no newer for it."""
    server.expect_ordered_request("/late.jpg").respond_with_data("busy", status=503)
    server.expect_ordered_request("/late.jpg").respond_with_data(encoded(photo()), content_type="image/jpeg")
    desk.take(_illustrated(server, lead="/late.jpg"))
    assert desk.gather() == 0
    before = desk.publish()
    assert "<img" not in before
    desk.clock += timedelta(hours=1)
    assert desk.gather() == 1
    after = desk.publish()
    assert "<img" in after
    assert read_page(before).json_ld["dateModified"] == read_page(after).json_ld["dateModified"]


def test_a_withdrawn_articles_images_are_gone_from_every_disk(desk: Desk, server: HTTPServer) -> None:
    """From the site with the page, from the folder at the next look: nothing of them is left."""
    number = desk.take(_illustrated(server, "/figure.png"))
    desk.gather()
    desk.publish()
    assert len(desk.files()) == 2 * (4 + 3)
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(desk.engine, number, Ruling.WITHDRAWN, reason="asked to", sources=desk.known, keeping=keeping)
    desk.clock += timedelta(hours=1)
    desk.gather()
    publish_waiting(desk.site, engine=desk.engine, clock=lambda: desk.clock, actor="test")
    desk.gather()
    assert desk.files() == []
    assert desk.states() == []


def test_images_go_when_the_terms_forbid_them_later(desk: Desk, server: HTTPServer) -> None:
    """The page stays, without them; files and records are gone."""
    desk.take(_illustrated(server, "/figure.png"))
    desk.gather()
    desk.publish()
    desk.known = sources(partner("forum", GRANTED, delay_seconds=0))
    desk.clock += timedelta(hours=1)
    reconsider_store(desk.engine, desk.known, targets=("site",), actor="test", clock=lambda: desk.clock)
    desk.gather()
    assert "<img" not in desk.publish()
    mend_images(desk.engine, desk.shelf, now=desk.clock)
    assert (desk.files(), desk.states()) == ([], [])


def test_a_rebuild_needs_no_partner_and_a_lost_folder_is_fetched_again(desk: Desk, server: HTTPServer) -> None:
    """The same bytes from the folder alone; what was lost or changed on disk is never shown, and comes anew."""
    desk.take(_illustrated(server))
    desk.gather()
    desk.publish()
    asked = len(_asked(server))
    other = StaticSite(desk.folder / "other", SITE, images=desk.shelf)
    rebuild(other, engine=desk.engine, clock=lambda: NOW, actor="test")
    one, two = desk.folder / "site", desk.folder / "other"
    for file in [*(one / "images").rglob("*.*"), desk.site.file_of(desk.slugs[-1])]:
        assert (two / file.relative_to(one)).read_bytes() == file.read_bytes()
    assert len(_asked(server)) == asked
    next((desk.folder / "images").rglob("*.webp")).write_bytes(b"somebody else's")
    rebuild(other, engine=desk.engine, clock=lambda: NOW, actor="test")
    assert "<img" not in other.file_of(desk.slugs[-1]).read_text(encoding="utf-8")
    assert mend_images(desk.engine, desk.shelf, now=desk.clock) == 1
    assert desk.gather() == 1
    assert "<img" in desk.publish()
    assert BytesIO(next((desk.folder / "images").rglob("*.webp")).read_bytes()).read(4) == b"RIFF"


def test_the_audit_knows_our_images_and_no_others(desk: Desk, server: HTTPServer) -> None:
    """A page as we made it is clean; a foreign file in our folder, a foreign address, a credit taken off are found."""
    desk.take(_illustrated(server, "/figure.png"))
    desk.gather()
    text = desk.publish()
    with read(desk.engine) as connection:
        (row,) = publications.published(connection, "site")
        publication = load(connection, row)

    def found(page: str) -> list[str]:
        return [code for code, _ in media_faults(audit_page(page.encode()), publication, site_host="courier.example")]

    assert found(text) == []
    name = publication.pictures[0].fallback.name
    assert found(text.replace(f"/{name}", "/00000000000000000000-960.jpg")) == ["image-not-allowed"]
    assert set(found(text.replace('srcset="..', 'srcset="https://evil.example'))) == {"foreign-content"}
    bare = text.replace('<span class="photo-credit">Ana Ruiz/Forum</span>', "")
    assert found(bare) == ["photo-credit-missing"] * 2
