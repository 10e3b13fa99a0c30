"""The body of an article as typed blocks with inline text: the only form in which foreign prose travels.

Foreign HTML ends at the extractor; what comes after it builds its own HTML from these values, so that no partner's
markup reaches a page and no teaser can cut a tag. Each value's `kind` names it in the stored JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field


@dataclass(frozen=True, kw_only=True)
class Text:
    """A run of plain text, as the partner wrote it (NBSPs, curly quotes and typos included)."""

    text: str
    kind: Literal["text"] = field(default="text", repr=False)


@dataclass(frozen=True, kw_only=True)
class Emphasis:
    """`strong` when bold, else italic."""

    children: tuple[Inline, ...]
    strong: bool = False
    kind: Literal["emphasis"] = field(default="emphasis", repr=False)


@dataclass(frozen=True, kw_only=True)
class Link:
    """An absolute http, https or mailto link."""

    href: str
    children: tuple[Inline, ...]
    kind: Literal["link"] = field(default="link", repr=False)


@dataclass(frozen=True, kw_only=True)
class Code:
    """Inline code."""

    text: str
    kind: Literal["code"] = field(default="code", repr=False)


@dataclass(frozen=True, kw_only=True)
class LineBreak:
    """A forced line break, as in verse and addresses."""

    kind: Literal["break"] = field(default="break", repr=False)


Inline: TypeAlias = Annotated[Text | Emphasis | Link | Code | LineBreak, Field(discriminator="kind")]


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture that the partner shows; whether we may is the terms' business."""

    url: str
    alt: str = ""
    caption: tuple[Inline, ...] = ()
    #: The photo credit apart from the caption, as printed ("Jane Doe/AP").
    credit: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph of running text."""

    children: tuple[Inline, ...]
    kind: Literal["paragraph"] = field(default="paragraph", repr=False)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A subhead; `level` 2 to 6 (1 is the headline, which is no part of the body)."""

    level: int
    children: tuple[Inline, ...]
    kind: Literal["heading"] = field(default="heading", repr=False)


@dataclass(frozen=True, kw_only=True)
class ListBlock:
    """A list; each item is a tuple of blocks, so that lists nest."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    kind: Literal["list"] = field(default="list", repr=False)


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A block quotation, with who said it if the page marks that."""

    blocks: tuple[Block, ...]
    cite: tuple[Inline, ...] = ()
    kind: Literal["quote"] = field(default="quote", repr=False)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with its image, caption and credit."""

    image: Image
    kind: Literal["figure"] = field(default="figure", repr=False)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A table cell."""

    children: tuple[Inline, ...]
    header: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()
    kind: Literal["table"] = field(default="table", repr=False)


@dataclass(frozen=True, kw_only=True)
class Preformatted:
    """A block of code or verse whose white space counts."""

    text: str
    kind: Literal["preformatted"] = field(default="preformatted", repr=False)


@dataclass(frozen=True, kw_only=True)
class Embed:
    """A video, post or other foreign frame, kept as a link to it."""

    url: str
    provider: str = ""
    title: str = ""
    kind: Literal["embed"] = field(default="embed", repr=False)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A thematic break between sections."""

    kind: Literal["rule"] = field(default="rule", repr=False)


Block: TypeAlias = Annotated[
    Paragraph | Heading | ListBlock | Quote | Figure | Table | Preformatted | Embed | Rule,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, kw_only=True)
class Body:
    """An article's body."""

    blocks: tuple[Block, ...] = field(default=())

    @property
    def text(self) -> str:
        """The body's words: one paragraph, heading, list item or row a line, joined by a blank line."""
        return "\n\n".join(line for block in self.blocks for line in block_lines(block))

    @property
    def word_count(self) -> int:
        """How many blank-separated words the body has."""
        return len(self.text.split())


def inline_text(children: tuple[Inline, ...]) -> str:
    """Return the words of inline children, without markup."""
    return "".join(_inline_piece(child) for child in children)


def _inline_piece(child: Inline) -> str:
    match child:
        case Text(text=text) | Code(text=text):
            return text
        case Emphasis(children=children) | Link(children=children):
            return inline_text(children)
        case LineBreak():
            return "\n"


def block_lines(block: Block) -> list[str]:
    """Return a block's words, a line for each paragraph-like part; figures and embeds have none."""
    match block:
        case Paragraph(children=children) | Heading(children=children):
            lines = [inline_text(children)]
        case ListBlock(items=items):
            lines = [line for item in items for part in item for line in block_lines(part)]
        case Quote(blocks=blocks, cite=cite):
            lines = [line for part in blocks for line in block_lines(part)] + [inline_text(cite)]
        case Table(rows=rows, caption=caption):
            lines = [
                inline_text(caption),
                *(" | ".join(inline_text(c.children) for c in row) for row in rows),
            ]
        case Preformatted(text=text):
            lines = [text]
        case Figure() | Embed() | Rule():
            lines = []
    return [line for line in lines if line.strip()]
