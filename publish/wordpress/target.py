"""The WordPress target: look first, write as a draft, see that it was kept as sent, and only then show it.

A post carries our id in its meta, and the plugin lets no second one carry it. So whatever dies and whenever, the next
try finds what the last one did. What an editor changed in WordPress is held, never written over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import structlog

from ingest.errors import PublishError
from ingest.fetch import Service
from ingest.sources.targets import WordPressSource
from publish.images.values import Files, Refused
from publish.publication import Publication
from publish.wordpress.api import About, Api, Taxonomy
from publish.wordpress.memory import Memory
from publish.wordpress.picture import Picture, upload_of
from publish.wordpress.plugin_file import plugin_version
from publish.wordpress.post import LIVE, STAGED, WITHDRAWN, Found, Post, notice_of, post_of
from publish.wordpress.standing import AsItIs, Touched, needs_showing, standing_of

log = structlog.get_logger()


class WordPressTarget:
    """A WordPress site; `Target` says what the methods do.

    `connect` opens a connection as the user who publishes; `make_image` fetches an image and makes our files of it.
    """

    def __init__(
        self,
        source: WordPressSource,
        *,
        memory: Memory,
        connect: Callable[[], Service],
        make_image: Callable[[Picture], Files | Refused],
        clock: Callable[[], datetime],
    ) -> None:
        self._source, self._memory, self._connect = source, memory, connect
        self._make_image, self._clock = make_image, clock
        self._skew: timedelta | None = None

    @property
    def name(self) -> str:
        """The target's name in the store."""
        return self._source.key

    def put(self, publication: Publication) -> str:
        """Show the publication as a post, and return its lasting URL; raises PublishError."""
        work = publication.work_id
        post = post_of(publication, reprint_id=self._memory.reprint_id(work), source=self._source)
        with self._talking() as api:
            found = self._written(api, work, post)
            remote = self._memory.recall(work)
            if needs_showing(found, remote):
                found = self._show(api, found, publication.published_at, anew=bool(remote and remote.overwrite))
        self._memory.note(work, found)
        return found.link

    def withdraw(self, slug: str, *, notice: str = "", withdrawn_at: datetime | None = None) -> str:
        """Put our notice in the place of the post's words, hide it, and return its URL; raises PublishError.

        The plugin answers 410 there. An editor's changes do not stand in the way: it has to go.
        """
        work = self._memory.work_of(slug)
        when = (withdrawn_at or self._clock()).astimezone(UTC).isoformat()
        post = notice_of(self._memory.reprint_id(work), slug=slug, notice=notice, when=when)
        with self._talking() as api:
            found = _locate(api, post)
            if found is None:
                # It never came to be, or somebody deleted it for good.
                return self._source.url
            if found.stage != WITHDRAWN or found.status != "private" or found.seal != post.meta["seal"]:
                self._discard_picture(api, found)
                fields = {**post.words, "meta": _meta(post.meta), "status": "private", "featured_media": 0}
                found = _kept(api.update(found.id, fields), post)
        self._memory.note(work, found)
        return found.link

    def refresh(self, shelf: object, withdrawn: Sequence[object] = ()) -> None:
        """Do nothing: WordPress makes its lists and feeds itself, with the plugin's help."""

    def _written(self, api: Api, work: int, post: Post) -> Found:
        """Return the post with its words as they are to be, written if need be; one that is new is a draft yet."""
        remote = self._memory.recall(work)
        found = _locate(api, post)
        if found is None and remote is not None and not remote.overwrite:
            raise _held("the post that we made there is gone", post, self._source)
        found = found or self._created(api, post)
        stands = standing_of(found, post, remote=remote, shown=self._source.status == "publish")
        match stands:
            case Touched(how=how):
                raise _held(how, post, self._source)
            case AsItIs():
                return found
        return self._rewritten(api, found, post)

    def _created(self, api: Api, post: Post) -> Found:
        """Return a new draft; or the one that another request has made meanwhile."""
        fields = {**post.words, "slug": post.slug, "status": "draft", "meta": _meta(post.meta, stage=STAGED)}
        fields |= self._filed(api, post)
        made = api.create(fields)
        if made is not None:
            _demand_filing(_kept(made, post), fields)
            return made
        if (found := _locate(api, post)) is None:
            raise PublishError("the post is said to be there, and cannot be found", next_step="it is tried again")
        return found

    def _rewritten(self, api: Api, found: Found, post: Post) -> Found:
        fields: dict[str, object] = {}
        stage = LIVE if found.stage == LIVE else STAGED
        if found.meta.get("digest") != post.meta["digest"] or found.seal != post.meta["seal"]:
            fields = {**post.words, "meta": _meta(post.meta, stage=stage)}
        if stage == STAGED:
            fields |= self._filed(api, post)
        pictured = stage == STAGED and post.picture is not None and not found.featured_media
        if found.meta.get("image") != post.meta["image"] or pictured:
            self._discard_picture(api, found, but=post.meta["image"])
            fields |= {"featured_media": self._uploaded(api, found.id, post.picture)}
        found = _kept(api.update(found.id, fields) if fields else found, post)
        _demand_filing(found, fields)
        return found

    def _show(self, api: Api, found: Found, published_at: datetime, *, anew: bool) -> Found:
        """Give a post that is written its status, and remember in it that it was shown."""
        fields: dict[str, object] = {"meta": _meta({}, stage=LIVE)}
        if found.status != "publish" or not anew:
            fields["status"] = self._source.status
        if found.stage != WITHDRAWN and self._source.status == "publish":
            fields["date_gmt"] = f"{self._moment(published_at):%Y-%m-%dT%H:%M:%S}"
        shown = api.update(found.id, fields)
        if shown.stage != LIVE or shown.seal != found.seal:
            raise _changed_by_wordpress(shown)
        return shown

    def _moment(self, published_at: datetime) -> datetime:
        """Return when a post is dated: not in its server's future, unless it is to wait."""
        if self._source.wait:
            return (published_at + self._source.wait).astimezone(UTC)
        servers_now = self._clock() + (self._skew or timedelta(0))
        return min(published_at, servers_now).astimezone(UTC)

    def _filed(self, api: Api, post: Post) -> dict[str, object]:
        groups: tuple[tuple[Taxonomy, tuple[str, ...]], ...] = (("categories", post.categories), ("tags", post.tags))
        return {taxonomy: _numbers(api, taxonomy, slugs) for taxonomy, slugs in groups if slugs}

    def _uploaded(self, api: Api, number: int, picture: Picture | None) -> int:
        """Return the number of the featured image, uploaded unless it is there; 0 for none."""
        if picture is None:
            return 0
        if (known := api.picture(f"{number}:{picture.key}")) is not None:
            return known
        upload = upload_of(picture, self._make_image(picture))
        if isinstance(upload, Refused):
            log.warning("wordpress.picture_left_out", picture=picture.url, reason=upload.reason)
            return 0
        return api.upload(picture, upload, number=number)

    def _discard_picture(self, api: Api, found: Found, *, but: str = "") -> None:
        key = found.meta.get("image", "")
        if key and key != but and (media := api.picture(f"{found.id}:{key}")) is not None:
            api.discard(media)

    @contextmanager
    def _talking(self) -> Iterator[Api]:
        with self._connect() as service:
            api = Api(service)
            if self._skew is None:
                self._skew = self._met(api.about())
            yield api

    def _met(self, about: About) -> timedelta:
        """Return how far ahead of ours WordPress's clock is; raises PublishError where its plugin is too old."""
        if about.plugin < plugin_version():
            raise PublishError(
                f"the reprint plugin there is of version {about.plugin}, and {plugin_version()} is needed",
                where=self._source.url,
                next_step="write the newest with `reprint targets plugin --out DIR`, and put it in its place",
            )
        return datetime.fromtimestamp(about.time, UTC) - self._clock()


def _locate(api: Api, post: Post) -> Found | None:
    """Return the one post that carries our id, by its own meta and nothing else; None where there is none."""
    numbers = api.carrying(post.reprint_id)
    if len(numbers) > 1:
        raise PublishError(
            f"posts {', '.join(map(str, numbers))} all carry our id; somebody copied one in WordPress",
            where=post.slug,
            next_step="delete the copies there, from the trash too",
        )
    if not numbers:
        return None
    found = api.post(numbers[0])
    if found.id != numbers[0] or found.meta.get("id") != post.reprint_id:
        raise PublishError(
            f"post {found.id} does not carry our id, so it is not written to",
            where=found.link,
            next_step="run `reprint targets check`; the plugin must be active",
        )
    return found


def _numbers(api: Api, taxonomy: Taxonomy, slugs: Sequence[str]) -> list[int]:
    found = {slug: api.number_of(taxonomy, slug) for slug in slugs}
    missing = [slug for slug, number in found.items() if number is None]
    if missing:
        raise PublishError(
            f"WordPress has no {taxonomy} {', '.join(missing)}",
            next_step="add them there, or correct the target's block in sources.yaml",
        )
    return [number for number in found.values() if number is not None]


def _kept(found: Found, post: Post) -> Found:
    """Return a post that holds exactly what was sent; raises PublishError for any other."""
    if found.meta.get("id") != post.reprint_id or found.meta.get("digest") != post.meta["digest"]:
        raise PublishError(
            "WordPress did not keep our meta",
            where=found.link,
            next_step="run `reprint targets check`; the plugin must be active",
        )
    if found.seal != post.meta["seal"]:
        raise _changed_by_wordpress(found)
    return found


def _demand_filing(found: Found, fields: Mapping[str, object]) -> None:
    """Raise PublishError where WordPress kept another filing than was sent: it answers 201 to a wrong number."""
    for taxonomy, kept in (("categories", found.categories), ("tags", found.tags)):
        asked = fields.get(taxonomy)
        if isinstance(asked, list) and set(asked) != set(kept):
            raise PublishError(
                f"WordPress filed the post under {taxonomy} {list(kept)}, not {asked}",
                where=found.link,
                next_step="see that the user's role may assign them",
            )


def _changed_by_wordpress(found: Found) -> PublishError:
    return PublishError(
        "WordPress keeps other words than we sent",
        where=found.link,
        next_step="a plugin there changes posts while they are saved; turn that off for posts of reprint",
    )


def _held(how: str, post: Post, source: WordPressSource) -> PublishError:
    return PublishError(
        f"held: {how}, and is not written over",
        where=f"{source.key}: {post.slug}",
        next_step="let it be, or `reprint publish --overwrite ID`, or `reprint articles withdraw ID`",
    )


def _meta(values: Mapping[str, str], **more: str) -> dict[str, str]:
    return {f"_reprint_{key}": value for key, value in {**values, **more}.items()}
