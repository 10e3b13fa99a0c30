"""The headline is the one readers see; other wordings are kept beside it."""

from __future__ import annotations

import pytest
from lxml import html

from ingest.article import Source
from ingest.extract.metadata import Metadata, Variant, read_metadata
from ingest.extract.metadata.headline import without_site
from ingest.feed import Entry

SOCIAL = '<meta property="og:title" content="{}">'


def read(markup: str) -> Metadata:
    """Read a page of the Example Herald."""
    page = f'<html><head><meta property="og:site_name" content="The Example Herald">{markup}'
    return read_metadata(html.document_fromstring(page), url="https://www.example.org/news/one")


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Tea is served | The Example Herald", "Tea is served"),
        ("Tea is served - Example", "Tea is served"),
        ("The Example Herald: Tea is served", "Tea is served"),
        ("Tea - and cake - is served - example.org", "Tea - and cake - is served"),
        ("Tea is served | News | Example", "Tea is served | News"),
        ("Tea-Example", "Tea-Example"),
        ("Tea is served\u3163Example", "Tea is served"),
        ("The Example Herald", "The Example Herald"),
        ("茶が出た\uff1aExample", "茶が出た"),
        ("", ""),
    ],
)
def test_the_publishers_name_is_no_part_of_a_headline(title: str, clean: str) -> None:
    """It goes, at either end, with its separator; a headline that is nothing else stays."""
    assert without_site(title, ["The Example Herald", "example.org", "Example"]) == clean


def test_the_heading_on_the_page_wins_over_search_and_social_wordings() -> None:
    """What readers see is the headline; the rest are variants."""
    page = read(
        "<title>Tea, cake and more - The Example Herald</title>"
        + SOCIAL.format("You will not believe this tea")
        + "<body><h1>Tea is served at noon</h1>"
    )
    assert page.headline == "Tea is served at noon"
    assert page.headline_variants[Variant.SEO] == "Tea, cake and more"
    assert page.headline_variants[Variant.SOCIAL] == "You will not believe this tea"
    assert {e.source for e in page.evidence if e.field == "headline"} == {Source.VISIBLE, Source.META}


def test_the_heading_that_agrees_is_the_headline() -> None:
    """A logo in an h1, a related piece or a section's name before it does not take its place."""
    page = read(
        SOCIAL.format("Tea is served at noon")
        + "<body><h1>The Example Herald</h1><h1>Politics</h1><h2>Coffee is out</h2><h1>Tea is served at noon</h1>"
    )
    assert page.headline == "Tea is served at noon"


def test_a_shown_h2_goes_before_an_h1_for_search_engines() -> None:
    """Of two wordings side by side, the one that the social card repeats is what readers see."""
    page = read(
        "<title>Noon tea London guide</title>"
        + SOCIAL.format("Tea is served at noon")
        + "<body><h1 class='seotitle'>Noon tea London guide</h1><h2>Tea is served at noon</h2>"
    )
    assert page.headline == "Tea is served at noon"


@pytest.mark.parametrize(
    ("heading", "stated", "headline"),
    [
        ("<span>Tea time</span> <span>It is served</span>", "Tea time: It is served", "Tea time: It is served"),
        ("<span>Tea time</span><span> : </span><span>It is served</span>", "Other", "Tea time: It is served"),
        ("<span>Tea time</span><b>It is served at noon</b>", "It is served at noon", "It is served at noon"),
        ("<time>Jun 17</time> It is served at noon", "It is served at noon", "It is served at noon"),
        ("<span class='visually-hidden'>Headline:</span> Tea time", "Tea time", "Tea time"),
        ("Tea\u00a0time “now”", 'Tea time "now"', "Tea\u00a0time “now”"),
        ("Tea<br>time", "Other", "Tea time"),
        ("CO<sub>2</sub>O", "Other", "CO2O"),
    ],
)
def test_a_styled_heading_is_read_as_it_is_seen(heading: str, stated: str, headline: str) -> None:
    """Kicker and headline are told apart by the wordings stated elsewhere; the page's own typography stays."""
    assert read(SOCIAL.format(stated.replace('"', "&quot;")) + f"<body><h1>{heading}</h1>").headline == headline


def test_without_a_heading_the_stated_wordings_agree() -> None:
    """A page without a heading has the headline that most of its statements share."""
    page = read(
        "<title>Tea is served</title>"
        + SOCIAL.format("Tea is served")
        + '<script type="application/ld+json">{"@type": "Article", "headline": "Noon tea"}</script><body><p>Words.'
    )
    assert page.headline == "Tea is served"


def test_a_page_that_says_nothing_has_no_headline() -> None:
    """Nothing is made up."""
    assert read("<body><p>Words.").headline == ""


def test_the_pages_heading_wins_however_many_say_otherwise() -> None:
    """A series' name before it in feed, card, title and JSON-LD alike is not what readers see over the article."""
    long = "House Notes #7 \u2013 Tea is served at noon"
    page = html.document_fromstring(
        f"<html><head><title>{long}</title>{SOCIAL.format(long)}"
        f'<script type="application/ld+json">{{"@type": "Article", "headline": "{long}"}}</script></head>'
        "<body><h1>Tea is served at noon</h1>"
    )
    entry = Entry(key="1", guid="1", url="https://www.example.org/news/one", headline=long)
    read_page = read_metadata(page, url="https://www.example.org/news/one", entry=entry)
    assert read_page.headline == "Tea is served at noon"
    assert read_page.headline_variants[Variant.FEED] == long


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><a href='/'>Tea House Archive</a></h1>",
        "<a href='https://www.example.org/'><h1>Tea House Archive</h1></a>",
        '<meta property="article:section" content="Culture"><h1>Culture</h1>',
        "<aside class='sidebar'><h1>Sign up for the letter</h1></aside>",
    ],
)
def test_a_heading_that_is_not_the_articles_gives_way_to_the_stated_wording(heading: str) -> None:
    """The site's name, told by where it leads; a section's; one in a sidebar."""
    assert read(SOCIAL.format("Tea is served at noon") + f"<body>{heading}<p>Words.</p>").headline == (
        "Tea is served at noon"
    )


def test_a_blank_before_a_colon_stays_where_it_was_written() -> None:
    """French has it so; one that only a line's end left goes."""
    assert read("<body><h1>Le th\u00e9 : servi \u00e0 midi</h1>").headline == "Le th\u00e9 : servi \u00e0 midi"
    assert read("<body><h1><b>Tea</b><br>: served</h1>").headline == "Tea: served"


def test_a_blogs_own_name_in_the_h1_gives_way_to_the_heading_before_it_in_the_title() -> None:
    """Titles end with the site's name; what stands before it, and heads a part of the page, is the headline."""
    title = "Tea is served at noon - Notes from the hill"
    page = read(f"<title>{title}</title><body><h1>Notes from the hill</h1><h2>Tea is served at noon</h2>")
    assert page.headline == "Tea is served at noon"


def test_a_kicker_before_the_headline_in_the_title_takes_nothing_from_the_h1() -> None:
    """Where nothing on the page is headed by it."""
    title = "Tea in the hills - Tea is served at noon"
    assert read(f"<title>{title}</title><body><h1>Tea is served at noon</h1>").headline == "Tea is served at noon"


def test_the_address_tells_which_of_several_headings_is_meant() -> None:
    """Where no stated wording does."""
    page = html.document_fromstring("<body><h1>Hat is lost</h1><h1>Tea is served at noon</h1><p>Words.</p>")
    url = "https://www.example.org/2026/tea-is-served-at-noon"
    assert read_metadata(page, url=url).headline == "Tea is served at noon"


def test_a_menu_of_a_hundred_headings_does_not_hide_the_h1() -> None:
    """An h1 is asked before any h2, wherever it stands."""
    menu = "<h2>Section</h2>" * 100
    assert read(f"<body>{menu}<h1>Tea is served at noon</h1>").headline == "Tea is served at noon"


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="a7f">Cooks in the harbour now serve tea all night</p>',
        '<div itemprop="headline"><b>Cooks in the harbour now serve tea all night</b></div>',
        "<h4>Cooks in the harbour now serve tea all night</h4>",
    ],
)
def test_a_headline_in_no_heading_is_found_by_the_words_that_the_page_states(shown: str) -> None:
    """The line is what readers see, so the section that the title adds is no part of it; a menu's line is not it."""
    menu = "<nav><p>Cooks in the harbour now serve tea all night</p></nav>"
    title = SOCIAL.format("Cooks in the harbour now serve tea all night-Food")
    found = read(f"{title}</head><body>{menu}<p>Cooks</p>{shown}<p>Whole paragraphs follow it.</p></body></html>")
    assert found.headline == "Cooks in the harbour now serve tea all night"
    assert next(e.source for e in found.evidence if e.field == "headline") is Source.VISIBLE


def test_without_any_line_a_stated_headline_goes_before_one_with_a_sections_name() -> None:
    """A page that scripts fill in states its headline in its head alone."""
    metas = SOCIAL.format("Cooks in the harbour now serve tea-Food") + '<meta name="headline" content="{}">'
    found = read(metas.format("Cooks in the harbour now serve tea") + "</head><body><p>Loading.</p></body></html>")
    assert found.headline == "Cooks in the harbour now serve tea"
