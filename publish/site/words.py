"""The words by which a piece is found; `search.js` reads a reader's question in the same way (pure)."""

from __future__ import annotations

import re
import unicodedata

from publish.teaser import Teaser

# Scripts written without spaces between words: pairs of characters stand for words there.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(f"[{_UNSPACED}]+|[^\\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_LONGEST = 40


def words_of(teaser: Teaser) -> frozenset[str]:
    """Return the words of a teaser: headline, standfirst, names, partner, place and labels."""
    names = " ".join(author.display for author in teaser.authors)
    parts = (teaser.headline, teaser.standfirst, names, teaser.partner_name, teaser.origin_name, teaser.dateline)
    return frozenset(tokens(" ".join((*parts, *teaser.labels))))


def tokens(text: str) -> list[str]:
    """Return a text's words, folded: no case, no accents; in scripts without spaces each pair of characters.

    "São Paulo" gives sao and paulo, "東京都" gives 東京 and 京都; a lone character stands for itself.
    """
    found: list[str] = []
    for run in _TOKEN.findall(fold(text)):
        if not _IS_UNSPACED.match(run):
            found.append(run[:_LONGEST])
        elif len(run) == 1:
            found.append(run)
        else:
            found += [run[start : start + 2] for start in range(len(run) - 1)]
    return found


def fold(text: str) -> str:
    """Return the text without case and without marks above or below letters."""
    if text.isascii():
        return text.lower()
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare).lower()


def shard_of(word: str, length: int) -> str:
    """Return the name of the part of the index that holds a word: its first characters, or its place in Unicode."""
    head = word[:length]
    if head.isascii() and head.isalnum():
        return head
    return f"u{ord(word[0]) % 256:02x}"
