"""The headline is the one readers see; other wordings are kept beside it."""

from __future__ import annotations

import pytest
from lxml import html

from ingest.article import Source
from ingest.extract.metadata import Metadata, Variant, read_metadata
from ingest.extract.metadata.headline import without_site

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
