"""The decision: each rule with its yes and its no, and the laws that hold for all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, BlockRecord, Byline, Doubt, Evidence, Fate, Origin, Person, Source
from ingest.body import Body, Paragraph, Text
from ingest.rights import Decision, Verdict, decide, stands_until, terms_for
from ingest.rights.matching import has_slug, has_words
from ingest.sources import Partner
from ingest.terms import (
    UNKNOWN,
    AtEnd,
    Basis,
    CreditRule,
    Grant,
    LinkTarget,
    Mode,
    Quota,
    Selection,
    Terms,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
GRANTED = Grant(basis=Basis.GRANT, grantor="Jo Roe", evidence="grant.pdf")
FULL = Terms(grant=GRANTED, mode=Mode.FULL)
OWN = Origin(name="Pacific Forum", key="pacific-forum", url="https://pf.example/a-b-c", evidence="its feed", own=True)
FOREIGN = Origin(name="Pacific Forum", key="pacific-forum", url=None, evidence="credit line", own=False)
STRANGER = Origin(name="The Stranger", key=None, url=None, evidence="credit line", own=False)


def article(**changes: Any) -> Article:
    """Return a whole article, with changes."""
    base: dict[str, Any] = {
        "url": "https://pf.example/2026/fish-and-chips-npr",
        "canonical_url": "https://pf.example/2026/fish-and-chips-npr",
        "guid": "urn:pf:77",
        "headline": "Fish and chips",
        "byline": Byline(people=(Person(name="Jane Doe"),), raw="By Jane Doe"),
        "published_at": NOW - timedelta(days=2),
        "body": Body(blocks=(Paragraph(children=(Text(text="The fish swam on."),)),)),
        "labels": ("World", "Fish"),
    }
    return Article(**{**base, **changes})


def terms(**changes: Any) -> Terms:
    """Return terms under a grant that allow the whole article, with changes."""
    return Terms.model_validate({"grant": GRANTED, "mode": Mode.FULL, **changes})


def ruling(
    rule: Terms = FULL, piece: Article | None = None, *, origin: Origin = OWN, now: datetime = NOW, **more: Any
) -> Decision:
    """Return the decision on an article."""
    return decide(article=piece or article(), origin=origin, terms=rule, now=now, **more)


def codes(decision: Decision) -> list[str]:
    """Return the codes of a decision's reasons."""
    return [reason.code for reason in decision.reasons]


def test_what_is_permitted_is_published() -> None:
    """A grant in force and no rule against it: publish, in the mode of the terms, without reasons."""
    for origin in (OWN, FOREIGN):
        assert ruling(origin=origin).verdict is Verdict.PUBLISH
        assert ruling(origin=origin).reasons == ()
    assert ruling(terms(mode=Mode.EXCERPT)).mode is Mode.EXCERPT


#: (what the terms and the article are, verdict, code, whether a person's word lifts it)
TABLE: list[tuple[str, Terms, dict[str, Any], Verdict, str, bool]] = [
    ("no basis", UNKNOWN, {}, Verdict.HOLD, "no-permission", False),
    ("begins later", terms(grant=Grant(basis=Basis.GRANT, valid_from=date(2026, 11, 25))), {}, Verdict.HOLD, "not-yet-valid", False),
    ("ended", terms(grant=Grant(basis=Basis.GRANT, valid_until=date(2026, 11, 23))), {}, Verdict.HOLD, "expired", False),
    ("excluded label", terms(exclude_labels=["fish "]), {}, Verdict.DENY, "excluded-label", False),
    ("required label missing", terms(require_label="Free"), {}, Verdict.DENY, "label-missing", False),
    ("labels unknown", terms(require_label="Free"), {"labels": ()}, Verdict.HOLD, "label-unknown", True),
    ("marker missing", terms(require_marker="Republish"), {}, Verdict.HOLD, "marker-missing", True),
    ("excluded author", terms(exclude_authors=["jane doe"]), {}, Verdict.DENY, "excluded-author", False),
    ("excluded in raw byline", terms(exclude_authors=["Associated Press"]), {"byline": Byline(raw="By The Associated Press")}, Verdict.DENY, "excluded-author", False),
    ("author unknown", terms(exclude_authors=["Jane Doe"]), {"byline": Byline()}, Verdict.HOLD, "author-unknown", True),
    ("excluded keyword", terms(exclude_keywords=["FISH"]), {}, Verdict.DENY, "excluded-keyword", False),
    ("excluded slug", terms(exclude_slugs=["npr"]), {}, Verdict.DENY, "excluded-slug", False),
    ("delay", terms(delay_hours=49), {}, Verdict.HOLD, "delay", False),
    ("delay, time unknown", terms(delay_hours=1), {"published_at": None}, Verdict.HOLD, "delay-unknown", False),
    ("window over", terms(window_days=1), {}, Verdict.DENY, "window-over", False),
    ("window, day unknown", terms(window_days=90), {"published_at": None}, Verdict.HOLD, "window-unknown", False),
    ("quota uncounted", terms(quota=Quota(articles=3)), {}, Verdict.HOLD, "quota-unknown", False),
    ("selected by hand", terms(selection=Selection.MANUAL), {}, Verdict.HOLD, "manual-selection", True),
    ("credit names an unknown", terms(credit=CreditRule(template="By {author}, {origin}")), {"byline": Byline()}, Verdict.HOLD, "credit-gap", True),
    ("pixel unknown", terms(pixel_hosts=["count.example"]), {}, Verdict.HOLD, "pixel-unknown", False),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "verdict", "code", "releasable"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])  # fmt: skip
def test_each_rule_says_no(
    rule: Terms, changes: dict[str, Any], verdict: Verdict, code: str, *, releasable: bool
) -> None:
    """A broken rule holds or denies with its own code and sentence; a person's word lifts what it may, and no more."""
    decision = ruling(rule, article(**changes))
    assert decision.verdict is verdict
    assert code in codes(decision)
    reason = next(reason for reason in decision.reasons if reason.code == code)
    assert reason.releasable is releasable
    assert reason.message.endswith(".")
    released = ruling(rule, article(**changes), released=True)
    assert (released.verdict is Verdict.PUBLISH) is releasable
    if releasable:
        assert f"released-{code}" in [notice.code for notice in released.notices]


#: The same rules, kept.
KEPT: list[tuple[str, Terms, dict[str, Any]]] = [
    ("begins today", terms(grant=Grant(basis=Basis.GRANT, valid_from=date(2026, 11, 24))), {}),
    ("ends today", terms(grant=Grant(basis=Basis.GRANT, valid_until=date(2026, 11, 24))), {}),
    ("another label", terms(exclude_labels=["Fishing"]), {}),
    ("required label", terms(require_label="WORLD"), {}),
    ("marker as label", terms(require_marker="Republish"), {"labels": ("Republish",)}),
    ("marker in the furniture", terms(require_marker="Republish"), {"blocks": (BlockRecord(fate=Fate.DROPPED, reason="share", text="Share Republish"),)}),
    ("marker as evidence", terms(require_marker="Republish"), {"evidence": (Evidence(field="marker", value="republish", source=Source.VISIBLE, confidence=1),)}),
    ("another author", terms(exclude_authors=["Jane Do"]), {}),
    ("another keyword", terms(exclude_keywords=["fis", "hip"]), {}),
    ("another slug", terms(exclude_slugs=["pr", "fish-npr"]), {}),
    ("delay over", terms(delay_hours=48), {}),
    ("within the window", terms(window_days=2), {}),
    ("credit without a gap", terms(credit=CreditRule(template="[By {author}, ]{origin}")), {"byline": Byline()}),
    ("pixel from the terms", terms(pixel_hosts=["count.example"], pixel_url="https://count.example/{number}.gif"), {"url": "https://pf.example/a-1234"}),
    ("pixel from the article", terms(pixel_hosts=["count.example"]), {"evidence": (Evidence(field="pixel", value="https://count.example/7.gif", source=Source.FEED, confidence=1),)}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_each_rule_says_yes(rule: Terms, changes: dict[str, Any]) -> None:
    """A rule that is kept stands in nobody's way."""
    origin = Origin(name="Pacific Forum", key="pacific-forum", url="https://pf.example/a-1234", evidence="", own=True)
    assert codes(ruling(rule, article(**changes), origin=origin)) == []


@pytest.mark.parametrize("doubt", list(Doubt))
def test_each_doubt_holds_until_a_person_releases_it(doubt: Doubt) -> None:
    """What extraction is unsure of is looked at by a person."""
    piece = article(doubts=(doubt,))
    held = ruling(piece=piece)
    assert (held.verdict, codes(held), held.releasable) == (Verdict.HOLD, [doubt.value], True)
    assert ruling(piece=piece, released=True).verdict is Verdict.PUBLISH


def test_a_stranger_is_held_with_the_way_out() -> None:
    """What somebody unknown first published has no permission, and the editor is told where to write one."""
    decision = ruling(UNKNOWN, origin=STRANGER)
    assert codes(decision) == ["no-permission"]
    assert "No permission from the origin: The Stranger" in decision.reasons[0].message
    assert "sources.yaml" in decision.reasons[0].message
    assert ruling(UNKNOWN, origin=STRANGER, released=True).verdict is Verdict.HOLD


def test_a_permission_does_not_stretch_to_strangers() -> None:
    """With `own_only`, even terms that rest on a grant do not cover a stranger's piece; without it, they do."""
    assert codes(ruling(FULL, origin=STRANGER)) == ["not-own"]
    assert ruling(terms(own_only=False), origin=STRANGER).verdict is Verdict.PUBLISH


def test_terms_are_those_of_the_origin() -> None:
    """Whoever delivers it, the origin's terms count; a stranger has none but those the supplier may pass on."""
    supplier = Partner(key="asia-times", name="Asia Times", url="https://at.example/", terms=FULL)
    forum = Partner(key="pacific-forum", name="Pacific Forum", url="https://pf.example/", terms=UNKNOWN)
    partners = (supplier, forum)
    assert terms_for(FOREIGN, partners=partners) == (UNKNOWN,)
    assert terms_for(STRANGER, partners=partners) == (UNKNOWN,)
    assert terms_for(STRANGER, partners=partners, supplier=supplier) == (UNKNOWN,)
    generous = Partner(key="wire", name="Wire", url="https://w.example/", terms=terms(own_only=False))
    assert terms_for(STRANGER, partners=partners, supplier=generous) == (generous.terms,)
    assert terms_for(FOREIGN, partners=partners, supplier=generous) == (UNKNOWN,)


def test_all_reasons_are_given_at_once() -> None:
    """An editor sees everything that stands in the way, and the strictest word is the verdict."""
    rule = terms(exclude_labels=["Fish"], selection=Selection.MANUAL, delay_hours=100)
    decision = ruling(rule, article(doubts=(Doubt.INCOMPLETE,)))
    assert codes(decision) == ["excluded-label", "delay", "manual-selection", "incomplete"]
    assert decision.verdict is Verdict.DENY
    assert not decision.releasable


def test_an_embargo_says_when_it_ends() -> None:
    """A delay gives the time, in words and for the scheduler; a moment before it holds, and then it publishes."""
    piece, rule = article(published_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC)), terms(delay_hours=6)
    ends = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    decision = ruling(rule, piece)
    assert decision.reconsider_at == ends
    assert "2026-11-24 15:30 UTC" in decision.reasons[0].message
    assert ruling(rule, piece, now=ends - timedelta(seconds=1)).verdict is Verdict.HOLD
    assert ruling(rule, piece, now=ends).verdict is Verdict.PUBLISH


def test_a_day_without_an_hour_counts_to_its_end() -> None:
    """A page that gives only a day may have appeared late on it: the delay runs from the day's end."""
    piece, rule = article(published_at=datetime(2026, 11, 23, tzinfo=UTC)), terms(delay_hours=24)
    assert ruling(rule, piece).reconsider_at == datetime(2026, 11, 25, tzinfo=UTC)


def test_a_time_in_another_zone_is_the_same_time() -> None:
    """Embargoes run by the clock, wherever it hangs."""
    hawaii = timezone(timedelta(hours=-10))
    piece = article(published_at=datetime(2026, 11, 23, 23, 30, tzinfo=hawaii))
    assert ruling(terms(delay_hours=6), piece).reconsider_at == datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


def test_a_permission_that_begins_or_ends_says_when() -> None:
    """The scheduler learns the first moment of a later permission, and the first one after its last day."""
    later = terms(grant=Grant(basis=Basis.GRANT, valid_from=date(2026, 12, 1)))
    assert ruling(later).reconsider_at == datetime(2026, 12, 1, tzinfo=UTC)
    ending = terms(grant=Grant(basis=Basis.GRANT, valid_until=date(2026, 12, 1)))
    decision = ruling(ending)
    assert decision.reconsider_at == datetime(2026, 12, 2, tzinfo=UTC)
    assert [notice.code for notice in decision.notices] == ["expires-soon"]
    assert ruling(FULL).reconsider_at is None


def test_a_review_that_is_due_is_told_and_holds_nothing() -> None:
    """`review_by` is a reminder."""
    decision = ruling(terms(grant=Grant(basis=Basis.GRANT, review_by=date(2026, 1, 1))))
    assert (decision.verdict, [n.code for n in decision.notices]) == (Verdict.PUBLISH, ["review-due"])


def test_what_was_taken_in_time_stays_taken() -> None:
    """The window is for taking: a revision that comes after it does not take the page down."""
    rule = terms(window_days=90)
    old = article(published_at=NOW - timedelta(days=200))
    assert codes(ruling(rule, old)) == ["window-over"]
    assert ruling(rule, old, taken_at=NOW - timedelta(days=190)).verdict is Verdict.PUBLISH


@pytest.mark.parametrize(
    ("at_end", "verdict", "mode"),
    [
        (AtEnd.WITHDRAW, Verdict.DENY, Mode.FULL),
        (AtEnd.LINK, Verdict.PUBLISH, Mode.LINK),
        (AtEnd.ASK, Verdict.PUBLISH, Mode.FULL),
    ],
)
def test_a_copy_stands_only_as_long_as_it_may(at_end: AtEnd, verdict: Verdict, mode: Mode) -> None:
    """When `keep_days` are over, the copy goes, shrinks to a link, or stays while a person asks."""
    rule = terms(keep_days=90, at_end=at_end)
    over = ruling(rule, taken_at=NOW - timedelta(days=91))
    assert (over.verdict, over.mode) == (verdict, mode)
    assert "stay-over" in [reason.code for reason in (*over.reasons, *over.notices)]
    still = ruling(rule, taken_at=NOW - timedelta(days=89))
    assert (still.verdict, still.mode) == (Verdict.PUBLISH, Mode.FULL)
    assert still.reconsider_at == NOW + timedelta(days=1)


def test_an_ended_permission_keeps_nothing_new_whatever_the_end_says() -> None:
    """`at_end` is for copies that stand; what is not yet published is held."""
    rule = terms(grant=Grant(basis=Basis.GRANT, valid_until=date(2026, 1, 1)), at_end=AtEnd.ASK)
    assert codes(ruling(rule)) == ["expired"]
    assert ruling(rule, taken_at=NOW - timedelta(days=400)).verdict is Verdict.PUBLISH
    withdraw = rule.model_copy(update={"at_end": AtEnd.WITHDRAW})
    assert codes(ruling(withdraw, taken_at=NOW - timedelta(days=400))) == ["expired"]


@pytest.mark.parametrize(("recent", "verdict"), [(0, Verdict.PUBLISH), (2, Verdict.PUBLISH), (3, Verdict.HOLD)])
def test_a_quota_counts(recent: int, verdict: Verdict) -> None:
    """One too many waits; what is already out is not counted against itself."""
    rule = terms(quota=Quota(articles=3, days=7))
    assert ruling(rule, recent=recent).verdict is verdict
    assert ruling(rule, recent=recent, taken_at=NOW).verdict is Verdict.PUBLISH


@pytest.mark.parametrize(
    ("link", "required", "url", "home", "verdict", "notices"),
    [
        (LinkTarget.ARTICLE, False, None, None, Verdict.PUBLISH, ["original-url-unknown"]),
        (LinkTarget.ARTICLE, True, None, "https://pf.example/", Verdict.HOLD, []),
        (LinkTarget.ARTICLE, True, "https://pf.example/a", None, Verdict.PUBLISH, []),
        (LinkTarget.HOME, True, None, "https://pf.example/", Verdict.PUBLISH, ["original-url-unknown"]),
        (LinkTarget.HOME, True, None, None, Verdict.HOLD, []),
        (LinkTarget.NONE, True, None, None, Verdict.PUBLISH, ["original-url-unknown"]),
    ],
)
def test_an_unknown_address_is_a_gap(
    link: LinkTarget, url: str | None, home: str | None, verdict: Verdict, notices: list[str], *, required: bool
) -> None:
    """Where the original's address is unknown that is said; where the terms insist on it, the article waits."""
    origin = Origin(name="PF", key="pf", url=url, evidence="", own=False, home=home)
    decision = ruling(terms(credit=CreditRule(link=link, link_required=required)), origin=origin)
    assert decision.verdict is verdict
    assert [notice.code for notice in decision.notices] == notices


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("A fish.", "fish", True),
        ("A FISH", "fish", True),
        ("Fishing", "fish", False),
        ("ﬁsh", "fish", True),
        ("war  and\npeace", "War and Peace", True),
        ("C++ code", "C++", True),
        ("Straße", "STRASSE", True),
        ("本文来自新华社的报道", "新华社", True),
        ("anything", " ", False),
        ("a.b", "axb", False),
    ],
)
def test_words_are_found_as_a_person_would(text: str, phrase: str, *, found: bool) -> None:
    """Whole words, without case, in any script; never as a pattern."""
    assert has_words(text, phrase) is found


@pytest.mark.parametrize(
    ("address", "phrase", "found"),
    [
        ("https://x.example/2026/ap-us-fish/", "ap", True),
        ("https://x.example/ap/fish", "ap", False),
        ("https://x.example/map-us", "ap", False),
        ("https://x.example/bc-us--fish", "BC-US-fish", True),
        ("https://x.example/caf%C3%A9-news?ap=1", "café", True),
        ("urn:uuid:npr-77", "npr", True),
        ("http://[", "x", False),
        ("", "x", False),
    ],
)
def test_slugs_are_found_by_their_words(address: str, phrase: str, *, found: bool) -> None:
    """A wire's slug stands in the last part of the address, as whole words."""
    assert has_slug(address, phrase) is found


moments = st.one_of(
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])),
    st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]),
)
days = st.dates()
words = st.text(alphabet="ab Fish{}[]\\.*+", min_size=1, max_size=8)


bases = st.sampled_from(Basis)


@st.composite
def any_terms(draw: st.DrawFn, basis: st.SearchStrategy[Basis] = bases) -> Terms:
    """Draw terms of every kind that can be written."""
    start, end = sorted(draw(st.tuples(days, days)))
    grant = Grant(
        basis=draw(basis),
        valid_from=draw(st.none() | st.just(start)),
        valid_until=draw(st.none() | st.just(end)),
        review_by=draw(st.none() | days),
    )
    return Terms(
        grant=grant,
        mode=draw(st.sampled_from(Mode)),
        selection=draw(st.sampled_from(Selection)),
        exclude_labels=tuple(draw(st.lists(words, max_size=2))),
        require_label=draw(st.none() | words),
        require_marker=draw(st.none() | words),
        exclude_authors=tuple(draw(st.lists(words, max_size=2))),
        exclude_keywords=tuple(draw(st.lists(words, max_size=2))),
        exclude_slugs=tuple(draw(st.lists(words, max_size=2))),
        delay_hours=draw(st.floats(0, 8000)),
        window_days=draw(st.none() | st.integers(1, 36_000)),
        keep_days=draw(st.none() | st.integers(1, 36_000)),
        at_end=draw(st.sampled_from(AtEnd)),
        quota=draw(st.none() | st.builds(Quota, articles=st.integers(1, 3), days=st.integers(1, 9))),
        own_only=draw(st.booleans()),
        pixel_hosts=draw(st.sampled_from([(), ("count.example",)])),
        credit=CreditRule(link=draw(st.sampled_from(LinkTarget)), link_required=draw(st.booleans())),
    )


@st.composite
def any_article(draw: st.DrawFn) -> Article:
    """Draw articles with every gap that they may have."""
    return article(
        published_at=draw(st.none() | moments),
        labels=tuple(draw(st.lists(words, max_size=3))),
        byline=draw(st.sampled_from([Byline(), Byline(people=(Person(name="Fish"),)), Byline(raw="a b")])),
        doubts=tuple(draw(st.lists(st.sampled_from(Doubt), max_size=2, unique=True))),
        url=draw(st.sampled_from(["https://x.example/fish-a", "http://[", "", "fish"])),
        headline=draw(words),
    )


cases = {
    "piece": any_article(),
    "origin": st.sampled_from([OWN, FOREIGN, STRANGER]),
    "now": moments,
    "released": st.booleans(),
    "taken_at": st.none() | moments,
    "recent": st.none() | st.integers(0, 5),
}


@given(rule=any_terms(), **cases)
def test_it_never_raises_and_always_says_why(rule: Terms, piece: Article, **case: Any) -> None:
    """Whatever the values, there is a verdict; one that is not to publish has its reasons, and one that is has none."""
    decision = decide(article=piece, terms=rule, **case)
    assert bool(decision.reasons) is (decision.verdict is not Verdict.PUBLISH)


@given(rule=any_terms(basis=st.just(Basis.NONE)), **cases)
def test_without_a_basis_nothing_is_ever_published(rule: Terms, piece: Article, **case: Any) -> None:
    """Unknown means deny: no release, no time and no other rule makes up for a permission."""
    assert decide(article=piece, terms=rule, **case).verdict is not Verdict.PUBLISH


STRICTER: dict[str, Any] = {
    "grant": Grant(),
    "mode": Mode.LINK,
    "selection": Selection.MANUAL,
    "exclude_labels": ("Fish", "a"),
    "require_label": "Nobody has this",
    "require_marker": "Nobody shows this",
    "exclude_authors": ("Fish",),
    "exclude_keywords": ("Fish",),
    "exclude_slugs": ("fish",),
    "delay_hours": 24 * 366,
    "window_days": 1,
    "quota": Quota(articles=1, days=36_000),
    "own_only": True,
    "pixel_hosts": ("other.example",),
}
_ORDER = [Verdict.PUBLISH, Verdict.HOLD, Verdict.DENY]


@given(rule=any_terms(), name=st.sampled_from(sorted(STRICTER)), **cases)
def test_stricter_terms_never_let_more_through(rule: Terms, name: str, piece: Article, **case: Any) -> None:
    """Making one rule stricter never turns a hold or a no into a yes."""
    value = STRICTER[name]
    if name.startswith("exclude"):
        value = (*getattr(rule, name), *value)
    if name == "window_days" and rule.window_days == 1:
        return
    stricter = rule.model_copy(update={name: value})
    before = decide(article=piece, terms=rule, **case).verdict
    after = decide(article=piece, terms=stricter, **case).verdict
    if before is not Verdict.PUBLISH:
        assert after is not Verdict.PUBLISH
    if name not in {"require_label", "grant", "quota"}:
        assert _ORDER.index(after) >= _ORDER.index(before)


@given(rule=any_terms(), **{name: strategy for name, strategy in cases.items() if name != "released"})
def test_a_persons_word_lifts_only_what_it_may(rule: Terms, piece: Article, **case: Any) -> None:
    """Released, exactly the releasable reasons are gone."""
    held = decide(article=piece, terms=rule, released=False, **case)
    released = decide(article=piece, terms=rule, released=True, **case)
    assert released.reasons == tuple(reason for reason in held.reasons if not reason.releasable)
    if held.releasable:
        assert released.verdict is Verdict.PUBLISH


@given(rule=any_terms(), taken_at=moments)
def test_a_copys_end_is_never_before_its_start(rule: Terms, taken_at: datetime) -> None:
    """`stands_until` gives an aware time, or None where the copy may stay."""
    end = stands_until(rule, taken_at=taken_at)
    assert (end is None) is (rule.keep_days is None and rule.grant.valid_until is None)
    assert end is None or end.tzinfo is not None


@pytest.mark.parametrize("label", ["OPINIÓN", "opinion", "Opinio\u0301n", "  opinión "])
def test_a_label_is_the_same_in_any_spelling(label: str) -> None:
    """Case, accents and white space tell no labels apart, for what is excluded and for what is required."""
    piece = article(labels=(label,))
    assert codes(ruling(terms(exclude_labels=["Opinión"]), piece)) == ["excluded-label"]
    assert ruling(terms(require_label="Opinión"), piece).verdict is Verdict.PUBLISH


@pytest.mark.parametrize(
    ("published", "hours", "now", "verdict"),
    [
        # The clocks go forward in New York (8 March 2026): a day of hours is a day of hours.
        ("2026-03-07T12:00:00-05:00", 24, "2026-03-08T12:59:59-04:00", Verdict.HOLD),
        ("2026-03-07T12:00:00-05:00", 24, "2026-03-08T13:00:00-04:00", Verdict.PUBLISH),
        # A leap day.
        ("2028-02-28T12:00:00+00:00", 24, "2028-02-29T11:59:59+00:00", Verdict.HOLD),
        ("2028-02-28T12:00:00+00:00", 48, "2028-03-01T12:00:00+00:00", Verdict.PUBLISH),
    ],
)
def test_an_embargo_ends_at_its_moment_in_any_zone(published: str, hours: int, now: str, verdict: Verdict) -> None:
    """Hours are counted on the line of time: no zone, change of clocks or leap day makes them more or fewer."""
    piece = article(published_at=datetime.fromisoformat(published))
    assert ruling(terms(delay_hours=hours), piece, now=datetime.fromisoformat(now)).verdict is verdict
