"""Finding articles: by words and by what they are, a page at a time, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.attribution import AttributedArticle
from ingest.store import search
from ingest.store.database import read, write
from ingest.store.schema import article, ruling, work
from ingest.store.search import Place, Wanted
from tests.publish.making import publication


def attributed() -> AttributedArticle:
    """Return an article with its credit."""
    return publication().attributed


NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def _add(connection: sa.Connection, number: int, headline: str, **changes: Any) -> int:
    """Keep an article of which only the index knows the words, and return its id."""
    made = attributed()
    value = replace(made, article=replace(made.article, headline=headline, **changes))
    work_id = connection.execute(
        work.insert().values(slug=f"w{number}", created_at=NOW).returning(work.c.id)
    ).scalar_one()
    row = {
        "partner": value.partner,
        "canonical_url": f"https://p.example/{number}",
        "work_id": work_id,
        "relation": "first",
        "relation_reason": "",
        "first_seen_at": NOW,
    }
    article_id = int(connection.execute(article.insert().values(row).returning(article.c.id)).scalar_one())
    search.index(connection, article_id, value)
    return article_id


def _found(engine: sa.Engine, **wanted: Any) -> list[int]:
    with read(engine) as connection:
        places = search.find(connection, Wanted(**wanted))
    return [place.article_id for place in places]


def test_articles_are_found_by_their_words(engine: sa.Engine) -> None:
    """All words count, in any order and case, and the last one as far as it is typed; other articles are not found."""
    with write(engine) as connection:
        ids = [
            _add(connection, i, text) for i, text in enumerate(("Kestrel lamps", "The kestrel", "لامپ بندر 港の灯"))
        ]
    assert _found(engine, words="kestrel") == ids[1::-1]
    assert _found(engine, words="LAMPS kest") == ids[:1]
    assert _found(engine, words="بندر") == ids[2:]
    assert _found(engine, words="seabed") == []
    assert _found(engine, words="?!") == []


def test_a_changed_article_is_found_by_its_new_words_only(engine: sa.Engine) -> None:
    """The index follows what an article stands by."""
    made = attributed()
    with write(engine) as connection:
        article_id = _add(connection, 1, "Before")
        search.index(connection, article_id, replace(made, article=replace(made.article, headline="Afterwards")))
    assert _found(engine, words="before") == []
    assert _found(engine, words="afterwards") == [article_id]


def test_a_withdrawn_article_is_found_as_withdrawn(engine: sa.Engine) -> None:
    """A person's word is its state, until it is taken back."""
    with write(engine) as connection:
        article_id = _add(connection, 1, "One")
        row = {"article_id": article_id, "state": "withdrawn", "actor": "x", "reason": "y", "at": NOW}
        connection.execute(ruling.insert().values(row))
        search.restate(connection, article_id)
    assert _found(engine, state="withdrawn") == [article_id]
    with write(engine) as connection:
        connection.execute(ruling.delete())
        search.restate(connection, article_id)
    assert _found(engine, state="withdrawn") == []
    assert _found(engine, state=attributed().decision.verdict.value) == [article_id]


@pytest.mark.parametrize("by_day", [False, True])
def test_pages_hold_every_article_once(engine: sa.Engine, by_day: bool) -> None:
    """Page after page, also where many were published at the same time."""
    with write(engine) as connection:
        days = [NOW - timedelta(days=i // 3) for i in range(10)]
        ids = [_add(connection, i, "Same", published_at=day) for i, day in enumerate(days)]
    wanted, seen, after = Wanted(since=NOW - timedelta(days=30)) if by_day else Wanted(), [], None
    while True:
        with read(engine) as connection:
            page = search.find(connection, wanted, after=after, limit=3)
        if not page:
            break
        seen += [place.article_id for place in page]
        after = page[-1]
    assert sorted(seen) == ids
    assert len(seen) == len(ids)
    assert by_day or seen == ids[::-1]


def test_filters_narrow_each_other(engine: sa.Engine) -> None:
    """Partner, origin, state, words and days all have to fit; menus name what there is."""
    made = attributed()
    with write(engine) as connection:
        article_id = _add(connection, 1, "One", published_at=NOW)
        assert search.partners(connection) == [made.partner]
        assert search.origins(connection) == [made.origin.name]
    fits = {"partner": made.partner, "origin": made.origin.name, "words": "one", "since": NOW}
    assert _found(engine, **fits) == [article_id]
    for name, other in {"partner": "no", "origin": "no", "state": "deny", "words": "two", "until": NOW}.items():
        assert _found(engine, **{**fits, name: other}) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_words_are_an_operator(engine: sa.Engine, words: str) -> None:
    """Whatever is typed is looked for, and never an error of the database's."""
    with read(engine) as connection:
        search.find(connection, Wanted(words=words), after=Place(article_id=5))
