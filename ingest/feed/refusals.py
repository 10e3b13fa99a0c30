"""Why a document is no source of news, as errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import FeedError
from ingest.feed.xml_handlers import TooMuchError


@contextmanager
def bounded(where: str) -> Iterator[None]:
    """Turn a TooMuchError on the way into the FeedError that a person reads."""
    try:
        yield
    except TooMuchError as error:
        raise too_much(str(error), where) from error


def too_much(what: str, where: str) -> FeedError:
    """Return the error for a document that holds more than any feed does."""
    return FeedError(
        f"the feed holds {what}", where=where, next_step="ask the partner for a feed of its latest items"
    )


def empty(where: str) -> FeedError:
    """Return the error for a document without a character in it."""
    return FeedError("the document is empty", where=where, next_step="it is tried again at the next poll")


def web_page(where: str) -> FeedError:
    """Return the error for a web page where a feed was to stand."""
    return FeedError(
        "this is a web page, not a feed",
        where=where,
        next_step="find the feed with `reprint sources discover`, or put `kind: listing` into sources.yaml",
    )


def no_feed(why: str, where: str) -> FeedError:
    """Return the error for a document that is nothing we read."""
    return FeedError(
        f"no feed that can be read: {why}",
        where=where,
        next_step="open it in a browser; ask the partner for its feed",
    )
