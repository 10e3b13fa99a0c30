"""What was read, kept and dropped of a page, and why, as rows to print (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Article, Doubt, Fate
from ingest.extract.agreement import Standing, standings
from ingest.extract.page_addresses import NEXT_PAGE

#: How many characters of a block its record keeps.
RECORD_CHARS = 300


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of an explanation."""

    #: "field" (a reading of a field), "block" (a block of the page) or "doubt".
    kind: str
    #: The field's name, the block's fate ("kept", "dropped"), or the doubt.
    name: str
    #: The value read, or the block's words.
    text: str
    #: Where from and how sure, or why.
    why: str
    #: Whether the article carries it: true for what was chosen or kept.
    good: bool
    #: How a reading stands to the chosen value; None for blocks and doubts.
    standing: Standing | None = None


def explain(article: Article) -> tuple[Row, ...]:
    """Return an article's readings, blocks and doubts in this order.

    A field's readings stand together, the chosen one first; the blocks come as on the page.
    """
    return (*_fields(article), *_blocks(article), *_doubts(article))


def _fields(article: Article) -> Iterator[Row]:
    for reading, standing in standings(article):
        why = f"{reading.source.value} {reading.confidence:.0%}" + (f", {reading.detail}" if reading.detail else "")
        good = standing in (Standing.CHOSEN, Standing.AGREES, Standing.NOTED) and reading.field != NEXT_PAGE
        yield Row(kind="field", name=reading.field, text=reading.value, why=why, good=good, standing=standing)


def _blocks(article: Article) -> Iterator[Row]:
    for record in article.blocks:
        kept = record.fate is Fate.KEPT
        yield Row(kind="block", name=record.fate.value, text=record.text, why=record.reason, good=kept)


def _doubts(article: Article) -> Iterator[Row]:
    missing = [reading for reading in article.evidence if reading.field == NEXT_PAGE]
    for doubt in article.doubts:
        why = _MEANING[doubt]
        if doubt is Doubt.INCOMPLETE and missing:
            why = f"it goes on at {missing[0].value} ({missing[0].detail})"
        yield Row(kind="doubt", name=doubt.value, text="", why=why, good=False)


_MEANING = {
    Doubt.NO_BODY: "no block of the page reads like the article's text",
    Doubt.SHORT_BODY: "the body is shorter than a news item",
    Doubt.STUB: "an excerpt, a paywall, a cookie or a bot wall",
    Doubt.BYLINE: "the byline was read with low confidence",
    Doubt.DISAGREEMENT: "strong sources name different authors",
    Doubt.INCOMPLETE: "the feed or JSON-LD holds paragraphs that the body lacks",
    Doubt.HEADLINE: "the headline was read with low confidence",
    Doubt.NO_HEADLINE: "no headline was found",
}
