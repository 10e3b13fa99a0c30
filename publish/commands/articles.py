"""`reprint articles`: what was ingested, and a person's word on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.article import Evidence
from ingest.attribution import AttributedArticle
from ingest.errors import ConfigError
from ingest.extract.agreement import disagreements
from ingest.keep import Keeping
from ingest.rights import Verdict
from ingest.ruling import give_ruling
from ingest.store import articles, attributions, publications
from ingest.store.articles import ArticleRow
from ingest.store.database import read
from ingest.store.publications import PublicationRow
from ingest.store.rulings import Ruling
from publish import wiring
from publish.commands import articles_correct, articles_diff, articles_edit
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.readings import show_readings
from publish.console import Console
from publish.publisher import publish_waiting


class Wanted(StrEnum):
    """Verdicts to list by."""

    PUBLISH = "publish"
    HOLD = "hold"
    DENY = "deny"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One article as `show` tells it."""

    article: ArticleRow
    attributed: AttributedArticle
    publications: list[PublicationRow]
    #: What strong sources say against what was chosen.
    disagreements: tuple[Evidence, ...]


ArticleId = Annotated[
    int,
    typer.Argument(metavar="ID", min=1, max=2**62, help="The article's number, as `reprint articles list` shows."),
]


def register(app: typer.Typer) -> None:
    """Add the words to the command."""
    words = typer.Typer(help="What was ingested, and your word on it.", no_args_is_help=True)
    command(words, "list")(list_)
    command(words, "show")(show)
    command(words, "release")(release)
    command(words, "withdraw")(withdraw)
    command(words, "reject")(reject)
    articles_edit.register(words)
    articles_correct.register(words)
    articles_diff.register(words)
    app.add_typer(words, name="articles")


def list_(
    invocation: Invocation,
    partner: Annotated[str | None, typer.Option(help="Only this partner's.")] = None,
    verdict: Annotated[Wanted | None, typer.Option(help="Only those with this verdict.")] = None,
    search: Annotated[str | None, typer.Option(help="Words in the headline or the byline.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
) -> int:
    """List articles, the newest first."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        rows = articles.rows(
            connection, partner=partner, verdict=verdict.value if verdict else None, search=search, limit=limit
        )
    invocation.console.json(rows)
    if not rows:
        wanted = " such" if partner or verdict or search else ""
        invocation.console.say(f"No{wanted} article is kept. `reprint ingest` takes what the partners' feeds have.")
    columns = ("#id", "verdict", "why", "headline", "byline", "partner", "origin", "published")
    invocation.console.table("", columns, [_cells(row) for row in rows])
    return OK


def _cells(row: ArticleRow) -> tuple[object, ...]:
    codes = [reason["code"] for reason in json.loads(row.reasons)]
    return (
        row.id,
        row.ruling if row.ruling == Ruling.WITHDRAWN.value else row.verdict,
        ", ".join(["copy", *codes] if row.relation == "copy" else codes),
        row.headline,
        row.names,
        row.partner,
        row.origin_name,
        row.published_at.date() if row.published_at else "",
    )


def show(
    invocation: Invocation,
    article_ids: Annotated[list[int], typer.Argument(metavar="ID...", min=1, max=2**62, help="Numbers of articles.")],
    body: Annotated[bool, typer.Option("--body", help="Print the whole body too.")] = False,
) -> int:
    """Show articles: what was read, where from, what was decided and where each stands."""
    with wiring.kept_store(invocation.settings) as engine, read(engine) as connection:
        shown = [_load(connection, article_id) for article_id in article_ids]
    invocation.console.json(shown)
    for one in shown:
        _show(invocation.console, one, body=body)
    return OK


def _load(connection: sa.Connection, article_id: int) -> Shown:
    row = _require(connection, article_id)
    attributed = attributions.of_article(connection, article_id)
    return Shown(
        article=row,
        attributed=attributed,
        publications=publications.of_work(connection, row.work_id),
        disagreements=disagreements(attributed.article),
    )


def _show(console: Console, one: Shown, *, body: bool) -> None:
    _show_head(console, one.article, one.attributed)
    show_readings(console, "Read from", one.attributed.article)
    places = [(p.target, p.state, p.location or "", p.first_published_at) for p in one.publications]
    console.table("Publications", ("target", "state", "~where", "since"), places)
    if body:
        console.say(f"\n{escape(one.attributed.article.body.text)}\n")


def _show_head(console: Console, row: ArticleRow, attributed: AttributedArticle) -> None:
    article, origin = attributed.article, attributed.origin
    facts = [
        ("headline", article.headline),
        ("standfirst", article.standfirst),
        ("byline", ", ".join(attributed.credit.byline)),
        ("byline as sent", article.byline.raw),
        ("bio", article.bio),
        ("delivered by", f"{attributed.partner_name} ({article.url})"),
        ("origin", f"{origin.name} ({origin.url or 'URL unknown'}): {origin.evidence}"),
        ("credit taken out", article.inherited_credit),
        ("credit", attributed.credit.text),
        ("work", f"{row.slug} ({row.relation}: {row.relation_reason})"),
        ("doubts", ", ".join(article.doubts)),
        ("verdict", attributed.decision.verdict.value),
    ]
    for name, value in facts:
        if value:
            console.say(f"[bold]{name:>16}[/]  {escape(value)}")
    for reason in (*attributed.decision.reasons, *attributed.decision.notices):
        console.say(f"{'':>16}  {escape(reason.message)}")


def release(
    invocation: Invocation,
    article_id: ArticleId,
    reason: Annotated[str, typer.Option("--reason", help="Why it may pass; kept in the ledger.")],
) -> int:
    """Let an article pass what a person may let pass: doubts, selection, a withdrawal; never a missing permission."""
    return _rule(invocation, article_id, Ruling.RELEASED, reason)


def withdraw(
    invocation: Invocation,
    article_id: ArticleId,
    reason: Annotated[str, typer.Option("--reason", help="Why it goes; kept in the ledger, not shown.")],
    notice: Annotated[str, typer.Option("--notice", help="What readers are told on the page that stays.")] = "",
) -> int:
    """Take an article's work down everywhere, at once; no copy of it comes back until a person releases one."""
    code = _rule(invocation, article_id, Ruling.WITHDRAWN, reason, notice)
    return max(code, _carry_out(invocation, article_id))


def reject(
    invocation: Invocation,
    article_id: ArticleId,
    reason: Annotated[str, typer.Option("--reason", help="Why it is not wanted; kept in the ledger.")],
) -> int:
    """Keep an article's work from ever being published, under whatever address, id or partner it comes again."""
    code = _rule(invocation, article_id, Ruling.WITHDRAWN, reason)
    return max(code, _carry_out(invocation, article_id))


def _carry_out(invocation: Invocation, article_id: int) -> int:
    """Take down at once what the ruling takes down; what a target refuses stays in the outbox, and is tried again."""
    sources = wiring.sources(invocation.settings)
    with wiring.kept_store(invocation.settings) as engine:
        with read(engine) as connection:
            work_id = _require(connection, article_id).work_id
        reports = [
            publish_waiting(target, engine=engine, clock=wiring.now, actor=wiring.actor(), only=work_id)
            for target in wiring.targets(invocation.settings, sources, engine)
        ]
    for report in reports:
        for row in report.withdrawn:
            invocation.console.say(f"It is down at {report.target}: {row.location or row.slug}")
        for slug, why in report.failed:
            invocation.console.warn(f"{report.target}: {slug}: {why} (it is tried again by `reprint publish`)")
    return FINDINGS if any(report.failed for report in reports) else OK


def _rule(invocation: Invocation, article_id: int, ruling: Ruling, reason: str, notice: str = "") -> int:
    sources = wiring.sources(invocation.settings)
    with wiring.kept_store(invocation.settings) as engine:
        verdict = give_ruling(
            engine,
            article_id,
            ruling,
            reason=reason,
            sources=sources,
            keeping=Keeping(
                now=wiring.now(), actor=wiring.actor(), targets=wiring.target_names(sources), partners=sources.keys
            ),
            notice=notice,
        )
        with read(engine) as connection:
            reasons = attributions.of_article(connection, article_id).decision.reasons
    console = invocation.console
    console.json({"article": article_id, "ruling": ruling.value, "verdict": verdict.value, "reasons": reasons})
    if ruling is Ruling.WITHDRAWN:
        console.say(f"Article {article_id} is withdrawn; only `reprint articles release` brings it back.")
        return OK
    console.say(f"Article {article_id} is released; its verdict is now: {verdict.value}")
    for held in reasons:
        console.say(f"  {escape(held.message)}")
    return OK if verdict is Verdict.PUBLISH else FINDINGS


def _require(connection: sa.Connection, article_id: int) -> ArticleRow:
    row = articles.row_of(connection, article_id)
    if row is None:
        raise ConfigError(
            f"there is no article {article_id}", where="articles", next_step="see `reprint articles list`"
        )
    return row
