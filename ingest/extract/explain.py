"""What was kept and dropped of a page, and why, as rows to print (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Article, Fate


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


def explain(article: Article) -> tuple[Row, ...]:
    """Return an article's readings, blocks and doubts in this order, the blocks as on the page."""
    return (*_fields(article), *_blocks(article), *_doubts(article))


def _fields(article: Article) -> Iterator[Row]:
    chosen = {article.headline, article.standfirst, article.canonical_url, article.language, article.dateline}
    chosen |= set(article.byline.names) | {article.byline.raw, ", ".join(article.byline.names)}
    for reading in article.evidence:
        why = f"{reading.source.value}, {reading.confidence:.0%}" + (f": {reading.detail}" if reading.detail else "")
        yield Row(kind="field", name=reading.field, text=reading.value, why=why, good=reading.value in chosen)


def _blocks(article: Article) -> Iterator[Row]:
    for record in article.blocks:
        kept = record.fate is Fate.KEPT
        yield Row(kind="block", name=record.fate.value, text=record.text, why=record.reason, good=kept)


def _doubts(article: Article) -> Iterator[Row]:
    for doubt in article.doubts:
        yield Row(
            kind="doubt", name=doubt.value, text="", why=_MEANING.get(doubt.value, "held for a person"), good=False
        )


_MEANING = {
    "no-body": "no block of the page reads like the article's text",
    "short-body": "the body is shorter than a news item",
    "stub": "an excerpt, a paywall, a cookie or a bot wall",
    "byline-unsure": "the byline was read with low confidence",
    "incomplete": "the feed or JSON-LD holds paragraphs that the body lacks",
    "no-headline": "no headline was found",
}
