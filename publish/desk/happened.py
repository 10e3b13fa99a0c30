"""What happened to an article after an editor looked at it, by whom."""

from __future__ import annotations

from ingest.errors import ChangedError
from ingest.store.database import read
from publish.audit.story import Chapter, tell_story
from publish.desk.newsroom import Newsroom


def what_happened(room: Newsroom, error: ChangedError) -> list[Chapter]:
    """Return the chapters of the article's story that its editor had not seen."""
    with read(room.engine) as connection:
        return [chapter for chapter in tell_story(connection, error.article_id) if chapter.seq > error.seen]
