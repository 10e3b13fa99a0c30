"""What is no whole article is held, with the doubt named."""

from __future__ import annotations

import pytest

from ingest.article import Doubt
from ingest.extract import entry_page
from ingest.extract.article import extract_article
from ingest.feed import Entry
from tests.ingest.extract.pages import PROSE, page_of, paragraphs

LONG = paragraphs(*PROSE, *(f"{text} It said so again." for text in PROSE))


def _doubts(body: str, head: str = "<title>Harbour to be rebuilt</title>") -> tuple[Doubt, ...]:
    return extract_article(page_of(f"<h1>Harbour to be rebuilt</h1>{body}", head=head)).doubts


def test_a_whole_article_leaves_no_doubt() -> None:
    """Plain prose under a headline is published without a person."""
    assert _doubts(f"<article>{LONG}</article>") == ()


@pytest.mark.parametrize(
    "tail",
    [
        "<p>And then the harbour master said that the fleet […]</p>",
        "<p>And then the harbour master said that the fleet would ... Continue reading</p>",
        "<div class='wall'><p>Subscribe to continue reading this story.</p></div>",
        "<p>Already a subscriber? Log in.</p>",
        "<p>Il vous reste 57.09% de cet article à lire.</p>",
        "<p>Jetzt weiterlesen mit unserem Probeabo.</p>",
    ],
)
def test_excerpts_and_paywalls_are_stubs(tail: str) -> None:
    """A text that breaks off, or a wall around it, is no whole article."""
    assert Doubt.STUB in _doubts(f"<article>{LONG}{tail}</article>")


def test_a_page_that_states_more_words_than_it_shows_is_a_stub() -> None:
    """The partner's own word count speaks."""
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","wordCount":1200,"isAccessibleForFree":false}</script>'
    assert Doubt.STUB in _doubts(f"<article>{LONG}</article>", head)


@pytest.mark.parametrize(
    "wall",
    [
        "<h1>Just a moment...</h1><p>Checking your browser before accessing news.example. This takes a few seconds, as a rule.</p>",
        "<h1>Access denied</h1><p>Our systems have detected unusual traffic from your network, so please verify you are human.</p>",
        "<div><p>We value your privacy. We and our partners store and access information on a device, such as cookies.</p></div>",
    ],
)
def test_bot_and_cookie_walls_are_held(wall: str) -> None:
    """A wall's words never pass for an article's."""
    doubts = extract_article(page_of(wall)).doubts
    assert Doubt.STUB in doubts or Doubt.NO_BODY in doubts


def test_a_short_piece_is_held_as_short() -> None:
    """One paragraph may be all there is; a person looks."""
    assert _doubts(f"<article>{paragraphs(PROSE[0])}</article>") == (Doubt.SHORT_BODY,)


def test_a_headline_without_a_body_is_held() -> None:
    """A page of pictures alone has no body."""
    assert Doubt.NO_BODY in _doubts("<nav>Home</nav>")


def test_a_sentence_on_subscriptions_makes_no_stub_of_a_long_article() -> None:
    """The words of a wall in a long report are the report's."""
    report = "".join(LONG.replace("harbour", f"harbour {n}") for n in range(8))
    line = "<p>Readers who subscribe to read the minutes pay nothing, said the clerk, and the members of the hall agreed.</p>"
    assert Doubt.STUB not in _doubts(f"<article>{report}{line}</article>")


def _byline(*readings: tuple[str, str]) -> str:
    """Return a head and a byline line: (where, names) for each source."""
    found = dict(readings)
    head = f'<meta name="author" content="{found["meta"]}">' if "meta" in found else ""
    if "json-ld" in found:
        head += (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour to be rebuilt",'
            f'"author":{{"@type":"Person","name":"{found["json-ld"]}"}}}}</script>'
        )
    visible = f'<p class="byline">By {found["visible"]}</p>' if "visible" in found else ""
    return f"<title>Harbour to be rebuilt</title>{head}|{visible}"


@pytest.mark.parametrize(
    ("readings", "held"),
    [
        ((("json-ld", "Mara Quist"), ("visible", "Tove Lind")), True),
        ((("meta", "Mara Quist"), ("visible", "Tove Lind")), True),
        # Agreement, a co-author, another spelling, a publisher beside a person, and two against one.
        ((("json-ld", "Mara Quist"), ("visible", "Mara Quist")), False),
        ((("json-ld", "Mara Quist"), ("visible", "Mara Quist and Tove Lind")), False),
        ((("json-ld", "MARA QUIST"), ("visible", "Mara Quist")), False),
        ((("meta", "Harbour Times"), ("visible", "Mara Quist")), False),
        ((("json-ld", "Mara Quist"), ("meta", "Tove Lind"), ("visible", "Mara Quist")), False),
    ],
)
def test_strong_sources_that_name_different_people_hold_the_article(
    readings: tuple[tuple[str, str], ...], held: bool
) -> None:
    """Where each of two stands alone, nobody but a person can tell who wrote it."""
    head, _, visible = _byline(*readings).partition("|")
    doubts = _doubts(f"{visible}<article>{LONG}</article>", head)
    assert (Doubt.DISAGREEMENT in doubts) is held


def test_a_byline_that_is_only_guessed_holds_the_article() -> None:
    """An account's name in a marked place may be anything."""
    assert Doubt.BYLINE in _doubts(f'<h4 class="vcard author">editor</h4><article>{LONG}</article>')


def test_a_publisher_that_states_itself_as_author_is_no_guess() -> None:
    """It says that no person is credited; there is nothing to find out."""
    head = (
        '<title>Harbour to be rebuilt</title><meta property="og:site_name" content="Harbour Times">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour to be rebuilt",'
        '"author":{"@type":"Organization","name":"Harbour Times"}}</script>'
    )
    article = extract_article(page_of(f"<h1>Harbour to be rebuilt</h1><article>{LONG}</article>", head=head))
    assert article.byline.names == ("Harbour Times",)
    assert article.doubts == ()


def test_a_headline_that_the_page_does_not_show_is_unsure() -> None:
    """A title for browsers alone, over a page without a heading, may be the site's."""
    page = page_of(f"<article>{LONG}</article>", head="<title>Reports from all of our quays</title>")
    assert Doubt.HEADLINE in extract_article(page).doubts


def test_a_feeds_own_headline_is_sure() -> None:
    """A full-text entry has no page that could show it."""
    entry = Entry(
        key="1", guid=None, headline="Harbour to be rebuilt", content=LONG, url="https://news.example/2026/harbour"
    )
    article = extract_article(entry_page(entry), entry=entry)
    assert article.headline == "Harbour to be rebuilt"
    assert article.doubts == ()
