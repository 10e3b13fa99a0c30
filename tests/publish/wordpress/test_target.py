"""Articles become posts of a real WordPress: created, updated, taken down, with all that their terms demand."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from lxml import etree

from ingest.article import Byline, Person
from ingest.body import Body, Paragraph, Text
from ingest.terms import SearchPolicy
from publish.rebuild import rebuild
from tests.newswire import article
from tests.publish.wordpress.rooms import Room, _now
from tests.publish.wordpress.server import WordPress


def _head(page: str) -> tuple[list[str], list[str]]:
    tree = lxml.html.fromstring(page)
    canonicals = tree.xpath("//link[@rel='canonical']/@href")
    hidden = [str(meta.get("name")) for meta in tree.xpath("//meta[contains(@content, 'noindex')]")]
    return canonicals, hidden


def test_an_article_becomes_a_post_with_credit_byline_teaser_and_canonical(room: Room) -> None:
    """One post, published, whose page shows the credit, the writer and the text; its excerpt is the teaser."""
    row = room.published("first")
    post = room.post(row)
    assert (post["post_status"], post["post_name"]) == ("publish", row.slug)
    assert "harbour" in post["post_excerpt"].lower()
    status, page = room.page(row)
    assert status == 200
    tree = lxml.html.fromstring(page)
    (credit,) = tree.find_class("credit")
    assert "Forum" in credit.text_content()
    assert "Jane Roe" in tree.find_class("byline")[0].text_content()
    assert tree.find_class("by-theme")[0].text_content() == "By Jane Roe"
    assert _head(page) == (["https://forum.example/first"], [])


def test_a_correction_changes_the_same_post(room: Room) -> None:
    """A new revision is written into the post that is there; address and number stay."""
    row = room.published("corrected")
    before = room.post(row)
    room.take(article("corrected", seed=77_001, headline="Corrected at noon"))
    assert len(room.publish().updated) == 1
    after = room.post(row)
    assert (after["ID"], after["post_name"]) == (before["ID"], before["post_name"])
    assert after["post_title"] == "Corrected at noon"
    assert after["post_content"] != before["post_content"]


def test_publishing_again_writes_nothing(room: Room) -> None:
    """What is as it is to be is left alone: no new revision, no new time of change."""
    row = room.published("again")
    look = f"return [get_post({room.post(row)['ID']})->post_modified_gmt, count(wp_get_post_revisions({room.post(row)['ID']}))];"
    before = room.wordpress.php(look)
    assert rebuild(room.target, engine=room.engine, clock=_now, actor="test") == 1
    assert room.wordpress.php(look) == before


@pytest.mark.parametrize("role", ["administrator", "editor", "author"])
def test_what_wordpress_keeps_is_what_was_sent_for_each_role_that_may_publish(
    as_role: Callable[[str], Room], role: str
) -> None:
    """The post's HTML passes a weak role's filter byte for byte, so that the partner's words do too."""
    tricky = "He said \"no\", <b>& left</b> it's [gallery ids='1'] :) -- \\o/ 中文 🚢 https://youtu.be/x {{x}}"
    words = Body(
        blocks=(
            Paragraph(children=(Text(text=tricky),)),
            Paragraph(children=(Text(text="https://youtu.be/dQw4w9WgXcQ"),)),
        )
    )
    room = as_role(role)
    row = room.published(f"kept-{role}", body=words, headline='Fish & <i>chips</i> "again"')
    _status, page = room.page(row)
    body = lxml.html.fromstring(page).find_class("body")
    (text,) = [node.text_content().split("\n")[1] for node in body if node.tag == "div"]
    assert text == tricky
    (headline,) = lxml.html.fromstring(page).xpath("//h1")
    assert headline.text_content() == 'Fish & <i>chips</i> "again"'
    assert "<iframe" not in page


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (SearchPolicy.CANONICAL, (["https://forum.example/{slug}"], [])),
        (SearchPolicy.NOINDEX, ([], ["robots"])),
        (SearchPolicy.NEWS_NOINDEX, ([], ["googlebot-news"])),
        (SearchPolicy.NONE, (["{own}"], [])),
    ],
)
def test_the_page_tells_search_engines_exactly_what_the_terms_say(
    room: Room, search: SearchPolicy, expected: tuple[list[str], list[str]]
) -> None:
    """One policy, and only one, is in the page's head."""
    slug = f"search-{search.value}"
    row = room.with_terms(search=search.value).published(slug)
    canonicals, hidden = expected
    own = [one.format(slug=slug, own=row.location) for one in canonicals]
    assert _head(room.page(row)[1]) == (own, hidden)


def test_feeds_carry_each_author_and_the_credit_and_no_more_text_than_is_allowed(room: Room) -> None:
    """RSS names every writer and the credit, and holds the whole text only where the terms let our feeds have it."""
    two = Byline(people=(Person(name="Jane Roe"), Person(name="Wei & Lin")), raw="By Jane Roe and Wei & Lin")
    short, full = room.published("feed-short", byline=two), room.with_terms(full_in_feeds=True).published("feed-full")
    _status, feed = room.wordpress.get("feed/")
    items = {item.findtext("link"): item for item in etree.fromstring(feed.encode()).iter("item")}
    creators = [node.text for node in items[short.location].iter("{http://purl.org/dc/elements/1.1/}creator")]
    assert creators == ["Jane Roe", "Wei & Lin"]
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    for row, whole in ((short, False), (full, True)):
        encoded = items[row.location].findtext(content) or ""
        assert "Forum" in lxml.html.fromstring(encoded).text_content()
        assert ('class="body"' in encoded) == whole
        assert "Forum" in (items[row.location].findtext("description") or "")


def test_categories_and_tags_are_those_of_sources_yaml(room: Room) -> None:
    """What the target's block maps is what the post is filed under."""
    from ingest.sources.targets import Filing

    source = replace(
        room.source,
        categories=Filing(always=("partners",), partners={"forum": ("asia",)}),
        tags=Filing(labels={"marine": ("sea",)}),
    )
    row = replace(room, source=source).published("filed", labels=("Marine",))
    number = room.post(row)["ID"]
    terms = "array_map(fn($t) => $t->slug, wp_get_post_terms({0}, '{1}'))"
    found = room.wordpress.php(f"return [{terms.format(number, 'category')}, {terms.format(number, 'post_tag')}];")
    assert [sorted(group) for group in found] == [["asia", "partners"], ["sea"]]


@pytest.mark.parametrize("status", ["draft", "pending"])
def test_a_post_may_wait_for_an_editor_who_then_publishes_it(room: Room, status: str) -> None:
    """A draft is not shown; when an editor has published it, a correction keeps it published."""
    waiting = replace(room, source=replace(room.source, status=status))
    row = waiting.published(f"waits-{status}")
    number = room.post(row)["ID"]
    assert (room.post(row)["post_status"], room.page(row)[0]) == (status, 404)
    room.wordpress.php(f"wp_publish_post({number}); return 1;")
    waiting.take(article(f"waits-{status}", seed=77_100, headline=f"Corrected while {status}"))
    assert waiting.publish().failed == ()
    assert (room.post(row)["post_status"], room.page(row)[0]) == ("publish", 200)
    assert room.post(row)["post_title"] == f"Corrected while {status}"


def test_a_post_may_be_scheduled(room: Room) -> None:
    """With a delay it is of status future, and the address that we keep is the one that it will have."""
    from datetime import timedelta

    later = replace(room, source=replace(room.source, wait=timedelta(hours=2)))
    row = later.published("embargo")
    assert room.post(row)["post_status"] == "future"
    assert row.location == f"{room.wordpress.url}{row.slug}/"
    assert room.page(row)[0] == 404
    room.wordpress.php(f"wp_publish_post({room.post(row)['ID']}); return 1;")
    assert room.page(row)[0] == 200


def _png() -> bytes:
    """Return a picture with a place in its EXIF, which is nobody's business."""
    from io import BytesIO

    from PIL import Image

    picture, out = Image.new("RGB", (120, 80), "teal"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    picture.save(out, "PNG", exif=exif)
    return out.getvalue()


PNG = _png()


def _pictured(slug: str) -> Any:
    from ingest.body import Image

    return Image(url=f"https://forum.example/{slug}.png", alt="A quay", credit="Ann Lee/Forum")


def test_a_picture_becomes_the_featured_image_only_if_the_terms_allow_it(room: Room) -> None:
    """It is uploaded once, with its credit beside it; without permission no image is uploaded at all."""
    room = replace(room, images={"https://forum.example/pic.png": PNG, "https://forum.example/nopic.png": PNG})
    allowed = room.with_terms(images="all").published("pic", image=_pictured("pic"))
    number = room.post(allowed)["ID"]
    caption = f"$m = get_post_thumbnail_id({number}); return [get_post($m)->post_excerpt, get_post_meta($m, '_wp_attachment_image_alt', true)];"
    assert room.wordpress.php(caption) == ["Ann Lee/Forum", "A quay"]
    assert (
        "Ann Lee/Forum" in lxml.html.fromstring(room.page(allowed)[1]).find_class("reprint-photo")[0].text_content()
    )
    file = room.wordpress.php(
        f"return base64_encode(file_get_contents(get_attached_file(get_post_thumbnail_id({number}))));"
    )
    assert b"SECRET PLACE" not in b64decode(file)
    refused = room.published("nopic", image=_pictured("nopic"))
    assert room.wordpress.php(f"return get_post_thumbnail_id({room.post(refused)['ID']});") == 0
    room.withdraw(allowed)
    assert room.wordpress.php("return count(get_posts(['post_type' => 'attachment', 'post_status' => 'any']));") == 0


def test_an_svg_is_never_uploaded(room: Room) -> None:
    """WordPress answers an SVG with 500; one that calls itself PNG is left out, and the article goes without it."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    room = replace(room, images={"https://forum.example/svg.png": svg})
    row = room.with_terms(images="all").published("svg", image=_pictured("svg"))
    assert room.wordpress.php(f"return get_post_thumbnail_id({room.post(row)['ID']});") == 0


def test_what_is_withdrawn_is_gone_for_readers_and_says_so(room: Room) -> None:
    """Its address answers 410 in our words; text, headline and credit are nowhere: page, feed, search, REST."""
    row = room.published("gone", headline="A headline that must vanish")
    words = re.findall(r"\w+", room.post(row)["post_content"])[-5]
    report = room.withdraw(row)
    assert (len(report.withdrawn), report.failed) == (1, ())
    status, page = room.page(row)
    assert status == 410
    assert "withdrawn" in page
    for path in ("", "feed/", "?s=vanish", "wp-json/wp/v2/posts?per_page=100", "wp-sitemap-posts-post-1.xml"):
        text = room.wordpress.get(path)[1]
        assert "must vanish" not in text.replace("vanish&#8221;", ""), path
        assert row.slug not in text or "?s=" in path, path
    assert words not in room.post(row)["post_content"]


def test_what_was_withdrawn_may_come_back_to_the_same_post(room: Room) -> None:
    """A release puts the words back under the same number and address."""
    from ingest.keep import Keeping
    from ingest.ruling import give_ruling
    from ingest.store.rulings import Ruling

    row = room.published("comes-back")
    number = room.post(row)["ID"]
    room.withdraw(row)
    keeping = Keeping(now=_now(), actor="test", targets=("web",), partners=room.known.keys)
    give_ruling(room.engine, row.article_id, Ruling.RELEASED, reason="asked", sources=room.known, keeping=keeping)
    assert room.publish().failed == ()
    assert (room.post(row)["ID"], room.page(row)[0]) == (number, 200)
    assert "Jane Roe" in room.page(row)[1]


def test_each_work_is_its_own_post_for_each_store(room: Room, wordpress: WordPress, tmp_path: Any) -> None:
    """Work 1 of another newsroom's store never writes to the post of ours."""
    from ingest.store.database import open_store
    from tests.publish.wordpress.rooms import make_room

    first = room.published("mine")
    other_store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other = make_room(wordpress, other_store)
    second = other.published("theirs")
    assert first.work_id == second.work_id
    assert room.post(first)["ID"] != other.post(second)["ID"]
    other_store.dispose()
