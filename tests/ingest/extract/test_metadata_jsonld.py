"""JSON-LD as content systems write it: mended where the fault is common, flattened, and the article's node found."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.metadata.jsonld import article_nodes, by_id, parse, resolve, same_page, text_of, types

URL = "https://example.org/news/one"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.just("@graph"), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Tea"}',
        '{"@type": "NewsArticle", "headline": "Tea",}',
        '{"@type": "NewsArticle",, "headline": "Tea"}',
        '<!-- {"@type": "NewsArticle", "headline": "Tea"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Tea"}\n//]]>',
        '\ufeff{"@type": "NewsArticle", "headline": "Tea"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Tea&quot;}",
        '{"@type": "NewsArticle", "description": "two\nlines\tand a tab", "headline": "Tea"}',
        '{"@type": "NewsArticle", "headline": "Tea", "description": \'single quotes\'}',
        '{"@type": "NewsArticle", "headline": "Tea", "caption": "an "unescaped" quote"}',
        '{"@type": "NewsArticle", "headline": "Tea"',
    ],
)
def test_common_faults_do_not_lose_the_headline(script: str) -> None:
    """What a human reads in a broken script, we read too."""
    nodes = parse([script])
    assert [(types(node) & {"newsarticle", "article"} != set(), node["headline"]) for node in nodes] == [
        (True, "Tea")
    ]


def test_graphs_lists_rows_and_main_entities_are_flattened() -> None:
    """However deep the article's object hangs, it is found, in document order."""
    scripts = [
        '{"@graph": [{"name": "A"}, {"@type": "WebPage", "mainEntity": {"@type": "Article", "name": "B"}}]}',
        '[{"@type": "Person", "name": "C"}] {"@type": "Article", "name": "D"}',
    ]
    assert [node.get("name") for node in parse(scripts)] == [None, "A", None, "B", "C", "D"]


@pytest.mark.parametrize(
    "script", ["", "null", "42", "[" * 50_000, "{" * 50_000, "Tea is served.", "\x00", '{"a":' * 3_000]
)
def test_what_holds_no_object_gives_none(script: str) -> None:
    """Nonsense and endless nesting are read as nothing, and never raise."""
    assert parse([script]) == ()


@given(ANY_JSON)
def test_any_json_is_read(value: object) -> None:
    """No JSON value makes the reader raise, and each node it gives is an object."""
    nodes = parse([json.dumps(value)])
    assert all(isinstance(node, dict) for node in nodes)
    article_nodes(nodes, url=URL, wordings=["Tea"])
    for node in nodes:
        types(node)
        [text_of(part) for part in node.values()]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text in a script makes the reader raise."""
    parse([text])


def test_the_node_with_our_headline_is_ours() -> None:
    """Among several articles, related ones do not speak for the page."""
    nodes = parse(
        ['[{"@type": "Article", "headline": "Coffee"}, {"@type": "Article", "headline": "Tea"}, {"@type": "Thing"}]']
    )
    assert [node["headline"] for node in article_nodes(nodes, url=URL, wordings=["Tea - The Example"])] == ["Tea"]


def test_the_node_with_our_address_is_ours() -> None:
    """An article that names this page as its own goes first, whatever the headline was changed to."""
    old = {"@type": "Article", "headline": "Old", "url": "https://example.org/other"}
    new = {"@type": "Article", "headline": "New", "mainEntityOfPage": {"@id": "http://www.example.org/news/one/"}}
    nodes = parse([json.dumps([old, new])])
    assert article_nodes(nodes, url=URL, wordings=[])[0]["headline"] == "New"


def test_references_are_followed() -> None:
    """A bare @id stands for the node that bears it; one that leads nowhere stays itself."""
    ids = by_id(parse(['{"@graph": [{"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}']))
    assert text_of(resolve({"@id": "#jane"}, ids)) == "Jane Doe"
    assert resolve({"@id": "#john"}, ids) == {"@id": "#john"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Tea &amp; cake", "Tea & cake"),
        (["", "Tea"], "Tea"),
        ({"@value": "Tea", "@language": "en"}, "Tea"),
        ({"name": ["Tea"]}, "Tea"),
        (None, ""),
        (7, ""),
    ],
)
def test_a_field_is_text_in_many_shapes(value: object, text: str) -> None:
    """Strings, lists, language values and named objects all give their words."""
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://example.org/a?utm_source=x#top", True),
        ("/a", "https://example.org/a", True),
        ("https://example.org/", "https://example.org/", False),
        ("https://example.org/a", "https://example.net/a", False),
        ("http://[", "https://example.org/a", False),
    ],
)
def test_pages_are_the_same_by_host_and_path(one: str, other: str, same: bool) -> None:
    """Scheme, www, query and fragment do not part two addresses; a bare host joins none."""
    assert same_page(one, other) is same
