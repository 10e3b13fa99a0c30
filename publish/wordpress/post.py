"""What a post is to be, and what one is, as values that can be compared (pure)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.errors import PublishError
from ingest.sources.targets import WordPressSource
from ingest.terms import SearchPolicy
from publish.publication import Publication
from publish.teaser import Teaser, teaser_of
from publish.wordpress.content import notice_html, plain_field, post_html
from publish.wordpress.picture import Picture, picture_of

#: How far a post has come, in its own meta: written but not shown yet; shown; taken down.
STAGED, LIVE, WITHDRAWN = "staged", "live", "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post as it is to be."""

    reprint_id: str
    slug: str
    title: str
    content: str
    excerpt: str
    #: Our meta, without `_reprint_`; `digest` and `seal` among it.
    meta: Mapping[str, str]
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Picture | None = None

    @property
    def words(self) -> dict[str, object]:
        """The fields that hold words, as the REST API takes them."""
        return {"title": self.title, "content": self.content, "excerpt": self.excerpt}


@dataclass(frozen=True, kw_only=True)
class Found:
    """A post as WordPress has it."""

    id: int
    status: str
    title: str
    content: str
    excerpt: str
    #: Our meta, without `_reprint_`.
    meta: Mapping[str, str]
    #: Where it stands, or will once it is shown.
    link: str
    categories: tuple[int, ...]
    tags: tuple[int, ...]
    featured_media: int

    @property
    def seal(self) -> str:
        """The SHA-256 of its words as they are now."""
        return seal_of(self.title, self.content, self.excerpt)

    @property
    def stage(self) -> str:
        """How far it has come."""
        return self.meta.get("stage", "")


def post_of(publication: Publication, *, reprint_id: str, source: WordPressSource) -> Post:
    """Return the post that shows a publication; raises PublishError where its credit's HTML and text differ."""
    teaser, attributed = teaser_of(publication), publication.attributed
    picture = picture_of(attributed) if source.featured_image else None
    title, excerpt = plain_field(teaser.headline or "Untitled"), plain_field(teaser.standfirst)
    content = post_html(publication, teaser)
    partners, labels = (attributed.partner, attributed.origin.key), attributed.article.labels
    meta = _demands(teaser, attributed.terms.full_in_feeds)
    meta |= {"id": reprint_id, "image": picture.key if picture else "", "photo": picture.credit if picture else ""}
    return Post(
        reprint_id=reprint_id,
        slug=publication.slug,
        title=title,
        content=content,
        excerpt=excerpt,
        meta=_sealed(meta, title, content, excerpt),
        categories=source.categories.slugs(partners=partners, labels=labels),
        tags=source.tags.slugs(partners=partners, labels=labels),
        picture=picture,
    )


def notice_of(reprint_id: str, *, slug: str, notice: str, when: str) -> Post:
    """Return the post that stays where one was taken down: it names nothing of it. `when` is in ISO 8601."""
    title, content = "This article has been withdrawn", notice_html(notice)
    empty = dict.fromkeys(("byline", "credit", "canonical", "image", "photo"), "")
    meta = {"id": reprint_id, "stage": WITHDRAWN, "withdrawn": when, "search": "noindex", "feed": "teaser", **empty}
    return Post(
        reprint_id=reprint_id,
        slug=slug,
        title=title,
        content=content,
        excerpt="",
        meta=_sealed(meta, title, content, ""),
    )


def _demands(teaser: Teaser, full_in_feeds: bool) -> dict[str, str]:
    """Return what the terms demand of the page and the feeds, for the plugin."""
    unknown = teaser.search is SearchPolicy.CANONICAL and not teaser.origin_url
    return {
        "byline": "\n".join(author.display for author in teaser.authors),
        "credit": teaser.credit_html,
        "search": SearchPolicy.NOINDEX.value if unknown else teaser.search.value,
        "canonical": (teaser.origin_url or "") if teaser.search is SearchPolicy.CANONICAL else "",
        "feed": "full" if full_in_feeds else "teaser",
        "withdrawn": "",
    }


def _sealed(meta: Mapping[str, str], title: str, content: str, excerpt: str) -> dict[str, str]:
    seal = seal_of(title, content, excerpt)
    told = json.dumps([seal, *sorted(meta.items())], ensure_ascii=False)
    return {**meta, "seal": seal, "digest": hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()}


def seal_of(title: str, content: str, excerpt: str) -> str:
    """Return the SHA-256, hex, of a post's words, as they are written and not as they are shown."""
    told = json.dumps([title, content, excerpt], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def found_of(answer: Any) -> Found:
    """Return the post that the REST API's `context=edit` describes; raises PublishError for anything else."""
    try:
        meta = {key.removeprefix("_reprint_"): value for key, value in dict(answer["meta"]).items()}
        return Found(
            id=int(answer["id"]),
            status=str(answer["status"]),
            title=str(answer["title"]["raw"]),
            content=str(answer["content"]["raw"]),
            excerpt=str(answer["excerpt"]["raw"]),
            meta={key: value for key, value in meta.items() if isinstance(value, str)},
            link=_link(answer),
            categories=tuple(answer.get("categories", ())),
            tags=tuple(answer.get("tags", ())),
            featured_media=int(answer.get("featured_media") or 0),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PublishError(
            f"WordPress's answer is no post that can be read ({error!r:.80})",
            next_step="run `reprint targets check`; a plugin may change the REST API",
        ) from error


def _link(answer: Mapping[str, Any]) -> str:
    """Return the lasting address: that of a post which is not shown yet is made of its template."""
    template, slug = answer.get("permalink_template"), answer.get("slug") or answer.get("generated_slug")
    if not template or not slug or answer["status"] == "trash":
        return str(answer["link"])
    return str(template).replace("%pagename%", str(slug)).replace("%postname%", str(slug))
