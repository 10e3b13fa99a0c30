"""The index of fingerprints: what it finds, what it leaves out, and how little it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.dedupe import Candidate, Copy, Fingerprint, decide, fingerprint
from ingest.signing import VERSION
from ingest.store import fingerprints
from ingest.store.database import read, write
from ingest.store.schema import metadata
from tests.bench.prose import Piece, article
from tests.bench.shelf import shelve


def candidate(piece: Piece, name: str = "x", **given: Any) -> Candidate:
    """Return a candidate of the partner and under the URL of this name."""
    settled: dict[str, Any] = {
        "partner": name,
        "canonical_url": f"https://{name}.example/story",
        "headline": piece.headline,
        "fingerprint": sign(piece),
    }
    return Candidate(**(settled | given))


def sign(piece: Piece) -> Fingerprint:
    """Return a piece's fingerprint."""
    return fingerprint(headline=piece.headline, names=piece.names, text=piece.text)


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a write transaction on an empty store."""
    with write(engine) as opened:
        yield opened


def test_comes_back_as_it_was(connection: sa.Connection) -> None:
    """What `decide` needs of a known article is what was kept of it."""
    piece = article(Random(1))
    given = candidate(
        piece,
        guid="g",
        language="en",
        origin_url="https://o.example/1",
        published_at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    work_id, article_id = shelve(connection, given, names=piece.names)
    (known,) = fingerprints.load(connection, [article_id, article_id + 1])
    assert (known.work_id, known.article_id, known.partner, known.guid) == (work_id, article_id, "x", "g")
    assert (known.fingerprint, known.language, known.origin_url) == (given.fingerprint, "en", "https://o.example/1")
    assert (known.headline, known.published_at) == (given.headline, given.published_at)


def test_finds_copies_excerpts_and_teasers_among_others(connection: sa.Connection) -> None:
    """Whole copies, three paragraphs and forty words lead to their article, and to few others."""
    pieces = [article(Random(n)) for n in range(40)]
    ids = [shelve(connection, candidate(piece, f"p{n}"))[1] for n, piece in enumerate(pieces)]
    rows = 0
    for piece, article_id in zip(pieces, ids, strict=True):
        teaser = replace(piece, paragraphs=(" ".join(piece.text.split()[:40]),))
        for part in (piece, replace(piece, paragraphs=piece.paragraphs[4:7]), teaser):
            (hits,) = fingerprints.find(connection, [sign(part)])
            assert hits[0].article_id == article_id
            rows += len(hits)
    assert rows <= 3 * 3 * len(pieces)


def test_many_are_found_as_each_alone(connection: sa.Connection) -> None:
    """Asking for a feed's texts at once gives what asking for each gives, in their order."""
    pieces = [article(Random(n)) for n in range(8)]
    for n, piece in enumerate(pieces[:5]):
        shelve(connection, candidate(piece, f"p{n}"))
    signed = [sign(piece) for piece in pieces]
    assert fingerprints.find(connection, signed) == [fingerprints.find(connection, [one])[0] for one in signed]


def test_an_empty_text_finds_nothing(connection: sa.Connection) -> None:
    """Articles without words are no copies of each other by their text."""
    empty = Piece(headline="", names=(), paragraphs=())
    shelve(connection, candidate(empty))
    assert fingerprints.find(connection, [sign(empty)]) == [[]]


def test_a_short_text_is_found_by_its_exact_hash(connection: sa.Connection) -> None:
    """A text too short for a shingle is found when it is equal."""
    short = Piece(headline="Dawn", names=(), paragraphs=("Four words are enough.",))
    _, article_id = shelve(connection, candidate(short))
    (hits,) = fingerprints.find(connection, [sign(short)])
    assert [(hit.article_id, hit.exact) for hit in hits] == [(article_id, True)]


def test_a_phrase_that_many_have_costs_one_row(connection: sa.Connection) -> None:
    """Where many articles are one short phrase, the oldest is named and no other."""
    short = Piece(headline="Dawn", names=(), paragraphs=("Listen to this week's episode here.",))
    ids = [shelve(connection, candidate(short, f"p{n}"))[1] for n in range(20)]
    (hits,) = fingerprints.find(connection, [sign(short)])
    assert [hit.article_id for hit in hits] == [ids[0]]


def test_boilerplate_costs_no_rows(connection: sa.Connection) -> None:
    """A column's intro that COMMON works share names none of them; each is still found by its own text."""
    intro = article(Random(99)).paragraphs[:2]
    columns = [replace(p := article(Random(n)), paragraphs=(*intro, *p.paragraphs[:4])) for n in range(30)]
    ids = [shelve(connection, candidate(piece, f"p{n}"))[1] for n, piece in enumerate(columns)]
    table = fingerprints.fingerprint_key
    holders = sa.select(sa.func.count(table.c.article_id)).group_by(table.c.key)
    assert max(connection.execute(holders).scalars()) == fingerprints.COMMON
    fresh = replace(p := article(Random(500)), paragraphs=(*intro, *p.paragraphs[:4]))
    (hits,) = fingerprints.find(connection, [sign(fresh)])
    assert hits == []
    for piece, article_id in zip(columns, ids, strict=True):
        (hits,) = fingerprints.find(connection, [sign(replace(piece, paragraphs=piece.paragraphs[2:]))])
        assert hits[0].article_id == article_id


def test_copies_of_a_work_add_no_keys(connection: sa.Connection) -> None:
    """A piece that twenty partners carry stays findable: its keys are held by one work, not by twenty."""
    piece = article(Random(3))
    work_id, first = shelve(connection, candidate(piece, "p0"))
    for n in range(1, 21):
        shelve(connection, candidate(piece, f"p{n}"), work_id=work_id)
    keys = sign(piece).keys
    table = fingerprints.fingerprint_key
    assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == len(keys)
    excerpt = replace(piece, paragraphs=piece.paragraphs[:5])
    (hits,) = fingerprints.find(connection, [sign(excerpt)])
    assert [hit.article_id for hit in hits] == [first]


def test_a_revision_takes_the_place_of_what_was(connection: sa.Connection) -> None:
    """After a revision the article is found by its new text, and no longer by what it dropped."""
    old, new = article(Random(4)), article(Random(5))
    _, article_id = shelve(connection, candidate(old))
    fingerprints.index(connection, article_id, sign(new))
    assert fingerprints.find(connection, [sign(old)]) == [[]]
    assert fingerprints.find(connection, [sign(new)])[0][0].article_id == article_id


def test_forgetting(connection: sa.Connection) -> None:
    """A forgotten article leaves no row behind; forgetting what is not there does nothing."""
    _, article_id = shelve(connection, candidate(article(Random(6))))
    fingerprints.forget(connection, article_id)
    fingerprints.forget(connection, article_id)
    for table in (fingerprints.fingerprint_table, fingerprints.fingerprint_key):
        assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


def test_candidates_by_url_guid_and_origin(connection: sa.Connection) -> None:
    """What a URL, a GUID or a named original points at is looked at, whatever its text."""
    one, other = article(Random(7)), article(Random(8))
    _, article_id = shelve(connection, candidate(one, guid="g-1", origin_url="https://o.example/1"))
    for asked in (
        candidate(other),
        candidate(other, canonical_url="https://x.example/moved", guid="g-1"),
        candidate(other, "y", other_urls=frozenset({"https://x.example/story"})),
        candidate(other, "y", origin_url="https://x.example/story"),
        candidate(other, "y", origin_url="https://o.example/1"),
        candidate(other, "o", canonical_url="https://o.example/1"),
    ):
        assert [known.article_id for known in fingerprints.candidates(connection, asked)] == [article_id]
    elsewhere = candidate(other, "y", guid="g-1")
    assert fingerprints.candidates(connection, elsewhere) == ()


def test_from_store_to_verdict(engine: sa.Engine) -> None:
    """What one worker kept, another finds and decides on."""
    piece = article(Random(9))
    with write(engine) as connection:
        work_id, _ = shelve(connection, candidate(piece), names=piece.names)
    with read(engine) as connection:
        asked = candidate(replace(piece, paragraphs=piece.paragraphs[:3]), "y")
        verdict = decide(asked, fingerprints.candidates(connection, asked))
    assert isinstance(verdict, Copy)
    assert verdict.work_id == work_id


def test_another_version_is_not_compared(connection: sa.Connection) -> None:
    """A fingerprint that another version of the program made is left out rather than misread."""
    piece = article(Random(10))
    _, article_id = shelve(connection, candidate(piece))
    connection.execute(fingerprints.fingerprint_table.update().values(version=VERSION + 1))
    assert fingerprints.load(connection, [article_id]) == ()


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_lookups_walk_indexes(connection: sa.Connection) -> None:
    """No lookup scans a table, however many works there are."""
    if connection.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the rows it has, and scans an empty table")
    seen: list[tuple[str, Any]] = []
    sa.event.listen(connection, "before_cursor_execute", lambda *call: seen.append((call[2], call[3])))
    asked = candidate(article(Random(11)), guid="g", origin_url="https://o.example/1")
    fingerprints.candidates(connection, asked)
    plans = [
        row[3]
        for statement, parameters in list(seen)
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    assert len(seen) >= 5
    assert [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in metadata.tables] == []
