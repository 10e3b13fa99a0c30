"""Which copy goes out, and what becomes of what is out there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.handover import Copy, Leave, Put, TakeDown, choose
from ingest.rights import Verdict
from ingest.store.publications import PublicationRow

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def _copy(article: int, verdict: Verdict = Verdict.PUBLISH, **changes: bool) -> Copy:
    facts = {"own": False, "withdrawn": False, "forbidden": False} | changes
    return Copy(article_id=article, revision_id=article, attribution_id=article, verdict=verdict, **facts)


def _out(article: int, state: str = "published") -> PublicationRow:
    return PublicationRow(
        id=1,
        work_id=1,
        slug="s",
        partner="p",
        target="site",
        article_id=article,
        revision_id=article,
        attribution_id=article,
        out_attribution_id=article,
        state=state,
        location=None,
        teaser=None,
        intended_at=NOW,
        first_published_at=None,
        updated_at=None,
        attempts=0,
        error=None,
    )


HELD, DENIED = Verdict.HOLD, Verdict.DENY
CASES = [
    ("one that may be published is", [_copy(1)], None, Put(copy=_copy(1))),
    ("one that is held is not", [_copy(1, HELD)], None, Leave()),
    (
        "the origin's own goes before a middleman's",
        [_copy(1), _copy(2, own=True)],
        None,
        Put(copy=_copy(2, own=True)),
    ),
    ("a middleman's stands in while the own is held", [_copy(1), _copy(2, HELD, own=True)], None, Put(copy=_copy(1))),
    ("the first of two middlemen goes", [_copy(3), _copy(2)], None, Put(copy=_copy(2))),
    ("what is out already is left", [_copy(1)], _out(1), Leave()),
    ("what is on its way is left", [_copy(1)], _out(1, "pending"), Leave()),
    (
        "a better copy takes the place of what is out",
        [_copy(1), _copy(2, own=True)],
        _out(1),
        Put(copy=_copy(2, own=True)),
    ),
    ("a doubt leaves what is out", [_copy(1, HELD)], _out(1), Leave()),
    ("an ended permission takes it down", [_copy(1, HELD, forbidden=True)], _out(1), TakeDown(reason="")),
    ("a refusal takes it down", [_copy(1, DENIED, forbidden=True)], _out(1), TakeDown(reason="")),
    ("a person's withdrawal takes it down", [_copy(1, withdrawn=True)], _out(1), TakeDown(reason="")),
    ("a withdrawn one never returns", [_copy(1, withdrawn=True)], _out(1, "withdrawn"), Leave()),
    ("nor by another copy", [_copy(1, withdrawn=True), _copy(2, own=True)], _out(1, "withdrawn"), Leave()),
    (
        "what was withdrawn for want of permission returns with it",
        [_copy(1)],
        _out(1, "withdrawn"),
        Put(copy=_copy(1)),
    ),
]


@pytest.mark.parametrize(("copies", "out", "step"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_step_for_a_work(copies: list[Copy], out: PublicationRow | None, step: object) -> None:
    """Each row of the table is a law of its own, named by its id."""
    chosen = choose(copies, out)
    assert type(chosen) is type(step)
    if isinstance(step, Put):
        assert chosen == step


COPIES = st.builds(
    Copy,
    article_id=st.integers(1, 5),
    revision_id=st.integers(1, 3),
    attribution_id=st.integers(1, 3),
    verdict=st.sampled_from(Verdict),
    own=st.booleans(),
    withdrawn=st.booleans(),
    forbidden=st.booleans(),
)


@given(st.lists(COPIES, max_size=4), st.sampled_from([None, "pending", "published", "withdrawing", "withdrawn"]))
def test_nothing_without_a_right_is_ever_put_out(copies: list[Copy], state: str | None) -> None:
    """Only a copy with the verdict to publish is put out, and nothing of a work that a person withdrew."""
    step = choose(copies, _out(1, state) if state else None)
    if isinstance(step, Put):
        assert step.copy.verdict is Verdict.PUBLISH
        assert not any(copy.withdrawn for copy in copies)


@given(st.lists(COPIES, max_size=4))
def test_putting_it_out_again_is_never_asked_for(copies: list[Copy]) -> None:
    """Once a copy is out, the same copies ask for no other step: no flip-flop (reader #340)."""
    step = choose(copies, None)
    if isinstance(step, Put):
        row = _out(step.copy.article_id)
        settled = PublicationRow(
            **{
                **{name: getattr(row, name) for name in PublicationRow.__dataclass_fields__},
                "revision_id": step.copy.revision_id,
                "attribution_id": step.copy.attribution_id,
            }
        )
        assert choose(copies, settled) == Leave()
