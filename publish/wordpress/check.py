"""What keeps a WordPress from being worked with, found by asking it, and said in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ingest.errors import ConfigError, FetchError, PublishError
from ingest.fetch import Reply, Service
from ingest.sources.targets import WordPressSource
from publish.wordpress.api import About, Api, Taxonomy
from publish.wordpress.plugin_file import plugin_version
from publish.wordpress.reasons import NO_PLUGIN, NoPasswordError

#: WordPress would schedule what a faster clock dates, and feeds would show it late.
_SKEW_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that is wrong."""

    #: A stable word.
    code: str
    what: str
    next_step: str
    #: Whether it keeps us from publishing; else it is good to know.
    grave: bool = True


def troubles_of(source: WordPressSource, connect: Callable[[], Service], *, now: datetime) -> Iterator[Trouble]:
    """Yield what is wrong with a target; nothing means that it can be worked with."""
    try:
        with connect() as service:
            yield from _at_the_door(service)
            yield from _inside(source, Api(service), now=now)
    except _StopAsking:
        return
    except FetchError as error:
        # Nobody asks again by itself here, as a poll or the outbox would.
        step = f"check targets.{source.key}.url, and that its server runs; then run `reprint targets check` again"
        yield Trouble(code="unreachable", what=error.what, next_step=step)
    except (PublishError, ConfigError) as error:
        yield Trouble(code=_code_of(error), what=error.what, next_step=error.next_step)


class _StopAsking(Exception):  # noqa: N818 - no error: what follows would only say the same in other words
    """What was found makes further questions pointless."""


def _at_the_door(service: Service) -> Iterator[Trouble]:
    """Yield what a stranger sees: whether WordPress is there, and answers."""
    root = service.ask("GET", "wp-json/", anonymous=True)
    index = _index(root)
    if index is None:
        yield _nobody_there(root, service)
        raise _StopAsking
    if "application-passwords" not in (index.get("authentication") or {}):
        yield Trouble(
            code="application-passwords-off",
            what="application passwords are disabled there, so WordPress takes no notice of ours (401)",
            next_step="they need https; on a machine for tests, WP_ENVIRONMENT_TYPE=local; and no security plugin"
            " that turns them off",
        )
        raise _StopAsking
    if "reprint/v1" not in (index.get("namespaces") or ()):
        yield Trouble(code="plugin-missing", what=NO_PLUGIN[0], next_step=NO_PLUGIN[1])
        raise _StopAsking


def _index(reply: Reply) -> dict[str, Any] | None:
    """Return the REST API's own description of itself; None where the answer is none."""
    try:
        found = reply.json() if reply.ok else None
    except ValueError:
        return None
    return found if isinstance(found, dict) and "namespaces" in found else None


def _nobody_there(root: Reply, service: Service) -> Trouble:
    """Return why the REST API does not answer where it should."""
    plain = service.ask("GET", "", query={"rest_route": "/"}, anonymous=True)
    front = service.ask("GET", "", anonymous=True)
    if _index(plain) is not None:
        return Trouble(
            code="no-pretty-permalinks",
            what="WordPress has no pretty permalinks, so its REST API is not at wp-json/",
            next_step="choose any but Plain under Settings > Permalinks",
        )
    for reply in (root, front):
        if 300 <= reply.status < 400:
            return Trouble(
                code="wrong-url",
                what=f"the address leads elsewhere, to {reply.headers.get('location', 'nowhere')[:200]}",
                next_step="write the address that readers end at, as the target's url",
            )
    if root.status in {401, 403} or b"wp-content/" in front.content or b"wp-includes/" in front.content:
        return Trouble(
            code="rest-disabled",
            what=f"this is WordPress, and its REST API is turned off (wp-json/ answers {root.status})",
            next_step="a security plugin or the server's settings keep it shut; open it for the user who publishes",
        )
    if root.status >= 500:
        return Trouble(
            code="server-error",
            what=f"the server answers {root.status}",
            next_step="look into its error log",
        )
    return Trouble(
        code="not-wordpress",
        what=f"no WordPress answers at this address (wp-json/ answers {root.status})",
        next_step="write the address of WordPress's front page, with its folder, as the target's url",
    )


def _inside(source: WordPressSource, api: Api, *, now: datetime) -> Iterator[Trouble]:
    """Yield what the user who publishes sees."""
    about = api.about()
    if about.plugin < plugin_version():
        yield Trouble(
            code="plugin-old",
            what=f"the reprint plugin there is of version {about.plugin}, and {plugin_version()} is needed",
            next_step="write the newest with `reprint targets plugin --out DIR`, and put it in its place",
        )
    yield from _role(source, about)
    yield from _site(source, about, now)
    if "edit_posts" not in about.can:
        return
    groups: tuple[tuple[Taxonomy, tuple[str, ...]], ...] = (
        ("categories", source.categories.all_slugs),
        ("tags", source.tags.all_slugs),
    )
    for taxonomy, slugs in groups:
        for slug in slugs:
            if api.number_of(taxonomy, slug) is None:
                yield Trouble(
                    code="filing-missing",
                    what=f"WordPress has no {taxonomy} with the slug {slug}",
                    next_step=f"add it under Posts > {taxonomy.title()}, or correct targets.{source.key}.{taxonomy}",
                )


def _role(source: WordPressSource, about: About) -> Iterator[Trouble]:
    needed = {"edit_posts", "publish_posts", "edit_published_posts"}
    if source.featured_image:
        needed.add("upload_files")
    role = ", ".join(about.roles) or "none"
    if missing := sorted(needed - about.can):
        yield Trouble(
            code="role-too-weak",
            what=f"the role of {about.user} ({role}) is too weak: it may not {', '.join(missing)}",
            next_step="make the user an editor, under Users in WordPress",
        )
    elif "edit_others_posts" not in about.can:
        yield Trouble(
            code="role-narrow",
            what=f"the role of {about.user} ({role}) loses a post as soon as an editor names another author for it",
            next_step="make the user an editor, under Users in WordPress",
            grave=False,
        )


def _site(source: WordPressSource, about: About, now: datetime) -> Iterator[Trouble]:
    if not about.permalinks:
        yield Trouble(
            code="no-pretty-permalinks",
            what="WordPress has no pretty permalinks; its addresses would be numbers",
            next_step="choose any but Plain under Settings > Permalinks",
        )
    if about.home.rstrip("/") != source.url.rstrip("/"):
        yield Trouble(
            code="wrong-url",
            what=f"WordPress calls itself {about.home}, and the target's url is {source.url}",
            next_step="write the address that it calls itself by, as the target's url",
            grave=False,
        )
    skew = (datetime.fromtimestamp(about.time, UTC) - now).total_seconds()
    if abs(skew) > _SKEW_SECONDS:
        which = "ahead of" if skew > 0 else "behind"
        yield Trouble(
            code="clock-skew",
            what=f"its server's clock is {abs(skew) / 60:.0f} minutes {which} ours",
            next_step="let both machines set their clocks by NTP; posts may else appear late, or dated wrongly",
            grave=False,
        )
    if not about.public:
        yield Trouble(
            code="hidden-from-search",
            what="WordPress tells search engines to stay away from the whole site",
            next_step="if that is not meant: Settings > Reading > Search engine visibility",
            grave=False,
        )


def _code_of(error: PublishError | ConfigError) -> str:
    match error:
        case NoPasswordError():
            return "password-not-set"
        case PublishError():
            return "refused"
        case _:
            return "configuration"
