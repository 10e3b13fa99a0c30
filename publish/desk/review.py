"""One article as an editor judges it: what was read, what was dropped, what was decided, and what may be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final

import sqlalchemy as sa
from markupsafe import Markup

from ingest.article import Article, BlockRecord
from ingest.attribution import AttributedArticle
from ingest.body import Block, Body, Image, inline_text
from ingest.extract import Row, explain
from ingest.rights import Reason
from ingest.store import articles, attributions, choices, edits, publications
from ingest.store.articles import ArticleRow, RevisionRow
from ingest.store.choices import Choice
from ingest.store.edits import EditState
from ingest.store.publications import PublicationRow
from ingest.terms import Edits
from ingest.terms.wording import tell_terms
from ingest.unchanged import version_of
from publish.body_html import body_html, safe_href

#: What of a body one page shows; the rest is a link away.
_SHOWN: Final = 24_000
#: Readings of fields that decide nothing here.
_FIELDS: Final = ("headline", "byline", "published_at", "origin", "canonical_url", "language", "standfirst")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One field as it was read: its name, and each different reading with how it stands and where it came from."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """All of it, as one transaction saw it."""

    row: ArticleRow
    #: The version that an action counts on.
    version: int
    attributed: AttributedArticle
    publications: tuple[PublicationRow, ...]
    choice: Choice
    edit: EditState | None
    revisions: tuple[RevisionRow, ...]
    readings: tuple[Reading, ...]
    body: Markup
    #: Characters of the body that the page does not show.
    left_out: int
    terms: tuple[str, ...]

    @property
    def article(self) -> Article:
        """The words."""
        return self.attributed.article

    @property
    def withdrawn(self) -> bool:
        """Whether a person took it down."""
        return self.row.ruling == "withdrawn"

    @property
    def state(self) -> str:
        """How it stands: withdrawn, or its verdict."""
        return "withdrawn" if self.withdrawn else self.row.verdict

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What keeps it back."""
        return self.attributed.decision.reasons

    @property
    def lifts(self) -> bool:
        """Whether a release would let it pass now."""
        return self.withdrawn or self.attributed.decision.releasable

    @property
    def out(self) -> bool:
        """Whether readers can see it."""
        return any(one.state == "published" for one in self.publications)

    @property
    def dropped(self) -> tuple[BlockRecord, ...]:
        """The blocks of the partner's page that are not in the body."""
        return tuple(block for block in self.article.blocks if block.fate.value == "dropped")

    @property
    def headline_may_change(self) -> bool:
        """Whether the terms let us write another headline."""
        return self.attributed.terms.headline_edits

    @property
    def words_may_change(self) -> bool:
        """Whether the terms let us change any of its words."""
        return self.attributed.terms.edits is not Edits.NONE

    @property
    def original(self) -> str | None:
        """The partner's page, where its address is one that a browser may go to."""
        return safe_href(self.article.url)

    @property
    def scheduled(self) -> datetime | None:
        """The time before which it does not appear."""
        return self.choice.not_before


def load_review(connection: sa.Connection, article_id: int) -> Review | None:
    """Return what an editor sees of an article, or None where there is none."""
    row = articles.row_of(connection, article_id)
    if row is None:
        return None
    attributed = attributions.of_article(connection, article_id)
    body, left_out = _shown(attributed.article.body)
    return Review(
        row=row,
        version=version_of(connection, article_id),
        attributed=attributed,
        publications=tuple(publications.of_work(connection, row.work_id)),
        choice=choices.of(connection, article_id),
        edit=edits.of(connection, article_id),
        revisions=tuple(articles.revisions(connection, article_id)),
        readings=tuple(_readings(attributed.article)),
        body=body,
        left_out=left_out,
        terms=tuple(text for _path, text in tell_terms(attributed.terms)),
    )


def shown_image(image: Image) -> Markup:
    """Return what stands for a picture: its words, since the desk asks no partner's server for anything."""
    said = inline_text(image.caption).strip() or image.alt.strip() or "no caption"
    credit = Markup(" <small>{}</small>").format(image.credit) if image.credit else Markup("")
    return Markup('<p class="picture">Picture: {}{}</p>').format(said, credit)


def whole_body(body: Body) -> Markup:
    """Return a body with words in the place of its pictures."""
    return body_html(body, figure=shown_image)


def _shown(body: Body) -> tuple[Markup, int]:
    """Return the body's beginning in whole blocks, and how many characters come after it."""
    kept: list[Block] = []
    size = 0
    for block in body.blocks:
        length = len(Body(blocks=(block,)).text)
        if kept and size + length > _SHOWN:
            break
        kept.append(block)
        size += length
    made = whole_body(Body(blocks=tuple(kept)))
    return made, max(len(body.text) - size, 0) if len(kept) < len(body.blocks) else 0


def _readings(article: Article) -> Iterator[Reading]:
    """Yield the readings of each field, equal ones that stand alike as one with all the places they came from."""
    fields = [row for row in explain(article) if row.kind == "field" and row.name in _FIELDS]
    for name, rows in groupby(fields, key=lambda row: row.name):
        found = [
            replace(first, why="; ".join(dict.fromkeys([first.why, *(row.why for row in others)])))
            for _key, (first, *others) in ((key, list(same)) for key, same in groupby(rows, key=_alike))
        ]
        yield Reading(name=name, rows=tuple(found[:12]))


def _alike(row: Row) -> tuple[object, str]:
    return row.standing, row.text
