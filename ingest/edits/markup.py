"""A block as a chunk of CommonMark, and a chunk that an editor wrote as blocks (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.body import (
    Block,
    Code,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Text,
)
from ingest.errors import ConfigError
from ingest.urls import is_web_url

_SPECIAL = re.compile(r"([\\`*_\[\]<>&{}])")
#: What would make a line a subhead, a list or a rule.
_STARTS = re.compile(r"^( *)([#+=~-])", re.MULTILINE)
_NUMBER = re.compile(r"^( *\d+)([.)])", re.MULTILINE)


def chunk_of(block: Block) -> str | None:
    """Return a paragraph, subhead, quotation, list or rule as CommonMark; None for what is no running text."""
    match block:
        case Paragraph(children=children):
            return _line(children)
        case Heading(level=level, children=children):
            line = _line(children)
            return f"{'#' * level} {line}" if line and "\n" not in line else None
        case Quote(blocks=blocks, cite=()):
            return _quoted(blocks)
        case ListBlock(items=items, ordered=ordered):
            return _list(items, ordered=ordered)
        case Rule():
            return "---"
        case _:
            return None


def _list(items: Sequence[tuple[Block, ...]], *, ordered: bool) -> str | None:
    lines = []
    for number, item in enumerate(items, start=1):
        mark = f"{number}. " if ordered else "- "
        if len(item) != 1 or not isinstance(item[0], Paragraph) or (text := _line(item[0].children)) is None:
            return None
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines) or None


def _quoted(blocks: Sequence[Block]) -> str | None:
    chunks = [chunk_of(block) if isinstance(block, Paragraph) else None for block in blocks]
    if not chunks or not all(chunks):
        return None
    text = "\n\n".join(filter(None, chunks))
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _line(children: Sequence[Inline]) -> str | None:
    text = "".join(_inline(child) for child in children)
    # A blank line would end the block, and blanks at its ends would be lost.
    if not text.strip() or "\n\n" in text or text != text.strip():
        return None
    return _NUMBER.sub(r"\1\\\2", _STARTS.sub(r"\1\\\2", text))


def _inline(child: Inline) -> str:
    match child:
        case Text(text=text):
            return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
        case Emphasis(children=children, strong=strong):
            mark = "**" if strong else "*"
            return f"{mark}{''.join(map(_inline, children))}{mark}"
        case Link(href=href, children=children):
            return f"[{''.join(map(_inline, children))}](<{href}>)"
        case Code(text=text):
            return f"`{text}`"
        case LineBreak():
            return "\\\n"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).disable(["html_block", "html_inline"])
    # An address is the partner's own, to the letter.
    vars(parser)["normalizeLink"] = str
    return parser


def read_chunk(chunk: str) -> tuple[Block, ...]:
    """Return the blocks that a chunk of CommonMark is; raises ConfigError for an image or a link to nowhere."""
    root = SyntaxTreeNode(_parser().parse(chunk))
    return tuple(_block(node) for node in root.children)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "paragraph":
            return Paragraph(children=_inlines(node.children[0].children))
        case "heading":
            return Heading(level=min(max(int(node.tag[1]), 2), 6), children=_inlines(node.children[0].children))
        case "blockquote":
            return Quote(blocks=tuple(_block(child) for child in node.children))
        case "bullet_list" | "ordered_list":
            items = tuple(tuple(_block(part) for part in item.children) for item in node.children)
            return ListBlock(items=items, ordered=node.type == "ordered_list")
        case "fence" | "code_block":
            return Preformatted(text=node.content.rstrip("\n"))
        case "hr":
            return Rule()
        case other:
            raise _unreadable(f"{other} is no block of an article")


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> tuple[Inline, ...]:
    return tuple(_joined([one for node in nodes for one in _inline_of(node)]))


def _inline_of(node: SyntaxTreeNode) -> Iterator[Inline]:
    match node.type:
        case "text" | "softbreak":
            yield Text(text=node.content if node.type == "text" else " ")
        case "hardbreak":
            yield LineBreak()
        case "code_inline":
            yield Code(text=node.content)
        case "em" | "strong":
            yield Emphasis(children=_inlines(node.children), strong=node.type == "strong")
        case "link":
            yield _link(node)
        case other:
            raise _unreadable(f"{other} has no place in a paragraph")


def _link(node: SyntaxTreeNode) -> Link:
    href = str(node.attrs.get("href", ""))
    if not is_web_url(href) and not href.startswith("mailto:"):
        raise _unreadable(f"the link to {href[:80]!r} is no web address")
    return Link(href=href, children=_inlines(node.children))


def _joined(found: Sequence[Inline]) -> Iterator[Inline]:
    """Join runs of text that stood in the source as one."""
    run = ""
    for one in found:
        if isinstance(one, Text):
            run += one.text
            continue
        if run:
            yield Text(text=run)
            run = ""
        yield one
    if run:
        yield Text(text=run)


def _unreadable(what: str) -> ConfigError:
    return ConfigError(
        what,
        where="the edited text",
        next_step="write paragraphs, ## subheads, > quotations, - lists, [words](https://…)",
    )
