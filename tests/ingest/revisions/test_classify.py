"""What counts as a change, and as which: the table of kinds, and what pages change by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, Byline, Person
from ingest.body import Block, Body, Emphasis, Figure, Image, Link, Paragraph, Text
from ingest.revisions import Change, Kind, classify

LINES = (
    "The council voted on Tuesday to close the harbour, said Jane Smith.",
    "It will cost $5.1 million, about 1.5 times what was planned.",
    "Nobody knows why it's colour was accomodated in the the plan.",
)


def paragraph(text: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(children=(Text(text=text),))


def article(*blocks: str | Block, names: tuple[str, ...] = ("Jane Doe",), **given: Any) -> Article:
    """Return an article of these paragraphs and blocks."""
    settled: dict[str, Any] = {"headline": "Council votes on the harbour", "url": "https://a.example/x"}
    return Article(
        canonical_url="https://a.example/x",
        byline=Byline(people=tuple(Person(name=name) for name in names)),
        body=Body(blocks=tuple(paragraph(block) if isinstance(block, str) else block for block in blocks)),
        **(settled | given),
    )


BEFORE = article(*LINES)


def edited(old: str, new: str) -> Article:
    """Return the article with some of its words replaced."""
    assert any(old in line for line in LINES)
    return article(*(line.replace(old, new) for line in LINES))


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (BEFORE, [Kind.NONE]),
        (edited("it's", "it’s"), [Kind.TYPOGRAPHIC]),
        (edited("$5.1 million, about", "$5.1\u00a0million \u2013 about"), [Kind.TYPOGRAPHIC]),
        (edited("accomodated", "accommodated"), [Kind.TYPOGRAPHIC]),
        (edited("colour", "color"), [Kind.TYPOGRAPHIC]),
        (edited("the the", "the"), [Kind.TYPOGRAPHIC]),
        (article(f"{LINES[0]} {LINES[1]}", LINES[2]), [Kind.TYPOGRAPHIC]),
        (edited("1.5", "15"), [Kind.SUBSTANTIVE]),
        (edited("million", "billion"), [Kind.SUBSTANTIVE]),
        (edited("$5.1", "£5.1"), [Kind.SUBSTANTIVE]),
        (edited("Jane Smith", "Jane Smyth"), [Kind.SUBSTANTIVE]),
        (edited("to close", "not to close"), [Kind.SUBSTANTIVE]),
        (article(*LINES[:2]), [Kind.SUBSTANTIVE]),
        (article(*LINES, headline="The harbour is to close"), [Kind.HEADLINE]),
        (article(*LINES, headline="Council Votes on the Harbour"), [Kind.TYPOGRAPHIC]),
        (article(*LINES, names=("Jane Doe", "Omar Dervish")), [Kind.BYLINE]),
        (article(*LINES, inherited_credit="First published by The Valley Monitor"), [Kind.BYLINE]),
        (article(*LINES, standfirst="What it means"), [Kind.SUBSTANTIVE]),
        (article(*LINES, published_at=datetime(2026, 11, 2, tzinfo=UTC)), [Kind.DATE]),
        (article(*LINES, Figure(image=Image(url="https://a.example/p.jpg"))), [Kind.IMAGE]),
        (article(*LINES[1:], LINES[0], headline="Harbour shut"), [Kind.SUBSTANTIVE, Kind.HEADLINE]),
        (
            article(Paragraph(children=(Emphasis(children=(Text(text=LINES[0]),)),)), *LINES[1:]),
            [Kind.TYPOGRAPHIC],
        ),
    ],
)
def test_each_kind(after: Article, kinds: list[Kind]) -> None:
    """A change is called by what it does to readers: figures, names and negations weigh, quotes and slips do not."""
    assert list(classify(BEFORE, after).kinds) == kinds


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version misspelled Jane Smith's name.",
        "CORRECTION (Nov. 3, 2026): the vote was on Tuesday.",
        "This story has been updated to correct the cost.",
        "An earlier version of this article gave the wrong day.",
        "Editor’s note: This article was corrected on Monday.",
        "Korrektur: In der Überschrift stand ein falscher Name.",
        "Fe de erratas: el nombre es Jane Smith.",
        "Erratum : le vote a eu lieu mardi.",
        "Исправление: в предыдущей версии имя было неверным.",
        "更正：此前版本的日期有误。",
        "تصحيح: ورد الاسم خطأ في نسخة سابقة.",
    ],
)
def test_a_correction_notice_is_told_and_kept_verbatim(notice: str) -> None:
    """A notice in any of these languages makes a correction, and comes back word for word; it comes once."""
    change = classify(BEFORE, article(*LINES, notice))
    assert (change.kind, change.notices) == (Kind.CORRECTION, (notice,))
    assert classify(article(*LINES, notice), edited("Tuesday", "Monday")).notices == ()


def test_a_story_about_corrections_is_no_notice() -> None:
    """Prose that speaks of corrections is prose."""
    prose = "Corrections officers voted on the plan, and the corrections department agreed."
    assert classify(BEFORE, article(*LINES, prose)).kinds == (Kind.SUBSTANTIVE,)


@pytest.mark.parametrize(
    "noise",
    [
        "Advertisement",
        "Story continues below advertisement",
        "Sponsored: the best shoes of the year",
        "123 shares",
        "1.2K views | 14 comments",
        "5 min read",
        "Reading time: 4 minutes",
        "Lesezeit: 3 Minuten",
        "Updated 5 minutes ago",
        "Anzeige",
        "Реклама",
        "广告",
        "1 234 просмотров",
    ],
)
def test_ads_and_counters_are_no_change(noise: str) -> None:
    """FreshRSS #1840, #1859: what a page or feed changes by itself makes no revision."""
    assert classify(BEFORE, article(noise, *LINES, noise)).nothing


def test_an_ads_picture_and_link_are_no_change() -> None:
    """FreshRSS #1840, #1859: a feed's ad changes its picture and link at each fetch."""
    ad = "https://feeds.feedburner.com/~ff/valley?a={}"
    link = Paragraph(children=(Link(href=ad.format(1), children=(Text(text="Buy shoes"),)),))
    picture = Figure(image=Image(url="https://ad.doubleclick.net/shoes-2.png"))
    assert classify(BEFORE, article(link, *LINES, picture)).nothing


def test_tracking_and_picture_sizes_are_no_change() -> None:
    """A link with other tracking, and another size of one picture, are what they were."""

    def shown(query: str, picture: str) -> Article:
        link = Link(href=f"https://a.example/more{query}", children=(Text(text="more"),))
        return article(*LINES, Paragraph(children=(link,)), Figure(image=Image(url=picture)))

    before = shown("", "https://a.example/uploads/pier-800x600.jpg")
    for picture in (
        "uploads/pier-1024x768.jpg?w=1024",
        "uploads/pier.jpg",
        "uploads/pier-scaled.jpg?quality=80&ssl=1",
    ):
        assert classify(before, shown("?utm_source=feed", f"https://a.example/{picture}")).nothing
    assert classify(before, shown("", "https://a.example/uploads/quay-800x600.jpg")).kinds == (Kind.IMAGE,)
    assert classify(before, shown("/2", "https://a.example/uploads/pier.jpg")).kinds == (Kind.TYPOGRAPHIC,)


def test_a_silent_edit_is_a_change() -> None:
    """FeedWordPress: an edit without a new date or notice is a change like any other."""
    change = classify(BEFORE, edited("Tuesday", "Monday"))
    assert change == Change(kinds=(Kind.SUBSTANTIVE,), added=1, removed=1)


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=30))
def test_an_article_does_not_differ_from_itself(lines: list[str], headline: str) -> None:
    """Whatever the words are, nothing changed between a revision and itself."""
    one = article(*lines, headline=headline)
    assert classify(one, replace(one)).nothing


def test_hostile_lengths_are_compared_in_time() -> None:
    """Two revisions of some hundred thousand equal words, or of thousands of short lines, end in time all the same (tests would hang)."""
    assert not classify(article("a " * 200_000), article("a " * 150_000 + "b c " * 20_000)).nothing
    assert not classify(article(*["x y"] * 3000), article(*["x z"] * 3001)).nothing
