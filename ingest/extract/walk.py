"""The container's DOM to typed blocks, in order; furniture by markup is left out with its reason (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.body import Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Rule, inline_text
from ingest.extract.figures import FRAMES, IMAGES, figures_of, is_figure
from ingest.extract.furniture import RULE, names_of, reason_of
from ingest.extract.inline import PLAIN, Marks, Run, web_url
from ingest.extract.pictures import embed_of, has_words, image_of, inline_of, post_of
from ingest.extract.pieces import Piece, dropped, is_link_list, leads_within_page, piece_of
from ingest.extract.scan import Scan
from ingest.extract.tables import is_layout, table_of
from ingest.extract.tree import Element
from ingest.extract.vocabulary import BLOCKS, HEADINGS, SKIPPED, is_caption_name

#: Deeper elements than this, from the container, are read as plain text.
MAX_DEPTH = 120
#: A picture that stood so many blocks ago is not shown again (its noscript twin).
_NEAR = 4
#: Reasons under whose names an article's own posts and players stand.
_HOLDS_EMBEDS = frozenset({"share", "widget", "meta"})
_NEW_WINDOW = re.compile(
    r"\s*\(?(?:opens?\s+in\s+(?:a\s+)?new\s+(?:tab|window)|external(?:\s+link)?|öffnet\s+(?:in|im)\s+(?:einem\s+)?neuen?m?\s+"
    r"(?:fenster|tab)|(?:s.)?ouvre\s+dans\s+une\s+nouvelle\s+(?:fenêtre|onglet)|se\s+abre\s+en\s+.{0,30})\)?\s*",
    re.IGNORECASE,
)
_DROP_CAP = re.compile(r"initial|drop-?cap|first-?letter|lettrine|versal", re.IGNORECASE)
_INLINE_FURNITURE = frozenset({"hidden", "share", "ad", "comments", "newsletter", "tools", "dialog"})


class Walker:
    """Walks one container and gathers its pieces."""

    def __init__(self, scan: Scan, *, base: str) -> None:
        self._scan = scan
        self._base = base
        self._pieces: list[Piece] = []
        self._run = Run()
        self._pending: list[Piece] = []

    def walk(self, element: Element, *, depth: int = 0) -> list[Piece]:
        """Return the pieces of an element's content."""
        self._content(element, element, PLAIN, depth)
        self._flush(element)
        return self._pieces

    def walk_all(self, elements: Sequence[Element]) -> list[Piece]:
        """Return the pieces of neighbouring elements, one after the other."""
        if len(elements) == 1:
            return self.walk(elements[0])
        for element in elements:
            self._child(element, element, PLAIN, 0)
            self._flush(element)
        return self._pieces

    def walk_figure(self, element: Element) -> list[Piece]:
        """Return the piece of a figure that stands by itself."""
        self._figure(element)
        return self._pieces

    def _content(self, element: Element, owner: Element, marks: Marks, depth: int) -> None:
        self._run.add(element.text, marks)
        for child in element:
            self._child(child, owner, marks, depth + 1)
            self._run.add(child.tail, marks)

    def _child(self, child: Element, owner: Element, marks: Marks, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            self._run.line_break()
        elif tag == "noscript":
            self._lazy_picture(child)
        elif tag in FRAMES:
            self._frame(child, owner)
        elif not isinstance(tag, str) or tag in SKIPPED:
            return
        elif reason := self._furniture(child, tag):
            self._drop(child, owner, reason)
        elif tag in IMAGES:
            self._picture(child)
        elif depth > MAX_DEPTH:
            self._run.add("".join(child.itertext()), marks)
        elif tag in BLOCKS or self._scan.is_block(child):
            self._block(child, tag, owner, marks, depth)
        else:
            self._inline(child, tag, owner, marks, depth)

    def _inline(self, child: Element, tag: str, owner: Element, marks: Marks, depth: int) -> None:
        inner = marks.inside(tag)
        if tag == "a" and (href := web_url(child.get("href"), base=self._base)):
            inner = Marks(href=href, strong=inner.strong, emphasis=inner.emphasis, code=inner.code)
        self._content(child, owner, inner, depth)
        if is_drop_cap(child):
            self._run.glue()

    def _block(self, child: Element, tag: str, owner: Element, marks: Marks, depth: int) -> None:
        self._flush(owner)
        match tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading(child, HEADINGS[tag], marks)
            case "ul" | "ol":
                self._list(child, ordered=tag == "ol", depth=depth)
            case "blockquote":
                self._quote(child, depth)
            case "table":
                self._table(child, depth)
            case "pre":
                if text := "".join(child.itertext()).strip("\n"):
                    self._pieces.append(piece_of(Preformatted(text=text), child))
            case "hr":
                self._pieces.append(piece_of(Rule(), child))
            case _ if is_figure(child, tag, scan=self._scan):
                self._figure(child)
            case _:
                self._content(child, child, marks, depth)
                self._flush(child)

    def _furniture(self, child: Element, tag: str) -> str | None:
        """Return why an element is left out; long prose outweighs a name that may mean anything."""
        node = self._scan.nodes.get(child)
        if node is None or child in self._scan.ruled.keep:
            return None
        if child in self._scan.ruled.drop:
            return RULE
        if not node.block:
            if len(child) == 0 and child.text and _NEW_WINDOW.fullmatch(child.text):
                return "hidden"
            reason = reason_of(child, tag) if child.attrib else None
            return reason if reason in _INLINE_FURNITURE else None
        if node.furniture and is_caption_name(names_of(child)):
            return None
        return node.furniture

    def _drop(self, child: Element, owner: Element, reason: str) -> None:
        if child.tag in BLOCKS:
            self._flush(owner)
        if piece := dropped(child, reason):
            self._pieces.append(piece)
        if reason in _HOLDS_EMBEDS:
            self._embeds_in(child)

    def _embeds_in(self, element: Element) -> None:
        """Keep the posts and players of an element that its names take for a share bar."""
        for child in element.iter("blockquote", *FRAMES):
            if child.tag == "blockquote":
                if post_of(child, base=self._base) is not None:
                    self._quote(child, 0)
            elif embed := embed_of(child, base=self._base):
                self._pieces.append(piece_of(embed, child))

    def _flush(self, owner: Element) -> None:
        """End the running line: its paragraphs, then the pictures that stood in it."""
        if self._run:
            for children in self._run.take():
                self._pieces.append(piece_of(Paragraph(children=children), owner))
        self._pieces.extend(self._pending)
        self._pending = []

    def _heading(self, element: Element, level: int, marks: Marks) -> None:
        if children := inline_of(element, base=self._base, marks=marks):
            self._pieces.append(piece_of(Heading(level=level, children=children), element))
        self._pictures_in(element)

    def _nested(self, element: Element, depth: int) -> list[Piece]:
        return Walker(self._scan, base=self._base).walk(element, depth=depth)

    def _list(self, element: Element, *, ordered: bool, depth: int) -> None:
        if leads_within_page(element) and (piece := dropped(element, "contents")):
            self._pieces.append(piece)
            return
        nested = [
            self._nested(item, depth) for item in element if isinstance(item.tag, str) and item.tag not in SKIPPED
        ]
        items = [[piece.block for piece in pieces if piece.kept and piece.block] for pieces in nested]
        if not any(items):
            return
        if is_link_list(nested) and (piece := dropped(element, "related")):
            self._pieces.append(piece)
            return
        block = ListBlock(items=tuple(tuple(blocks) for blocks in items if blocks), ordered=ordered)
        self._pieces.append(piece_of(block, element))

    def _quote(self, element: Element, depth: int) -> None:
        if (embed := post_of(element, base=self._base)) and not has_words(element):
            self._pieces.append(piece_of(embed, element))
            return
        cites = [child for child in element if child.tag in ("cite", "footer")]
        cite = inline_of(cites[0], base=self._base) if cites else ()
        blocks = tuple(p.block for p in self._nested(element, depth) if p.kept and p.block and p.element not in cites)
        cited = inline_text(cite).strip()
        blocks = tuple(
            b for b in blocks if not (isinstance(b, Paragraph) and inline_text(b.children).strip() == cited)
        )
        if blocks:
            self._pieces.append(piece_of(Quote(blocks=blocks, cite=cite), element))

    def _table(self, element: Element, depth: int) -> None:
        if is_layout(element, prose=self._scan.prose(element)):
            self._content(element, element, PLAIN, depth)
            self._flush(element)
        elif table := table_of(element, base=self._base):
            self._pieces.append(piece_of(table, element))

    def _figure(self, element: Element) -> None:
        figures = figures_of(element, base=self._base)
        self._pieces.extend(piece_of(figure, element) for figure in figures)
        if not figures and (piece := dropped(element, "caption")):
            self._pieces.append(piece)

    def _picture(self, img: Element) -> None:
        if (image := image_of(img, base=self._base)) and not self._seen(image.url):
            self._pending.append(piece_of(Figure(image=image), img))

    def _lazy_picture(self, noscript: Element) -> None:
        for img in noscript.iter("img"):
            self._picture(img)

    def _pictures_in(self, element: Element) -> None:
        for img in element.iter(*IMAGES):
            self._picture(img)
        self._pieces.extend(self._pending)
        self._pending = []

    def _seen(self, url: str) -> bool:
        shown = (*self._pieces[-_NEAR:], *self._pending)
        return any(isinstance(p.block, Figure) and p.block.image.url == url for p in shown)

    def _frame(self, element: Element, owner: Element) -> None:
        self._flush(owner)
        if embed := embed_of(element, base=self._base):
            self._pieces.append(piece_of(embed, element))


def is_drop_cap(element: Element) -> bool:
    """Tell a first letter that is set apart from the rest of its word."""
    letter = element.text_content().strip()
    return len(letter) == 1 and letter.isalpha() and bool(_DROP_CAP.search(names_of(element)))
