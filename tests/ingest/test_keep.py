"""Keeping: all or nothing, once, under the terms of whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingest.body import Body
from ingest.handover import copies_of
from ingest.keep import Keeping, Outcome
from ingest.reconsider import reconsider_store
from ingest.rights import Verdict
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store import attributions, chain, ledger, outbox, publications, schema
from ingest.store.database import read, write
from ingest.store.publications import PublicationRow
from ingest.store.rulings import Ruling
from ingest.terms import AtEnd, Grant, Selection, Terms
from tests.newswire import GRANTED, NO_TERMS, NOW, article, claimed, partner, sources, take

KNOWN = sources(partner("forum"), partner("herald", NO_TERMS))


def _out(engine: sa.Engine, work_id: int) -> PublicationRow | None:
    with read(engine) as connection:
        return next(iter(publications.of_work(connection, work_id)), None)


def _published(engine: sa.Engine, work_id: int) -> None:
    """Mark a work's publication as carried out."""
    with write(engine) as connection:
        (row,) = publications.of_work(connection, work_id)
        assert outbox.mark_published(connection, row, location="x", teaser="{}")


def _reconsider(engine: sa.Engine, known: Sources, *, later: timedelta = timedelta()) -> int:
    clock = NOW + later
    return len(reconsider_store(engine, known, targets=("site",), actor="test", clock=lambda: clock))


def _events(engine: sa.Engine) -> list[str]:
    with read(engine) as connection:
        chain.verify(connection)
        return [record.event for record in ledger.records(connection)]


def test_a_permitted_article_is_put_into_the_outbox(engine: sa.Engine) -> None:
    """Article, revision, attribution, ledger and the intent to publish come together."""
    kept = take(engine, article(), "forum", KNOWN)
    assert (kept.outcome, kept.verdict) == (Outcome.NEW, Verdict.PUBLISH)
    out = _out(engine, kept.work_id)
    assert out is not None
    assert out.state == "pending"
    assert _events(engine) == ["terms.recorded", "article.publish"]


def test_keeping_it_again_changes_nothing(engine: sa.Engine) -> None:
    """A pass that was killed may simply be repeated: no second revision, no second event."""
    take(engine, article(), "forum", KNOWN)
    before = _events(engine)
    again = take(engine, article(), "forum", KNOWN, now=NOW + timedelta(hours=1))
    assert again.outcome is Outcome.UNCHANGED
    assert _events(engine) == before


def test_what_fails_half_way_leaves_nothing(engine: sa.Engine) -> None:
    """The ledger refuses a payload; article, revision and outbox are gone with it."""
    unsaid = replace(article(), headline="\ud800")
    with pytest.raises((UnicodeEncodeError, ValueError)):
        take(engine, unsaid, "forum", KNOWN)
    with read(engine) as connection:
        for table in (schema.article, schema.revision, schema.attribution, schema.publication, schema.ledger):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


def test_the_middlemans_delivery_is_judged_by_our_terms_with_the_origin(engine: sa.Engine) -> None:
    """The herald has no terms, the forum has: what the herald passes on of the forum's is published with its credit."""
    kept = take(engine, claimed(article(by="herald"), "Forum"), "herald", KNOWN)
    assert kept.verdict is Verdict.PUBLISH
    with read(engine) as connection:
        record = attributions.of_article(connection, kept.article_id)
    assert (record.partner, record.origin.key, record.origin.own) == ("herald", "forum", False)
    assert "Forum" in record.credit.text
    assert "Herald" not in record.credit.text


def test_a_strangers_piece_is_held_whoever_delivers_it(engine: sa.Engine) -> None:
    """Unknown means no: the forum's own grant does not cover another's work."""
    kept = take(engine, claimed(article(), "Institute of Reefs"), "forum", KNOWN)
    assert kept.verdict is Verdict.HOLD
    assert _out(engine, kept.work_id) is None


def test_a_copy_joins_its_work_and_is_published_once(engine: sa.Engine) -> None:
    """Two partners' copies are one page; the origin's own goes before the middleman's, under the same slug."""
    known = sources(partner("forum"), partner("herald", GRANTED))
    first = take(engine, claimed(article(by="herald"), "Forum"), "herald", known)
    slug = _out(engine, first.work_id)
    second = take(engine, article(), "forum", known)
    assert (second.outcome, second.work_id) == (Outcome.COPY, first.work_id)
    out = _out(engine, first.work_id)
    assert out is not None
    assert slug is not None
    assert (out.article_id, out.slug) == (second.article_id, slug.slug)
    with read(engine) as connection:
        assert len(copies_of(connection, first.work_id)) == 2


def test_a_change_at_the_partner_is_a_revision_and_goes_out(engine: sa.Engine) -> None:
    """The new words are kept beside the old ones, with an attribution of their own."""
    first = take(engine, article(), "forum", KNOWN)
    before = _out(engine, first.work_id)
    changed = replace(article(), body=Body(blocks=(*article().body.blocks, *article(seed=9).body.blocks)))
    second = take(engine, changed, "forum", KNOWN)
    after = _out(engine, first.work_id)
    assert (second.outcome, second.article_id) == (Outcome.REVISION, first.article_id)
    assert before is not None
    assert after is not None
    assert after.revision_id != before.revision_id
    with read(engine) as connection:
        assert attributions.load(connection, before.attribution_id).article == article()


def test_a_moved_article_stays_the_same_work(engine: sa.Engine) -> None:
    """The partner changes the URL and keeps the GUID and the text: no second page (miniflux #3120)."""
    first = take(engine, article(), "forum", KNOWN)
    moved = replace(article("tides-2"), guid=article().guid)
    second = take(engine, moved, "forum", KNOWN)
    assert (second.work_id, second.article_id) == (first.work_id, first.article_id)
    assert "article.moved" in _events(engine)


def test_one_text_at_two_live_addresses_does_not_move_back_and_forth(engine: sa.Engine) -> None:
    """A partner lists one piece twice, under one GUID: it moves once, and is then known at both."""
    take(engine, article(), "forum", KNOWN)
    moved = replace(article("tides-2"), guid=article().guid)
    take(engine, moved, "forum", KNOWN)
    before = _events(engine)
    for again in (article(), moved, article()):
        assert take(engine, again, "forum", KNOWN).outcome is not Outcome.NEW
    assert [event for event in _events(engine)[len(before) :] if event == "article.moved"] == []


def test_a_partners_pages_of_a_few_lines_are_not_copies(engine: sa.Engine) -> None:
    """The line "Download this week's puzzles here" stands under many headlines; each is a work of its own."""
    lines = Body(blocks=article().body.blocks[:1])
    known = sources(partner("forum"), partner("herald", GRANTED))
    first = take(engine, replace(article("solutions"), headline="Solutions of the week", body=lines), "forum", known)
    other = replace(article("printables"), headline="Puzzles to print", body=lines)
    assert take(engine, other, "forum", known).work_id != first.work_id


def test_http_and_https_are_one_address(engine: sa.Engine) -> None:
    """A partner that moves to https, or adds tracking, brings no second copy (feedbin support #431)."""
    first = take(engine, article(), "forum", KNOWN)
    drifted = replace(article(), canonical_url="http://FORUM.example/tides?utm_source=rss", guid="other")
    assert take(engine, drifted, "forum", KNOWN).article_id == first.article_id


def test_a_guid_used_again_for_another_article_is_another_article(engine: sa.Engine) -> None:
    """Same GUID, other words, other URL: two works (feedbin #604)."""
    first = take(engine, article(), "forum", KNOWN)
    other = replace(article("storms", seed=5), guid=article().guid, headline="Storms ahead for the northern fleet")
    second = take(engine, other, "forum", KNOWN)
    assert second.work_id != first.work_id


def test_new_terms_release_what_was_held_and_ended_terms_take_it_down(engine: sa.Engine) -> None:
    """An edited sources.yaml reaches every article that is kept, without the network."""
    kept = take(engine, article(), "forum", sources(partner("forum", NO_TERMS)))
    assert _out(engine, kept.work_id) is None
    assert _reconsider(engine, KNOWN) == 1
    out = _out(engine, kept.work_id)
    assert out is not None
    assert out.state == "pending"
    _published(engine, kept.work_id)
    assert _reconsider(engine, KNOWN) == 0
    assert _reconsider(engine, sources(partner("forum", NO_TERMS))) == 1
    gone = _out(engine, kept.work_id)
    assert gone is not None
    assert gone.state == "withdrawing"


def test_time_alone_ends_an_embargo_and_a_permission(engine: sa.Engine) -> None:
    """A delay that is over publishes; a last day that is past takes down."""
    grant = GRANTED.grant
    last = Grant(
        basis=grant.basis, grantor=grant.grantor, evidence=grant.evidence, valid_until=NOW.date() + timedelta(3)
    )
    terms = Terms(grant=last, mode=GRANTED.mode, delay_hours=24, at_end=AtEnd.WITHDRAW)
    known = sources(partner("forum", terms))
    _reconsider(engine, known)
    kept = take(engine, article(), "forum", known)
    assert kept.verdict is Verdict.HOLD
    assert _reconsider(engine, known, later=timedelta(hours=1)) == 0
    assert _reconsider(engine, known, later=timedelta(hours=23)) == 1
    out = _out(engine, kept.work_id)
    assert out is not None
    assert out.state == "pending"
    _published(engine, kept.work_id)
    assert _reconsider(engine, known, later=timedelta(days=5)) == 1
    gone = _out(engine, kept.work_id)
    assert gone is not None
    assert gone.state == "withdrawing"


def test_a_partner_that_left_the_sources_takes_nothing_down(engine: sa.Engine) -> None:
    """A wrong file must not empty the site; the audit reports the partner as unknown."""
    kept = take(engine, article(), "forum", KNOWN)
    assert _reconsider(engine, sources(partner("other"))) == 0
    out = _out(engine, kept.work_id)
    assert out is not None
    assert out.state == "pending"


def _rule(engine: sa.Engine, article_id: int, ruling: Ruling, known: Sources) -> None:
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(engine, article_id, ruling, reason="because", sources=known, keeping=keeping)


def test_a_release_lifts_what_a_person_may_lift_and_nothing_else(engine: sa.Engine) -> None:
    """Manual selection passes by a person's word; a missing permission does not."""
    manual = sources(partner("forum", Terms(grant=GRANTED.grant, mode=GRANTED.mode, selection=Selection.MANUAL)))
    kept = take(engine, article(), "forum", manual)
    _rule(engine, kept.article_id, Ruling.RELEASED, manual)
    assert _out(engine, kept.work_id) is not None
    refused = take(engine, article("storms", by="herald", seed=5), "herald", KNOWN)
    _rule(engine, refused.article_id, Ruling.RELEASED, KNOWN)
    assert _out(engine, refused.work_id) is None


def test_what_a_person_withdrew_never_returns(engine: sa.Engine) -> None:
    """Not by a revision, a new slug, new terms or another partner's copy (friendica #7142, forem #175, lamb #415)."""
    known = sources(partner("forum"), partner("herald", GRANTED))
    kept = take(engine, article(), "forum", known)
    with write(engine) as connection:
        row = publications.of_work(connection, kept.work_id)[0]
        outbox.mark_published(connection, row, location="x", teaser="{}")
    _rule(engine, kept.article_id, Ruling.WITHDRAWN, known)
    with write(engine) as connection:
        row = publications.of_work(connection, kept.work_id)[0]
        assert row.state == "withdrawing"
        outbox.mark_withdrawn(connection, row)
    take(engine, replace(article(), headline="A new headline for the tides"), "forum", known)
    take(engine, replace(article("new-slug"), guid=article().guid), "forum", known)
    take(engine, claimed(article(by="herald"), "Forum"), "herald", known)
    _reconsider(engine, known, later=timedelta(days=1))
    gone = _out(engine, kept.work_id)
    assert gone is not None
    assert gone.state == "withdrawn"


def test_the_database_refuses_a_publication_without_the_right(engine: sa.Engine) -> None:
    """A publication of a held attribution, or of none, cannot be written even by raw SQL."""
    held = take(engine, article(by="herald"), "herald", KNOWN)
    with read(engine) as connection:
        row = connection.execute(sa.select(schema.standing)).one()
    bad = {
        "work_id": held.work_id,
        "target": "site",
        "article_id": held.article_id,
        "revision_id": row.revision_id,
        "state": "pending",
        "intended_at": NOW,
        "due_at": NOW,
    }
    for attribution_id in (row.attribution_id, 999, None):
        with pytest.raises(sa.exc.IntegrityError), write(engine) as connection:
            connection.execute(schema.publication.insert().values(**bad, attribution_id=attribution_id))
