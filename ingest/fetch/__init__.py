"""A URL in, bytes or a reason out: the only room that knows httpx, and the only way to any partner's server."""

from ingest.fetch.answer import Answer, Fetched, Gone, NotModified, Validators
from ingest.fetch.credentials import Credentials, basic_credentials
from ingest.fetch.fetcher import Fetcher, Gate
from ingest.fetch.robots import Robots
from ingest.fetch.service import Reply, Service
from ingest.limits import FEED_MAX_BYTES, PAGE_MAX_BYTES

__all__ = [
    "FEED_MAX_BYTES",
    "PAGE_MAX_BYTES",
    "Answer",
    "Credentials",
    "Fetched",
    "Fetcher",
    "Gate",
    "Gone",
    "NotModified",
    "Reply",
    "Robots",
    "Service",
    "Validators",
    "basic_credentials",
]
