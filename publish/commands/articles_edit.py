"""`reprint articles edit`, `conflicts`, `merge`: our own words, and where newer ones of the partner's collide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.editing import Desk, collision, edit, give_up, settle, sheet_to_edit, with_headline
from ingest.edits import Collision, Sheet, Side, parse_sheet, sheet_of, write_sheet
from ingest.errors import ConfigError
from ingest.keeping import Keeping
from ingest.rights import Verdict
from ingest.store import edits
from ingest.store.database import read
from publish import wiring
from publish.commands.editor import written_in_editor
from publish.commands.invocation import FINDINGS, OK, Invocation, command

#: An article of a million characters is a mistake.
_MAX_BYTES = 4 * 1024 * 1024

ArticleId = Annotated[
    int,
    typer.Argument(metavar="ID", min=1, max=2**62, help="The article's number, as `reprint articles list` shows."),
]
Why = Annotated[str, typer.Option("--reason", help="Why; kept in the ledger.")]
TextFile = Annotated[
    Path | None,
    typer.Option("--file", exists=True, dir_okay=False, help="Take the text from this file instead of $EDITOR."),
]


def register(words: typer.Typer) -> None:
    """Add the words to `reprint articles`."""
    command(words, "edit")(edit_)
    command(words, "conflicts")(conflicts)
    command(words, "merge")(merge_)


def edit_(
    invocation: Invocation,
    article_id: ArticleId,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; kept in the ledger. --print needs none.")
    ] = None,
    file: TextFile = None,
    headline: Annotated[str | None, typer.Option("--headline", help="Change the headline alone.")] = None,
    show: Annotated[
        bool, typer.Option("--print", help="Print the text that could be edited; change nothing.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Go back to the partner's newest words.")] = False,
) -> int:
    """Change an article's words where its terms allow it: in $EDITOR, from a file, or the headline alone."""
    if sum((file is not None, headline is not None, show, undo)) > 1:
        raise ConfigError("give one of --file, --headline, --print, --undo", where="articles edit")
    with wiring.kept_store(invocation.settings) as engine:
        if show:
            invocation.console.write(write_sheet(sheet_to_edit(engine, article_id)))
            return OK
        if reason is None:
            raise ConfigError("a change needs a reason", where="articles edit", next_step='add --reason "Why"')
        desk = _desk(invocation, engine)
        if undo:
            return _tell(
                invocation, article_id, give_up(desk, article_id, reason=reason), "stands in the partner's words"
            )
        change = _change(engine, article_id, file, headline)
        verdict = edit(desk, article_id, change, reason=reason)
    if verdict is None:
        invocation.console.json({"article": article_id, "changed": False})
        invocation.console.say("Nothing was changed.")
        return OK
    return _tell(invocation, article_id, verdict, "stands in our words")


def _change(engine: sa.Engine, article_id: int, file: Path | None, headline: str | None) -> Callable[[Sheet], Sheet]:
    if headline is not None:
        if not headline.strip():
            raise ConfigError("a headline needs words", where=f"article {article_id}")
        return lambda sheet: with_headline(sheet, headline)
    # The editor is left before the store is locked.
    written = _read(file) if file is not None else _in_editor(sheet_to_edit(engine, article_id))
    return lambda sheet: sheet if written is None else written


def conflicts(invocation: Invocation) -> int:
    """List the articles where the partner's newer revision collides with our words, and waits for a person."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        rows = edits.conflicts(connection)
    invocation.console.json(rows)
    cells = [(row.article_id, row.partner, row.headline, row.since) for row in rows]
    invocation.console.table("Collisions", ("#id", "partner", "theirs now", "since"), cells)
    if not rows:
        invocation.console.say("Nothing collides.")
    return FINDINGS if rows else OK


def merge_(
    invocation: Invocation,
    article_id: ArticleId,
    ours: Annotated[bool, typer.Option("--ours", help="Let our words stand where they collide.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Let the partner's stand where they collide.")] = False,
    file: TextFile = None,
    in_editor: Annotated[bool, typer.Option("--edit", help="Write in $EDITOR what shall stand.")] = False,
    reason: Why = "settled by an editor",
) -> int:
    """Show where our words and the partner's newer ones collide, or settle it."""
    if sum((ours, theirs, file is not None, in_editor)) > 1:
        raise ConfigError("give one of --ours, --theirs, --file, --edit", where="articles merge")
    with wiring.kept_store(invocation.settings) as engine:
        found = collision(engine, article_id)
        marked = found.marked if isinstance(found, Collision) else sheet_of(found.article)
        if not (ours or theirs or file is not None or in_editor):
            return _show(invocation, article_id, found, marked)
        desk = _desk(invocation, engine)
        chosen = _chosen(ours, theirs, file, marked)
        if chosen is None:
            invocation.console.say("Nothing was changed.")
            return FINDINGS
        verdict = settle(desk, article_id, chosen, reason=reason)
    return _tell(invocation, article_id, verdict, "is settled")


def _chosen(ours: bool, theirs: bool, file: Path | None, marked: Sheet) -> Sheet | Side | None:
    if ours or theirs:
        return Side.OURS if ours else Side.THEIRS
    return _read(file) if file is not None else _in_editor(marked)


def _show(invocation: Invocation, article_id: int, found: object, marked: Sheet) -> int:
    places = found.places if isinstance(found, Collision) else ()
    invocation.console.json({"article": article_id, "places": places, "marked": write_sheet(marked)})
    invocation.console.write(write_sheet(marked))
    invocation.console.say(f"They collide in: {escape(', '.join(places)) or 'nothing any more'}")
    invocation.console.say(f"Settle it: reprint articles merge {article_id} --ours | --theirs | --edit | --file FILE")
    return FINDINGS


def _read(file: Path) -> Sheet:
    if file.stat().st_size > _MAX_BYTES:
        raise ConfigError(f"it is larger than {_MAX_BYTES} bytes", where=str(file), next_step="is it the right file?")
    try:
        return parse_sheet(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError("it is no text in UTF-8", where=str(file), next_step="save it as UTF-8") from error


def _in_editor(sheet: Sheet) -> Sheet | None:
    """Let a person edit the text; None where the editor was left without saving."""
    written = written_in_editor(write_sheet(sheet))
    return parse_sheet(written) if written is not None else None


def _desk(invocation: Invocation, engine: sa.Engine) -> Desk:
    sources = wiring.sources(invocation.settings)
    keeping = Keeping(
        now=wiring.now(), actor=wiring.actor(), targets=wiring.target_names(sources), partners=sources.keys
    )
    return Desk(engine=engine, sources=sources, keeping=keeping)


def _tell(invocation: Invocation, article_id: int, verdict: Verdict, what: str) -> int:
    invocation.console.json({"article": article_id, "changed": True, "verdict": verdict.value})
    invocation.console.say(f"Article {article_id} {what}; its verdict is now: {verdict.value}")
    return OK if verdict is Verdict.PUBLISH else FINDINGS
