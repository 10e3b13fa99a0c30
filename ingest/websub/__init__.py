"""WebSub: hubs that tell us of a feed's changes, so that we need not ask (W3C Recommendation, 23 January 2018)."""

from ingest.websub.listener import Push, listener
from ingest.websub.subscribe import subscribe_due

__all__ = ["Push", "listener", "subscribe_due"]
