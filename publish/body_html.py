"""Typed blocks to HTML: the only way in which a partner's words reach a page, every character escaped (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from ingest.body import (
    Block,
    Body,
    Code,
    Embed,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
    inline_text,
)
from ingest.printable import printable

# What a link on our pages may start with; control characters and blanks inside the address end the match.
_SAFE_HREF = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s])[^\s\x00-\x1f\x7f]*", re.IGNORECASE)

Levels = Mapping[int, int]
#: Turns an image into HTML of ours; into nothing where it is not shown.
Figures = Callable[[Image], Markup]


def _no_figure(_image: Image) -> Markup:
    return Markup("")


@dataclass(frozen=True, kw_only=True)
class _Making:
    """What holds for a whole body while it is made."""

    levels: Levels
    figure: Figures


def safe_href(url: str | None) -> str | None:
    """Return the address if it is a well-formed absolute http, https or mailto one without blanks, else None."""
    trimmed = printable(url or "").strip()
    if not _SAFE_HREF.fullmatch(trimmed):
        return None
    try:
        urlsplit(trimmed)
    except ValueError:
        return None
    return trimmed


def body_html(body: Body, *, figure: Figures = _no_figure) -> Markup:
    """Return the body as HTML in block order; `figure` turns an image into a figure of our own files.

    Without it images stay out, as none is ever loaded from a partner's host. Subheads are moved to levels that follow
    the headline without a gap (WCAG 1.3.1), their order kept.
    """
    made = _Making(levels=heading_levels(body), figure=figure)
    return Markup("\n").join(filter(None, (_block(block, made) for block in body.blocks)))


def excerpt_html(body: Body, *, paragraphs: int) -> Markup:
    """Return the first paragraphs of running text, at most so many, and nothing else of the body."""
    found = [block for block in body.blocks if isinstance(block, Paragraph) and _has_words(block.children)]
    return body_html(Body(blocks=tuple(found[:paragraphs])))


def heading_levels(body: Body) -> Levels:
    """Return the HTML level of each heading level that the body uses: the highest is 2, the next 3, and so on."""
    used = sorted({block.level for block in body.blocks if isinstance(block, Heading)})
    return {level: min(6, 2 + rank) for rank, level in enumerate(used)}


def inline_html(children: Iterable[Inline], *, linked: bool = False) -> Markup:
    """Return inline children as HTML; within a link (`linked`) further links are only their words."""
    return Markup("").join(_inline(child, linked) for child in children)


def _inline(child: Inline, linked: bool) -> Markup:
    match child:
        case Text(text=text):
            return escape(text)
        case Code(text=text):
            return Markup("<code>{}</code>").format(text)
        case LineBreak():
            return Markup("<br>")
        case Emphasis(children=children, strong=strong):
            return _element("strong" if strong else "em", inline_html(children, linked=linked))
        case Link(href=href, children=children):
            words = inline_html(children, linked=True)
            target = None if linked else safe_href(href)
            return words if target is None else Markup('<a href="{}">{}</a>').format(target, words)


def _block(block: Block, made: _Making) -> Markup:
    match block:
        case Paragraph(children=children):
            return _wrap("p", children)
        case Heading(level=level, children=children):
            return _wrap(f"h{made.levels.get(level, 6)}", children)
        case ListBlock():
            return _list(block, made)
        case Quote():
            return _quote(block, made)
        case Table():
            return _table(block)
        case Preformatted(text=text):
            return Markup('<pre tabindex="0">{}</pre>').format(text) if text.strip() else Markup("")
        case Embed():
            return _embed(block)
        case Rule():
            return Markup("<hr>")
        case Figure(image=image):
            return made.figure(image)


def _element(tag: str, content: Markup) -> Markup:
    return Markup(f"<{tag}>{content}</{tag}>")  # noqa: S704 - the tag is ours, the content already HTML


def _has_words(children: tuple[Inline, ...]) -> bool:
    return bool(inline_text(children).strip())


def _wrap(tag: str, children: tuple[Inline, ...]) -> Markup:
    if not _has_words(children):
        return Markup("")
    return _element(tag, inline_html(children))


def _list(block: ListBlock, made: _Making) -> Markup:
    items = [item for item in (_item(item, made) for item in block.items) if item]
    if not items:
        return Markup("")
    return _element("ol" if block.ordered else "ul", Markup("").join(_element("li", item) for item in items))


def _item(blocks: tuple[Block, ...], made: _Making) -> Markup:
    """Return a list item's content; its first paragraph stands without `p`, which keeps plain lists tight."""
    if blocks and isinstance(blocks[0], Paragraph) and _has_words(blocks[0].children):
        return inline_html(blocks[0].children) + Markup("").join(_block(part, made) for part in blocks[1:])
    return Markup("").join(_block(part, made) for part in blocks)


def _quote(block: Quote, made: _Making) -> Markup:
    words = Markup("").join(_block(part, made) for part in block.blocks)
    cite = Markup("<footer>{}</footer>").format(inline_html(block.cite)) if _has_words(block.cite) else Markup("")
    return Markup("<blockquote>{}{}</blockquote>").format(words, cite) if words or cite else Markup("")


def _table(block: Table) -> Markup:
    if not any(_has_words(cell.children) for row in block.rows for cell in row):
        return Markup("")
    caption = Markup("<caption>{}</caption>").format(inline_html(block.caption)) if block.caption else Markup("")
    rows = Markup("").join(_row(block, index) for index in range(len(block.rows)))
    # Focusable, so that a wide table can be scrolled from the keyboard (WCAG 2.1.1).
    return Markup('<div class="table" tabindex="0"><table>{}{}</table></div>').format(caption, rows)


def _row(block: Table, index: int) -> Markup:
    row = block.rows[index]
    scope = "col" if index == 0 and all(cell.header for cell in row) else "row"
    cells = (
        Markup('<th scope="{}">{}</th>').format(scope, inline_html(cell.children))
        if cell.header
        else Markup("<td>{}</td>").format(inline_html(cell.children))
        for cell in row
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _embed(block: Embed) -> Markup:
    """Return a foreign frame as a link to it: our pages load nothing from another host."""
    href = safe_href(block.url)
    if href is None or not href.lower().startswith("http"):
        return Markup("")
    words = block.title.strip() or block.provider.strip() or urlsplit(href).netloc
    return Markup('<p class="embed"><a href="{}">{}</a></p>').format(href, words)
