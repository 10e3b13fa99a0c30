"""A WordPress site's posts, as its REST API gives them (pure).

Source: https://developer.wordpress.org/rest-api/reference/posts/ . Authors, categories and pictures stand in it where
it was asked for with `_embed`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ingest.errors import FeedError
from ingest.feed.dates import read_date
from ingest.feed.entry import Entry, ParsedFeed, SetAside
from ingest.feed.links import absolute_url
from ingest.feed.prolog import without_forbidden
from ingest.feed.reading import Reading
from ingest.feed.refusals import no_feed
from ingest.feed.text import one_line, words_of
from ingest.feed.xml_entries import dicts_of, distinct, language_of, text_of
from ingest.feed.xml_handlers import MAX_ENTRIES, TooMuchError

_EXCERPT: Final = 300


def read_wordpress(text: str, *, url: str) -> Reading:
    """Return the posts in an answer of `/wp-json/wp/v2/posts`.

    Raises FeedError where it is no list of posts, with the site's own reason where it gives one, and TooMuchError on
    more than MAX_ENTRIES posts.
    """
    posts = _posts(text, url)
    readable = [post for post in posts if _is_post(post)]
    aside = [
        SetAside(reason="no post: it has no link", excerpt=without_forbidden(json.dumps(post))[:_EXCERPT])
        for post in posts
        if not _is_post(post)
    ]
    if aside and not readable:
        raise no_feed("a list in JSON, but none of posts", url)
    head = ParsedFeed(title=None, home_url=absolute_url(url, "/"), language=None, ttl=None, entries=())
    entries = [_entry(post, url) for post in readable if text_of(post, "status") in {"publish", ""}]
    return Reading(head=head, entries=entries, set_aside=aside, base=url)


def _posts(text: str, url: str) -> list[Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise no_feed(f"no valid JSON ({type(error).__name__}: {str(error)[:200]})", url) from error
    if isinstance(value, Mapping) and isinstance(value.get("code"), str):
        said = f"{one_line(text_of(value, 'message'))[:200]} ({value['code'][:60]})"
        raise FeedError(
            f"the site's REST API refuses: {said}", where=url, next_step="take the site's feed, or ask the partner"
        )
    if not isinstance(value, list):
        raise no_feed("JSON, but no list of posts", url)
    if len(value) > MAX_ENTRIES:
        raise TooMuchError(f"more than {MAX_ENTRIES} entries")
    return value


def _is_post(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("link"), str) and isinstance(value.get("title"), dict)


def _entry(post: dict[str, Any], base: str) -> Entry:
    embedded = post.get("_embedded")
    embedded = embedded if isinstance(embedded, dict) else {}
    return Entry(
        key="",
        guid=_rendered(post, "guid") or None,
        url=absolute_url(base, post["link"]),
        headline=one_line(" ".join(words_of(_rendered(post, "title")))),
        summary=_rendered(post, "excerpt") or None,
        content=_rendered(post, "content") or None,
        authors=distinct(one_line(name) for name in _author_names(post, embedded)),
        # `date` without _gmt is in the site's zone, which is not said, so it is not taken for a moment.
        published_at=read_date(post.get("date_gmt")),
        updated_at=read_date(post.get("modified_gmt")),
        labels=distinct(one_line(" ".join(words_of(name))) for name in _terms(embedded)),
        image_url=next((u for i in dicts_of(embedded, "wp:featuredmedia") if (u := _picture(i, base))), None),
        language=language_of({"language": post.get("lang")}),
    )


def _rendered(post: Mapping[str, Any], name: str) -> str:
    field = post.get(name)
    return text_of(field, "rendered") if isinstance(field, dict) else ""


def _author_names(post: Mapping[str, Any], embedded: Mapping[str, Any]) -> Iterator[str]:
    """Yield the authors of Co-Authors Plus, else the account's, else those that Yoast SEO writes into the head."""
    for authors in (list(dicts_of(post, "coauthors")), list(dicts_of(embedded, "author"))):
        names = [text_of(author, "display_name") or text_of(author, "name") for author in authors]
        if any(names):
            yield from names
            return
    head = post.get("yoast_head_json")
    yield text_of(head, "author") if isinstance(head, dict) else ""


def _terms(embedded: Mapping[str, Any]) -> Iterator[str]:
    groups = embedded.get("wp:term")
    for group in groups if isinstance(groups, list) else ():
        for term in dicts_of({"terms": group}, "terms"):
            if text_of(term, "taxonomy") in {"category", "post_tag"}:
                yield text_of(term, "name")


def _picture(media: Mapping[str, Any], base: str) -> str | None:
    return absolute_url(base, media.get("source_url")) if media.get("media_type") in {"image", None} else None
