"""Works in the store: addresses that pages claim, copies switched, and a person's word that outlasts the machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingest.article import Article, Doubt
from ingest.errors import ConfigError
from ingest.keep import Keeping, Outcome
from ingest.regroup import merge, split
from ingest.store import articles, chain, ledger, outbox, publications, works
from ingest.store.database import read, write
from ingest.store.publications import PublicationRow
from tests.newswire import GRANTED, NO_TERMS, NOW, article, claimed, partner, sources, take

KNOWN = sources(partner("forum"), partner("herald"), partner("gazette"))
KEEPING = Keeping(now=NOW + timedelta(hours=1), actor="ana", targets=("site",), partners=KNOWN.keys)


def publish(engine: sa.Engine) -> None:
    """Carry out the site's outbox."""
    with write(engine) as connection:
        for row in publications.waiting(connection, "site", now=NOW + timedelta(days=2)):
            if row.state == "withdrawing":
                assert outbox.mark_withdrawn(connection, row)
            else:
                assert outbox.mark_published(connection, row, location=f"/{row.slug}", teaser="{}")


def out(engine: sa.Engine, work_id: int) -> PublicationRow | None:
    """Return a work's publication at the site."""
    with read(engine) as connection:
        return next(iter(publications.of_work(connection, work_id)), None)


def work_of(engine: sa.Engine, article_id: int) -> int:
    """Return the number of an article's work."""
    with read(engine) as connection:
        row = articles.row_of(connection, article_id)
        assert row is not None
        return row.work_id


def two_copies(engine: sa.Engine) -> tuple[int, int]:
    """Take one text from two partners, published, and return the numbers of the articles."""
    first, second = take(engine, article(), "forum", KNOWN), take(engine, article(by="herald"), "herald", KNOWN)
    assert second.outcome is Outcome.COPY
    publish(engine)
    return first.article_id, second.article_id


def test_split_gives_the_copy_a_page_of_its_own_and_leaves_ours(engine: sa.Engine) -> None:
    """What was only a copy is judged and handed over anew; the page that stands keeps its address and its words."""
    first, second = two_copies(engine)
    before = out(engine, work_of(engine, first))
    done = split(engine, [second], reason="another letter", sources=KNOWN, keeping=KEEPING)
    assert done.moved == (second,)
    assert out(engine, done.kept.id) == before
    new = out(engine, done.other.id)
    assert new is not None
    assert (new.article_id, new.state, new.slug != done.kept.slug) == (second, "pending", True)
    with read(engine) as connection:
        last = list(ledger.records(connection, subject=f"article:{second}"))
        split_off = next(record for record in last if record.event == "article.split")
        chain.verify(connection)
    assert (split_off.actor, split_off.data["reason"]) == ("ana", "another letter")


def test_split_of_the_published_copy_leaves_it_the_page(engine: sa.Engine) -> None:
    """Our URL shows the same piece as before, whichever side a person names."""
    first, second = two_copies(engine)
    before = out(engine, work_of(engine, first))
    done = split(engine, [first], reason="another letter", sources=KNOWN, keeping=KEEPING)
    assert done.moved == (second,)
    assert out(engine, work_of(engine, first)) == before


def test_a_persons_split_wins_for_ever(engine: sa.Engine) -> None:
    """Not a revision, a new address, a new GUID nor a new look merges them again (reader #340: flip-flop)."""
    first, second = two_copies(engine)
    split(engine, [second], reason="another letter", sources=KNOWN, keeping=KEEPING)
    theirs = article(by="herald")
    for again in (
        theirs,
        replace(theirs, headline="Another headline"),
        replace(article("new", by="herald"), guid=theirs.guid),
        article("newer", by="herald"),
        article(),
        article("moved"),
    ):
        supplier = again.url.split("/")[2].removesuffix(".example")
        kept = take(engine, again, supplier, KNOWN, now=NOW + timedelta(days=1))
        mine = second if supplier == "herald" else first
        assert kept.work_id == work_of(engine, mine)
    assert work_of(engine, first) != work_of(engine, second)


def test_what_was_split_off_is_found_by_later_copies(engine: sa.Engine) -> None:
    """Its fingerprint is indexed anew: a copy kept no keys of its own while it shared its work's."""
    rest = replace(article("other", seed=9), headline="What the storms say")
    first = take(engine, article(), "forum", KNOWN)
    second = take(engine, claimed(article(by="herald"), "Forum"), "herald", KNOWN)
    assert second.work_id == first.work_id
    take(engine, rest, "forum", KNOWN)
    done = split(engine, [second.article_id], reason="another letter", sources=KNOWN, keeping=KEEPING)
    # The other side changes its words; what is left is the split-off one's.
    take(engine, replace(article(seed=4), url=article().url), "forum", KNOWN, now=NOW + timedelta(days=1))
    third = take(engine, article(by="gazette"), "gazette", KNOWN, now=NOW + timedelta(days=1))
    assert third.work_id == done.other.id


def test_merge_leaves_one_page_and_takes_the_other_down(engine: sa.Engine) -> None:
    """Two published works become one: the first one's page stays as it is, the other goes and knows where to point."""
    one = take(engine, article(), "forum", KNOWN)
    other = take(engine, replace(article("b", by="herald", seed=7), headline="Storms"), "herald", KNOWN)
    assert one.work_id != other.work_id
    publish(engine)
    before = out(engine, one.work_id)
    done = merge(engine, one.article_id, other.article_id, reason="same", sources=KNOWN, keeping=KEEPING)
    assert (done.kept.id, done.other.id, done.moved) == (one.work_id, other.work_id, (other.article_id,))
    assert out(engine, one.work_id) == before
    gone = out(engine, other.work_id)
    assert gone is not None
    assert gone.state == "withdrawing"
    with read(engine) as connection:
        heir = works.heir(connection, other.work_id)
    assert heir is not None
    assert heir.id == one.work_id
    # A later revision of the merged copy stays in the work, and brings no page back.
    publish(engine)
    take(engine, replace(article("b", by="herald", seed=7), headline="New"), "herald", KNOWN)
    gone = out(engine, other.work_id)
    assert gone is not None
    assert gone.state == "withdrawn"
    assert work_of(engine, other.article_id) == one.work_id


def test_merge_keeps_the_page_that_is_out(engine: sa.Engine) -> None:
    """Where only the second is published, its address stays, whichever is named first."""
    held = sources(partner("forum", NO_TERMS), partner("herald"))
    one = take(engine, article(), "forum", held)
    other = take(engine, replace(article("b", by="herald", seed=7), headline="Storms"), "herald", held)
    publish(engine)
    before = out(engine, other.work_id)
    done = merge(engine, one.article_id, other.article_id, reason="same", sources=held, keeping=KEEPING)
    assert done.kept.id == other.work_id
    assert out(engine, other.work_id) == before


def test_the_later_word_wins(engine: sa.Engine) -> None:
    """A merge after a split makes them one again, and a split after a merge two; nothing of the old word is left."""
    first, second = two_copies(engine)
    split(engine, [second], reason="no", sources=KNOWN, keeping=KEEPING)
    publish(engine)
    merge(engine, first, second, reason="yes after all", sources=KNOWN, keeping=KEEPING)
    assert work_of(engine, first) == work_of(engine, second)
    assert take(engine, article("new", by="herald"), "herald", KNOWN).work_id == work_of(engine, first)
    split(engine, [second], reason="no", sources=KNOWN, keeping=KEEPING)
    assert work_of(engine, first) != work_of(engine, second)


def test_a_split_after_a_merge_gives_the_old_address_back(engine: sa.Engine) -> None:
    """What a mistaken merge took down returns under the URL that readers know."""
    one = take(engine, article(), "forum", KNOWN)
    other = take(engine, replace(article("b", by="herald", seed=7), headline="Storms"), "herald", KNOWN)
    publish(engine)
    merge(engine, one.article_id, other.article_id, reason="same", sources=KNOWN, keeping=KEEPING)
    publish(engine)
    done = split(engine, [other.article_id], reason="a mistake", sources=KNOWN, keeping=KEEPING)
    again = out(engine, other.work_id)
    assert again is not None
    assert (done.other.id, again.state, again.article_id) == (other.work_id, "pending", other.article_id)


@pytest.mark.parametrize("named", ["brought", "kept"])
@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_split_after_a_merge_gives_each_address_its_piece_again(
    engine: sa.Engine, named: str, meanwhile: bool
) -> None:
    """Whichever is named, and whichever copy the page showed or was about to show, the URLs keep their pieces."""
    middle = take(engine, claimed(article(by="herald"), "Gazette"), "herald", KNOWN)
    other = take(engine, replace(article("b", seed=7), headline="Storms"), "forum", KNOWN)
    publish(engine)
    merge(engine, middle.article_id, other.article_id, reason="same", sources=KNOWN, keeping=KEEPING)
    if meanwhile:
        publish(engine)
    whom = other.article_id if named == "brought" else middle.article_id
    done = split(engine, [whom], reason="a mistake", sources=KNOWN, keeping=KEEPING)
    assert (done.kept.id, done.other.id) == (middle.work_id, other.work_id)
    publish(engine)
    for kept in (middle, other):
        again = out(engine, kept.work_id)
        assert again is not None
        assert (again.state, again.article_id) == ("published", kept.article_id)


def test_what_cannot_be_regrouped_is_refused(engine: sa.Engine) -> None:
    """Each refusal names what, where and what to do; nothing changes."""
    first, second = two_copies(engine)
    third = take(engine, article("c", seed=5, headline="Storms"), "forum", KNOWN)
    given = {"sources": KNOWN, "keeping": KEEPING}
    with pytest.raises(ConfigError, match="all articles"):
        split(engine, [first, second], reason="x", **given)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="2 works"):
        split(engine, [first, third.article_id], reason="x", **given)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="no article 99"):
        split(engine, [99], reason="x", **given)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="reason"):
        split(engine, [second], reason=" ", **given)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="one work already"):
        merge(engine, first, second, reason="x", **given)  # type: ignore[arg-type]


def test_the_origins_own_copy_takes_over_and_our_url_stays(engine: sa.Engine) -> None:
    """The middleman came first; when the origin delivers, its copy is published under the address that stands."""
    middle = take(engine, claimed(article(by="herald"), "Forum"), "herald", KNOWN)
    publish(engine)
    before = out(engine, middle.work_id)
    own = take(engine, article(), "forum", KNOWN, now=NOW + timedelta(hours=3))
    publish(engine)
    after = out(engine, middle.work_id)
    assert before is not None
    assert after is not None
    assert (own.work_id, after.article_id, after.slug) == (middle.work_id, own.article_id, before.slug)


def test_the_copy_that_our_terms_allow_is_published(engine: sa.Engine) -> None:
    """The origin's own copy without permission stands back behind a middleman's with it."""
    known = sources(partner("forum", NO_TERMS), partner("herald", GRANTED))
    own = take(engine, article(), "forum", known)
    assert out(engine, own.work_id) is None
    copy = take(engine, article(by="herald"), "herald", known)
    publication = out(engine, own.work_id)
    assert publication is not None
    assert (copy.work_id, publication.article_id) == (own.work_id, copy.article_id)


HOME = "https://forum.example/"


@pytest.mark.parametrize("claim", [HOME, "https://forum.example/index.html", "https://forum.example/en/"])
def test_a_canonical_to_the_front_page_merges_nothing(engine: sa.Engine, claim: str) -> None:
    """A hostile or careless rel=canonical: every page claims to be the home page (distinct items merged)."""
    kept = [
        take(engine, replace(article(f"a{seed}", seed=seed), canonical_url=claim), "forum", KNOWN) for seed in (1, 2)
    ]
    assert kept[0].work_id != kept[1].work_id
    again = take(engine, replace(article("a1", seed=1), canonical_url=claim), "forum", KNOWN)
    assert (again.outcome, again.article_id) == (Outcome.UNCHANGED, kept[0].article_id)


def _pretender() -> Article:
    return replace(article("fake", seed=3, headline="Buy shoes"), canonical_url=article().canonical_url)


@pytest.mark.parametrize("pretender_first", [True, False])
def test_a_canonical_to_another_article_takes_nothing_over(engine: sa.Engine, pretender_first: bool) -> None:
    """A page that claims another article's address, with other words, is another article, whichever comes first."""
    order = [_pretender(), article()] if pretender_first else [article(), _pretender()]
    one, two = (take(engine, value, "forum", KNOWN) for value in order)
    assert one.work_id != two.work_id
    for value, kept in zip(order, (one, two), strict=True):
        assert take(engine, value, "forum", KNOWN).article_id == kept.article_id
    rewritten = replace(article(seed=8), url=article().url)
    true = two if pretender_first else one
    assert take(engine, rewritten, "forum", KNOWN).article_id == true.article_id


def test_another_partners_canonical_with_other_words_is_no_copy(engine: sa.Engine) -> None:
    """Herald's page claims Forum's address without its words: two works; with its words: a copy."""
    first = take(engine, article(), "forum", KNOWN)
    fake = replace(article("x", by="herald", seed=6, headline="Shoes"), canonical_url=article().url)
    assert take(engine, fake, "herald", KNOWN).work_id != first.work_id
    true = replace(article("y", by="herald"), canonical_url=article().url, headline="Another headline")
    assert take(engine, true, "herald", KNOWN).work_id == first.work_id


def test_amp_and_mobile_addresses_are_the_page(engine: sa.Engine) -> None:
    """One page under its AMP, mobile and tracking addresses is one article, whether or not it says so itself."""
    first = take(engine, article(), "forum", KNOWN)
    for url in (
        "https://amp.forum.example/tides",
        "https://forum.example/tides/amp",
        "https://forum.example/tides/amp/",
        "https://forum.example/tides?amp=1",
        "https://forum.example/amp/tides",
        "https://m.forum.example/tides",
        "http://forum.example/tides?utm_source=x&fbclid=1",
        "https://forum-example.cdn.ampproject.org/c/s/forum.example/tides",
    ):
        for claim in (url, article().canonical_url):
            amp = replace(article(), url=url, canonical_url=claim, guid=None)
            assert take(engine, amp, "forum", KNOWN).article_id == first.article_id, (url, claim)


def test_a_counter_is_no_revision_and_a_silent_edit_goes_live(engine: sa.Engine) -> None:
    """FreshRSS #1840 #1859: an ad makes no revision. FeedWordPress: an edit without a new date goes out."""
    kept = take(engine, article(), "forum", KNOWN)
    publish(engine)
    value = article()
    ad = replace(value.body.blocks[0], children=(replace(value.body.blocks[0].children[0], text="123 shares"),))  # type: ignore[union-attr,arg-type]
    noisy = replace(value, body=replace(value.body, blocks=(ad, *value.body.blocks)))
    assert take(engine, noisy, "forum", KNOWN).outcome is Outcome.UNCHANGED
    shorter = replace(value, body=replace(value.body, blocks=value.body.blocks[:-1]))
    assert take(engine, shorter, "forum", KNOWN, now=NOW + timedelta(hours=1)).outcome is Outcome.REVISION
    row = out(engine, kept.work_id)
    assert row is not None
    assert row.state == "pending"


def test_a_change_that_the_terms_hold_waits_with_its_reason(engine: sa.Engine) -> None:
    """What the terms allow goes live by itself; the rest is held, and what is out stays as it was."""
    kept = take(engine, article(), "forum", KNOWN)
    publish(engine)
    before = out(engine, kept.work_id)
    unsure = replace(article(), headline="Changed", doubts=(Doubt.BYLINE,))
    held = take(engine, unsure, "forum", KNOWN, now=NOW + timedelta(hours=1))
    assert held.outcome is Outcome.REVISION
    assert held.verdict.value == "hold"
    assert out(engine, kept.work_id) == before
