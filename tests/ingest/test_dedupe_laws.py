"""Laws of the fingerprint and the decision, for any text."""

from __future__ import annotations

import time
from random import Random
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dedupe import Candidate, Copy, Known, decide, fingerprint
from ingest.dedupe.fingerprint import BODY_WINDOW, OPENING, OPENING_WINDOW, SHINGLE, keys_of, winnow
from ingest.dedupe.overlap import overlap
from ingest.dedupe.tokens import MAX_WORDS, coded, to_bytes, to_codes, without_names, words_of
from tests.bench.prose import Piece, article
from tests.bench.shelf import as_known

pieces = st.integers(min_value=0, max_value=10**6).map(lambda seed: article(Random(seed), paragraphs=6))
any_text = st.text(max_size=300)


def candidate(text: str, headline: str = "") -> Candidate:
    """Return an incoming article with this text."""
    return Candidate(
        partner="a",
        canonical_url="https://a.example/x",
        headline=headline,
        fingerprint=fingerprint(headline=headline, names=(), text=text),
    )


def known(text: str, headline: str = "") -> Known:
    """Return an article of another partner with this text."""
    return as_known(
        Candidate(
            partner="b",
            canonical_url="https://b.example/y",
            headline=headline,
            fingerprint=fingerprint(headline=headline, names=(), text=text),
        )
    )


@given(pieces)
def test_a_text_is_its_own_copy(piece: Piece) -> None:
    """Any article is a copy of itself, with all of its words."""
    verdict = decide(candidate(piece.text), [known(piece.text)])
    assert isinstance(verdict, Copy)
    assert verdict.score == 1.0


@given(pieces)
def test_credit_and_footer_stay_a_copy(piece: Piece) -> None:
    """A credit line before and a footer after the text change nothing, whichever side has them."""
    credited = (
        "This article was originally published by The Valley Monitor and is republished with permission.\n\n"
        f"{piece.text}\n\nThe Valley Monitor is a newsroom on the coast. Sign up for its letter at example.org."
    )
    assert isinstance(decide(candidate(credited), [known(piece.text)]), Copy)
    assert isinstance(decide(candidate(piece.text), [known(credited)]), Copy)


@given(pieces, pieces)
def test_two_pieces_are_two(a: Piece, b: Piece) -> None:
    """Two articles that were written apart are never one."""
    verdict = decide(candidate(a.text), [known(b.text)])
    assert isinstance(verdict, Copy) == (a.text == b.text)


@given(any_text, any_text)
def test_any_two_texts_get_a_verdict(a: str, b: str) -> None:
    """No text makes the decision fail, and whether two are one text does not hang on which came first."""
    there, back = decide(candidate(a), [known(b)]), decide(candidate(b), [known(a)])
    assert there.reason
    assert 0.0 <= there.score <= 1.0
    if len(a) == len(b):
        assert isinstance(there, Copy) == isinstance(back, Copy)


@given(pieces)
def test_house_style_changes_no_fingerprint(piece: Piece) -> None:
    """Quotes, dashes, case, white space and digit grouping are no difference."""
    text = f"{piece.text} \u2013 12,000 of the museum's guests"
    styled = (
        text.replace("“", '"')
        .replace("”", '"')
        .replace("\u2013", " - ")
        .replace("'", "\u2019")
        .replace("12,000", "12000")
    ).upper()
    reflowed = styled.replace(" ", "\n\u00a0 ")
    one, other = (fingerprint(headline="", names=(), text=t) for t in (text, reflowed))
    assert (one.exact, one.keys, without_names(one.trace)) == (other.exact, other.keys, without_names(other.trace))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Wärtsilä façade", "Wa\u0308rtsila\u0308 fac\u0327ade"),
        ("Wärtsilä", "wartsila"),
        ("the board\u2019s co\u00adoperation", "the boards cooperation"),
        ("\ufb01nal \uff21\uff22\uff23", "final abc"),
        ("1,250.50 crowns", "125050 crowns"),
        ("STRASSE", "straße"),
        ("東京都は", "東 京 都 は"),
    ],
)
def test_words_fold(a: str, b: str) -> None:
    """What typesetting and keyboards change is folded away; scripts without spaces are words by character."""
    assert words_of(a) == words_of(b)


@given(any_text)
def test_trace_keeps_every_word(text: str) -> None:
    """A trace has a code for each word, never 0, and comes back from bytes as it was."""
    exact, codes = coded(text)
    assert len(codes) == len(words_of(text))
    assert bool(exact) == bool(codes)
    assert 0 not in codes
    assert to_codes(to_bytes(codes)) == codes


@given(st.lists(st.integers(0, 50), max_size=200), st.integers(1, 60))
def test_winnowing_leaves_no_window_without_a_key(order: list[int], window: int) -> None:
    """Every window holds a chosen position, which is a minimum of a window (Schleimer et al., property 1)."""
    picked = winnow(order, window)
    assert picked == sorted(set(picked))
    assert bool(picked) == bool(order)
    for start in range(len(order) - window + 1):
        inside = [p for p in picked if start <= p < start + window]
        assert inside
        assert min(order[start : start + window]) in {order[p] for p in inside}


@given(pieces, pieces, st.integers(0, 200))
def test_a_shared_run_shares_a_key(a: Piece, b: Piece, start: int) -> None:
    """Any run of BODY_WINDOW + SHINGLE - 1 words that two texts share is found, wherever it stands in either."""
    run = a.text.split()[start : start + BODY_WINDOW + SHINGLE - 1 + 10]
    words = b.text.split()
    other = " ".join([*words[:130], *run, *words[130:]])
    shared = set(keys_of(_trace(a.text))) & set(keys_of(_trace(other)))
    assert shared or len(words_of(" ".join(run))) < BODY_WINDOW + SHINGLE - 1


@given(pieces)
def test_a_teaser_shares_keys_with_its_article(piece: Piece) -> None:
    """The first 40 words share three keys or more with the whole, so that chance is told from a teaser."""
    assert OPENING >= 40 + SHINGLE
    teaser = " ".join(piece.text.split()[:40])
    shared = set(keys_of(_trace(teaser))) & set(keys_of(_trace(piece.text)))
    assert len(shared) >= (40 - SHINGLE + 1) // OPENING_WINDOW


def _trace(text: str) -> bytes:
    return to_bytes(coded(text)[1])


def test_keys_are_stable_between_processes_and_versions() -> None:
    """Keys and traces stand in databases: other values need another VERSION."""
    made = fingerprint(headline="", names=(), text=f"{article(Random(1)).text} Sold on Monday: 1,200 tickets.")
    assert (made.exact, len(made.keys), crc32(repr(made.keys).encode()), crc32(made.trace)) == KEPT


KEPT = (2522809721979118054, 39, 840135303, 2520363259)


def test_hostile_text_is_capped() -> None:
    """A text of millions of words costs what MAX_WORDS cost to keep and compare."""
    made = fingerprint(headline="", names=(), text="ha " * 500_000)
    assert len(made.trace) == 2 * MAX_WORDS
    assert len(made.keys) < 10
    began = time.process_time()
    found = overlap(made, made)
    assert time.process_time() - began < 5
    assert found.a.share == 1.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("हिन्दी में समाचार।", ["हिन्दी", "में", "समाचार"]),
        ("தமிழ் செய்திகள்", ["தமிழ்", "செய்திகள்"]),
        ("বাংলাদেশের সরকার", ["বাংলাদেশের", "সরকার"]),
        ("మా_ఊరు", ["మా", "ఊరు"]),
        ("ẹ̀kọ́ don’t", ["eko", "dont"]),
        ("1️⃣ way", ["1", "way"]),
    ],
)
def test_marks_are_part_of_their_words(text: str, words: list[str]) -> None:
    """A vowel sign or a virama cuts no word in two, so that a shingle is as many words in every script."""
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("מִלְחָמָה וְשָׁלוֹם", "מלחמה ושלום"),
        ("الحُكُومَةُ الأُرْدُنِّيّة", "الحكومه الاردنيه"),
        ("العـــربية على", "العربية علي"),
        ("می‌شود", "میشود"),
    ],
)
def test_what_a_house_may_leave_unwritten_makes_no_other_words(a: str, b: str) -> None:
    """Hebrew and Arabic are the same with their points and without, and with letters that keyboards exchange."""
    assert words_of(a) == words_of(b)
    assert coded(a) == coded(b)
