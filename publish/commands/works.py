"""`reprint works`: which articles are copies of one piece of writing, and a person's word on that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.keep import Keeping
from ingest.regroup import Regrouped, merge, split
from ingest.sources import Sources
from ingest.store import articles, publications, works
from ingest.store.articles import ArticleRow
from ingest.store.database import read
from ingest.store.publications import PublicationRow
from ingest.store.works import WorkRow
from publish import wiring
from publish.commands.invocation import OK, Invocation, command

ArticleId = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=2**62, help="An article's number, as `reprint articles list` shows.")
]
ArticleIds = Annotated[
    list[int], typer.Argument(metavar="ID...", min=1, max=2**62, help="Numbers of articles that are another piece.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the ledger.")]


@dataclass(frozen=True, kw_only=True)
class ShownWork:
    """A work as `show` tells it."""

    work: WorkRow
    copies: list[ArticleRow]
    publications: list[PublicationRow]


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="Copies of one piece of writing, and your word on them.", no_args_is_help=True)
    command(words, "show")(show)
    command(words, "split")(split_)
    command(words, "merge")(merge_)
    app.add_typer(words, name="works")


def show(invocation: Invocation, article_id: ArticleId) -> int:
    """Show the work of an article: its copies, how each was told, and which one is published."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        shown = _load(connection, article_id)
    console = invocation.console
    console.json(shown)
    console.say(f"[bold]{escape(shown.work.slug)}[/], {_counted(len(shown.copies))}")
    out = {row.article_id for row in shown.publications if row.location and row.state in {"pending", "published"}}
    rows = [
        (row.id, "✓" if row.id in out else "", row.partner, row.headline, row.verdict, row.relation_reason)
        for row in shown.copies
    ]
    console.table("", ("#id", "out", "partner", "headline", "verdict", "~how it was told"), rows)
    places = [(p.target, p.state, p.location or "") for p in shown.publications]
    console.table("Publications", ("target", "state", "where"), places)
    return OK


def _load(connection: sa.Connection, article_id: int) -> ShownWork:
    row = articles.row_of(connection, article_id)
    work = works.row_of(connection, row.work_id) if row else None
    if row is None or work is None:
        raise ConfigError(f"there is no article {article_id}", where="works", next_step="see `reprint articles list`")
    copies = [articles.row_of(connection, one) for one in works.members(connection, work.id)]
    return ShownWork(
        work=work,
        copies=[copy for copy in copies if copy is not None],
        publications=publications.of_work(connection, work.id),
    )


def _counted(copies: int) -> str:
    return "one article" if copies == 1 else f"{copies} copies"


def split_(invocation: Invocation, article_ids: ArticleIds, reason: Reason) -> int:
    """Say that articles are not copies of the rest of their work; no machine ever puts them together again."""
    sources = wiring.sources(invocation.settings)
    with wiring.kept_store(invocation.settings) as engine:
        done = split(engine, article_ids, reason=reason, sources=sources, keeping=_keeping(sources))
    invocation.console.json(done)
    invocation.console.say(
        f"{_named(done)} {_are(done)} now the work {escape(done.other.slug)}; "
        f"{escape(done.kept.slug)} keeps its page. `reprint publish` carries it out."
    )
    return OK


def merge_(
    invocation: Invocation,
    article_id: ArticleId,
    other_id: Annotated[int, typer.Argument(metavar="OTHER", min=1, max=2**62, help="An article of the other work.")],
    reason: Reason,
) -> int:
    """Say that two articles' works are one; the first one's page stays, the other's points to it."""
    sources = wiring.sources(invocation.settings)
    with wiring.kept_store(invocation.settings) as engine:
        done = merge(engine, article_id, other_id, reason=reason, sources=sources, keeping=_keeping(sources))
    invocation.console.json(done)
    invocation.console.say(
        f"{_named(done)} {_are(done)} now part of {escape(done.kept.slug)}, whose page stays; "
        f"{escape(done.other.slug)} points there. `reprint publish` carries it out."
    )
    return OK


def _keeping(sources: Sources) -> Keeping:
    return Keeping(
        now=wiring.now(), actor=wiring.actor(), targets=wiring.target_names(sources), partners=sources.keys
    )


def _named(done: Regrouped) -> str:
    one = len(done.moved) == 1
    return f"Article{'' if one else 's'} {', '.join(map(str, done.moved))}"


def _are(done: Regrouped) -> str:
    return "is" if len(done.moved) == 1 else "are"
