"""What else tells the article's text: JSON-LD's articleBody and the feed's content, to check the body by (pure)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import lxml.html
from lxml import etree

from ingest.article import Source
from ingest.extract.lines import flat
from ingest.feed import Entry

#: A shorter witness says nothing on the whole.
MIN_CHARS = 250
#: Sentences shorter than this are found by chance.
_MIN_SENTENCE = 35
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"”’»)]*\s+|\n+|(?<=[。！？])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")


@dataclass(frozen=True, kw_only=True)
class Witness:
    """One independent copy of the article's text."""

    source: Source
    text: str
    #: Its sentences in comparison form.
    sentences: tuple[str, ...]

    def missing_from(self, text: str) -> tuple[str, ...]:
        """Return its sentences of which a text (in comparison form) holds less than a half, word by word."""
        runs = word_runs(text)
        return tuple(
            sentence for sentence in self.sentences if sentence not in text and _shared(sentence, runs) < 0.5
        )

    def coverage(self, text: str) -> float:
        """Return which share (0 to 1) of its sentences, by length, a text in comparison form holds."""
        total = sum(map(len, self.sentences))
        return 1 - sum(map(len, self.missing_from(text))) / total if total else 1.0


def word_runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of a text in comparison form."""
    words = text.split()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _shared(sentence: str, runs: frozenset[tuple[str, ...]]) -> float:
    own = word_runs(sentence)
    return len(own & runs) / len(own) if own else 0.0


def witnesses(json_ld: Sequence[Mapping[str, object]], entry: Entry | None) -> tuple[Witness, ...]:
    """Return the copies that a page's JSON-LD and its feed entry hold, the longest JSON-LD one first."""
    bodies = sorted((b for b in _bodies(json_ld) if len(b) >= MIN_CHARS), key=len, reverse=True)
    found = [_witness(Source.JSON_LD, plain(body)) for body in bodies[:1]]
    if entry is not None and entry.content:
        found.append(_witness(Source.FEED, plain(entry.content)))
    return tuple(w for w in found if len(w.text) >= MIN_CHARS and w.sentences)


def _bodies(json_ld: Iterable[Mapping[str, object]]) -> Iterable[str]:
    for node in json_ld:
        body = node.get("articleBody")
        if isinstance(body, str):
            yield body


def _witness(source: Source, text: str) -> Witness:
    sentences = (flat(part) for part in _SENTENCE_END.split(text))
    return Witness(source=source, text=text, sentences=tuple(s for s in sentences if len(s) >= _MIN_SENTENCE))


def plain(text: str) -> str:
    """Return a witness's words with a line for each paragraph; markup in it, escaped or not, is read and dropped."""
    if "&amp;" in text:
        text = html.unescape(text)
    if not _TAG.search(text) and "&" not in text:
        return text.strip()
    try:
        root = lxml.html.fragment_fromstring(text[:2_000_000].replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return _TAG.sub("\n", text).strip()
    for element in root.iter("p", "div", "br", "li", "h2", "h3", "h4", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    return "".join(root.itertext()).strip()
