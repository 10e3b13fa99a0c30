"""`reprint publish`: give the targets what waits for them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import sqlalchemy as sa
import typer

from ingest.errors import ConfigError, PublishError
from ingest.reconsider import reconsider_store
from ingest.sources import Site
from ingest.store import articles, ledger, remotes
from ingest.store.database import write
from publish import publisher, wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.counted import counted
from publish.images.mend import mend_images
from publish.onward import mirror_site, tell_hub
from publish.publisher import PublishReport, publish_waiting
from publish.rebuild import rebuild
from publish.target import Target

#: How long images may keep the articles that wait; what is not here then comes the next time.
_IMAGES = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Published:
    """What `reprint publish --json` prints for one target."""

    target: str
    published: int
    updated: int
    withdrawn: int
    failed: tuple[tuple[str, str], ...]
    slugs: tuple[str, ...]


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "publish")(publish)


def publish(
    invocation: Invocation,
    again: Annotated[bool, typer.Option("--rebuild", help="Write everything anew from the records.")] = False,
    overwrite: Annotated[
        list[int] | None,
        typer.Option(
            metavar="ID", help="Write this article over what an editor changed at a target; may be repeated."
        ),
    ] = None,
) -> int:
    """Publish what is allowed and waits, take down what must go, and bring lists and feeds up to date."""
    settings = invocation.settings
    sources = wiring.sources(settings)
    with wiring.store(settings) as engine:
        names = wiring.target_names(sources)
        reconsider_store(engine, sources, targets=names, actor=wiring.actor(), clock=wiring.now)
        for article in overwrite or ():
            _overwrite(engine, article)
        targets = wiring.targets(settings, sources, engine)
        if again:
            mend_images(engine, wiring.image_shelf(settings), now=wiring.now())
        asyncio.run(wiring.illustrate(settings, engine, sources, targets=targets, within=_IMAGES))
        whole = not again or _rebuild(invocation, engine, targets)
        waiting = publisher.waiting_count(engine, targets, now=wiring.now())
        with invocation.console.progress("Publishing", waiting) as advance:
            reports = [
                publish_waiting(
                    target,
                    engine=engine,
                    clock=wiring.now,
                    actor=wiring.actor(),
                    on_done=lambda _slug: advance(),
                )
                for target in targets
            ]
        untold = _onward(invocation, sources.site, engine)
    show(invocation, reports)
    for reason in untold:
        invocation.console.warn(reason)
    return FINDINGS if untold or not whole or any(report.failed for report in reports) else OK


def _onward(invocation: Invocation, site: Site, engine: sa.Engine) -> tuple[str, ...]:
    """Bring the site to its other places and tell the hub; return what failed."""
    settings = invocation.settings
    failed = mirror_site(settings.mirrors, settings.site, engine=engine, target=wiring.SITE_TARGET, always=True)
    told = tell_hub(site, settings.site, engine=engine, open_fetcher=lambda: wiring.fetcher(settings))
    return (*failed, *asyncio.run(told))


def _overwrite(engine: sa.Engine, article_id: int) -> None:
    """Let the article's next write pass over an editor's change; that somebody allowed it stands in the ledger."""
    with write(engine) as connection:
        row = articles.row_of(connection, article_id)
        if row is None or not remotes.allow_overwrite(connection, row.work_id, now=wiring.now()):
            raise ConfigError(
                f"article {article_id} stands at no target that keeps editors' changes",
                where="--overwrite",
                next_step="`reprint articles list` shows the numbers",
            )
        ledger.append(
            connection,
            at=wiring.now(),
            actor=wiring.actor(),
            event="publication.overwrite_allowed",
            subject=f"article:{article_id}",
            payload={"work": row.work_id},
        )


def _rebuild(invocation: Invocation, engine: sa.Engine, targets: Sequence[Target]) -> bool:
    """Write everything anew, and tell whether every target let us; what one refuses harms no other."""
    whole = True
    for target in targets:
        try:
            count = rebuild(target, engine=engine, clock=wiring.now, actor=wiring.actor())
        except PublishError as error:
            invocation.console.warn(str(error))
            whole = False
        else:
            invocation.console.say(f"Rebuilt {counted(count, 'page')} at {target.name}.")
    return whole


def show(invocation: Invocation, reports: Sequence[PublishReport]) -> None:
    """Print how many of whose went where, and what was refused."""
    console = invocation.console
    console.json([summary(report) for report in reports])
    rows = [row for report in reports for row in _rows(report)]
    console.table("Published", ("partner", "target", "#new", "#updated", "#withdrawn"), rows)
    if not rows and not any(report.failed for report in reports):
        console.say("Nothing was waiting to be published or taken down.")
    for report in reports:
        for slug, reason in report.failed:
            console.warn(f"{report.target}: {slug}: {reason}")


def _rows(report: PublishReport) -> list[tuple[object, ...]]:
    counts = [Counter(row.partner for row in done) for done in (report.published, report.updated, report.withdrawn)]
    partners = sorted(set().union(*counts))
    return [(partner, report.target, *(count[partner] for count in counts)) for partner in partners]


def summary(report: PublishReport) -> Published:
    """Return a report as counts."""
    return Published(
        target=report.target,
        published=len(report.published),
        updated=len(report.updated),
        withdrawn=len(report.withdrawn),
        failed=report.failed,
        slugs=tuple(row.slug for row in (*report.published, *report.updated)),
    )
