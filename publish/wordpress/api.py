"""The few calls of WordPress's REST API that we make, as functions of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ingest.errors import ConfigError, FetchError, PublishError
from ingest.fetch import Reply, Service
from publish.wordpress.picture import Picture, Upload
from publish.wordpress.post import Found, found_of
from publish.wordpress.reasons import place, refused, told

Taxonomy: TypeAlias = Literal["categories", "tags"]

_POSTS = "wp-json/wp/v2/posts"
_MEDIA = "wp-json/wp/v2/media"
_OURS = "wp-json/reprint/v1"


@dataclass(frozen=True, kw_only=True)
class About:
    """What the plugin says of itself, of the site and of the user who asks."""

    plugin: int
    wordpress: str
    #: The server's clock, seconds since 1970.
    time: int
    home: str
    permalinks: str
    #: Whether search engines may come at all.
    public: bool
    user: str
    roles: tuple[str, ...]
    can: frozenset[str]


class Api:
    """One WordPress, asked as one user; every method raises PublishError where it cannot."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def about(self) -> About:
        """Return what the plugin says."""
        answer = self._answer("GET", f"{_OURS}/about", doing="ask the plugin")
        try:
            return About(**{**answer, "roles": tuple(answer["roles"]), "can": frozenset(answer["can"])})
        except (KeyError, TypeError) as error:
            raise PublishError(
                "the reprint plugin answers in another way than ours does",
                next_step="write the newest with `reprint targets plugin --out DIR`, and put it in its place",
            ) from error

    def carrying(self, reprint_id: str) -> list[int]:
        """Return the numbers of the posts that carry our id, in any state, the trash included."""
        answer = self._answer("GET", f"{_OURS}/posts", query={"id": reprint_id}, doing="look for the post")
        # What does not know our question would answer with other posts.
        return [one["id"] for one in answer if one.get("value") == reprint_id]

    def post(self, number: int) -> Found:
        """Return a post as its editors see it."""
        path = f"{_POSTS}/{int(number)}"
        return found_of(self._answer("GET", path, query={"context": "edit"}, doing="read the post"))

    def create(self, fields: Mapping[str, object]) -> Found | None:
        """Create a post; None where one with our id is there already."""
        reply = self._ask("POST", _POSTS, query={"context": "edit"}, body=dict(fields))
        if told(reply)[0] == "reprint_exists":
            return None
        return found_of(_checked(reply, doing="create the post"))

    def update(self, number: int, fields: Mapping[str, object]) -> Found:
        """Change fields of a post, and return it as it is then."""
        path = f"{_POSTS}/{int(number)}"
        answer = self._answer("POST", path, query={"context": "edit"}, body=dict(fields), doing="change the post")
        return found_of(answer)

    def number_of(self, taxonomy: Taxonomy, slug: str) -> int | None:
        """Return the number of a category or a tag; None where there is none of that slug."""
        query = {"slug": slug, "_fields": "id,slug"}
        found = self._answer("GET", f"wp-json/wp/v2/{taxonomy}", query=query, doing=f"look for {taxonomy}")
        return next((int(one["id"]) for one in found if one.get("slug") == slug), None)

    def picture(self, key: str) -> int | None:
        """Return the number of the picture that we uploaded under that key."""
        query = {"id": key, "image": "true"}
        found = self._answer("GET", f"{_OURS}/posts", query=query, doing="look for the picture")
        return next((int(one["id"]) for one in found if one.get("value") == key), None)

    def upload(self, picture: Picture, upload: Upload, *, number: int) -> int:
        """Upload a picture for a post, with its credit as caption; return its number."""
        headers = {
            "Content-Type": upload.kind,
            "Content-Disposition": f'attachment; filename="{picture.key}.{upload.kind.partition("/")[2]}"',
        }
        query = {
            "post": str(number),
            "alt_text": picture.alt,
            "caption": picture.credit,
            "meta[_reprint_image]": f"{number}:{picture.key}",
        }
        reply = self._ask("POST", _MEDIA, query=query, content=upload.content, headers=headers)
        return int(_checked(reply, doing="upload the picture")["id"])

    def discard(self, media: int) -> None:
        """Delete a picture for good; one that is not there is deleted already."""
        reply = self._ask("DELETE", f"{_MEDIA}/{int(media)}", query={"force": "true"})
        if reply.status not in {404, 410}:
            _checked(reply, doing="delete the picture")

    def _answer(self, method: str, path: str, *, doing: str, **more: Any) -> Any:
        return _checked(self._ask(method, path, **more), doing=doing)

    def _ask(self, method: str, path: str, **more: Any) -> Reply:
        try:
            return self._service.ask(method, path, **more)
        except (FetchError, ConfigError) as error:
            raise PublishError(error.what, where=error.where.partition("?")[0], next_step=error.next_step) from error


def _checked(reply: Reply, *, doing: str) -> Any:
    if not reply.ok:
        raise refused(reply, doing=doing)
    try:
        return reply.json()
    except ValueError as error:
        raise PublishError(
            f"cannot {doing}: the answer is no JSON",
            where=place(reply),
            next_step="run `reprint targets check`; a plugin or PHP's own messages may stand in the answer",
        ) from error
