"""What the terms say to an edit (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Article
from ingest.body import Block, Emphasis, Heading, Inline, Link, ListBlock, Paragraph, Quote, Table, inline_text
from ingest.terms import Edits, Terms

#: House style changes words here and there; more of them are another text.
_STYLE_SHARE = 0.1
_WORD = re.compile(r"\w+")


def refusals(before: Article, after: Article, terms: Terms) -> tuple[str, ...]:
    """Return what of an edit the terms do not allow, each in a sentence; empty where all is allowed.

    `before` is the partner's own revision. House style may change a word in ten and take no block out; shortening may
    also take words out, but put none in.
    """
    return tuple(_refusals(before, after, terms))


def _refusals(before: Article, after: Article, terms: Terms) -> Iterator[str]:
    if after.headline != before.headline and not terms.headline_edits:
        yield "The headline stays as it is (headline_edits: false)."
    if (after.standfirst, after.body) == (before.standfirst, before.body):
        return
    if terms.edits is Edits.NONE:
        yield "Not a word may be changed (edits: none)."
        return
    old, new = (_words(article) for article in (before, after))
    added, removed = _came(old, new), _came(new, old)
    most = max(3, round(len(old) * _STYLE_SHARE))
    if terms.edits is Edits.STYLE and (
        max(added, removed) > most or len(after.body.blocks) < len(before.body.blocks)
    ):
        yield f"Words may be changed for house style only (edits: style): {added} came and {removed} went."
    if terms.edits is Edits.LENGTH and added > most:
        yield f"It may be shortened and changed for style (edits: length), but {added} words came."
    if not any(word.strip() for word in new):
        yield "Nothing is left of the text."
    if terms.keep_links:
        yield from _lost_links(before, after)


def _lost_links(before: Article, after: Article) -> Iterator[str]:
    """Yield links that are gone while their words stand: a link may go only with what it stands on."""
    kept = {link.href for link in _links(after.body.blocks)}
    text = " ".join(after.body.text.split())
    for link in _links(before.body.blocks):
        words = " ".join(inline_text(link.children).split())
        if link.href not in kept and words and words in text:
            yield f"All links in the story stay (keep_links: true): “{words[:60]}” has lost {link.href}"


def _words(article: Article) -> list[str]:
    return [word.casefold() for word in _WORD.findall(f"{article.standfirst or ''} {article.body.text}")]


def _came(old: list[str], new: list[str]) -> int:
    """Return how many words of the new text the old one does not have, each as often as it stands there."""
    left: dict[str, int] = {}
    for word in old:
        left[word] = left.get(word, 0) + 1
    came = 0
    for word in new:
        if left.get(word, 0):
            left[word] -= 1
        else:
            came += 1
    return came


def _links(blocks: tuple[Block, ...]) -> Iterator[Link]:
    for block in blocks:
        match block:
            case Paragraph(children=children) | Heading(children=children):
                yield from _inline_links(children)
            case ListBlock(items=items):
                for item in items:
                    yield from _links(item)
            case Quote(blocks=inner, cite=cite):
                yield from _links(inner)
                yield from _inline_links(cite)
            case Table(rows=rows):
                for row in rows:
                    for cell in row:
                        yield from _inline_links(cell.children)
            case _:
                continue


def _inline_links(children: tuple[Inline, ...]) -> Iterator[Link]:
    for child in children:
        if isinstance(child, Link):
            yield child
        if isinstance(child, Link | Emphasis):
            yield from _inline_links(child.children)
