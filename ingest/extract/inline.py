"""Inline markup to inline values: text with emphasis, links and code, white space as a browser shows it (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from ingest.body import Code, Emphasis, Inline, LineBreak, Link, Text

#: What HTML collapses (HTML standard: ASCII white space); NBSP and the like are the partner's own.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: A hint to the browser where it may break a word, no part of the word.
_SOFT_HYPHEN = "\u00ad"
_ASCII_BLANKS = " \t\r\n\f"
_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What applies to a piece of text."""

    href: str | None = None
    strong: bool = False
    emphasis: bool = False
    code: bool = False

    def inside(self, tag: str) -> Marks:
        """Return the marks within an element of this tag."""
        if tag in ("b", "strong"):
            return self if self.strong else replace(self, strong=True)
        if tag in ("i", "em", "cite", "dfn", "var"):
            return self if self.emphasis else replace(self, emphasis=True)
        if tag in ("code", "kbd", "samp", "tt"):
            return self if self.code else replace(self, code=True)
        return self


PLAIN = Marks()
_BREAK = ("\n", PLAIN)


class Run:
    """Running text being gathered: tokens of (text, marks), a forced break being a token of its own."""

    def __init__(self) -> None:
        self._tokens: list[tuple[str, Marks]] = []
        self._glued = False

    def glue(self) -> None:
        """Let the next words follow without a blank, as a drop cap's do."""
        self._glued = True

    def add(self, text: str | None, marks: Marks) -> None:
        """Add text as it stands in the source."""
        if text and self._glued:
            text = text.lstrip()
            self._glued = not text
        if text:
            self._tokens.append((_BLANKS.sub(" ", text.replace(_SOFT_HYPHEN, "")), marks))

    def line_break(self) -> None:
        """Add a forced line break."""
        self._tokens.append(_BREAK)

    def take(self) -> list[tuple[Inline, ...]]:
        """Return the paragraphs gathered (two breaks in a row part them), and start anew."""
        paragraphs = [fold(tokens) for tokens in _split(_tidy(self._tokens))]
        self._tokens = []
        return paragraphs

    def __bool__(self) -> bool:
        return bool(self._tokens)


def _tidy(tokens: list[tuple[str, Marks]]) -> list[tuple[str, Marks]]:
    """Collapse white space across tokens, as a browser does across elements."""
    tidy: list[tuple[str, Marks]] = []
    at_blank = True
    for text, marks in tokens:
        if (text, marks) == _BREAK:
            _trim_end(tidy)
            tidy.append(_BREAK)
            at_blank = True
            continue
        kept = text.lstrip(_ASCII_BLANKS) if at_blank else text
        if kept:
            tidy.append((kept, marks))
            at_blank = kept.endswith(" ")
    _trim_end(tidy)
    return tidy


def _trim_end(tokens: list[tuple[str, Marks]]) -> None:
    while tokens and tokens[-1] != _BREAK:
        text, marks = tokens.pop()
        if text := text.rstrip(_ASCII_BLANKS):
            tokens.append((text, marks))
            return


def _split(tokens: list[tuple[str, Marks]]) -> list[list[tuple[str, Marks]]]:
    parts: list[list[tuple[str, Marks]]] = [[]]
    breaks = 0
    for token in tokens:
        if token == _BREAK:
            breaks += 1
            continue
        blank = not token[0].strip()
        if breaks >= 2 and not blank:
            parts.append([])
        elif breaks and parts[-1] and not blank:
            parts[-1].append(_BREAK)
        if not blank:
            breaks = 0
        parts[-1].append(token)
    return [part for part in parts if any(text.strip() for text, _ in part)]


def fold(tokens: list[tuple[str, Marks]]) -> tuple[Inline, ...]:
    """Return tokens as nested inline values: link outside, then strong, then italic."""
    folded: list[Inline] = []
    for href, group in groupby(tokens, key=lambda token: token[1].href):
        inner = _fold_strong(list(group))
        folded.extend((Link(href=href, children=inner),) if href else inner)
    return tuple(folded)


def _fold_strong(tokens: list[tuple[str, Marks]]) -> tuple[Inline, ...]:
    folded: list[Inline] = []
    for strong, group in groupby(tokens, key=lambda token: token[1].strong):
        inner = _fold_emphasis(list(group))
        folded.extend((Emphasis(children=inner, strong=True),) if strong else inner)
    return tuple(folded)


def _fold_emphasis(tokens: list[tuple[str, Marks]]) -> tuple[Inline, ...]:
    folded: list[Inline] = []
    for emphasis, group in groupby(tokens, key=lambda token: token[1].emphasis):
        inner = _fold_plain(list(group))
        folded.extend((Emphasis(children=inner),) if emphasis else inner)
    return tuple(folded)


def _fold_plain(tokens: list[tuple[str, Marks]]) -> tuple[Inline, ...]:
    folded: list[Inline] = []
    for key, group in groupby(tokens, key=lambda token: (token == _BREAK, token[1].code)):
        is_break, code = key
        words = "".join(text for text, _ in group)
        if is_break:
            folded.append(LineBreak())
        else:
            folded.append(Code(text=words) if code else Text(text=words))
    return tuple(folded)


def web_url(href: str | None, *, base: str) -> str | None:
    """Return an absolute http, https or mailto URL, or None for any other (javascript:, a place on the page)."""
    if not href:
        return None
    cleaned = re.sub(r"[\x00-\x20\x7f]+", "", href) if href.isascii() else "".join(href.split())
    if not cleaned or cleaned.startswith("#"):
        return None
    try:
        url = urljoin(base, cleaned)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not (parts.netloc or parts.scheme == "mailto"):
        return None
    return url


def link_share(children: tuple[Inline, ...]) -> float:
    """Return which share (0 to 1) of the words' characters stands in links."""
    total = linked = 0
    for text, in_link in _pieces(children, in_link=False):
        size = len(text.strip())
        total += size
        linked += size if in_link else 0
    return linked / total if total else 0.0


def _pieces(children: tuple[Inline, ...], *, in_link: bool) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for child in children:
        match child:
            case Text(text=text) | Code(text=text):
                pieces.append((text, in_link))
            case Emphasis(children=inner):
                pieces.extend(_pieces(inner, in_link=in_link))
            case Link(children=inner):
                pieces.extend(_pieces(inner, in_link=True))
            case LineBreak():
                pass
    return pieces


def links_within(children: tuple[Inline, ...], host: str) -> bool:
    """Tell whether a link among inline values leads to a page of this host."""
    own = host.casefold().removeprefix("www.")
    for child in children:
        match child:
            case Link(href=href):
                if (urlsplit(href).hostname or "").removeprefix("www.") == own:
                    return True
            case Emphasis(children=inner):
                if links_within(inner, host):
                    return True
            case _:
                pass
    return False
