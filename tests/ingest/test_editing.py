"""Our own words in the store: kept, merged, in conflict, settled; each on record, and none of them lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingest.article import Article
from ingest.body import Body, Paragraph, Text
from ingest.correcting import correct
from ingest.editing import Desk, collision, edit, give_up, settle, with_headline
from ingest.edits import Collision, Sheet, Side
from ingest.errors import ConfigError
from ingest.keeping import Keeping
from ingest.rights import Verdict
from ingest.store import attributions, corrections, edits
from ingest.store.database import read
from ingest.terms import Edits
from publish.audit.records import record_findings
from tests.newswire import GRANTED, NO_TERMS, NOW, article, partner, sources, take

FREE = GRANTED.model_copy(update={"edits": Edits.ANY, "headline_edits": True, "change_notice": True})
KNOWN = sources(partner("forum", FREE))
TEXTS = ["The port is old and quiet.", "Nobody counts the ships that come.", "The end of the harbour is near."]


def _article(*texts: str, headline: str = "What the tides say") -> Article:
    blocks = tuple(Paragraph(children=(Text(text=text),)) for text in texts)
    return article(body=Body(blocks=blocks), headline=headline)


def _desk(engine: sa.Engine) -> Desk:
    keeping = Keeping(now=NOW + timedelta(hours=1), actor="Ann", targets=("site",), partners=KNOWN.keys)
    return Desk(engine=engine, sources=KNOWN, keeping=keeping)


def _with(number: int, text: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(
        sheet, chunks=tuple(text if n == number else old for n, old in enumerate(sheet.chunks))
    )


def _lines(engine: sa.Engine, article_id: int = 1) -> list[str]:
    with read(engine) as connection:
        return attributions.of_article(connection, article_id).article.body.text.split("\n\n")


@pytest.fixture
def edited(engine: sa.Engine) -> sa.Engine:
    """Return a store whose one article an editor changed."""
    take(engine, _article(*TEXTS), "forum", KNOWN)
    assert edit(_desk(engine), 1, _with(0, "The harbour is old and quiet."), reason="Style") is Verdict.PUBLISH
    return engine


def _nothing_found(engine: sa.Engine) -> None:
    with read(engine) as connection:
        assert list(record_findings(connection)) == []


def test_a_later_revision_is_merged_and_the_credit_names_the_change(edited: sa.Engine) -> None:
    """The partner's change and ours both stand; the credit says that we changed it, where the terms want that."""
    with read(edited) as connection:
        assert "changed" in attributions.of_article(connection, 1).credit.text.casefold()
    take(edited, _article(*TEXTS), "forum", KNOWN)
    assert _lines(edited)[0] == "The harbour is old and quiet."
    take(edited, _article(*TEXTS[:2], "The end of the harbour is far away."), "forum", KNOWN)
    assert _lines(edited) == ["The harbour is old and quiet.", TEXTS[1], "The end of the harbour is far away."]
    _nothing_found(edited)


def test_a_collision_is_held_and_every_way_out_of_it_is_a_persons(edited: sa.Engine) -> None:
    """Neither side is overwritten, whatever comes in again; ours or the partner's stands by a person's word."""
    theirs = _article("The port is brand new and loud.", *TEXTS[1:])
    for _ in range(2):
        assert take(edited, theirs, "forum", KNOWN).verdict is Verdict.HOLD
    assert _lines(edited)[0] == "The harbour is old and quiet."
    with read(edited) as connection:
        assert [row.article_id for row in edits.conflicts(connection)] == [1]
    found = collision(edited, 1)
    assert isinstance(found, Collision)
    with pytest.raises(ConfigError, match="collide"):
        edit(_desk(edited), 1, _with(1, "x"), reason="x")
    assert settle(_desk(edited), 1, Side.OURS, reason="Ours is right") is Verdict.PUBLISH
    assert take(edited, theirs, "forum", KNOWN).verdict is Verdict.PUBLISH
    assert _lines(edited)[0] == "The harbour is old and quiet."
    assert give_up(_desk(edited), 1, reason="No longer needed") is Verdict.PUBLISH
    assert _lines(edited)[0] == "The port is brand new and loud."
    _nothing_found(edited)


@pytest.mark.parametrize(("side", "port"), [(Side.OURS, "The harbour is old"), (Side.THEIRS, "The port is new")])
def test_a_side_wins_where_they_collide_and_nowhere_else(edited: sa.Engine, side: Side, port: str) -> None:
    """What collides with nothing stands, whoever changed it: a partner's new fact is not lost with its headline."""
    assert edit(_desk(edited), 1, lambda sheet: with_headline(sheet, "Ours"), reason="Style") is Verdict.PUBLISH
    assert edit(_desk(edited), 1, _with(1, "We count the ships that come."), reason="Style") is Verdict.PUBLISH
    theirs = _article("The port is new and quiet.", TEXTS[1], "The end of the harbour is far.", headline="Theirs")
    assert take(edited, theirs, "forum", KNOWN).verdict is Verdict.HOLD
    settle(_desk(edited), 1, side, reason="So it is")
    assert _lines(edited) == [
        f"{port} and quiet.",
        "We count the ships that come.",
        "The end of the harbour is far.",
    ]
    with read(edited) as connection:
        assert attributions.of_article(connection, 1).article.headline.casefold() == side.value
        assert edits.conflicts(connection) == []
    _nothing_found(edited)


def test_a_partner_that_takes_up_our_change_ends_the_edit(edited: sa.Engine) -> None:
    """What both say is the partner's again, and is credited as unchanged."""
    take(edited, _article("The harbour is old and quiet.", *TEXTS[1:]), "forum", KNOWN)
    with read(edited) as connection:
        assert edits.of(connection, 1) is None
    _nothing_found(edited)


def test_what_the_terms_do_not_allow_changes_nothing(engine: sa.Engine) -> None:
    """An edit under terms that forbid it is refused with the rule, and nothing is kept of it."""
    known = sources(partner("forum", GRANTED))
    take(engine, _article(*TEXTS), "forum", known)
    desk = replace(_desk(engine), sources=known)
    with pytest.raises(ConfigError, match="Not a word may be changed"):
        edit(desk, 1, _with(0, "Other words."), reason="x")
    assert _lines(engine) == TEXTS


def test_our_correction_asks_for_the_page_again_and_is_kept_once(edited: sa.Engine) -> None:
    """It is on record with who and when; saying it twice is refused, and so is saying nothing."""
    desk = _desk(edited)
    assert correct(edited, 1, "It was  Tuesday.", keeping=desk.keeping) == 1
    for text in ("It was Tuesday.", " "):
        with pytest.raises(ConfigError):
            correct(edited, 1, text, keeping=desk.keeping)
    with read(edited) as connection:
        (row,) = corrections.rows(connection)
    assert (row.text, row.actor, row.corrected_by, row.shown_at) == ("It was Tuesday.", "Ann", "ours", None)


def test_a_correction_of_what_has_no_page_is_refused_and_not_kept(engine: sa.Engine) -> None:
    """Nothing could show it, so that nothing is promised."""
    known = sources(partner("forum", NO_TERMS))
    take(engine, _article(*TEXTS), "forum", known)
    with pytest.raises(ConfigError, match="no page"):
        correct(engine, 1, "It was Tuesday.", keeping=_desk(engine).keeping)
    with read(engine) as connection:
        assert corrections.rows(connection) == []
