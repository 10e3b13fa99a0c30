"""The partner's words on the page: all that the terms let us show, unchanged, and no more (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ingest.body import (
    Block,
    Embed,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    inline_text,
)
from ingest.terms import Edits, Mode
from publish.audit.reading import (
    Fault,
    body_of,
    cut,
    first_difference,
    hrefs,
    is_guest,
    missing,
    squeezed,
    story_of,
    text_of,
    words,
)
from publish.body_html import safe_href
from publish.full_text import bios_of
from publish.publication import Publication

#: A shorter paragraph may stand elsewhere by chance, or as the standfirst.
_TELLING = 80


def text_faults(page: HtmlElement, publication: Publication) -> Iterator[Fault]:
    """Yield where the page's headline, text, links or notes on the authors differ from the record's."""
    attributed = publication.attributed
    yield from _headline_faults(page, publication)
    allowed = allowed_blocks(publication)
    body = body_of(page)
    expected = squeezed("".join(_words_of(allowed)))
    found = squeezed(str(body.text_content())) if body is not None else ""
    if found != expected:
        yield _changed(publication, expected, found), first_difference(expected, found)
    yield from _leaks(page, publication, allowed)
    if attributed.terms.keep_links and body is not None:
        for href in sorted(set(_links_of(allowed)) - hrefs(body)):
            yield "story-link-missing", f"the story links to {href}"
    if attributed.terms.keep_bio and attributed.decision.mode is not Mode.LINK:
        for bio in missing(iter(bios_of(attributed.article)), text_of(story_of(page))):
            yield "bio-missing", f"expected “{cut(bio)}”"


def _changed(publication: Publication, expected: str, found: str) -> str:
    """Return the code for a text that is not the record's, by what the terms say of edits."""
    terms, mode = publication.attributed.terms, publication.attributed.decision.mode
    if len(found) > len(expected) and mode is not Mode.FULL:
        return "shows-too-much"
    if terms.edits is Edits.NONE or not found:
        return "body-changed"
    # The credit of a changed text says so (`attribute(edited=True)`); this is that of an unchanged one.
    return "change-unnamed" if terms.change_notice else "body-edited"


def allowed_blocks(publication: Publication) -> tuple[Block, ...]:
    """Return the blocks that the decision lets us show."""
    attributed = publication.attributed
    blocks = attributed.article.body.blocks
    if attributed.decision.mode is Mode.FULL:
        return blocks
    if attributed.decision.mode is Mode.LINK:
        return ()
    paragraphs = [block for block in blocks if isinstance(block, Paragraph) and inline_text(block.children).strip()]
    return tuple(paragraphs[: attributed.terms.excerpt_paragraphs])


def telling_paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the words, squeezed, of paragraphs long enough that they stand nowhere by chance."""
    for block in blocks:
        text = squeezed("".join(_words_of([block])))
        if len(text) >= _TELLING:
            yield text


def _leaks(page: HtmlElement, publication: Publication, allowed: Sequence[Block]) -> Iterator[Fault]:
    """Yield what stands elsewhere on the page of the text that may not be shown."""
    rest = [block for block in publication.attributed.article.body.blocks if block not in allowed]
    shown = squeezed(str(page.text_content()))
    article = publication.attributed.article
    # What may be shown in any mode, though the text repeats it.
    free = squeezed("\n".join((article.headline, article.standfirst or "", *bios_of(article))))
    for text in telling_paragraphs(rest):
        if text in shown and text not in free:
            yield "shows-too-much", f"a paragraph that may not be shown: “{cut(text)}”"


def _headline_faults(page: HtmlElement, publication: Publication) -> Iterator[Fault]:
    if publication.attributed.terms.headline_edits:
        return
    expected = words(publication.attributed.article.headline)
    within = page if is_guest(page) else story_of(page)
    found = [text_of(node) for node in within.iter("h1")]
    # A theme prints the headline itself, perhaps beside others of its own.
    right = expected in found if is_guest(page) else found == [expected]
    if expected and not right:
        yield "headline-changed", f"expected “{cut(expected)}”, found “{cut('; '.join(found) or 'none')}”"


def _words_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(children=children) | Heading(children=children):
                yield inline_text(children)
            case ListBlock(items=items):
                yield from (text for item in items for text in _words_of(item))
            case Quote(blocks=inner, cite=cite):
                yield from _words_of(inner)
                yield inline_text(cite)
            case Table(rows=rows, caption=caption):
                cells = [inline_text(cell.children) for row in rows for cell in row]
                yield from (inline_text(caption), *cells) if any(map(str.strip, cells)) else ()
            case Preformatted(text=text):
                yield text
            case Embed(url=url, provider=provider, title=title):
                if (safe_href(url) or "").lower().startswith("http"):
                    yield title.strip() or provider.strip() or urlsplit(url).netloc
            case Figure() | Rule():
                continue


def _links_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(children=children) | Heading(children=children):
                yield from _inline_links(children)
            case ListBlock(items=items):
                yield from (href for item in items for href in _links_of(item))
            case Quote(blocks=inner, cite=cite):
                yield from (*_links_of(inner), *_inline_links(cite))
            case Table(rows=rows):
                yield from (href for row in rows for cell in row for href in _inline_links(cell.children))
            case Preformatted() | Embed() | Figure() | Rule():
                continue


def _inline_links(children: Sequence[Inline]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Link):
            href = safe_href(child.href)
            if href and inline_text(child.children).strip():
                yield href
        elif isinstance(child, Emphasis):
            yield from _inline_links(child.children)
