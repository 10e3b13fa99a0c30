"""Furniture goes, each piece with its reason; the article's own words stay, whatever they are called."""

from __future__ import annotations

import pytest

from ingest.extract.known import Known
from tests.ingest.extract.pages import PROSE, paragraphs, pieces_of, reasons, texts

TEASER = (
    '<div><a href="/other"><h3>Snow closes the pass for the week</h3></a><p>The ploughs are late this year.</p></div>'
)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ('<div class="share-bar"><a href="#">Share on X</a></div>', "share"),
        ('<ul class="breadcrumbs"><li><a href="/">Home</a></li><li>Harbour to be…</li></ul>', "breadcrumbs"),
        ('<div class="related-posts"><h3>Read these too</h3><p>Snow closes the pass.</p></div>', "related"),
        ('<div class="newsletter-signup"><p>All our news in your inbox.</p></div>', "newsletter"),
        ('<div class="post-tags"><a href="/t">harbour</a></div>', "tags"),
        (
            '<section id="comments"><p>First! What a good plan, I have always said so, as my friends know.</p></section>',
            "comments",
        ),
        ('<div class="adslot">Buy a boat</div>', "ad"),
        ("<aside><p>Ten boats that you must see before the winter comes.</p></aside>", "aside"),
        ("<nav><a href='/'>Home</a></nav>", "nav"),
        ('<div class="cookie-notice"><p>We use cookies to make this better.</p></div>', "cookie"),
        ("<div><p>Be the first to know.</p><input type='email'><p>You can leave at any time.</p></div>", "form"),
        (TEASER, "related"),
        ("<p>Source link</p>", "source-link"),
        ("<p>spot_img</p>", "ad"),
        ("<p>Advertisement</p>", "ad"),
        ("<p>Continue reading</p>", "more"),
        ("<p><strong>Also read:</strong> <a href='/x'>Snow closes the pass</a></p>", "related"),
        ("<p>Lire aussi : La neige ferme le col</p>", "related"),
        ("<p>Lesen Sie auch: Schnee schließt den Pass</p>", "related"),
        ("<p>Follow us on Twitter and Facebook</p>", "share"),
        ("<p>Sign up for our newsletter to get more of this</p>", "newsletter"),
        ("<p>Tags: harbour, storms</p>", "tags"),
        ("<p>© 2026 The Harbour Times. All rights reserved.</p>", "copyright"),
        ("<p><a href='/x'>Snow closes the pass for the week</a></p>", "related"),
        ("<ul><li><a href='/x'>Snow closes the pass</a></li><li><a href='/y'>A new bridge</a></li></ul>", "related"),
        (
            '<ul><li><a href="#a">The plan</a></li><li><a href="#b">The cost</a></li><li><a href="#c">The vote</a></li></ul>',
            "contents",
        ),
        (
            '<div class="InlineVideo-footer"><div class="InlineVideo-title">Storm breaks the mole</div></div>',
            "widget",
        ),
        (
            '<p class="line-clamp-2">In other news, the snow closed the pass for the week, and the ploughs…</p>',
            "teaser",
        ),
        ("<p>Video 1:23</p>", "share"),
        ("<p>新規登録</p>", "share"),
        ("<p>Ein Klick für den Datenschutz</p>", "cookie"),
        ("<p>Our morning newsletter brings you the harbour's news in five minutes.</p>", "notice"),
        ("<p>Registration is a free and easy way to support our journalism.</p>", "newsletter"),
        ('<p style="display:none">Read by a machine: the harbour council voted.</p>', "hidden"),
    ],
)
def test_furniture_is_dropped_with_its_reason(markup: str, reason: str) -> None:
    """Between two paragraphs of the article it goes; both paragraphs stay."""
    pieces = pieces_of(f"<article>{paragraphs(*PROSE[:2])}{markup}{paragraphs(*PROSE[2:])}</article>")
    assert texts(pieces) == list(PROSE)
    assert reason in reasons(pieces).values()


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices in the harbour company fell by a tenth on the news, and nobody there was surprised by it at all.",
        "The newsletter of the harbour brings together what its members wrote, said the clerk, and costs nothing.",
        "Registration is a duty of every boat in the harbour, and most of the owners have done it by now, he said.",
        "Advertisement revenue paid for the old mole, wrote the clerk in 1931, and it will not pay for the new one.",
        "Read more slowly, she told the clerk, who had rushed through the minutes as if the building were on fire.",
        "Photo by photo, the engineers went through the damage that the storms of the last winter had done to it.",
        "“No.”",
        "Why not?",
    ],
)
def test_sentences_that_sound_like_furniture_stay(sentence: str) -> None:
    """Wording counts only where a short line says nothing else."""
    pieces = pieces_of(f"<article>{paragraphs(*PROSE[:2], sentence, *PROSE[2:])}</article>")
    assert sentence in texts(pieces)


@pytest.mark.parametrize(
    "name", ["widget", "no-ads", "has-sidebar", "print:hidden", "share-text", "promo", "post-tag-box", "paywall"]
)
def test_a_wrapper_of_the_whole_article_is_no_furniture(name: str) -> None:
    """What holds the page's prose is the article, whatever it is called."""
    pieces = pieces_of(f'<div class="{name}">{paragraphs(*PROSE)}</div><footer>Contact us</footer>')
    assert texts(pieces) == list(PROSE)


def test_a_long_discussion_makes_no_article_small() -> None:
    """Ten times as many words in the comments, and still they are comments."""
    talk = paragraphs(
        *[f"{PROSE[n % 4]} I say, for the {n}th time, and nobody listens to me here." for n in range(40)]
    )
    pieces = pieces_of(f'<article class="post-meta">{paragraphs(*PROSE)}</article><div id="comments">{talk}</div>')
    assert texts(pieces) == list(PROSE)


def test_headline_standfirst_and_byline_are_fields_not_body() -> None:
    """The page's own copies of them are taken off the body's head."""
    body = (
        "<article><h1>Harbour to be rebuilt</h1><p class='standfirst'>The council votes for the mole.</p>"
        f"<p>By Jane Doe</p><p>5 May 2026</p>{paragraphs(*PROSE)}</article>"
    )
    known = Known(
        headlines=("Harbour to be rebuilt",), standfirst="The council votes for the mole.", names=("Jane Doe",)
    )
    pieces = pieces_of(body, known)
    assert texts(pieces) == list(PROSE)
    assert {"headline", "standfirst", "byline", "meta"} <= set(reasons(pieces).values())


def test_a_first_paragraph_that_is_also_the_description_stays() -> None:
    """Content systems fill the description from the text; that makes it no standfirst."""
    pieces = pieces_of(f"<article>{paragraphs(*PROSE)}</article>", Known(standfirst=PROSE[0]))
    assert texts(pieces) == list(PROSE)


def test_pull_quotes_and_copies_go_once() -> None:
    """What the text holds anyway is not told twice."""
    quote = "<blockquote class='pull'>half of it comes from the region</blockquote>"
    pieces = pieces_of(
        f"<article>{paragraphs(*PROSE)}{quote}{paragraphs(PROSE[0])}<p>The end of it all came on a Friday in June, at noon.</p></article>"
    )
    assert {"pullquote", "repeat"} <= set(reasons(pieces).values())


def test_every_block_of_the_container_is_on_record() -> None:
    """Kept or dropped, nothing vanishes without a trace."""
    body = f'<article>{paragraphs(*PROSE)}<div class="share">Tweet this</div><p>Advertisement</p></article>'
    assert [piece.record().text for piece in pieces_of(body)] == [*PROSE, "Tweet this", "Advertisement"]


@pytest.mark.parametrize(
    "box",
    [
        "<p hidden>{}</p>",
        '<p style="DISPLAY: none">{}</p>',
        '<div style="color:red;visibility:hidden"><p>{}</p></div>',
        '<p style="font-size:0">{}</p>',
        '<p style="position:absolute;left:-9999px">{}</p>',
        '<p style="text-indent: -999em">{}</p>',
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
        "<svg><title>{0}</title><text>{0}</text></svg>",
        "<math><annotation>{}</annotation></math>",
        "<dialog><p>{}</p></dialog>",
        "<textarea>{}</textarea>",
        '<iframe srcdoc="&lt;p&gt;{}"></iframe>',
    ],
)
def test_what_no_reader_sees_is_not_published(box: str) -> None:
    """Hidden words are how pages slip in what their editors never wrote."""
    unseen = "Buy cheap coins now and send all of your money to this address, said the unseen voice of the page."
    words = texts(
        pieces_of(f"<article>{paragraphs(*PROSE[:2])}{box.format(unseen)}{paragraphs(*PROSE[2:])}</article>")
    )
    assert words == list(PROSE)
