"""An article as an editor sees it: headline, standfirst and body as plain text, and back (pure).

    Headline: Small ports, long shadows
    Standfirst: What the harbours know.

    First paragraph, with *emphasis* and a [link](https://example.org/).

    ## A subhead

A block of the body is a chunk between blank lines. One that the editor left alone comes back as the very block that
it was, figures and tables included; these stand as {figure 3fa2c1: caption}, and can be moved or taken out but not
written.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.article import Article
from ingest.body import Block, Body, Embed, Figure, Table, block_lines, inline_text
from ingest.edits.markup import chunk_of, read_chunk
from ingest.errors import ConfigError

_HEADLINE, _STANDFIRST = "Headline:", "Standfirst:"
_PLACEHOLDER = re.compile(r"\{[a-z]+ [0-9a-f]{6}(?::[^\n]*)?\}")
#: What git and merge3 mark a collision with; a sheet that still holds one is not done.
MARKERS = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What an editor may change of an article."""

    headline: str
    standfirst: str = ""
    #: One for each block of the body, in order.
    chunks: tuple[str, ...] = ()


def sheet_of(article: Article) -> Sheet:
    """Return an article's sheet; each block has a chunk of its own."""
    return Sheet(
        headline=" ".join(article.headline.split()),
        standfirst=" ".join((article.standfirst or "").split()),
        chunks=tuple(chunk for chunk, _ in chunks_of(article.body.blocks)),
    )


def write_sheet(sheet: Sheet) -> str:
    """Return the text that the editor is shown."""
    head = f"{_HEADLINE} {sheet.headline}\n{_STANDFIRST} {sheet.standfirst}".rstrip()
    return "\n\n".join((head, *sheet.chunks)) + "\n"


def parse_sheet(text: str) -> Sheet:
    """Return the sheet that a text is; raises ConfigError where it has no headline, or still marks a collision."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    if any(line.startswith(MARKERS) for line in lines):
        raise ConfigError(
            "it still marks where our words and the partner's collide",
            where="the edited text",
            next_step=f"write what shall stand there, and take out the lines with {' '.join(MARKERS)}",
        )
    headline, standfirst, rest = "", "", lines
    if rest and rest[0].startswith(_HEADLINE):
        headline, rest = rest[0].removeprefix(_HEADLINE).strip(), rest[1:]
    if rest and rest[0].startswith(_STANDFIRST):
        standfirst, rest = rest[0].removeprefix(_STANDFIRST).strip(), rest[1:]
    if not headline:
        raise ConfigError(
            "it does not begin with the headline",
            where="the edited text",
            next_step=f"let its first line be: {_HEADLINE} the headline",
        )
    chunks = (chunk.strip("\n") for chunk in re.split(r"\n(?:[ \t]*\n)+", "\n".join(rest)))
    return Sheet(headline=headline, standfirst=standfirst, chunks=tuple(chunk for chunk in chunks if chunk.strip()))


def read_sheet(sheet: Sheet, articles: Sequence[Article]) -> Article:
    """Return the first article as its sheet was changed; chunks of any of the articles come back as their blocks.

    Raises ConfigError for a placeholder that stands for nothing, or words that are no plain block.
    """
    article = articles[0]
    known: defaultdict[str, list[Block]] = defaultdict(list)
    for one in reversed(articles):
        for chunk, block in chunks_of(one.body.blocks):
            known[chunk].insert(0, block)
    blocks = tuple(block for chunk in sheet.chunks for block in _blocks(chunk, known))
    mine = sheet_of(article)
    return replace(
        article,
        headline=article.headline if sheet.headline == mine.headline else sheet.headline,
        standfirst=article.standfirst if sheet.standfirst == mine.standfirst else sheet.standfirst or None,
        body=Body(blocks=blocks),
    )


def _blocks(chunk: str, known: dict[str, list[Block]]) -> tuple[Block, ...]:
    if chunk in known:
        # The first of equal ones is as good as any, and all may be used.
        return (known[chunk][0],)
    if _PLACEHOLDER.fullmatch(chunk.strip()):
        raise ConfigError(
            f"{chunk.strip()[:80]} stands for nothing in the article",
            where="the edited text",
            next_step="figures, tables and embeds can be moved or taken out, but not written or changed",
        )
    return read_chunk(chunk)


def chunks_of(blocks: Sequence[Block]) -> list[tuple[str, Block]]:
    """Return each block with its chunk; what cannot be written as text has a name by its kind and content."""
    return [(chunk_of(block) or _placeholder(block), block) for block in blocks]


def _placeholder(block: Block) -> str:
    match block:
        case Figure(image=image):
            said = inline_text(image.caption) or image.alt or image.url
        case Embed(title=title, url=url):
            said = title or url
        case Table(caption=caption):
            said = inline_text(caption)
        case _:
            said = " ".join(block_lines(block))
    said = " ".join(said.split())[:80].replace("}", ")")
    # The same block has the same name in every revision, wherever it stands.
    name = hashlib.sha256(repr(block).encode()).hexdigest()[:6]
    return f"{{{block.kind} {name}{': ' + said if said else ''}}}"
