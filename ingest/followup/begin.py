"""From the first look on, an article is followed up."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ingest.article import Article
from ingest.feed import Entry
from ingest.followup.timing import FIRST
from ingest.store import followups
from ingest.store.articles import content_hash
from ingest.store.followups import Role


def begin(
    connection: sa.Connection,
    article_id: int,
    article: Article,
    *,
    entry: Entry | None,
    full_text: bool,
    now: datetime,
) -> None:
    """Follow up an article as it was just read: later looks at its page are read with the same `entry`.

    Where its words came from the feed (`full_text`) they are not those that its page gives; what the page says first
    is then what later looks are held against.
    """
    from_feed = full_text and entry is not None and bool(entry.content)
    followups.watch(
        connection,
        article_id,
        role=Role.PAGE,
        at=now + FIRST,
        entry=entry,
        digest=None if from_feed else content_hash(article),
    )
