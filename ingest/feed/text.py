"""HTML of a feed to its words (pure)."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from lxml import etree

_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
#: Unicode's paragraph separator, as line ends in HTML's source are blanks.
_BREAK: Final = "\u2029"
_UNSEEN: Final = ("script", "style", "template", "noscript")
_MAY_HIDE: Final = re.compile(f"<(?:{'|'.join(_UNSEEN)})", re.IGNORECASE)
# fmt: off
_BLOCKS: Final = (
    "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "td", "th", "tr", "ul",
)
# fmt: on

#: A line of nothing but numbers and the names of what is counted, in the languages of most partners.
_COUNTER: Final = re.compile(
    r"[\W\d_]*(?:(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|repl(?:y|ies)|views?|vues?"
    r"|aufrufe|vistas|likes?|shares?|partages?|claps?|votes?|reads?|min(?:ute)?s?|k|m)[\W\d_]*)+"
)


def one_line(text: str) -> str:
    """Return a text with its runs of blanks and line ends made one space each; no-break spaces stay."""
    return _BLANKS.sub(" ", text).strip()


def words_of(markup: str) -> list[str]:
    """Return the text of an HTML fragment, a line for each block, without markup, scripts or comments."""
    if "<" not in markup:
        return list(filter(None, [one_line(html.unescape(markup))]))
    # huge_tree: a fragment nested hundreds deep is read to its end, as lxml's walk does not recurse.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(f"<div>{markup}</div>".encode(), parser)
    if _MAY_HIDE.search(markup):
        etree.strip_elements(root, *_UNSEEN, with_tail=False)
    for block in root.iter(*_BLOCKS):
        block.text = _BREAK + (block.text or "")
        block.tail = _BREAK + (block.tail or "")
    return [line for part in "".join(root.itertext()).split(_BREAK) if (line := one_line(part))]


def lasting_words(markup: str) -> str:
    """Return the words of an HTML fragment that a partner wrote, with blanks made even and without counters.

    A counter is a line like "12 comments" or "3 min read", which changes without anybody writing.
    """
    return "\n".join(line for line in map(even, words_of(markup)) if not _is_counter(line))


def even(text: str) -> str:
    """Return a plain text in one Unicode form (NFC) with every run of blanks, no-break ones too, made one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_counter(line: str) -> bool:
    return len(line) <= 80 and any(map(str.isdigit, line)) and _COUNTER.fullmatch(line.casefold()) is not None
