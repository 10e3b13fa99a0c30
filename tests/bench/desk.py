"""The desk's pages: their server time and size in a small newsroom and in a large one.

    python -m tests.bench.desk [--articles N ...] [--rounds N]

For each number of articles it makes a store (one in twenty is held, each came by a feed's entry), asks the desk's
application for each page as a browser does, and prints median and 95th percentile in milliseconds, the
processor's time of it (median), and the size in kB, with the ratio of the processor's times to the first number. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import sqlalchemy as sa

from ingest.article import Article, Byline, Origin, Person
from ingest.attribution import AttributedArticle, Credit
from ingest.body import Body, Paragraph, Text
from ingest.rights import Decision, Reason, Verdict
from ingest.settings import Settings
from ingest.sources import Sources
from ingest.store import attributions, desk_users, feeds, ledger, outbox, publications, search
from ingest.store.articles import content_hash
from ingest.store.codec import ARTICLE
from ingest.store.database import open_store, read, write
from ingest.store.desk_users import Role
from ingest.store.schema import article, entry, revision, standing, work
from ingest.terms import Mode, Position
from publish import wiring
from publish.desk import sessions
from publish.desk.access import add_user
from publish.desk.app import desk_app
from publish.desk.newsroom import Newsroom
from publish.following import FollowedSources

NOW = datetime.now(UTC)
_PARTNERS = 40
_HELD_EVERY = 20
_BATCH = 1000


def main() -> None:
    """Measure each number of articles, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[1_000, 20_000])
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    found = {count: measure(count, options.rounds) for count in options.articles}
    first = found[options.articles[0]]
    for count, pages in found.items():
        print(f"\n{count:,} articles, {count // _HELD_EVERY:,} held")
        for name, (median, worst, cpu, size) in pages.items():
            ratio = cpu / first[name][2]
            print(f"  {name:<32} {median:7.1f} ms  p95 {worst:7.1f}  cpu {cpu:6.1f}  {size:6.1f} kB  {ratio:5.2f}x")
    print(json.dumps(found))


def measure(count: int, rounds: int) -> dict[str, tuple[float, float, float, float]]:
    """Return median, 95th percentile, processor's median (ms) and size (kB) of each page over so many articles."""
    with TemporaryDirectory(prefix="reprint-desk-") as folder:
        room = make_newsroom(Path(folder), count)
        try:
            return asyncio.run(_ask_all(room, count, rounds))
        finally:
            room.engine.dispose()


async def _ask_all(room: Newsroom, count: int, rounds: int) -> dict[str, tuple[float, float, float, float]]:
    transport = httpx.ASGITransport(app=desk_app(room))
    with read(room.engine) as connection:
        user = desk_users.find(connection, "bench")
    assert user is not None
    cookies = {"reprint-desk": sessions.begin(room.engine, user, now=room.clock())}
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", cookies=cookies) as client:
        for name, path in _pages(count).items():
            times, cpu = [], []
            for _ in range(rounds):
                began, used = time.perf_counter(), time.process_time()
                answer = await client.get(path)
                times.append((time.perf_counter() - began) * 1000)
                cpu.append((time.process_time() - used) * 1000)
                assert answer.status_code == 200, (path, answer.status_code)
            median, worst = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            size = len(answer.content) / 1000
            found[name] = (round(median, 2), round(worst, 2), round(statistics.median(cpu), 2), round(size, 1))
    return found


def _pages(count: int) -> dict[str, str]:
    held, out = _HELD_EVERY * (count // _HELD_EVERY // 2), count // 2 + 1
    return {
        "queue": "/queue",
        "queue, one reason": "/queue?why=selection",
        "review": f"/queue/{held}",
        "articles": "/articles",
        "articles, found by words": "/articles?q=harbour",
        "articles, found by a rare word": f"/articles?q=rare{out}",
        "articles of a partner": "/articles?partner=partner-3",
        "articles held": "/articles?state=hold",
        "articles of a month": f"/articles?from={(NOW - timedelta(days=60)).date()}&to={(NOW - timedelta(days=30)).date()}",
        "article": f"/articles/{out}",
        "partners": "/partners",
        "partner": "/partners/partner-3",
        "audit": "/audit",
    }


def make_newsroom(folder: Path, count: int) -> Newsroom:
    """Make a newsroom of so many articles, as an ingest would have left it."""
    (folder / "sources.yaml").write_text(_yaml())
    settings = Settings(
        sources=folder / "sources.yaml", database_url=f"sqlite:///{folder / 'reprint.db'}", site=folder / "site"
    )
    sources = FollowedSources(settings.sources)
    engine = open_store(settings.database_url)
    _fill(engine, sources(), count)
    add_user(engine, "bench", Role.EDITOR, "four words by pure chance", actor="it", now=NOW)
    return Newsroom(
        settings=settings,
        engine=engine,
        read_sources=sources,
        name_targets=wiring.target_names,
        clock=wiring.now,
        send_soon=lambda _work: None,
        send_now=lambda _work: None,
        secure=False,
        hosts=frozenset({"localhost"}),
    )


def _yaml() -> str:
    grant = {"basis": "grant", "grantor": "An editor", "evidence": "https://x.example/letter"}
    partners = {
        f"partner-{number}": {
            "name": f"Partner {number}",
            "url": f"https://partner-{number}.example/",
            "feeds": [{"url": f"https://partner-{number}.example/feed"}],
            "terms": {"grant": grant, "mode": "full"},
        }
        for number in range(_PARTNERS)
    }
    return json.dumps({"site": {"name": "Bench", "url": "https://bench.example/"}, "partners": partners})


def _fill(engine: sa.Engine, sources: Sources, count: int) -> None:
    with write(engine) as connection:
        feeds.add(connection, [(one.key, one.feeds[0].url) for one in sources.partners], now=NOW)
        for one in sources.partners:
            attributions.keep_terms(connection, one.terms, now=NOW)
        ids = {record.partner: record.id for record in feeds.all_records(connection).values()}
    for start in range(1, count + 1, _BATCH):
        with write(engine, lasting=False) as connection:
            for number in range(start, min(start + _BATCH, count + 1)):
                _keep(connection, sources, ids, number, NOW - timedelta(days=1000 * (count - number) / count))


def _keep(connection: sa.Connection, sources: Sources, ids: dict[str, int], number: int, at: datetime) -> None:
    held = number % _HELD_EVERY == 0
    value = _attributed(sources, number, at, held=held)
    work_id = _insert(connection, work, slug=f"story-{number}", created_at=at)
    article_id = _insert(
        connection,
        article,
        partner=value.partner,
        canonical_url=value.article.canonical_url,
        work_id=work_id,
        relation="first",
        relation_reason="-",
        first_seen_at=at,
    )
    revision_id = _insert(
        connection,
        revision,
        article_id=article_id,
        number=1,
        content_hash=content_hash(value.article),
        headline=value.article.headline,
        names=value.article.byline.raw,
        word_count=250,
        published_at=at,
        document=ARTICLE.dump_json(value.article).decode(),
        fetched_at=at,
    )
    attribution_id = attributions.add(connection, value, revision_id=revision_id, now=at)
    row = {"revision_id": revision_id, "attribution_id": attribution_id, "forbidden": False}
    ends = at + timedelta(days=1100) if number % 50 == 1 else None
    verdict = value.decision.verdict.value
    connection.execute(standing.insert().values(article_id=article_id, reconsider_at=ends, verdict=verdict, **row))
    search.index(connection, article_id, value)
    told = {"attribution": attribution_id, "reasons": []}
    ledger.append(
        connection, at=at, actor="bench", event=f"article.{verdict}", subject=f"article:{article_id}", payload=told
    )
    _insert(
        connection,
        entry,
        feed_id=ids[value.partner],
        key=value.article.canonical_url,
        content_hash="0" * 64,
        headline=value.article.headline,
        url=value.article.url,
        state="done",
        due_at=at,
        article_id=article_id,
        first_seen_at=at,
    )
    if not held:
        _publish(connection, work_id, article_id, revision_id, attribution_id, at)


def _publish(
    connection: sa.Connection, work_id: int, article_id: int, revision_id: int, attribution_id: int, at: datetime
) -> None:
    outbox.intend(
        connection,
        work_id=work_id,
        target="site",
        article_id=article_id,
        revision_id=revision_id,
        attribution_id=attribution_id,
        now=at,
    )
    (stands,) = publications.of_work(connection, work_id)
    outbox.mark_published(connection, stands, location=f"https://bench.example/{work_id}.html", teaser="{}")


def _insert(connection: sa.Connection, table: sa.Table, **values: object) -> int:
    return int(connection.execute(table.insert().values(**values).returning(table.c.id)).scalar_one())


def _attributed(sources: Sources, number: int, at: datetime, *, held: bool) -> AttributedArticle:
    partner = sources.partners[number % _PARTNERS]
    url, author = f"{partner.url}story-{number}", f"Author {number % 300}"
    credit = f"This article first stood in {partner.name}."
    reason = Reason(code="selection" if number % 40 else "byline", message="An editor has to choose it.")
    decision = Decision(verdict=Verdict.PUBLISH, mode=Mode.FULL)
    if held:
        decision = replace(decision, verdict=Verdict.HOLD, reasons=(reason,))
    return AttributedArticle(
        article=Article(
            url=url,
            canonical_url=url,
            headline=f"What the tide of day {number} says of rare{number}",
            byline=Byline(people=(Person(name=author),), raw=author),
            published_at=at,
            language="en",
            body=_prose(number),
        ),
        partner=partner.key,
        partner_name=partner.name,
        origin=Origin(
            name=partner.name, key=partner.key, url=url, evidence="its own feed", own=True, home=partner.url
        ),
        terms=partner.terms,
        decision=decision,
        credit=Credit(text=credit, html=credit, position=Position.TOP, byline=(author,)),
    )


def _prose(number: int) -> Body:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    words = [f"word{int(digest[place % 60 : place % 60 + 3], 16) + place % 7}" for place in range(250)]
    lines = ["Harbour " + " ".join(words[start : start + 50]) + "." for start in range(0, 250, 50)]
    return Body(blocks=tuple(Paragraph(children=(Text(text=line),)) for line in lines))


if __name__ == "__main__":
    main()
