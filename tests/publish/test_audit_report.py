"""The report on a partner: what the records hold, nothing guessed, and nothing that bites."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.article import Byline
from ingest.correcting import correct as say_corrected
from ingest.editing import Desk, edit, with_headline
from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store.rulings import Ruling
from ingest.terms import Basis, Duties, Edits, Grant, Mode, Terms
from publish.audit.export import cell
from publish.audit.notified import note_notified
from publish.audit.report import Report, collect, report_html
from publish.audit.report.written import Format, written
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NOW, SITE, article, claimed, partner, sources, take
from tests.publish.audit_site import published
from tests.publish.making import VECTORS

TERMS = Terms(
    grant=Grant(**{**GRANTED.grant.model_dump(), "valid_until": (NOW + timedelta(days=20)).date()}),
    mode=Mode.FULL,
    duties=Duties(notify="desk@forum.example", correct_hours=2),
)
KNOWN = sources(partner("forum", TERMS), partner("middle"))
LATER = NOW + timedelta(hours=5)


def report(engine: sa.Engine, known: Sources = KNOWN, key: str = "forum", **changes: Any) -> Report:
    """Return a report on a partner, of the day on which the tests' world stands."""
    found = known.partner(key)
    assert found is not None
    day = {"since": NOW.date(), "until": NOW.date(), "now": LATER, **changes}
    return collect(engine, found, sources=known, target="site", **day)


def correct(engine: sa.Engine, folder: Path, **changes: Any) -> None:
    """Take up a correction of the partner's, five hours after the first publication."""
    take(engine, article(headline="What the tides really say, part 0", **changes), "forum", KNOWN, now=LATER)
    publish_waiting(StaticSite(folder, SITE), engine=engine, clock=lambda: LATER, actor="test")


def test_it_tells_each_fact_of_a_piece(engine: sa.Engine, tmp_path: Path) -> None:
    """Address, original, byline, credit, permission and time are those of the records."""
    published(engine, tmp_path, KNOWN)
    (piece,) = report(engine).pieces
    assert piece.url == "https://courier.example/articles/what-the-tides-say-part-0.html"
    assert piece.original == "https://forum.example/tides"
    assert piece.byline == ("Jane Roe",)
    assert piece.credit == "This article, originally published by Forum, is republished with permission."
    assert (piece.basis, piece.grantor, piece.terms) == ("grant", "J. Doe, editor", TERMS.digest[:12])
    assert piece.published_at == NOW
    assert [change.kind for change in piece.changes] == ["published"]
    assert piece.gaps == ()


@pytest.mark.parametrize(
    ("changes", "stated", "hours"),
    [
        ({}, False, 0),
        ({"modified_at": NOW + timedelta(hours=1)}, True, 4),
        ({"modified_at": LATER + timedelta(hours=9)}, False, 0),
    ],
)
def test_a_corrections_delay_counts_from_what_is_known(
    engine: sa.Engine, tmp_path: Path, changes: dict[str, Any], stated: bool, hours: int
) -> None:
    """From the partner's own word where it has one that can be, else from when we saw it; late by the terms."""
    published(engine, tmp_path, KNOWN)
    correct(engine, tmp_path, **changes)
    (piece,) = report(engine).pieces
    (correction,) = piece.corrections
    assert (correction.stated, correction.delay) == (stated, timedelta(hours=hours))
    assert correction.late == (hours > 2)
    assert correction.revision == 2


def test_only_what_the_partner_corrected_counts_as_taken_up(engine: sa.Engine, tmp_path: Path) -> None:
    """Our edit is ours, its merge with a correction takes that up once, and our own correction is listed as such."""
    known = sources(partner("forum", TERMS.model_copy(update={"edits": Edits.ANY, "headline_edits": True})))
    site, hours = StaticSite(tmp_path, SITE), (NOW + timedelta(hours=n) for n in range(1, 9))

    def desk() -> Desk:
        now = next(hours)
        return Desk(engine=engine, sources=known, keeping=Keeping(now=now, actor="ed", targets=("site",)))

    def kinds() -> list[str]:
        now = next(hours)
        publish_waiting(site, engine=engine, clock=lambda: now, actor="test")
        (piece,) = report(engine, known).pieces
        return [change.kind for change in piece.changes]

    published(engine, tmp_path, known)
    edit(desk(), 1, lambda sheet: with_headline(sheet, "Ours"), reason="Style")
    assert kinds() == ["published", "edited"]
    take(engine, article(standfirst="A newer one."), "forum", known, now=next(hours))
    assert kinds() == ["published", "edited", "corrected"]
    say_corrected(engine, 1, "<b>It</b> was Tuesday.", keeping=desk().keeping)
    assert kinds() == ["published", "edited", "corrected", "updated", "told"]
    made = report(engine, known)
    (corrected,) = made.pieces[0].corrections
    assert corrected.changed_at == NOW + timedelta(hours=3)
    page = " ".join(report_html(made).split())
    assert "Our own correction: <bdi>&lt;b&gt;It&lt;/b&gt; was Tuesday.</bdi>" in page
    assert "<dt>Corrections taken up</dt><dd>1</dd>" in page
    assert "<dt>Our own corrections</dt><dd>1</dd>" in page
    (row,) = csv.DictReader(io.StringIO(written(made, Format.CSV)))
    assert (row["corrections"], row["our own corrections"]) == ("1", "<b>It</b> was Tuesday.")
    (piece,) = json.loads(written(made, Format.JSON))["pieces"]
    assert [change["text"] for change in piece["changes"] if change["kind"] == "told"] == ["<b>It</b> was Tuesday."]


def test_what_is_to_be_done_is_named(engine: sa.Engine, tmp_path: Path) -> None:
    """Whom to tell, until somebody notes that they were; what ends soon."""
    published(engine, tmp_path, KNOWN)
    made = report(engine)
    assert [piece.article_id for piece in made.to_notify] == [1]
    assert [piece.article_id for piece in made.expiring()] == [1]
    note_notified(engine, 1, how="mail", actor="ed", now=LATER)
    assert report(engine).to_notify == ()


def test_a_fee_is_told_with_its_payee_and_for_how_many(engine: sa.Engine, tmp_path: Path) -> None:
    """What is to be paid stands with each piece and among what is to be done; where it is free, nothing does."""
    published(engine, tmp_path, KNOWN)
    assert report(engine).owed == ()
    duties = Duties(fee="25 EUR for each article", fee_to="Forum Rights Ltd")
    paid = sources(partner("forum", TERMS.model_copy(update={"duties": duties})))
    take(engine, article(), "forum", paid)
    take(engine, article("second", seed=4), "forum", paid)
    publish_waiting(StaticSite(tmp_path, SITE), engine=engine, clock=lambda: NOW, actor="test")
    made = report(engine, paid)
    ((amount, to, pieces),) = made.owed
    assert (amount, to, len(pieces)) == ("25 EUR for each article", "Forum Rights Ltd", 2)
    page = report_html(made)
    assert "Pay <bdi>Forum Rights Ltd</bdi>" in page
    assert "2 articles in this period" in page
    assert "25 EUR for each article" in written(made, Format.CSV)


def test_what_nobody_knows_is_a_gap(engine: sa.Engine, tmp_path: Path) -> None:
    """An unknown address, author or time is named, never filled in."""
    from_middle = claimed(article(by="middle", byline=Byline(), published_at=None), "Forum")
    take(engine, from_middle, "middle", KNOWN)
    publish_waiting(StaticSite(tmp_path, SITE), engine=engine, clock=lambda: NOW, actor="test")
    for key in ("forum", "middle"):
        (piece,) = report(engine, key=key).pieces
        assert piece.original is None
        assert piece.gaps == ("original URL unknown", "author unknown", "time of the original unknown")
    assert "original URL unknown" in written(report(engine), Format.HTML)


def test_a_withdrawal_is_part_of_it(engine: sa.Engine, tmp_path: Path) -> None:
    """What was taken down stays in the report, with when."""
    published(engine, tmp_path, KNOWN)
    keeping = Keeping(now=LATER, actor="ed", targets=("site",))
    give_ruling(engine, 1, Ruling.WITHDRAWN, reason="asked to", sources=KNOWN, keeping=keeping)
    publish_waiting(StaticSite(tmp_path, SITE), engine=engine, clock=lambda: LATER, actor="test")
    (piece,) = report(engine).pieces
    assert piece.withdrawn_at == LATER
    assert report(engine).expiring() == ()


def test_it_holds_its_period_and_its_partner_alone(engine: sa.Engine, tmp_path: Path) -> None:
    """Days before and after, and other partners' pieces, are left out."""
    published(engine, tmp_path, KNOWN)
    day = NOW.date()
    assert report(engine, since=day - timedelta(days=9), until=day - timedelta(days=1)).pieces == ()
    assert report(engine, since=day + timedelta(days=1), until=day + timedelta(days=9)).pieces == ()
    assert report(engine, key="middle").pieces == ()


@pytest.mark.parametrize("vector", VECTORS)
def test_no_field_carries_an_attack(engine: sa.Engine, tmp_path: Path, vector: str) -> None:
    """Whatever a partner sends comes out as words."""
    published(engine, tmp_path, KNOWN)
    made = report(engine)
    (piece,) = made.pieces
    hostile = replace(
        piece,
        headline=vector,
        byline=(vector,),
        original=vector,
        url=vector,
        supplier=vector,
        origin=vector,
        grantor=vector,
    )
    html = written(replace(made, pieces=(hostile,), partner_name=vector), Format.HTML)
    reader = _Tags()
    reader.feed(html)
    assert not reader.tags & {"script", "img", "iframe", "svg", "base", "object"}
    assert not any(name.startswith("on") for name in reader.attributes)
    assert all(href.startswith(("#", "http")) for href in reader.hrefs)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.hrefs += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_it_needs_nothing_beside_it(engine: sa.Engine, tmp_path: Path) -> None:
    """One file: no style sheet, script, font or image is asked for."""
    published(engine, tmp_path, KNOWN)
    html = written(report(engine), Format.HTML)
    assert "<link" not in html
    assert "<img" not in html
    assert "url(" not in html
    assert "@media print" in html


def test_all_forms_tell_the_same_pieces(engine: sa.Engine, tmp_path: Path) -> None:
    """HTML, CSV and JSON are one report."""
    published(engine, tmp_path, KNOWN, article(), article("reefs", seed=7))
    made = report(engine)
    rows = list(csv.DictReader(io.StringIO(written(made, Format.CSV))))
    parsed = json.loads(written(made, Format.JSON))
    assert (
        [row["url"] for row in rows] == [piece["url"] for piece in parsed["pieces"]] == [p.url for p in made.pieces]
    )
    assert all(piece.url in written(made, Format.HTML) for piece in made.pieces)
    assert rows[0]["credit"] == made.pieces[0].credit


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(text: str) -> None:
    """A headline that begins like a formula stays words."""
    assert cell(text) == f"'{text}"


def test_a_licence_is_named_as_people_name_it(engine: sa.Engine, tmp_path: Path) -> None:
    """The basis is told by its name, or as a written permission."""
    free = sources(partner("forum", Terms(grant=Grant(basis=Basis.CC_BY, grantor="Forum"), mode=Mode.FULL)))
    published(engine, tmp_path, free)
    assert "under CC BY 4.0 of" in written(report(engine, free), Format.HTML)


def test_what_to_send_is_written_and_goes_once_it_is_noted(engine: sa.Engine, tmp_path: Path) -> None:
    """Whom to tell, of what and in which words; noted as done, it asks for nothing more."""
    terms = GRANTED.model_copy(update={"duties": Duties(notify="desk@forum.example")})
    known = sources(partner("forum", terms))
    published(engine, tmp_path, known)
    made = report(engine, known)
    ((address, text),) = made.letters
    assert address == "desk@forum.example"
    assert {made.pieces[0].headline, made.pieces[0].url} <= set(text.split("\n"))
    shown = report_html(made)
    assert "reprint audit notified 1 --how" in " ".join(shown.split())
    assert made.ledger_head is not None
    assert made.ledger_head in shown
    note_notified(engine, 1, how="mail to desk@forum.example", actor="ed", now=NOW)
    assert report(engine, known).letters == ()
