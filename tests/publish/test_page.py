"""An article's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Byline, Person
from ingest.body import Body, Emphasis, Figure, Image, Inline, Paragraph, Text
from ingest.errors import PublishError
from ingest.printable import printable
from ingest.terms import Basis, Grant, Mode, Position, SearchPolicy
from publish.page import article_page, withdrawn_page
from tests.publish.making import (
    BAD_LINKS,
    BODY,
    PUBLISHED,
    SITE,
    VECTORS,
    PageReading,
    article,
    credit,
    origin,
    paragraph,
    publication,
    read_page,
    with_credit,
    words,
)


def _read(found: Any) -> PageReading:
    return read_page(article_page(found, site=SITE))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(("position", "times"), [(Position.TOP, 1), (Position.BOTTOM, 1), (Position.BOTH, 2)])
def test_the_credit_stands_where_the_terms_put_it(mode: Mode, position: Position, times: int) -> None:
    """On every page, in every mode; above the text, below it, or both."""
    page = _read(publication(mode=mode, position=position))
    line = "This article first stood in Pacific Forum."
    assert page.text.count(line) == times
    if mode is Mode.FULL:
        body_at = page.text.index("The harbour at low water")
        assert (page.text.index(line) < body_at) == (position is not Position.BOTTOM)
        assert (page.text.rindex(line) > body_at) == (position is not Position.TOP)


@given(st.one_of(st.sampled_from(VECTORS), st.text(min_size=1, max_size=80)).filter(lambda t: printable(t).strip()))
@settings(max_examples=60)
def test_every_page_holds_its_credit(text: str) -> None:
    """Whatever the credit says, it can be read on the page, and JSON-LD says the same."""
    page = _read(publication(credit_=credit(text)))
    assert words(printable(text)) in page.text
    assert words(page.json_ld["creditText"]) == words(printable(text))


def test_a_credit_whose_html_says_something_else_is_refused() -> None:
    """What readers see is what the ledger keeps, or nothing is published."""
    with pytest.raises(PublishError, match="HTML and its text differ"):
        article_page(with_credit(publication(), html="<b>Something</b> else"), site=SITE)


def test_a_credit_keeps_its_links_and_nothing_else() -> None:
    """Of the credit's HTML, links stay; any other element or scheme goes, its words kept."""
    home = '<a href="https://pacforum.example/" onclick="x()">Pacific <b>Forum</b></a>'
    markup = f'From {home} <a href="javascript:x">now</a>'
    page = article_page(with_credit(publication(), text="From Pacific Forum now", html=markup), site=SITE)
    assert 'From <a href="https://pacforum.example/">Pacific Forum</a> <a>now</a>' in page


def test_the_parts_of_a_full_page() -> None:
    """Headline, standfirst, dateline, linked byline, both times apart, body, bio, tagline: all there."""
    found = publication(
        article_=article(bio="Jane Doe is a professor of maritime law."),
        updated_at=PUBLISHED + timedelta(hours=3),
        credit_=credit(tagline="Pacific Forum is reader-funded."),
    )
    page = _read(found)
    for part in (
        "A line on a chart moved eleven miles",
        "The ministry says it asked everyone.",
        "HONOLULU",
        "By Jane Doe",
        "First published 18 November 2026, 06:30 UTC",
        "Here since 20 November 2026, 09:15 UTC",
        "Updated 20 November 2026, 12:15 UTC",
        "Reading time 1 min",
        "Fourth paragraph of the story.",
        "Jane Doe is a professor of maritime law.",
        "Pacific Forum is reader-funded.",
    ):
        assert part in page.text
    assert "../authors/jane-doe-pacific-forum/index.html" in page.links
    assert page.tags.count("h1") == 1


def test_the_byline_is_printed_as_the_terms_want_it() -> None:
    """The printed form is the credit's; the link is the person's."""
    page = article_page(with_credit(publication(), byline=("Jane Doe, Pacific Forum",)), site=SITE)
    assert (
        '<a rel="author" href="../authors/jane-doe-pacific-forum/index.html"><bdi>Jane Doe, Pacific Forum</bdi></a>'
        in page
    )


def test_a_byline_that_fits_no_one_person_is_not_linked() -> None:
    """Where the printed names cannot be matched to people, they are printed, and nobody's page is claimed."""
    people = (Person(name="Jane Doe"), Person(name="Ana Ruiz"))
    found = publication(article_=article(byline=Byline(people=people)))
    page = article_page(with_credit(found, byline=("Jane Doe with Ana Ruiz",)), site=SITE)
    assert "<bdi>Jane Doe with Ana Ruiz</bdi>" in page
    assert 'rel="author"' not in page


def test_no_author_is_invented() -> None:
    """A piece without a byline has no author on its page or in its JSON-LD."""
    page = _read(publication(article_=article(byline=Byline()), credit_=credit(byline=())))
    assert "author" not in page.json_ld
    assert " By " not in page.text


@pytest.mark.parametrize(("paragraphs", "shown"), [(1, False), (2, False), (3, True)])
def test_an_excerpt_ends_where_the_terms_say(paragraphs: int, shown: bool) -> None:
    """So many paragraphs, then the way to the partner."""
    page = _read(publication(mode=Mode.EXCERPT, terms={"excerpt_paragraphs": paragraphs}))
    assert "The harbour at low water" in page.text
    assert ("Third paragraph" in page.text) == shown
    assert "Fourth paragraph" not in page.text
    assert "Read the full article at Pacific Forum" in page.text
    assert "https://pacforum.example/2026/11/line" in page.links


def test_link_mode_shows_nothing_of_the_body() -> None:
    """Headline, the partner's own standfirst and the link; no word of the text, not even as description."""
    found = publication(mode=Mode.LINK, article_=article(standfirst=None))
    page = article_page(found, site=SITE)
    assert "harbour at low water" not in page
    assert "Read the full article at" in page


@pytest.mark.parametrize(
    ("policy", "url", "expected"),
    [
        (SearchPolicy.CANONICAL, "https://o.example/1", "canonical=https://o.example/1"),
        (SearchPolicy.CANONICAL, None, "robots=noindex"),
        (SearchPolicy.NOINDEX, "https://o.example/1", "robots=noindex"),
        (SearchPolicy.NEWS_NOINDEX, "https://o.example/1", "googlebot-news=noindex"),
        (SearchPolicy.NONE, "https://o.example/1", "canonical=https://courier.example/news/articles/story-1.html"),
    ],
)
def test_exactly_one_search_policy(policy: SearchPolicy, url: str | None, expected: str) -> None:
    """The terms' policy and no second one; without a known original, a canonical policy keeps the page out."""
    page = _read(publication(search=policy, origin_=origin(url=url)))
    assert page.policies == [expected]


def test_open_graph_url_is_ours() -> None:
    """Even where the canonical link is the original's."""
    page = _read(publication())
    graph = {meta["property"]: meta["content"] for meta in page.metas if "property" in meta}
    assert graph["og:url"] == "https://courier.example/news/articles/story-1.html"
    assert graph["article:published_time"] == "2026-11-20T09:15:00Z"


def test_json_ld_agrees_with_the_page() -> None:
    """Published by us, owed to the origin, based on the original, credited in the visible words."""
    found = with_credit(
        publication(), licence="CC BY-ND 4.0", licence_url="https://creativecommons.org/licenses/by-nd/4.0/"
    )
    data = _read(found).json_ld
    assert data["@type"] == "NewsArticle"
    assert data["author"] == [
        {
            "@type": "Person",
            "name": "Jane Doe",
            "url": "https://courier.example/news/authors/jane-doe-pacific-forum/",
            "jobTitle": "professor",
            "affiliation": {"@type": "Organization", "name": "Delta University"},
        }
    ]
    assert data["publisher"]["name"] == "The Aldous Courier"
    assert data["sourceOrganization"] == data["copyrightHolder"] == {"@type": "Organization", "name": "Pacific Forum"}
    assert data["isBasedOn"] == {
        "@type": "NewsArticle",
        "url": "https://pacforum.example/2026/11/line",
        "datePublished": "2026-11-18T06:30:00Z",
    }
    assert data["license"] == "https://creativecommons.org/licenses/by-nd/4.0/"
    assert data["creditText"] == "This article first stood in Pacific Forum."
    assert (data["datePublished"], data["url"]) == ("2026-11-20T09:15:00Z", data["mainEntityOfPage"])


def test_a_private_proof_is_never_shown() -> None:
    """Who permitted it, and where the proof lies, is the newsroom's business."""
    proof = Grant(basis=Basis.GRANT, grantor="Mr Secret", evidence="https://drive.example/contract")
    found = publication()
    terms = found.attributed.terms.model_copy(update={"grant": proof})
    page = article_page(replace(found, attributed=replace(found.attributed, terms=terms)), site=SITE)
    assert "drive.example" not in page
    assert "Secret" not in page


@pytest.mark.parametrize("vector", VECTORS)
def test_no_field_carries_an_attack(vector: str) -> None:
    """A hostile value in every field at once: the page stays balanced, of our elements, loads and runs nothing."""
    person = Person(name=vector + "n", role=vector, affiliation=vector, email=vector, bio=vector, url=vector)
    found = publication(
        mode=Mode.FULL,
        position=Position.BOTH,
        partner_name=vector,
        article_=article(
            headline=vector,
            standfirst=vector,
            byline=Byline(people=(person,), raw=vector),
            dateline=vector,
            language=vector,
            body=Body(blocks=(*BODY.blocks, paragraph(vector))),
            bio=vector + "bio",
            labels=(vector,),
        ),
        origin_=origin(name=vector, key=None, evidence=vector),
        credit_=credit(vector + " credit", byline=(vector + "n",), tagline=vector, licence=vector),
    )
    page = _read(found)
    clean = read_page(article_page(publication(position=Position.BOTH), site=SITE))
    assert set(page.tags) <= {*clean.tags, "ol"}
    assert page.tags.count("script") == page.tags.count("h1") == 1
    assert page.handlers == []
    assert page.loads == ["../style.css", "../icon.svg"]
    assert page.json_ld.get("headline", "") == words(printable(vector))
    assert page.policies == ["canonical=https://pacforum.example/2026/11/line"]


@pytest.mark.parametrize("address", BAD_LINKS)
def test_no_address_carries_an_attack(address: str) -> None:
    """A hostile address in every field that takes one is left out, wherever it would stand."""
    found = publication(
        mode=Mode.EXCERPT,
        article_=article(url=address, canonical_url=address, byline=Byline(people=(Person(name="A", url=address),))),
        origin_=origin(url=address, home=address),
        credit_=credit(logo=address, pixel=address, licence="CC BY", licence_url=address),
    )
    page = _read(found)
    assert all(link.startswith(("../", "#main", "https://example.org/")) for link in page.links)
    assert page.loads == ["../style.css", "../icon.svg"]
    assert page.policies == ["robots=noindex"]


def test_nothing_is_asked_of_another_host() -> None:
    """No image, font, script or style of someone else's, figures included; and the policy forbids what we forgot."""
    figure = Figure(image=Image(url="https://pacforum.example/p.jpg", credit="Jane"))
    found = publication(article_=article(body=Body(blocks=(figure, *BODY.blocks)), image=figure.image))
    page = article_page(found, site=SITE)
    assert read_page(page).loads == ["../style.css", "../icon.svg"]
    assert "p.jpg" not in page
    assert "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'" in page


def test_the_pixel_that_the_terms_demand_is_carried() -> None:
    """Pixel and logo stand on the page, and the policy opens for their hosts alone."""
    found = with_credit(publication(), pixel="https://count.example/1.gif?a=1&b=2", logo="https://logo.example/l.svg")
    page = article_page(found, site=SITE)
    assert read_page(page).loads[2:] == ["https://logo.example/l.svg", "https://count.example/1.gif?a=1&b=2"]
    assert "img-src 'self' https://logo.example https://count.example;" in page


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"no_ads": True, "no_paywall": True}, 'data-terms="no-ads no-paywall"'),
        ({"no_ads": False, "no_paywall": True}, 'data-terms="no-paywall"'),
        ({"no_ads": False, "no_paywall": False}, None),
    ],
)
def test_the_terms_flags_are_on_the_page(rules: dict[str, bool], told: str | None) -> None:
    """Whoever places advertising or a paywall on our pages can read what the terms forbid, and no more than that."""
    page = article_page(publication(terms=rules), site=SITE)
    assert (told in page) if told else ("data-terms" not in page)


def test_a_page_is_light() -> None:
    """An article of 3,000 words stays under 60 KB."""
    body = Body(blocks=tuple(paragraph("harbour " * 50) for _ in range(60)))
    assert len(article_page(publication(article_=article(body=body)), site=SITE).encode()) < 60_000


@pytest.mark.parametrize(
    ("language", "marks"), [("ar", 'lang="ar" dir="rtl"'), ("zh", 'lang="zh" dir="ltr"'), (None, 'dir="auto"')]
)
def test_an_article_keeps_its_language_and_direction(language: str | None, marks: str) -> None:
    """The article is marked with its own language, the page with the site's."""
    page = article_page(publication(article_=article(language=language)), site=SITE)
    assert f'<article class="story full" {marks}>' in page
    assert '<html lang="en" dir="ltr">' in page


def test_the_day_alone_is_shown_where_only_the_day_is_known() -> None:
    """Midnight UTC is how a bare day travels; no time of day is made up from it."""
    found = publication(article_=article(published_at=datetime(2026, 11, 18, tzinfo=UTC)))
    page = _read(found)
    assert "First published 18 November 2026 Here since" in page.text
    assert page.json_ld["isBasedOn"]["datePublished"] == "2026-11-18"


def test_a_body_too_deep_to_draw_is_an_error_of_that_article() -> None:
    """It is refused with its address, and the publisher goes on."""
    nested: tuple[Inline, ...] = (Text(text="x"),)
    for _ in range(3000):
        nested = (Emphasis(children=nested),)
    found = publication(article_=article(body=Body(blocks=(Paragraph(children=nested),))))
    with pytest.raises(PublishError, match="nests too deep"):
        article_page(found, site=SITE)


def test_ids_are_unique_and_the_skip_link_works() -> None:
    """The keyboard's first stop leads to the content."""
    page = _read(publication())
    assert page.links[0] == "#main"
    assert page.ids == ["main"]


def test_a_withdrawn_page_names_nothing_of_the_article() -> None:
    """It says that something is gone, when, and why, and asks search engines to forget it."""
    page = read_page(withdrawn_page("story-1", site=SITE, notice="Taken back <b>.", withdrawn_at=PUBLISHED))
    assert "This article has been withdrawn Taken back <b>. 20 November 2026, 09:15 UTC" in page.text
    assert page.policies == ["robots=noindex"]
    assert page.scripts == []


@given(field=st.sampled_from(["headline", "standfirst", "dateline", "bio", "language"]), text=st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_makes_a_whole_page(field: str, text: str) -> None:
    """Any text in any field gives a page that reads strictly and encodes."""
    found = publication()
    changed = replace(found.attributed.article, **cast("dict[str, Any]", {field: text}))
    page = article_page(replace(found, attributed=replace(found.attributed, article=changed)), site=SITE)
    assert read_page(page).tags.count("h1") == 1
    assert page.encode().decode() == page
