"""Two revisions held against each other, passage by passage and word for word (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.article import Article
from ingest.revisions.align import align
from ingest.revisions.change import Change
from ingest.revisions.classify import classify
from ingest.revisions.passages import Passage, passages
from ingest.revisions.words import words

#: Passages with this part of their words in common are one passage, edited.
_ALIKE: Final = 0.4
#: Words, blanks and marks, and each character of a script without spaces.
_PIECES: Final = re.compile(r"\s+|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|[^\w\s]")


class Step(StrEnum):
    """What became of a passage, or of a run of words within one."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words in a row with one fate: same, added or removed."""

    step: Step
    text: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One passage of either revision, or of both."""

    #: As `Passage.kind` has it.
    kind: str
    step: Step
    runs: tuple[Run, ...]
    #: Said where the words are the same: "markup or links changed", another picture's address.
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Diff:
    """The whole way from one revision to another."""

    change: Change
    #: In the order of a page; what stayed is among them, for context.
    passages: tuple[Difference, ...]


def diff(before: Article, after: Article) -> Diff:
    """Hold two revisions of an article against each other."""
    old, new = passages(before), passages(after)
    return Diff(change=classify(before, after), passages=tuple(_differences(old, new)))


def _differences(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Difference]:
    for span in align(old, new):
        before, after = old[span.a_from : span.a_to], new[span.b_from : span.b_to]
        if span.equal:
            yield from (_whole(passage, Step.SAME) for passage in after)
        else:
            yield from _replaced(before, after)


def _replaced(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Difference]:
    """Pair what is alike, in order; what is left was removed or added."""
    done = 0
    for passage in before:
        match = next((i for i in range(done, len(after)) if _alike(passage, after[i])), None)
        if match is None:
            yield _whole(passage, Step.REMOVED)
            continue
        yield from (_whole(added, Step.ADDED) for added in after[done:match])
        yield _edited(passage, after[match])
        done = match + 1
    yield from (_whole(added, Step.ADDED) for added in after[done:])


def _alike(a: Passage, b: Passage) -> bool:
    if a.kind != b.kind:
        return False
    if a.kind in {"headline", "standfirst", "byline", "credit", "dateline", "bio"} or a.text == b.text:
        return True
    mine, theirs = ({word.folded for word in words(p.text)} for p in (a, b))
    return bool(mine and theirs) and len(mine & theirs) >= _ALIKE * max(len(mine), len(theirs))


def _whole(passage: Passage, step: Step) -> Difference:
    run_step = Step.SAME if step is Step.SAME else step
    return Difference(
        kind=passage.kind,
        step=step,
        runs=(Run(step=run_step, text=passage.text),) if passage.text else (),
        note=passage.form if passage.kind in {"picture", "embed"} else "",
    )


def _edited(a: Passage, b: Passage) -> Difference:
    if a.text == b.text:
        note = f"{a.form} → {b.form}" if a.kind in {"picture", "embed"} else "markup or links changed"
        return Difference(kind=b.kind, step=Step.CHANGED, runs=(Run(step=Step.SAME, text=b.text),), note=note)
    return Difference(kind=b.kind, step=Step.CHANGED, runs=tuple(_runs(a.text, b.text)))


def _runs(a: str, b: str) -> Iterator[Run]:
    old, new = _PIECES.findall(a), _PIECES.findall(b)
    for span in align(old, new):
        gone, come = "".join(old[span.a_from : span.a_to]), "".join(new[span.b_from : span.b_to])
        if span.equal:
            yield Run(step=Step.SAME, text=come)
            continue
        if gone:
            yield Run(step=Step.REMOVED, text=gone)
        if come:
            yield Run(step=Step.ADDED, text=come)
