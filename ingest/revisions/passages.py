"""An article as the passages that readers see, without what is not the partner's words: ads, counters, tracking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Article
from ingest.body import (
    Block,
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
    Table,
    Text,
    inline_text,
)
from ingest.revisions.noise import is_ad_address, is_noise, picture
from ingest.urls import canonical_url


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One line or block of what readers see; equal passages read the same."""

    #: "headline", "standfirst", "byline", "credit", "dateline", "paragraph", "heading", "item", "quote", "row",
    #: "preformatted", "picture", "embed" or "bio".
    kind: str
    #: Its words as the partner wrote them, runs of blanks made one.
    text: str
    #: Its markup, links in canonical form: what may change while the words stay.
    form: str = ""


#: Kinds whose words are the text.
PROSE = frozenset({"standfirst", "dateline", "paragraph", "heading", "item", "quote", "row", "preformatted", "bio"})
#: Kinds that show something beside the words.
MEDIA = frozenset({"picture", "embed"})


def passages(article: Article) -> tuple[Passage, ...]:
    """Return an article's passages in the order in which a page shows them."""
    byline = "; ".join(article.byline.names) or article.byline.raw
    found = (
        Passage(kind="headline", text=_tidy(article.headline)),
        Passage(kind="standfirst", text=_tidy(article.standfirst or "")),
        Passage(kind="byline", text=_tidy(byline)),
        Passage(kind="credit", text=_tidy(article.inherited_credit or "")),
        Passage(kind="dateline", text=_tidy(article.dateline or "")),
        *([_picture(article.image)] if article.image else []),
        *(passage for block in article.body.blocks for passage in _of_block(block)),
        Passage(kind="bio", text=_tidy(article.bio or "")),
    )
    return tuple(passage for passage in found if _counts(passage))


def _counts(passage: Passage) -> bool:
    if passage.kind in MEDIA:
        return bool(passage.form) and not is_ad_address(passage.form)
    return bool(passage.text) and not (passage.kind in PROSE and is_noise(passage.text))


def _of_block(block: Block) -> Iterator[Passage]:
    match block:
        case Paragraph(children=children) if not _is_linked_ad(children):
            yield _prose("paragraph", children)
        case Heading(children=children):
            yield _prose("heading", children)
        case Preformatted(text=text):
            yield Passage(kind="preformatted", text=text)
        case Figure(image=image):
            yield _picture(image)
        case Embed(url=url, title=title):
            yield Passage(kind="embed", text=_tidy(title), form=canonical_url(url))
        case ListBlock() | Quote() | Table():
            yield from _of_container(block)


def _of_container(block: ListBlock | Quote | Table) -> Iterator[Passage]:
    match block:
        case ListBlock(items=items):
            parts = (part for item in items for part in item)
            yield from (_as(passage, "item") for part in parts for passage in _of_block(part))
        case Quote(blocks=blocks, cite=cite):
            yield from (_as(passage, "quote") for part in blocks for passage in _of_block(part))
            yield _prose("quote", cite)
        case Table(rows=rows, caption=caption):
            yield _prose("row", caption)
            for row in rows:
                cells = [cell.children for cell in row]
                yield Passage(
                    kind="row", text=_tidy(" | ".join(map(inline_text, cells))), form="|".join(map(_form, cells))
                )


def _as(passage: Passage, kind: str) -> Passage:
    return Passage(kind=kind, text=passage.text, form=passage.form) if passage.kind == "paragraph" else passage


def _prose(kind: str, children: tuple[Inline, ...]) -> Passage:
    return Passage(kind=kind, text=_tidy(inline_text(children)), form=_form(children))


def _picture(image: Image) -> Passage:
    words = (inline_text(image.caption), image.credit or "")
    return Passage(kind="picture", text=" · ".join(filter(None, map(_tidy, words))), form=picture(image.url))


def _is_linked_ad(children: tuple[Inline, ...]) -> bool:
    """Tell whether a paragraph is nothing but links to servers of ads."""
    links = [child for child in children if isinstance(child, Link)]
    rest = inline_text(tuple(child for child in children if not isinstance(child, Link)))
    return bool(links) and not rest.strip() and all(is_ad_address(link.href) for link in links)


def _form(children: tuple[Inline, ...]) -> str:
    return "".join(map(_piece, children))


def _piece(child: Inline) -> str:
    match child:
        case Text(text=text):
            return " ".join(text.split())
        case Code(text=text):
            return f"`{text}`"
        case Emphasis(children=children, strong=strong):
            return f"<{'b' if strong else 'i'}>{_form(children)}</>"
        case Link(href=href, children=children):
            return f"<a {canonical_url(href)}>{_form(children)}</>"
        case LineBreak():
            return "\n"


def _tidy(text: str) -> str:
    return " ".join(text.split())
