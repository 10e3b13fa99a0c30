"""Kinds of pair, made from prose of our own: which are one work and which are two."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from ingest.dedupe import Copy, decide
from tests.bench.dedupe import candidate, names_of
from tests.bench.pair_kinds import KINDS, Maker, make_pairs
from tests.bench.shelf import as_known


def _pairs(kind: Maker, *, titles: bool) -> list[dict[str, Any]]:
    return make_pairs(Random(7), 12, titles=titles, kinds=[kind])


@pytest.mark.parametrize("titles", [True, False], ids=["with titles", "text alone"])
@pytest.mark.parametrize("kind", [kind for kind, label in KINDS.items() if label], ids=lambda kind: kind.__name__)
def test_one_work(kind: Maker, titles: bool) -> None:
    """Copies, whole and in part, edited and credited, are the work they are of."""
    for pair in _pairs(kind, titles=titles):
        verdict = decide(candidate(pair["b"]), [as_known(candidate(pair["a"]))])
        assert isinstance(verdict, Copy), (pair["pair"], verdict.reason, names_of(pair["a"]))


@pytest.mark.parametrize("titles", [True, False], ids=["with titles", "text alone"])
@pytest.mark.parametrize(
    "kind", [kind for kind, label in KINDS.items() if label == 0], ids=lambda kind: kind.__name__
)
def test_two_works(kind: Maker, titles: bool) -> None:
    """Templates of another day, series, digests, follow-ups and updates are works of their own."""
    for pair in _pairs(kind, titles=titles):
        verdict = decide(candidate(pair["b"]), [as_known(candidate(pair["a"]))])
        assert not isinstance(verdict, Copy), (pair["pair"], verdict.reason)
