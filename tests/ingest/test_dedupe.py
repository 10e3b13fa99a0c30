"""The decision by tables: what URLs, GUIDs, headlines and people say, and where others failed their users."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from random import Random
from typing import Any

import pytest

from ingest.dedupe import Candidate, Copy, Known, Neighbour, New, Revision, decide, fingerprint
from tests.bench.prose import Piece, article

PIECE = article(Random(1))
OTHER = article(Random(2))


def candidate(piece: Piece = PIECE, **given: Any) -> Candidate:
    """Return an incoming article of partner A."""
    signed = fingerprint(headline=piece.headline, names=piece.names, text=piece.text)
    settled: dict[str, Any] = {"partner": "a", "canonical_url": "https://a.example/story", "headline": piece.headline}
    return Candidate(**(settled | {"fingerprint": signed} | given))


def known(piece: Piece = PIECE, **given: Any) -> Known:
    """Return an article in the store, of partner B."""
    signed = fingerprint(headline=piece.headline, names=piece.names, text=piece.text)
    settled: dict[str, Any] = {
        "work_id": 7,
        "article_id": 70,
        "partner": "b",
        "canonical_url": "https://b.example/story",
        "headline": piece.headline,
    }
    return Known(**(settled | {"fingerprint": signed} | given))


def test_nothing_known_is_new() -> None:
    """Without known articles everything is new, and the reason says so."""
    assert decide(candidate(), []) == New(reason="nothing that we have is like it")


def test_unlike_text_is_new() -> None:
    """Two pieces that share chance phrases at most are two works."""
    assert isinstance(decide(candidate(), [known(OTHER)]), New)


def test_the_partners_own_url_is_a_revision_whatever_the_text() -> None:
    """A partner's page that was rewritten from end to end is still its page (rolling updates)."""
    verdict = decide(candidate(OTHER), [known(partner="a", canonical_url="https://a.example/story")])
    assert isinstance(verdict, Revision)
    assert (verdict.work_id, verdict.article_id, verdict.unchanged) == (7, 70, False)


def test_an_equal_fetch_is_unchanged() -> None:
    """The same URL with the same headline, names and text brings nothing to keep."""
    verdict = decide(candidate(), [known(partner="a", canonical_url="https://a.example/story")])
    assert isinstance(verdict, Revision)
    assert verdict.unchanged


@pytest.mark.parametrize("where", ["other_urls", "canonical_url"])
def test_another_url_of_the_same_page(where: str) -> None:
    """AMP, mobile and redirecting URLs of a page count as its URL where half of the text agrees, and not else."""
    given: Any = frozenset({"https://b.example/story"}) if where == "other_urls" else "https://b.example/story"
    half = replace(PIECE, paragraphs=(*PIECE.paragraphs[:6], *OTHER.paragraphs[:5]))
    assert isinstance(decide(candidate(half, **{where: given}), [known()]), Copy)
    assert not isinstance(decide(candidate(OTHER, **{where: given}), [known()]), Copy)


def test_a_named_original_makes_a_copy_of_a_rewrite() -> None:
    """Where a middleman names the original's URL, half of the text is enough."""
    half = replace(PIECE, paragraphs=(*PIECE.paragraphs[:6], *OTHER.paragraphs[:5]))
    assert not isinstance(decide(candidate(half), [known()]), Copy)
    verdict = decide(candidate(half, origin_url="https://b.example/story"), [known()])
    assert isinstance(verdict, Copy)
    assert "https://b.example/story" in verdict.reason


def test_a_named_original_is_not_believed_against_the_text() -> None:
    """A digest links what it quotes; a link alone merges nothing."""
    verdict = decide(candidate(OTHER, origin_url="https://b.example/story"), [known()])
    assert isinstance(verdict, New)


def test_a_translation_is_a_neighbour() -> None:
    """A piece in another language that names the original is a piece of its own, with its own page."""
    verdict = decide(candidate(OTHER, language="fr", origin_url="https://b.example/story"), [known(language="en-gb")])
    assert isinstance(verdict, Neighbour)
    assert "language" in verdict.reason


def test_two_copies_of_one_original_meet() -> None:
    """Two middlemen that name one original have one work, though neither is the original."""
    verdict = decide(candidate(origin_url="https://o.example/story"), [known(origin_url="https://o.example/story")])
    assert isinstance(verdict, Copy)


def test_permalink_change_keeps_the_article() -> None:
    """Same partner, GUID and text under a new URL: the same article, moved (miniflux #3120, reader #79)."""
    verdict = decide(candidate(guid="x-1"), [known(partner="a", canonical_url="https://a.example/old", guid="x-1")])
    assert isinstance(verdict, Revision)


def test_title_change_keeps_the_article() -> None:
    """A new headline over the same text is no new item (miniflux #2358: headline in the GUID; #3120)."""
    verdict = decide(
        candidate(replace(PIECE, headline="Something else altogether"), guid="Something else altogether"),
        [known(partner="a", canonical_url="https://a.example/old", guid=PIECE.headline)],
    )
    assert isinstance(verdict, Copy)
    assert verdict.work_id == 7


def test_guid_that_drifts_from_http_to_https() -> None:
    """The same text under a GUID that changed its scheme is the same work (feedbin #431)."""
    verdict = decide(
        candidate(guid="https://a.example/?p=1"),
        [known(partner="a", canonical_url="http://a.example/?p=1", guid="http://a.example/?p=1")],
    )
    assert isinstance(verdict, Copy)


def test_guid_used_again_is_another_article() -> None:
    """A GUID that comes with another text is another article (feedbin #604, miniflux #3186)."""
    verdict = decide(
        candidate(OTHER, guid="x-1"), [known(partner="a", canonical_url="https://a.example/old", guid="x-1")]
    )
    assert isinstance(verdict, New)


def test_all_guids_equal_merges_nothing() -> None:
    """A feed whose items all have one GUID keeps its items (miniflux #4197)."""
    items = [
        known(
            article(Random(n)), work_id=n, article_id=n, partner="a", canonical_url=f"https://a.example/{n}", guid="0"
        )
        for n in range(10, 16)
    ]
    assert isinstance(decide(candidate(guid="0"), items), New)


def test_guid_of_another_partner_says_nothing() -> None:
    """GUIDs are a partner's own: an equal one elsewhere is chance."""
    assert isinstance(decide(candidate(OTHER, guid="42"), [known(guid="42")]), New)


def test_title_alone_merges_nothing() -> None:
    """Equal headlines and names over different texts are two works (reader #371)."""
    same_title = replace(OTHER, headline=PIECE.headline, names=PIECE.names)
    assert not isinstance(decide(candidate(same_title), [known()]), Copy | Revision)


def test_title_alone_merges_nothing_without_text() -> None:
    """Two items with equal headlines and no text are not known to be one."""
    empty = replace(PIECE, paragraphs=())
    assert isinstance(decide(candidate(empty), [known(empty)]), New)


def test_a_few_equal_words_say_too_little() -> None:
    """A phrase that is all of two texts makes no work, unless the headlines agree."""
    a = Piece(headline="The marsh at dawn", names=(), paragraphs=("Listen to this week's episode.",))
    b = replace(a, headline="A lighthouse for sale")
    assert isinstance(decide(candidate(a), [known(b)]), Neighbour)
    assert isinstance(decide(candidate(a), [known(a)]), Copy)


def test_a_persons_word_wins() -> None:
    """A work that a person split the article from is never its work again (reader #340: flip-flop)."""
    verdict = decide(candidate(apart=frozenset({7})), [known()])
    assert isinstance(verdict, Neighbour)
    assert "person" in verdict.reason


def test_no_flip_flop() -> None:
    """Merged, the article is a revision of itself at the next poll, in the same work, and stays it (reader #340)."""
    first = decide(candidate(), [known()])
    assert isinstance(first, Copy)
    itself = known(work_id=first.work_id, article_id=71, partner="a", canonical_url="https://a.example/story")
    for text in (PIECE, replace(PIECE, paragraphs=PIECE.paragraphs[:2]), OTHER):
        again = decide(candidate(text), [known(), itself])
        assert isinstance(again, Revision)
        assert (again.work_id, again.article_id) == (first.work_id, 71)


def test_order_of_the_known_does_not_matter() -> None:
    """Whatever order the store gives, the verdict is one; of equals the oldest work is taken."""
    several = [
        known(work_id=9, article_id=90),
        known(work_id=8, article_id=81),
        known(work_id=8, article_id=80),
        known(OTHER, work_id=1, article_id=10),
        known(replace(PIECE, paragraphs=PIECE.paragraphs[:4]), work_id=2, article_id=20),
    ]
    verdicts = {decide(candidate(), order) for order in permutations(several)}
    assert len(verdicts) == 1
    (verdict,) = verdicts
    assert isinstance(verdict, Copy)
    assert (verdict.work_id, verdict.article_id) == (8, 80)


def test_reason_is_a_sentence_that_a_person_can_check() -> None:
    """The reason names what it is the same as, how far, and what supports it."""
    edited = replace(PIECE, paragraphs=(*PIECE.paragraphs[:-1], "A closing line of our own."))
    verdict = decide(candidate(edited), [known()])
    assert verdict.reason.startswith(f'same as "{PIECE.headline}" (b, article 70): 0.9')
    assert verdict.reason.endswith("of their shingles, same headline, same byline")


def test_series_headlines_that_differ_in_a_figure() -> None:
    """Part 1 and part 2 in one frame are neighbours, though most of the text is the same."""
    part = replace(PIECE, headline="Harbour notes, part 1")
    changed = (*PIECE.paragraphs[:-1], *OTHER.paragraphs[:1])
    verdict = decide(candidate(replace(PIECE, headline="Harbour notes, part 2", paragraphs=changed)), [known(part)])
    assert isinstance(verdict, Neighbour)
    assert "figure" in verdict.reason


def test_nearly_equal_text_outweighs_a_figure_in_the_headline() -> None:
    """A corrected figure in the headline of the same text is a correction, not another piece."""
    a, b = (replace(PIECE, headline=f"{n} people saw the ferry") for n in (40, 50))
    assert isinstance(decide(candidate(a), [known(b)]), Copy)


def test_bylines_speak_in_the_grey_zone() -> None:
    """Texts that are like, not equal, under different bylines are two reports of one event."""
    words = PIECE.text.split()
    edited = " ".join("mist" if n % 6 == 0 else word for n, word in enumerate(words))
    rewrite = replace(PIECE, paragraphs=(edited,))
    assert isinstance(decide(candidate(rewrite), [known()]), Copy)
    assert isinstance(decide(candidate(replace(rewrite, names=("Someone Else",))), [known()]), Neighbour)


def test_half_a_year_apart_speaks_in_the_grey_zone() -> None:
    """A yearly piece is mostly last year's text, and another work."""
    this_year = replace(PIECE, paragraphs=(*PIECE.paragraphs[:9], *(p[:120] for p in OTHER.paragraphs[:4])))
    then, now = datetime(2025, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    verdict = decide(candidate(this_year, published_at=now), [known(published_at=then)])
    assert isinstance(verdict, Neighbour)


def test_one_partners_grown_piece_under_another_url() -> None:
    """What a partner publishes again, longer, at another URL is a rolling update, not a copy."""
    longer = replace(PIECE, paragraphs=(*PIECE.paragraphs, *OTHER.paragraphs[:4]))
    assert isinstance(decide(candidate(longer), [known()]), Copy)
    assert isinstance(decide(candidate(longer), [known(partner="a")]), Neighbour)


def test_an_earlier_whole_beside_a_cut_copy() -> None:
    """The original that comes in after its cut copy is the same work, if its own date says that it was first."""
    cut = replace(PIECE, paragraphs=(*PIECE.paragraphs[:2], *PIECE.paragraphs[4:]))
    first, later = datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert isinstance(decide(candidate(published_at=first), [known(cut, published_at=later)]), Copy)
    assert isinstance(decide(candidate(published_at=later), [known(cut, published_at=first)]), Neighbour)
