"""`reprint articles correct`, `corrections`: what was wrong, told to readers; how fast it arrived."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from ingest.correcting import correct
from ingest.keeping import Keeping
from ingest.store import corrections
from ingest.store.corrections import CorrectionRow
from ingest.store.database import read
from publish import wiring
from publish.commands.articles_edit import ArticleId
from publish.commands.invocation import OK, Invocation, command


def register(words: typer.Typer) -> None:
    """Add the words to `reprint articles`."""
    command(words, "correct")(correct_)
    command(words, "corrections")(list_)


def correct_(
    invocation: Invocation,
    article_id: ArticleId,
    text: Annotated[str, typer.Option("--text", help="What was wrong and what is right, as readers will see it.")],
) -> int:
    """Add a correction of ours to an article's page; it stays there, dated, whatever the partner changes later."""
    sources = wiring.sources(invocation.settings)
    keeping = Keeping(
        now=wiring.now(), actor=wiring.actor(), targets=wiring.target_names(sources), partners=sources.keys
    )
    with wiring.kept_store(invocation.settings) as engine:
        number = correct(engine, article_id, text, keeping=keeping)
    invocation.console.json({"article": article_id, "correction": number})
    invocation.console.say(f"Correction {number} is kept. `reprint publish` puts it on article {article_id}'s page.")
    return OK


def list_(
    invocation: Invocation,
    partner: Annotated[str | None, typer.Option(help="Only of this partner's articles.")] = None,
    article: Annotated[int | None, typer.Option(min=1, max=2**62, help="Only of this article.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
) -> int:
    """List corrections, the newest first, with the time from the partner's change to our page."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        rows = corrections.rows(connection, article_id=article, partner=partner, limit=limit)
    invocation.console.json(rows)
    columns = ("#article", "partner", "by", "changed", "on our page", "after", "text")
    invocation.console.table("Corrections", columns, [_cells(row) for row in rows])
    if not rows:
        invocation.console.say("Nothing was corrected.")
    return OK


def _cells(row: CorrectionRow) -> tuple[object, ...]:
    delay = "waits" if row.delay_seconds is None else str(timedelta(seconds=row.delay_seconds))
    by = "the partner" if row.corrected_by == "partner" else row.actor
    return row.article_id, row.partner, by, row.changed_at, row.shown_at or "", delay, row.text[:120]
