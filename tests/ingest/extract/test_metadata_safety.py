"""A partner's page is hostile until read: nothing in it makes the reader raise, or change the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from ingest.extract.metadata import read_metadata

URL = "https://example.org/news/one"
TAGS = st.sampled_from(
    [
        "h1",
        "h2",
        "p",
        "div",
        "span",
        "a",
        "time",
        "article",
        "aside",
        "footer",
        "figure",
        "meta",
        "link",
        "title",
        "script",
    ]
)
WORDS = st.sampled_from(
    [
        "By Jane Doe",
        "Von Jane Doe und John Roe",
        "3 May 2024",
        "2024-05-03T10:00:00Z",
        "Tea | Example",
        "",
        " ",
        "茶",
        "{",
        '{"author": 7}',
    ]
) | st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "rel", "itemprop", "property", "name", "content", "href", "datetime", "type"]),
    WORDS
    | st.sampled_from(
        ["author", "byline", "date", "standfirst", "og:title", "article:author", "canonical", "application/ld+json"]
    ),
    max_size=4,
)


@st.composite
def pages(draw: st.DrawFn) -> html.HtmlElement:
    """Build a page of random elements, nested at random."""
    root = html.document_fromstring("<html><head></head><body></body></html>")
    places = [root, root.find("body")]
    for _ in range(draw(st.integers(0, 25))):
        element = etree.SubElement(draw(st.sampled_from(places)), draw(TAGS), draw(ATTRIBUTES))
        element.text, element.tail = draw(WORDS), draw(WORDS)
        places.append(element)
    return root


@settings(deadline=None)
@given(pages())
def test_no_page_makes_it_raise_or_is_changed(tree: html.HtmlElement) -> None:
    """Whatever the elements and attributes are, metadata comes out and the tree stays as it was."""
    before = etree.tostring(tree)
    page = read_metadata(tree, url=URL)
    assert etree.tostring(tree) == before
    assert page.canonical_url.startswith("http")
    assert all(person.name.strip() for person in page.byline.people)
    assert page.published_at is None or page.published_at.tzinfo is not None
    assert all(0 <= reading.confidence <= 1 for reading in page.evidence)


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Tea</h1>" + '<div class="author">' * 2_000,
        "<h1>Tea</h1>" + '<div class="author date teaser"><p>By Jane Doe 3 May 2024</p></div>' * 2_000,
        "<h1>Tea</h1><div class='" + "author " * 50_000 + "'>x</div>",
        "<h1>" + "tea " * 100_000 + "</h1>",
        "<title>" + "tea | " * 50_000 + "</title>",
        "<h1>Tea</h1>" * 5_000,
        "<h1>Tea</h1>" + '<time datetime="2024-05-03">3 May</time>' * 40_000,
        "<p>Tea is served</p>" * 20_000,
        '<meta name="author" content="' + "Jane Doe, " * 20_000 + '">',
        '<script type="application/ld+json">' + ", " * 200_000 + "</script>",
        '<script type="application/ld+json">{"headline": "' + 'a\\"' * 100_000 + "</script>",
    ],
)
def test_size_and_depth_are_bounded(markup: str) -> None:
    """Endless nesting, repetition and length are read in part, and come to an end."""
    tree = html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=True))
    assert read_metadata(tree, url=URL).canonical_url == URL
