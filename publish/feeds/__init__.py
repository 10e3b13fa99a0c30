"""Our own feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1, of all pieces and of each collection (pure).

They carry the teaser and the credit; the body only where the terms say that our feeds may.
"""

from publish.feeds.atom import atom
from publish.feeds.content import FEED_SIZE, content_html, entry_id
from publish.feeds.files import FEED_FILES, feed_files, feed_paths
from publish.feeds.json_feed import json_feed
from publish.feeds.rss import rss
from publish.feeds.values import Channel, Withdrawal

__all__ = [
    "FEED_FILES",
    "FEED_SIZE",
    "Channel",
    "Withdrawal",
    "atom",
    "content_html",
    "entry_id",
    "feed_files",
    "feed_paths",
    "json_feed",
    "rss",
]
