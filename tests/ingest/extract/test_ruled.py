"""A partner's own selectors go before the general reading, and what they leave out is read as ever."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from ingest.article import Article, Fate, Source
from ingest.extract import Extractor
from ingest.extract.article import extract_article
from ingest.page_rules import PageRules
from tests.ingest.extract.pages import PROSE, page_of, paragraphs

STUBBORN = page_of(
    '<h1>Harbour Times</h1><div class="slogan">Reports from the quay</div>'
    f'<div class="kopf"><b>Harbour to be rebuilt</b> <i>Mara Quist</i> <u data-x="when">4 May 2026</u></div>'
    f'<div class="c1">{paragraphs(*PROSE[:2])}<div class="widget">{paragraphs(PROSE[2])}</div>'
    f'<p class="hinweis">Subscribe to our newsletter!</p><p class="frage">Read more</p></div>'
    f'<div class="c2">{paragraphs(PROSE[3])}</div>'
    f'<div class="rand">{paragraphs(*(f"{text} So said the other report of the day." for text in PROSE))}</div>',
    head="<title>Harbour Times</title>",
)


def _read(**rules: object) -> Article:
    return extract_article(STUBBORN, rules=PageRules(**rules))  # type: ignore[arg-type]  # each test names real fields


def _dropped(article: Article) -> list[tuple[str, str]]:
    return [(block.reason, block.text) for block in article.blocks if block.fate is Fate.DROPPED]


def test_kept_elements_are_the_body_in_the_pages_order() -> None:
    """However the selectors are ordered; what stands outside them is none of it."""
    article = _read(keep=(".c2", ".c1"), drop=(".hinweis", ".frage"))
    assert article.body.text.split("\n\n") == [PROSE[0], PROSE[1], PROSE[3]]


def test_general_furniture_goes_from_kept_elements_too() -> None:
    """A rule says where the body is; its boxes and lines are known without one."""
    dropped = _dropped(_read(keep=(".c1",)))
    assert [text for _, text in dropped] == [PROSE[2], "Subscribe to our newsletter!", "Read more"]
    assert all(reason != "partner-rule" for reason, _ in dropped)


def test_what_is_kept_by_its_own_name_stays_whatever_it_is_called_or_says() -> None:
    """A box with a misleading class and a line with furniture's wording are the body's, when a person says so."""
    article = _read(keep=(".c1", ".widget", ".frage"))
    assert article.body.text.split("\n\n") == [*PROSE[:3], "Read more"]


def test_dropped_elements_are_on_record() -> None:
    """With the rule as the reason."""
    body = f'<div class="c1">{paragraphs(*PROSE, *(f"{text} It said so again." for text in PROSE))}</div>'
    article = extract_article(page_of(body), rules=PageRules(drop=(".c1 > p:first-child", ".rand")))
    assert article.body.text.startswith(PROSE[1])
    assert _dropped(article) == [("partner-rule", PROSE[0])]


def test_words_within_a_line_can_be_dropped() -> None:
    """A marker in the running text goes, the line stays."""
    body = f'<article>{paragraphs(*PROSE)}<p>{PROSE[0]} <span class="ref">[read on]</span> And so on.</p></article>'
    article = extract_article(page_of(body), rules=PageRules(drop=("span.ref",)))
    assert article.body.text.split("\n\n")[-1] == f"{PROSE[0]} And so on."


def test_a_rule_that_keeps_and_one_that_drops_meet() -> None:
    """What is dropped inside what is kept goes; what is kept inside what is dropped is the body's again."""
    article = _read(keep=(".c1", ".widget"), drop=(".c1 > p", ".hinweis"))
    assert article.body.text.split("\n\n") == [PROSE[2]]


def test_fields_are_read_where_the_rules_say() -> None:
    """Headline, byline and date, each with the rule as its source, in the record and on the people."""
    article = _read(headline=".kopf b", byline=".kopf i", date="[data-x=when]")
    assert article.headline == "Harbour to be rebuilt"
    assert article.byline.names == ("Mara Quist",)
    assert article.byline.people[0].source is Source.RULE
    assert article.published_at == datetime(2026, 5, 4, tzinfo=UTC)
    ruled = {e.field: e.value for e in article.evidence if e.source is Source.RULE}
    assert ruled.keys() == {"headline", "byline", "published_at"}


def test_a_selector_that_matches_nothing_leaves_the_general_reading_and_a_trace() -> None:
    """A redesign must not empty the articles, and must be seen."""
    plain = extract_article(STUBBORN)
    article = _read(keep=(".gone",), headline="h7", byline=".nobody", date=".never")
    assert (article.body, article.headline, article.byline) == (plain.body, plain.headline, plain.byline)
    traces = [e for e in article.evidence if e.source is Source.RULE]
    assert {e.field for e in traces} == {"keep", "headline", "byline", "published_at"}
    assert all(not e.value and e.confidence == 0 and "nothing" in e.detail for e in traces)


def test_no_rules_change_nothing() -> None:
    """An empty rule is no rule."""
    assert _read() == extract_article(STUBBORN)


def test_rules_reach_the_children() -> None:
    """They are honoured through the pool as in the function."""

    async def run() -> Article:
        async with Extractor(workers=1) as extractor:
            return await extractor.extract(STUBBORN, rules=PageRules(keep=(".c2",)))

    assert asyncio.run(run()).body.text == PROSE[3]


@pytest.mark.parametrize("selector", ["html", "body", "*"])
def test_dropping_all_is_survived(selector: str) -> None:
    """A rule that drops too much leaves an article to be held, never a crash."""
    article = _read(drop=(selector,), headline=".kopf b")
    assert article.headline
