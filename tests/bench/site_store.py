"""The bench's newsroom: the posts as records of a store, as an ingest would have left them, without the ingest."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from ingest.article import Article, Byline, Origin, Person
from ingest.attribution import AttributedArticle, Credit
from ingest.body import Body, Paragraph, Text
from ingest.reconsider import BOOKMARK, judging_digest
from ingest.rights import Decision, Verdict
from ingest.sources import Sources, load_sources
from ingest.store import attributions, bookmarks, outbox, publications
from ingest.store.articles import content_hash
from ingest.store.codec import ARTICLE
from ingest.store.database import open_store, write
from ingest.store.schema import article, revision, standing, work
from ingest.terms import Mode, Position
from publish.publication import Publication
from publish.teaser import teaser_of, teaser_to_json
from tests.bench.site_posts import PARTNERS, SECTIONS, Post, posts

_BATCH = 500


def write_newsroom(folder: Path, count: int, *, first: int = 0) -> Path:
    """Put posts into the newsroom of a folder; those from 0 on as published before, later ones into the outbox."""
    folder.mkdir(exist_ok=True)
    (folder / "sources.yaml").write_text(_sources())
    sources = load_sources(folder / "sources.yaml")
    engine = open_store(f"sqlite:///{folder / 'reprint.db'}")
    some = posts(count, first=first)
    while batch := [post for _, post in zip(range(_BATCH), some, strict=False)]:
        with write(engine) as connection:
            for partner in sources.partners if batch[0].number == 0 else ():
                attributions.keep_terms(connection, partner.terms, now=batch[0].at)
            for post in batch:
                _keep(connection, post, sources, published=first == 0)
            # Judged by these very terms: nothing is to be reconsidered.
            bookmarks.put(connection, BOOKMARK, judging_digest(sources))
    engine.dispose()
    return folder


def _sources() -> str:
    partners = "".join(
        f"""
  partner-{number}:
    name: Partner {number}
    url: https://partner-{number}.example/
    terms:
      grant: {{basis: grant, grantor: An editor, evidence: "https://partner-{number}.example/letter"}}
      mode: full
      search: none
"""
        for number in range(PARTNERS)
    )
    sections = "".join(f"    Section {number}: topic-{number}\n" for number in range(SECTIONS))
    return f"site:\n  name: Bench\n  url: https://bench.example/\n  sections:\n{sections}partners:\n{partners}"


def _keep(connection: sa.Connection, post: Post, sources: Sources, *, published: bool) -> None:
    value = _attributed(post, sources)
    slug = f"story-{post.number}"
    work_id = _insert(connection, work, slug=slug, created_at=post.at)
    article_id = _insert(
        connection,
        article,
        partner=value.partner,
        canonical_url=value.article.canonical_url,
        work_id=work_id,
        relation="first",
        relation_reason="-",
        first_seen_at=post.at,
    )
    revision_id = _insert(
        connection,
        revision,
        article_id=article_id,
        number=1,
        content_hash=content_hash(value.article),
        headline=post.headline,
        names=value.article.byline.raw,
        word_count=700,
        published_at=post.at,
        document=ARTICLE.dump_json(value.article).decode(),
        fetched_at=post.at,
    )
    attribution_id = attributions.add(connection, value, revision_id=revision_id, now=post.at)
    row = {"revision_id": revision_id, "attribution_id": attribution_id, "verdict": "publish", "forbidden": False}
    connection.execute(standing.insert().values(article_id=article_id, reconsider_at=None, **row))
    outbox.intend(
        connection,
        work_id=work_id,
        target="site",
        article_id=article_id,
        revision_id=revision_id,
        attribution_id=attribution_id,
        now=post.at,
    )
    if published:
        found = Publication(work_id=work_id, slug=slug, attributed=value, published_at=post.at, updated_at=post.at)
        (stands,) = publications.of_work(connection, work_id)
        location = f"https://bench.example/articles/{slug}.html"
        outbox.mark_published(connection, stands, location=location, teaser=teaser_to_json(teaser_of(found)))


def _insert(connection: sa.Connection, table: sa.Table, **values: object) -> int:
    return int(connection.execute(table.insert().values(**values).returning(table.c.id)).scalar_one())


def _attributed(post: Post, sources: Sources) -> AttributedArticle:
    partner = sources.partner(f"partner-{post.partner}")
    if partner is None:
        raise LookupError(post.partner)
    url, author = f"{partner.url}story-{post.number}", f"Author {post.author}"
    credit = f"This article first stood in {partner.name}."
    link = f'This article first stood in <a href="{url}">{partner.name}</a>.'
    return AttributedArticle(
        article=Article(
            url=url,
            canonical_url=url,
            headline=post.headline,
            byline=Byline(people=(Person(name=author),), raw=author),
            published_at=post.at,
            language="en",
            body=Body(blocks=tuple(Paragraph(children=(Text(text=text),)) for text in post.paragraphs)),
            labels=(f"topic-{post.section}",),
        ),
        partner=partner.key,
        partner_name=partner.name,
        origin=Origin(
            name=partner.name, key=partner.key, url=url, evidence="its own feed", own=True, home=partner.url
        ),
        terms=partner.terms,
        decision=Decision(verdict=Verdict.PUBLISH, mode=Mode.FULL),
        credit=Credit(text=credit, html=link, position=Position.TOP, byline=(author,)),
    )
