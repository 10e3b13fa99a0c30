"""Several permissions of one partner, and permissions over time: quotas, revocations, clocks that go back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from ingest.article import Byline, Person
from ingest.errors import SourcesError
from ingest.reconsider import reconsider_store
from ingest.rights import Decision, Reason, Verdict, choose
from ingest.sources import Sources, load_sources, sources_schema
from ingest.sources.provenance import permissions_of, rules_of
from ingest.store import attributions, outbox, publications, schema
from ingest.store.database import read, write
from ingest.terms import Basis, CreditRule, Duties, Grant, Images, Mode, Position, Quota, Selection, Terms
from tests.newswire import GRANTED, NO_TERMS, NOW, article, partner, sources, take

HOUR = timedelta(hours=1)
#: The public licence shows an excerpt; the letter lets us show all, and asks for a credit at the bottom.
LICENCE = Terms(grant=Grant(basis=Basis.CC_BY_ND, grantor="Forum"), mode=Mode.EXCERPT)
LETTER = Terms(
    grant=Grant(basis=Basis.GRANT, grantor="J. Doe", evidence="letter.pdf"),
    mode=Mode.FULL,
    credit=CreditRule(template="By courtesy of {origin}.", position=Position.BOTTOM),
)
OTHERWISE = Reason(code="manual-selection", message="Read it.", releasable=True)
LATER = Reason(code="delay", message="Wait.")


def _decision(verdict: Verdict, mode: Mode = Mode.FULL, *reasons: Reason, until: int | None = None) -> Decision:
    at = None if until is None else NOW + timedelta(days=until)
    return Decision(verdict=verdict, mode=mode, reasons=reasons, reconsider_at=at)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (_decision(Verdict.DENY), _decision(Verdict.HOLD, Mode.LINK, LATER)),
        (_decision(Verdict.HOLD, Mode.FULL, LATER), _decision(Verdict.HOLD, Mode.FULL, LATER, until=1)),
        (_decision(Verdict.HOLD, Mode.FULL, LATER, until=1), _decision(Verdict.HOLD, Mode.LINK, OTHERWISE)),
        (_decision(Verdict.HOLD, Mode.FULL, OTHERWISE), _decision(Verdict.PUBLISH, Mode.LINK)),
        (_decision(Verdict.PUBLISH, Mode.LINK), _decision(Verdict.PUBLISH, Mode.EXCERPT)),
        (_decision(Verdict.PUBLISH, Mode.EXCERPT), _decision(Verdict.PUBLISH, Mode.FULL)),
        (_decision(Verdict.PUBLISH, until=1), _decision(Verdict.PUBLISH)),
        (_decision(Verdict.PUBLISH, until=1), _decision(Verdict.PUBLISH, until=2)),
    ],
)
def test_the_permission_that_lets_us_do_more_counts(worse: Decision, better: Decision) -> None:
    """Wherever it is written; of equals the first."""
    assert choose([(LETTER, worse), (LETTER, better)]) == 1
    assert choose([(LETTER, better), (LETTER, worse)]) == 0
    assert choose([(LETTER, better), (LETTER, better)]) == 0
    pictures = LETTER.model_copy(update={"images": Images.ALL})
    assert choose([(LETTER, better), (pictures, better)]) == 1
    with pytest.raises(ValueError, match="no permission"):
        choose([])


def _known(*permissions: Terms) -> Sources:
    return sources(replace(partner("forum", permissions[0]), other_terms=permissions[1:]))


def _stands(engine: sa.Engine, article_id: int = 1) -> tuple[Terms, Verdict, str, Mode]:
    with read(engine) as connection:
        value = attributions.of_article(connection, article_id)
    return value.terms, value.decision.verdict, value.credit.text, value.decision.mode


def _reconsider(engine: sa.Engine, known: Sources, later: timedelta = timedelta()) -> int:
    return len(reconsider_store(engine, known, targets=("site",), actor="test", clock=lambda: NOW + later))


def _states(engine: sa.Engine) -> list[str]:
    with read(engine) as connection:
        return [row.state for row in publications.batch(connection, "site", after=0, limit=100)]


def _carry_out(engine: sa.Engine) -> None:
    with write(engine) as connection:
        for row in publications.waiting(connection, "site", now=NOW + timedelta(days=999)):
            if row.state == "pending":
                assert outbox.mark_published(connection, row, location="x", teaser="{}")


def test_the_duties_are_those_of_the_permission_that_was_chosen(engine: sa.Engine) -> None:
    """The letter shows more, so its credit stands, and nothing of the licence's; when it ends, the licence's does."""
    until = (NOW + timedelta(days=3)).date()
    letter = LETTER.model_copy(update={"grant": LETTER.grant.model_copy(update={"valid_until": until})})
    known = _known(LICENCE, letter)
    take(engine, article(), "forum", known)
    assert _stands(engine) == (letter, Verdict.PUBLISH, "By courtesy of Forum.", Mode.FULL)
    assert _reconsider(engine, known, timedelta(days=2)) == 0
    assert _reconsider(engine, known, timedelta(days=5)) == 1
    terms, verdict, credit, mode = _stands(engine)
    assert (terms, verdict, mode) == (LICENCE, Verdict.PUBLISH, Mode.EXCERPT)
    assert "CC BY-ND 4.0" in credit
    assert "courtesy" not in credit


def test_one_permission_serves_where_another_holds(engine: sa.Engine) -> None:
    """A full quota, or an editor who would have to choose, stops nothing that another permission lets pass."""
    picky = LETTER.model_copy(update={"selection": Selection.MANUAL})
    take(engine, article(), "forum", _known(picky, LICENCE))
    assert _stands(engine)[:2] == (LICENCE, Verdict.PUBLISH)
    known = _known(picky, NO_TERMS)
    assert _reconsider(engine, known) == 1
    assert _stands(engine)[:2] == (picky, Verdict.HOLD)


def test_what_costs_is_taken_only_where_nothing_free_serves(engine: sa.Engine) -> None:
    """The free excerpt counts before the whole text for a fee; once it may be taken no more, the fee is owed."""
    duties = Duties(fee="25 EUR for each article", fee_to="Forum Rights Ltd")
    paid = LETTER.model_copy(update={"duties": duties})
    take(engine, article(), "forum", _known(paid, LICENCE))
    assert _stands(engine)[0] == LICENCE
    assert _reconsider(engine, _known(paid, NO_TERMS)) == 1
    assert _stands(engine)[0] == paid
    with pytest.raises(ValidationError, match="how much is paid, and to whom"):
        Duties(fee="25 EUR for each article")


def test_a_quota_counts_at_its_edge(engine: sa.Engine) -> None:
    """The piece after the last waits until the very moment at which the oldest leaves the period, and no longer."""
    known = _known(GRANTED.model_copy(update={"quota": Quota(articles=2, days=7)}))
    for number, hours in ((1, 0), (2, 5)):
        take(engine, article(f"p{number}", seed=number), "forum", known, now=NOW + hours * HOUR)
        _carry_out_at(engine, NOW + hours * HOUR)
    third = take(engine, article("p3", seed=3), "forum", known, now=NOW + 6 * HOUR)
    assert third.verdict is Verdict.HOLD
    week = timedelta(days=7)
    assert _reconsider(engine, known, week - timedelta(seconds=1)) == 0
    assert _stands(engine, third.article_id)[1] is Verdict.HOLD
    assert _reconsider(engine, known, week) == 1
    assert _stands(engine, third.article_id)[1] is Verdict.PUBLISH
    fourth = take(engine, article("p4", seed=4), "forum", known, now=NOW + week)
    assert fourth.verdict is Verdict.HOLD
    assert _reconsider(engine, known, week + 5 * HOUR) == 1


def _carry_out_at(engine: sa.Engine, at: object) -> None:
    _carry_out(engine)
    with write(engine) as connection:
        table = schema.publication
        newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
        connection.execute(table.update().where(table.c.id == newest).values(first_published_at=at))


def test_what_was_revoked_goes_and_what_is_granted_again_returns(engine: sa.Engine) -> None:
    """Each turn of the partner's mind is carried out, and is in the records."""
    given, none = _known(GRANTED), _known(NO_TERMS)
    take(engine, article(), "forum", given)
    _carry_out(engine)
    assert _reconsider(engine, none) == 1
    assert _states(engine) == ["withdrawing"]
    assert _reconsider(engine, given) == 1
    assert _states(engine) == ["pending"]
    _carry_out(engine)
    assert _reconsider(engine, given) == 0
    assert _states(engine) == ["published"]


@pytest.mark.parametrize("set_back", [HOUR, timedelta(days=1)])
def test_a_clock_set_back_takes_nothing_down(engine: sa.Engine, set_back: timedelta) -> None:
    """What an embargo let out stays out, although the clock says that it has not ended; a new piece still waits."""
    known = _known(GRANTED.model_copy(update={"delay_hours": 3.0, "keep_days": 30}))
    take(engine, article(), "forum", known)
    assert _stands(engine)[1] is Verdict.HOLD
    assert _reconsider(engine, known, HOUR) == 1
    _carry_out(engine)
    assert _reconsider(engine, known, HOUR - set_back) == 0
    assert _states(engine) == ["published"]
    late = take(engine, article("new", seed=9), "forum", known, now=NOW + HOUR - set_back)
    assert late.verdict is Verdict.HOLD
    assert _reconsider(engine, known, 2 * HOUR) == 1
    assert _stands(engine, late.article_id)[1] is Verdict.PUBLISH


@pytest.mark.parametrize(
    ("byline", "owner"),
    [("By Jane Roe, Associated Press via Herald", "Associated Press"), ("By Jane Roe, Herald Staff", "Herald")],
)
def test_what_an_agency_sent_through_another_is_the_agencys(engine: sa.Engine, byline: str, owner: str) -> None:
    """Nested organisations: who delivers it and through whom it came do not make it theirs."""
    known = sources(partner("herald"))
    people = (Person(name="Jane Roe", affiliation=byline.partition(", ")[2]),)
    take(engine, article(by="herald", byline=Byline(people=people, raw=byline)), "herald", known)
    with read(engine) as connection:
        value = attributions.of_article(connection, 1)
    assert value.origin.name == owner
    assert (value.decision.verdict is Verdict.PUBLISH) == value.origin.own


HEAD = """
site: {name: S, url: 'https://s.example/'}
partners:
  x:
    name: X Weekly
    url: https://x.example/
    terms: cc-by-nd-4.0
    other_terms:
      - cc-by-4.0
"""


def _load(folder: Path, more: str = "") -> Sources:
    path = folder / "sources.yaml"
    path.write_text(HEAD.lstrip() + more, encoding="utf-8")
    return load_sources(path)


def test_further_permissions_are_read_as_the_first_is(tmp_path: Path) -> None:
    """Presets, proofs with their hash, the line that each rule stands in, and the schema for editors."""
    (tmp_path / "letter.txt").write_text("You may.", encoding="utf-8")
    own = (
        "      - {preset: cc-by-4.0, images: all}\n"
        "      - {grant: {basis: grant, grantor: J. Doe, evidence: letter.txt}, mode: full}\n"
    )
    (found,) = _load(tmp_path, own).partners
    assert [terms.grant.basis.value for terms in found.permissions] == ["cc-by-nd", "cc-by", "cc-by", "grant"]
    assert found.permissions[3].grant.evidence_sha256 is not None
    named = [permission.preset for permission in permissions_of(found)]
    assert named == ["cc-by-nd-4.0", "cc-by-4.0", "cc-by-4.0", None]
    kinds = {rule.path: (rule.kind, rule.line) for rule in rules_of(permissions_of(found)[2])}
    assert (kinds["images"], kinds["grant.basis"][0]) == (("file", 9), "preset")
    listed = sources_schema()["$defs"]["PartnerModel"]["properties"]["other_terms"]["items"]["anyOf"]
    assert "cc-by-4.0" in listed[0]["enum"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("      - cc-by-5.0\n", "9:9: partners.x.other_terms[1]: 'cc-by-5.0' is no preset"),
        ("      - {mode: whole}\n", "9:16: partners.x.other_terms[1].mode"),
        ("      - {grant: {basis: grant, grantor: J}}\n", "partners.x.other_terms[1].grant.evidence: is missing"),
        ("      - {credit: {template: Thanks}}\n", "other_terms[1].credit.template"),
        ("      - {pixel_url: 'https://p.example/'}\n", "other_terms[1].pixel_url: its host"),
    ],
)
def test_a_mistake_in_a_further_permission_is_told_with_its_place(tmp_path: Path, more: str, message: str) -> None:
    """As for the first: line, column, path and what to do."""
    with pytest.raises(SourcesError) as caught:
        _load(tmp_path, more)
    assert message in "\n".join(caught.value.problems)
