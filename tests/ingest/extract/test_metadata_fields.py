"""The rest of the metadata: language, address, deck, dateline, picture, labels, the publisher's names."""

from __future__ import annotations

import pytest
from lxml import html

from ingest.body import Text
from ingest.extract.metadata import Metadata, dateline_of, read_metadata
from ingest.extract.metadata.canonical import sane_url
from ingest.extract.metadata.language import language_tag

URL = "https://www.example.co.uk/news/one?page=2"


def read(head: str = "", body: str = "", *, attributes: str = "") -> Metadata:
    """Read a page with a headline."""
    page = f"<html {attributes}><head>{head}</head><body><main><h1>Tea is served</h1>{body}</main></body></html>"
    return read_metadata(html.document_fromstring(page), url=URL)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("de_DE", "de-de"),
        ("EN", "en"),
        ("zh-Hant-TW", "zh-hant-tw"),
        ("es-419", "es-419"),
        ("en_GB.UTF-8", "en-gb"),
        ("English", None),
        ("", None),
        ("x", None),
    ],
)
def test_languages_become_tags(text: str, tag: str | None) -> None:
    """Locales and tags in any case become lower-case BCP 47; words do not."""
    assert language_tag(text) == tag


def test_the_language_most_readings_share_wins() -> None:
    """A template's default does not outvote what the article states twice."""
    page = read(
        '<meta property="og:locale" content="de_DE">'
        '<script type="application/ld+json">{"@type": "Article", "name": "Tea", "inLanguage": "de"}</script>',
        attributes='lang="en"',
    )
    assert page.language == "de-de"
    assert read(attributes='lang="pt-BR"').language == "pt-br"
    assert read().language is None


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ("https://example.net/a#top", "https://example.net/a"),
        ("/news/one", "https://www.example.co.uk/news/one"),
        ("//example.net/a", "https://example.net/a"),
        ("https://www.example.co.uk/", None),
        ("http://localhost/a", None),
        ("http://127.0.0.1/a", None),
        ("javascript:alert(1)", None),
        ("{{ url }}", None),
        ("http://[bad", None),
    ],
)
def test_canonicals_must_be_sane(stated: str, url: str | None) -> None:
    """Relative ones are made absolute; home pages, local hosts and template leftovers are refused."""
    assert sane_url(stated, URL) == url


def test_the_canonical_link_wins_and_the_page_itself_is_the_fallback() -> None:
    """Link rel=canonical before og:url, and the fetched address where neither is sane."""
    head = (
        '<meta property="og:url" content="https://example.net/b"><link rel="canonical" href="https://example.net/a">'
    )
    assert read(head).canonical_url == "https://example.net/a"
    assert read('<link rel="canonical" href="/">').canonical_url == URL


DECK = "Guests came from far and wide, and all were given a cup of it."


@pytest.mark.parametrize(
    ("head", "body", "standfirst"),
    [
        ("", f"<p class='standfirst'>{DECK}</p><p>Words.</p>", DECK),
        ("", f"<h2 class='article-subtitle'>{DECK}</h2><p>Words.</p>", DECK),
        (f'<meta name="description" content="{DECK}">', f"<p>{DECK}</p><p>Words.</p>", DECK),
        (f'<meta name="description" content="{DECK}">', "<p>Words.</p>", None),
        ("", f"<div class='related'><p class='teaser'>{DECK}</p></div>", None),
        ("", "<p class='lead'>Short.</p>", None),
    ],
)
def test_the_standfirst_is_the_deck_readers_see(head: str, body: str, standfirst: str | None) -> None:
    """A description that is only in the head is none; neither is a teaser of another piece."""
    page = read(head, body)
    assert page.standfirst == standfirst
    assert page.description == (DECK if head else None)


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("TOKYO — Tea was served.", "TOKYO"),
        ("TOKYO, May 3 (Agency) - Tea was served.", "TOKYO, May 3 (Agency)"),
        ("Berlin (dpa) \u2013 Es gab Tee.", "Berlin (dpa)"),
        ("NEW YORK (AP) -- Tea was served.", "NEW YORK (AP)"),
        ("Berlin \u2013 so said the poet \u2013 is a city.", None),
        ("Tea was served in TOKYO — at noon.", None),
        ("A — B", None),
        ("", None),
    ],
)
def test_datelines_open_reports(paragraph: str, dateline: str | None) -> None:
    """A place in capitals, or any place with an agency, before a dash; never a mere sentence."""
    assert dateline_of(paragraph) == dateline


def test_the_dateline_is_found_on_the_page() -> None:
    """In the first paragraphs under the headline."""
    assert read("", "<p>TOKYO — Tea was served.</p>").dateline == "TOKYO"


def test_the_lead_image_brings_its_caption_and_credit() -> None:
    """The social card's picture takes caption and credit from the JSON-LD of the same file; logos do not count."""
    page = read(
        '<meta property="og:image" content="/logo.png"><meta property="og:image" content="/w1200/tea.jpg">'
        '<script type="application/ld+json">{"@type": "Article", "headline": "Tea is served", "image": {"url":'
        ' "https://img.example.net/full/tea.jpg", "caption": "A cup", "creditText": "Jane Doe"}}</script>'
    )
    assert page.image is not None
    assert page.image.url == "https://www.example.co.uk/w1200/tea.jpg"
    assert page.image.caption == (Text(text="A cup"),)
    assert page.image.credit == "Jane Doe"
    assert read().image is None


def test_labels_are_gathered_once_each() -> None:
    """Tags, sections and keywords of all sources, whatever their letter case."""
    page = read(
        '<meta property="article:tag" content="Tea"><meta property="article:section" content="Food, Drink">'
        '<meta name="keywords" content="tea, cake,, noon">'
    )
    assert page.labels == ("Tea", "Food, Drink", "cake", "noon")


def test_the_publishers_names() -> None:
    """Stated names first, then what the host says."""
    page = read(
        '<meta property="og:site_name" content="The Example"><meta name="application-name" content="THE EXAMPLE">'
    )
    assert page.site_names == ("The Example", "example.co.uk", "example")
