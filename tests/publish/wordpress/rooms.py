"""A newsroom over a real WordPress: articles taken and published as a pass does, posts read as readers and editors do."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from ingest.article import Article
from ingest.fetch import Service
from ingest.keep import Keeping, Kept
from ingest.ruling import give_ruling
from ingest.sources import Partner, Sources
from ingest.sources.targets import WordPressSource
from ingest.store import publications
from ingest.store.database import read
from ingest.store.publications import PublicationRow
from ingest.store.rulings import Ruling
from ingest.terms import Terms
from publish.images.make import make
from publish.images.values import Job
from publish.publisher import PublishReport, publish_waiting
from publish.wordpress.connect import connect
from publish.wordpress.memory import Memory
from publish.wordpress.target import WordPressTarget
from tests.newswire import GRANTED, article, partner, sources, take
from tests.publish.wordpress.server import WordPress

TARGET = "web"


@dataclass(frozen=True, kw_only=True)
class Room:
    """One store, one WordPress, one user."""

    wordpress: WordPress
    engine: sa.Engine
    source: WordPressSource
    known: Sources
    images: Mapping[str, bytes] = field(default_factory=dict)
    connecting: Callable[[], Service] | None = None

    @property
    def target(self) -> WordPressTarget:
        """The target, as the command makes it anew each time."""
        return WordPressTarget(
            self.source,
            memory=Memory(self.engine, self.source.key, _now),
            connect=self.connecting or self.connect,
            make_image=lambda picture: make(Job(content=self.images[picture.url], credit=picture.credit)),
            clock=_now,
        )

    def connect(self, timeout: float = 20) -> Service:
        """Return a connection as the user."""
        secret = {self.source.password_env: self.wordpress.passwords[self.source.user]}
        return connect(
            self.source, environment=secret, user_agent="reprint-tests/1", allowed_networks=(), timeout=timeout
        )

    def take(self, value: Article, **terms: Any) -> Kept:
        """Ingest an article of the partner "forum"; `terms` change its terms first."""
        return take(self.engine, value, "forum", self.with_terms(**terms).known, now=_now(), targets=(TARGET,))

    def with_terms(self, **changes: Any) -> Room:
        """Return the room with other terms of its partner."""
        if not changes:
            return self
        rules = Terms.model_validate({**GRANTED.model_dump(), **changes})
        return replace(self, known=sources(partner("forum", rules)))

    def publish(self) -> PublishReport:
        """Give the target all that waits, also what was set back."""
        with self.engine.begin() as connection:
            connection.execute(sa.text("UPDATE publication SET due_at = '2020-01-01 00:00:00.000000'"))
        return publish_waiting(self.target, engine=self.engine, clock=_now, actor="test")

    def published(self, slug: str = "tides", **changes: Any) -> PublicationRow:
        """Ingest and publish an article, and return its row; raises where it was refused."""
        kept = self.take(article(slug, seed=_seed(slug), **changes))
        report = self.publish()
        assert report.failed == (), report.failed
        return self.row(kept.article_id)

    def row(self, article_id: int) -> PublicationRow:
        """Return the publication of an article."""
        with read(self.engine) as connection:
            rows = publications.batch(connection, TARGET, after=0, limit=1000)
        return next(row for row in rows if row.article_id == article_id)

    def withdraw(self, row: PublicationRow) -> PublishReport:
        """Take an article down by a person's word."""
        keeping = Keeping(now=_now(), actor="test", targets=(TARGET,), partners=self.known.keys)
        give_ruling(
            self.engine, row.article_id, Ruling.WITHDRAWN, reason="asked", sources=self.known, keeping=keeping
        )
        return self.publish()

    def posts(self, row: PublicationRow) -> list[dict[str, Any]]:
        """Return every post that carries the work's id, in any state."""
        found: list[dict[str, Any]] = self.wordpress.php(
            'global $wpdb; return $wpdb->get_results($wpdb->prepare("SELECT p.ID, p.post_status, p.post_name, p.post_title,'
            " p.post_content, p.post_excerpt FROM $wpdb->posts p JOIN $wpdb->postmeta m ON m.post_id = p.ID WHERE"
            f" m.meta_key = '_reprint_id' AND m.meta_value = %s AND p.post_type = 'post'\", '{self.reprint_id(row)}'));"
        )
        return found

    def post(self, row: PublicationRow) -> dict[str, Any]:
        """Return the one post that stands for a work."""
        (found,) = self.posts(row)
        return found

    def reprint_id(self, row: PublicationRow) -> str:
        """Return the id that the work's post carries."""
        return Memory(self.engine, TARGET, _now).reprint_id(row.work_id)

    def page(self, row: PublicationRow) -> tuple[int, str]:
        """Return status and text of what a reader gets."""
        return self.wordpress.get(row.location or "")


def make_room(wordpress: WordPress, engine: sa.Engine, *, role: str = "editor", **changes: Any) -> Room:
    """Return a newsroom that publishes as a role's user."""
    source = WordPressSource(key=TARGET, url=wordpress.url, user=role, password_env="WP_PASSWORD")
    known = sources(_forum())
    return Room(wordpress=wordpress, engine=engine, source=replace(source, **changes), known=known)


def _forum() -> Partner:
    return partner("forum")


def _now() -> datetime:
    return datetime.now(UTC)


def _seed(slug: str) -> int:
    """Return a number of its own for each slug, so that no two pieces of a test are taken for one."""
    return int.from_bytes(re.sub(r"\W", "", slug).encode()[-4:], "big") + os.getpid() % 97
