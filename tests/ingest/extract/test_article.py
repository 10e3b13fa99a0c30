"""A page becomes one article: fields, body, sign-offs, doubts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.article import Doubt, Fate, Source
from ingest.body import Link, Paragraph
from ingest.errors import NoArticleError
from ingest.extract import Page, entry_page
from ingest.extract.article import extract_article
from ingest.feed import Entry
from tests.ingest.extract.pages import PROSE, URL, html_of, page_of, paragraphs

STRAIT = (
    "The strait carries a quarter of the region’s trade, and three navies now patrol it in turns that nobody has agreed on.",
    "Each of them says that it keeps the sea lanes open; each of them has, in the past year, closed a part of them twice.",
    "A hotline between the three commands would cost less than one day of their patrols and would have spared both collisions.",
    "What is missing is not the money but a first call, and the smallest of the three would lose the least by making it.",
)
BIO = (
    "Jane Doe (jane.doe@uni.example) is an associate professor of international relations at the University of Marle. "
    "She has written two books on the law of the sea."
)
CREDIT = "This article, originally published by Pacific Forum, is republished with permission."
TEASERS = "".join(
    f'<div class="td_module_wrap"><h3 class="entry-title"><a href="/2026/05/{n}/other-{n}">Another piece of the day, number {n}</a></h3>'
    "<div class='td-excerpt'>The first words of another piece, which have nothing to do with this one...</div></div>"
    for n in range(6)
)
SEED = f"""
<div class="td-header-wrap"><ul id="menu-main" class="sf-menu"><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></div>
<div class="td_block_wrap"><div class="td_block_inner">{TEASERS}</div></div>
<div class="td-main-content-wrap"><div class="td-crumb-container"><a href="/">Home</a> › <a href="/world">World</a> › A hotline for the…</div>
<article class="post type-post"><header><h1 class="entry-title">A hotline for the strait</h1></header>
<div class="td-post-sharing"><a href="#">Facebook</a><a href="#">Twitter</a></div>
<div class="td-post-content"><p><em>{CREDIT}</em></p>{paragraphs(*STRAIT[:2])}
<div class="td-a-rec">spot_img</div>
<div class="newsletter-box"><h4>Never miss a thing</h4><p>Our best pieces in your inbox.</p><form><input type="email"></form></div>
<p><a href="/2026/05/1/other-1">Continue reading</a></p>{paragraphs(*STRAIT[2:])}
<p><em>{BIO}</em></p><p><a href="https://pacforum.example/hotline">Source link</a></p></div></article></div>
<div class="td_block_wrap">{TEASERS}</div><div>spot_img</div><div class="td-footer"><p>Contact us at any time of the day or the night.</p></div>
"""


def test_the_seed_case_comes_out_whole_and_clean() -> None:
    """A middleman's page: the body whole and nothing else, the author from the note, the credit on record."""
    page = page_of(
        SEED, head="<title>A hotline for the strait - The Middle Post</title>", url="https://middle.example/a-hotline"
    )
    article = extract_article(page)
    assert article.headline == "A hotline for the strait"
    assert article.body.text.split("\n\n") == list(STRAIT)
    assert article.byline.names == ("Jane Doe",)
    assert article.byline.people[0].email == "jane.doe@uni.example"
    assert article.bio == BIO
    assert article.inherited_credit == CREDIT
    assert any(claim.name == "Pacific Forum" for claim in article.claims)
    assert Doubt.INCOMPLETE not in article.doubts
    assert {record.reason for record in article.blocks if record.fate is Fate.DROPPED} >= {"credit", "bio"}


def test_a_note_on_the_author_adds_to_the_byline() -> None:
    """One person, named above and described below."""
    body = f'<article><h1>A hotline</h1><p class="byline">By Jane Doe</p>{paragraphs(*STRAIT, BIO)}</article>'
    article = extract_article(page_of(body))
    assert article.byline.names == ("Jane Doe",)
    assert str(article.byline.people[0].affiliation).endswith("University of Marle")
    assert BIO not in article.body.text


def test_a_last_paragraph_on_someone_else_stays() -> None:
    """That it reads like a note makes no stranger the author."""
    body = f'<article><h1>A hotline</h1><p class="byline">By Richard Roe</p>{paragraphs(*STRAIT, BIO)}</article>'
    article = extract_article(
        page_of(body, head='<title>A hotline</title><meta name="author" content="Richard Roe">')
    )
    assert article.byline.names == ("Richard Roe",)
    assert BIO in article.body.text


def test_a_full_text_entry_takes_the_same_path() -> None:
    """The feed's content is the page; headline, id and dates are the entry's."""
    entry = Entry(
        key="k",
        guid="tag:1",
        url=URL,
        headline="Harbour to be rebuilt",
        content=paragraphs(*PROSE),
        authors=("Jane Doe",),
        published_at=datetime(2026, 5, 5, 12, tzinfo=UTC),
    )
    article = extract_article(entry_page(entry), entry=entry)
    assert article.body.text.split("\n\n") == list(PROSE)
    assert (article.headline, article.guid, article.byline.names) == ("Harbour to be rebuilt", "tag:1", ("Jane Doe",))
    assert article.published_at == entry.published_at
    assert article.doubts == ()


def test_short_paragraphs_of_a_full_text_entry_stay() -> None:
    """All of a feed's content is the article, one-line paragraphs at its end too."""
    content = paragraphs(*PROSE, "So be it.", "Amen")
    article = extract_article(Page(content=content.encode(), url=URL))
    assert article.body.text.split("\n\n")[:5] == [*PROSE, "So be it."]


def test_a_feed_that_holds_more_than_the_page_is_a_doubt() -> None:
    """A page that lost paragraphs is held for a person."""
    entry = Entry(key="k", guid=None, url=URL, headline="Harbour", content=paragraphs(*PROSE, *STRAIT))
    article = extract_article(page_of(f"<article>{paragraphs(*PROSE)}</article>"), entry=entry)
    assert Doubt.INCOMPLETE in article.doubts


def test_a_page_that_scripts_fill_in_is_read_from_its_json_ld() -> None:
    """Where the text stands nowhere in the markup, articleBody is the text."""
    body = "\\n".join((*PROSE, *STRAIT))
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Harbour","articleBody":"{body}"}}</script>'
    article = extract_article(page_of('<div id="app">Loading</div>', head=head))
    assert article.body.text.split("\n\n") == [*PROSE, *STRAIT]


def test_links_are_absolute_after_the_base_element() -> None:
    """A page may say against what its links are to be read."""
    body = f'<article>{paragraphs(*PROSE)}<p>The <a href="plan.pdf">plan of the whole work</a> is open to everyone who asks.</p></article>'
    article = extract_article(page_of(body, head='<base href="https://files.example/d/">'))
    last = article.body.blocks[-1]
    assert isinstance(last, Paragraph)
    assert [child.href for child in last.children if isinstance(child, Link)] == ["https://files.example/d/plan.pdf"]


def test_a_byline_from_the_note_says_so() -> None:
    """Evidence names the sentence it was read from."""
    article = extract_article(page_of(f"<article><h1>A hotline</h1>{paragraphs(*STRAIT, BIO)}</article>"))
    [evidence] = [e for e in article.evidence if e.field == "byline" and e.source is Source.BIO]
    assert evidence.detail.startswith("Jane Doe (jane.doe@uni.example)")


def test_no_words_at_all_is_an_error_with_what_to_do() -> None:
    """An article without headline and body is none."""
    with pytest.raises(NoArticleError, match="full-text feed"):
        extract_article(Page(content=html_of("<div></div>", head=""), url=URL))
