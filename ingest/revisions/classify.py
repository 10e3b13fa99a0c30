"""From two revisions to the kinds of change between them (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.article import Article
from ingest.revisions.align import Span, align
from ingest.revisions.change import Change, Kind
from ingest.revisions.notices import new_notices
from ingest.revisions.passages import MEDIA, PROSE, Passage, passages
from ingest.revisions.words import Word, misspelt, words

_ORDER = tuple(Kind)


@dataclass(frozen=True, kw_only=True)
class _Worded:
    """How one text became another, by its words."""

    #: Whether any word says something else.
    substantive: bool
    added: int
    removed: int


def classify(before: Article, after: Article) -> Change:
    """Return how an article's later revision differs from an earlier one, in what readers see.

    Advertisements, counters, reading times, tracking parameters and sizes of one picture are no difference.
    """
    old, new = passages(before), passages(after)
    notices = new_notices(_lines(old), _lines(new))
    prose = _worded("\n".join(_lines(old)), "\n".join(line for line in _lines(new) if line not in notices))
    kinds = {
        *([Kind.CORRECTION] if notices else []),
        *([Kind.SUBSTANTIVE] if prose.substantive else []),
        *_headline(old, new),
        *([Kind.BYLINE] if _credited(before, old) != _credited(after, new) else []),
        *_media(old, new),
        *([Kind.DATE] if before.published_at != after.published_at else []),
    }
    if not kinds and old != new:
        kinds = {Kind.TYPOGRAPHIC}
    elif _shown_prose(old) != _shown_prose(new) and not kinds & {Kind.SUBSTANTIVE, Kind.CORRECTION}:
        kinds.add(Kind.TYPOGRAPHIC)
    ordered = tuple(sorted(kinds, key=_ORDER.index)) or (Kind.NONE,)
    return Change(kinds=ordered, added=prose.added, removed=prose.removed, notices=notices)


def _lines(found: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in found if passage.kind in PROSE]


def _shown_prose(found: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in found if passage.kind in PROSE]


def _headline(old: Sequence[Passage], new: Sequence[Passage]) -> set[Kind]:
    before, after = (next((p.text for p in found if p.kind == "headline"), "") for found in (old, new))
    if before == after:
        return set()
    return {Kind.HEADLINE if _worded(before, after).substantive else Kind.TYPOGRAPHIC}


def _credited(article: Article, found: Sequence[Passage]) -> tuple[object, ...]:
    people = [(p.name, p.role, p.affiliation, p.organisation) for p in article.byline.people]
    printed = [p.text for p in found if p.kind in {"byline", "credit"}]
    return (people, printed)


def _media(old: Sequence[Passage], new: Sequence[Passage]) -> set[Kind]:
    before, after = ([p for p in found if p.kind in MEDIA] for found in (old, new))
    if before == after:
        return set()
    if [p.form for p in before] == [p.form for p in after]:
        captions = [_worded(a.text, b.text).substantive for a, b in zip(before, after, strict=True)]
        return {Kind.IMAGE if any(captions) else Kind.TYPOGRAPHIC}
    return {Kind.IMAGE}


def _worded(before: str, after: str) -> _Worded:
    a, b = words(before), words(after)
    changed = [span for span in align([w.folded for w in a], [w.folded for w in b]) if not span.equal]
    return _Worded(
        substantive=any(not _slip(a, b, span) for span in changed),
        added=sum(span.b_to - span.b_from for span in changed),
        removed=sum(span.a_to - span.a_from for span in changed),
    )


def _slip(a: Sequence[Word], b: Sequence[Word], span: Span) -> bool:
    """Tell whether a changed span is a slip put right: misspelt words, a word split or joined, a word said twice."""
    old, new = a[span.a_from : span.a_to], b[span.b_from : span.b_to]
    if not old or not new:
        return _said_twice(a, span.a_from, span.a_to) if old else _said_twice(b, span.b_from, span.b_to)
    if "".join(w.folded for w in old) == "".join(w.folded for w in new):
        return not any(w.is_figure for w in chain(old, new))
    return len(old) == len(new) and all(misspelt(*pair) for pair in zip(old, new, strict=True))


def _said_twice(sequence: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether a span only says its neighbour again ("the the")."""
    if end - start != 1 or sequence[start].is_figure or sequence[start].is_capital:
        return False
    return sequence[start].folded in _neighbours(sequence, start)


def _neighbours(sequence: Sequence[Word], at: int) -> Iterator[str]:
    for near in (at - 1, at + 1):
        if 0 <= near < len(sequence):
            yield sequence[near].folded
