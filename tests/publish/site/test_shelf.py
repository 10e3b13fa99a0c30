"""The shelf in order, and the front page made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Byline, Person
from ingest.terms import Mode
from publish.site.front import front_of
from publish.site.shelf import by_author, by_month, by_partner, in_order
from publish.teaser import Teaser, teaser_of
from tests.publish.making import PUBLISHED, article, credit, origin, publication

TEASER = teaser_of(publication())
PARTNERS = ("alpha", "beta", "gamma")


def _teaser(number: int, partner: str = "alpha", **changes: object) -> Teaser:
    values = {
        "work_id": number,
        "slug": f"s{number}",
        "partner": partner,
        "partner_name": partner.title(),
        "origin_key": partner,
        "origin_name": partner.title(),
        "published_at": PUBLISHED + timedelta(hours=number),
        **changes,
    }
    return replace(TEASER, **values)  # type: ignore[arg-type]  # the values' types are the fields'


@given(st.integers(0, 2**32))
def test_order_does_not_depend_on_how_it_was_given(seed: int) -> None:
    """Newest first by our own time, then by work; any order in gives the same order out."""
    shelf = [_teaser(n, published_at=PUBLISHED + timedelta(hours=n // 2)) for n in range(8)]
    mixed = shelf.copy()
    Random(seed).shuffle(mixed)
    assert [t.work_id for t in in_order(mixed)] == [7, 6, 5, 4, 3, 2, 1, 0]


def test_one_teaser_for_a_slug() -> None:
    """Of two with the same slug the last updated stands."""
    old, new = _teaser(1), _teaser(1, headline="New", updated_at=PUBLISHED + timedelta(days=1))
    assert in_order([new, old]) == (new,)


def test_a_piece_stands_with_its_origin_and_its_supplier() -> None:
    """What a middleman delivers is found under both; an origin that is no partner has no page."""
    both = _teaser(1, "alpha", origin_key="beta", origin_name="Beta")
    stranger = _teaser(2, "alpha", origin_key=None, origin_name="Stranger")
    found = {c.key: [t.work_id for t in c.teasers] for c in by_partner(in_order([both, stranger]))}
    assert found == {"alpha": [2, 1], "beta": [1]}


def test_an_author_is_one_page_over_all_partners() -> None:
    """Same name, same page; what one piece does not tell of them, an older one may."""
    first = teaser_of(publication(1, article_=article(byline=Byline(people=(Person(name="Jane Doe", bio="Bio."),)))))
    second = teaser_of(
        publication(2, partner="beta", origin_=origin(key="beta"), credit_=credit(byline=("Jane Doe, Beta",)))
    )
    (jane,) = by_author(in_order([first, second]))
    assert (jane.name, [t.work_id for t in jane.teasers]) == ("Jane Doe", [2, 1])
    assert jane.author is not None
    assert (jane.author.bio, jane.author.affiliation) == ("Bio.", "Delta University")


def test_months_are_ours_and_utc() -> None:
    """The archive goes by when we published, newest month first."""
    shelf = [_teaser(1, published_at=PUBLISHED.replace(month=month)) for month in (9, 11)]
    found = by_month(in_order([replace(t, slug=str(n)) for n, t in enumerate(shelf)]))
    assert [(month.key, month.folder) for month in found] == [
        ("2026-11", "archive/2026-11"),
        ("2026-09", "archive/2026-09"),
    ]


@given(st.lists(st.sampled_from(PARTNERS), max_size=60))
def test_nothing_stands_twice_on_the_front_page(partners: list[str]) -> None:
    """However many there are and whosever, each teaser has one place, and the newest all have one."""
    ordered = in_order([_teaser(number, partner) for number, partner in enumerate(partners)])
    front = front_of(ordered, by_partner(ordered))
    lead = (front.lead,) if front.lead else ()
    bands = [teaser for band in front.bands for teaser in band.teasers]
    shown = [t.slug for t in (*lead, *front.seconds, *front.under, *front.row, *bands, *front.more)]
    assert len(shown) == len(set(shown))
    assert {t.slug for t in ordered[:9]} <= set(shown)


def test_the_lead_is_a_piece_that_can_be_read_here() -> None:
    """A mere link does not lead while something newer than eight pieces can be read in full."""
    shelf = in_order([_teaser(1), _teaser(2, mode=Mode.LINK), _teaser(3, standfirst="")])
    assert front_of(shelf, by_partner(shelf)).lead == shelf[2]
    links = in_order([_teaser(1, mode=Mode.LINK), _teaser(2, mode=Mode.LINK)])
    assert front_of(links, by_partner(links)).lead == links[0]
