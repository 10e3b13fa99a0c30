"""What is no whole article is held, with the doubt named."""

from __future__ import annotations

import pytest

from ingest.article import Doubt
from ingest.extract.article import extract_article
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
