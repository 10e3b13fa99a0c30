"""How long a text takes to read, and how it begins (pure)."""

from __future__ import annotations

import re

from ingest.body import Body, Paragraph, inline_text
from ingest.printable import one_line

# Brysbaert 2019, "How many words do we read per minute?": 238 for English non-fiction, silent.
_WORDS_A_MINUTE = 238
# Trauzettel-Klosinski et al. 2012 (IReST): Chinese 255 and Japanese 357 characters a minute; their middle.
_CHARACTERS_A_MINUTE = 300
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(
    r"[.!?\u2026][\"'\u2019\u201d\u00bb)\]]*(?=\s)"
    r"|[\u3002\uff01\uff1f][\u300d\u300f\u201d\uff09]*"  # ideographic: no blank follows
    r"|[\u061f\u06d4](?=\s)"  # Arabic question mark, Urdu full stop
)
# What may stand before a full stop that ends a sentence: a plain word of two letters or more, a capitalised one of
# five, capitals alone, a number, a closing mark; hence not "Mr", "J", "U.S" or "St".
_LAST_WORD = re.compile(
    r"(?:^|[\s(\"'\u2018\u201c-])(?:(?!(?:vs|cf|ca|no|al|etc)\b)[^\W\d_A-Z][^\W\d_]+|[A-Z][^\W\d_]{4,}|[A-Z]{2,}|[\d,.]*\d)$"
    r"|[)\]\"\u201d\u2019%]$"
)
#: A paragraph shorter than this is a line of its own, not the story's beginning.
_REAL = 40
_COMMAS = ",;:\u3001\uff0c\uff1a\uff1b\u060c\u061b"
_CLAUSE_END = re.compile(f"[{_COMMAS}]")


def reading_minutes(body: Body) -> int:
    """Return the whole minutes, at least 1, that the body takes to read."""
    text = body.text
    if text.isascii() or _CJK.search(text) is None:
        return max(1, round(len(text.split()) / _WORDS_A_MINUTE))
    characters = len(_CJK.findall(text))
    words = len(_CJK.sub(" ", text).split())
    return max(1, round(words / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE))


def opening(body: Body, *, most: int = 200, least: int = 60) -> str:
    """Return the first sentences of the body's first real paragraph, `least` to `most` characters.

    Never ends within a word: where no sentence ends in that span, the last whole word that fits is followed by "…".
    """
    text = _first_real(body)
    if len(text) <= most:
        return text
    ends = [m.end() for m in _SENTENCE_END.finditer(text[: most + 1]) if _ends_sentence(text, m)]
    fitting = [end for end in ends if least <= end <= most]
    return text[: fitting[-1]] if fitting else _cut_at_word(text, most)


def _first_real(body: Body) -> str:
    """Return the first paragraph of some length, else the first."""
    first: str | None = None
    for block in body.blocks:
        if isinstance(block, Paragraph):
            text = one_line(inline_text(block.children))
            if len(text) >= _REAL:
                return text
            first = text if first is None else first
    return first or ""


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if text[match.end() :].lstrip()[:1].islower():
        return False
    return match.group()[0] != "." or _LAST_WORD.search(text[: match.start()]) is not None


def _cut_at_word(text: str, most: int) -> str:
    """Cut before `most` at white space, else (scripts without spaces) at a clause's end, else at nothing."""
    head = text[: most - 1]
    space = head.rfind(" ")
    clause = max((m.start() for m in _CLAUSE_END.finditer(head)), default=-1)
    cut = max(space, clause)
    return head[:cut].rstrip(f" {_COMMAS}\u2013\u2014-") + " …" if cut > 0 else ""
