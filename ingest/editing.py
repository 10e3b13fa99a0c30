"""An editor's word on an article's words, carried out: edited, given up again, or settled against the partner's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from ingest.article import Article, Person, Source
from ingest.assess import assess
from ingest.edited import Effective
from ingest.edits import Collision, Merged, Sheet, Side, merge, merge_for, read_sheet, refusals, sheet_of
from ingest.edits.bylines import BYLINE_DOUBTS, with_byline
from ingest.errors import ConfigError
from ingest.handover import hand_over
from ingest.keep import attribute_revision
from ingest.keeping import Keeping
from ingest.merging import note_edit
from ingest.printable import one_line
from ingest.rights import Verdict
from ingest.sources import Partner, Sources
from ingest.store import articles, edits, ledger
from ingest.store.articles import ArticleRow
from ingest.store.database import read, write
from ingest.store.edits import EditState
from ingest.terms import Terms
from ingest.unchanged import require_unchanged

_MOST_NAMES, _LONGEST_NAME = 30, 120


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What an edit works with."""

    engine: sa.Engine
    sources: Sources
    keeping: Keeping
    #: The version of the article that the editor saw; None: whatever it is now.
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """An article as it stands, and the partner's revision that it stands on."""

    row: ArticleRow
    supplier: Partner
    state: EditState | None
    words: Article
    base_id: int
    base: Article


def sheet_to_edit(engine: sa.Engine, article_id: int) -> Sheet:
    """Return what an editor may change of an article, as it stands; raises ConfigError where there is none."""
    with read(engine) as connection:
        return sheet_of(articles.load(connection, _row(connection, article_id).revision_id))


def edit(desk: Desk, article_id: int, change: Callable[[Sheet], Sheet], *, reason: str) -> Verdict | None:
    """Keep an editor's change as our own revision and hand it over; return its verdict, None where nothing changed.

    Raises ConfigError where the terms do not allow it, saying which, or where a collision is to be settled first.
    """
    _require_reason(reason, article_id)
    with write(desk.engine) as connection:
        now = _standing(connection, article_id, desk)
        if now.state is not None and now.state.conflict_id is not None:
            raise ConfigError(
                "our words and the partner's newer ones collide",
                where=f"article {article_id}",
                next_step=f"settle that first: reprint articles merge {article_id}",
            )
        sheet = change(sheet_of(now.words))
        words = read_sheet(sheet, [now.words, now.base])
        if words == now.words:
            return None
        return _stand_by(connection, now, words, base=(now.base_id, now.base), reason=reason, desk=desk)


def correct_byline(desk: Desk, article_id: int, names: Sequence[str], *, reason: str) -> Verdict | None:
    """Say who wrote an article, where it was read wrong; return its verdict, None where that is how it stands.

    The names are ours from then on, the newest revision of the partner's included, and what was doubtful about them
    is settled. What the partner printed stays on record. Raises ConfigError where the names cannot be names.
    """
    _require_reason(reason, article_id)
    people = _people(names, article_id)
    with write(desk.engine) as connection:
        now = _standing(connection, article_id, desk)
        if tuple(person.name for person in people) == now.words.byline.names and not _doubtful(now.words):
            return None
        words = with_byline(now.words, people)
        return _stand_by(connection, now, words, base=(now.base_id, now.base), reason=reason, desk=desk)


def _people(names: Sequence[str], article_id: int) -> tuple[Person, ...]:
    cleaned = [one_line(name) for name in names]
    if any(not name or len(name) > _LONGEST_NAME for name in cleaned) or len(cleaned) > _MOST_NAMES:
        raise ConfigError(
            f"a byline has up to {_MOST_NAMES} names of up to {_LONGEST_NAME} characters each",
            where=f"article {article_id}",
            next_step="write one name in each line; nothing was changed",
        )
    return tuple(Person(name=name, source=Source.EDITOR) for name in cleaned)


def _doubtful(article: Article) -> bool:
    return bool(BYLINE_DOUBTS & set(article.doubts))


def collision(engine: sa.Engine, article_id: int) -> Collision | Merged:
    """Return where our words and the partner's newer ones collide; raises ConfigError where they do not."""
    with read(engine) as connection:
        _row(connection, article_id)
        state, theirs_id = _in_conflict(connection, article_id)
        base, ours = (articles.load(connection, id_) for id_ in (state.base_id, state.revision_id))
        return merge(base, ours, articles.load(connection, theirs_id))


def settle(desk: Desk, article_id: int, chosen: Sheet | Side, *, reason: str) -> Verdict:
    """Settle a collision with the words of a sheet, or with one side's; they then stand on the partner's newest.

    A side has its words where the two collide; what collides with nothing is merged, whoever changed it.
    """
    _require_reason(reason, article_id)
    with write(desk.engine) as connection:
        now = _standing(connection, article_id, desk)
        _, theirs_id = _in_conflict(connection, article_id)
        theirs, ours = articles.load(connection, theirs_id), now.words
        if isinstance(chosen, Side):
            words = merge_for(chosen, now.base, ours, theirs)
        else:
            words = read_sheet(chosen, [theirs, ours, now.base])
        return _stand_by(connection, now, words, base=(theirs_id, theirs), reason=reason, desk=desk)


def go_back(desk: Desk, article_id: int, revision_id: int | None, *, reason: str) -> Verdict:
    """Let an article stand in earlier words of ours again, or in the partner's (None).

    Raises ConfigError where that revision is not of this article, ChangedError where it changed meanwhile.
    """
    if revision_id is None:
        return give_up(desk, article_id, reason=reason)
    with write(desk.engine) as connection:
        if revision_id not in {row.id for row in articles.revisions(connection, article_id)}:
            raise ConfigError(f"it has no revision {revision_id}", where=f"article {article_id}")
        now = _standing(connection, article_id, desk)
        words = articles.load(connection, revision_id)
        return _stand_by(connection, now, words, base=(now.base_id, now.base), reason=reason, desk=desk)


def give_up(desk: Desk, article_id: int, *, reason: str) -> Verdict:
    """Let an article stand in the partner's newest words again; ours stay on record."""
    _require_reason(reason, article_id)
    with write(desk.engine) as connection:
        now = _standing(connection, article_id, desk)
        if now.state is None:
            raise ConfigError("it stands in the partner's words", where=f"article {article_id}")
        newest = now.state.conflict_id or now.base_id
        return _give_up(connection, now, (newest, articles.load(connection, newest)), reason, desk)


def _stand_by(
    connection: sa.Connection,
    now: _Standing,
    words: Article,
    *,
    base: tuple[int, Article],
    reason: str,
    desk: Desk,
) -> Verdict:
    base_id, theirs = base
    if articles.content_hash(words) == articles.content_hash(theirs):
        return _give_up(connection, now, base, reason, desk)
    if refused := refusals(theirs, words, _terms_of(connection, now, theirs, desk)):
        raise ConfigError(
            " ".join(refused),
            where=f"article {now.row.id}",
            next_step=f"see `reprint sources terms {now.row.partner}`; nothing was changed",
        )
    keeping = desk.keeping
    revision_id = articles.add_revision(connection, words, article_id=now.row.id, now=keeping.now)
    note_edit(connection, now.row.id, revision_id=revision_id, base_id=base_id, reason=reason, keeping=keeping)
    return _judge(connection, now, Effective(article=words, edited=True), revision_id, desk)


def _terms_of(connection: sa.Connection, now: _Standing, theirs: Article, desk: Desk) -> Terms:
    """Return the terms in force for the partner's words: of several permissions the one that counts now."""
    assessed = assess(
        connection,
        theirs,
        supplier=now.supplier,
        sources=desk.sources,
        now=desk.keeping.now,
        article_id=now.row.id,
        words=Effective(article=theirs),
    )
    return assessed.judged.terms


def _give_up(
    connection: sa.Connection, now: _Standing, theirs: tuple[int, Article], reason: str, desk: Desk
) -> Verdict:
    keeping = desk.keeping
    edits.drop(connection, now.row.id)
    ledger.append(
        connection,
        at=keeping.now,
        actor=keeping.actor,
        event="article.edit-given-up",
        subject=f"article:{now.row.id}",
        payload={"theirs": theirs[0], "reason": reason},
    )
    return _judge(connection, now, Effective(article=theirs[1]), theirs[0], desk)


def _judge(connection: sa.Connection, now: _Standing, words: Effective, revision_id: int, desk: Desk) -> Verdict:
    keeping = desk.keeping
    assessed = assess(
        connection,
        words.article,
        supplier=now.supplier,
        sources=desk.sources,
        now=keeping.now,
        article_id=now.row.id,
        words=words,
    )
    attribute_revision(connection, assessed, now.row.id, revision_id, keeping)
    hand_over(connection, now.row.work_id, targets=keeping.targets, now=keeping.now, partners=keeping.partners)
    return assessed.judged.decision.verdict


def _standing(connection: sa.Connection, article_id: int, desk: Desk) -> _Standing:
    row = _row(connection, article_id)
    require_unchanged(connection, article_id, desk.seen)
    supplier = desk.sources.partner(row.partner)
    if supplier is None:
        raise ConfigError(
            f"its partner {row.partner!r} is not in the sources, so that its terms are unknown",
            where=f"article {article_id}",
            next_step="put the partner back into sources.yaml",
        )
    state = edits.of(connection, article_id)
    base_id = state.base_id if state is not None else row.revision_id
    return _Standing(
        row=row,
        supplier=supplier,
        state=state,
        words=articles.load(connection, row.revision_id),
        base_id=base_id,
        base=articles.load(connection, base_id),
    )


def _in_conflict(connection: sa.Connection, article_id: int) -> tuple[EditState, int]:
    state = edits.of(connection, article_id)
    if state is None or state.conflict_id is None:
        raise ConfigError(
            "nothing collides there", where=f"article {article_id}", next_step="see `reprint articles conflicts`"
        )
    return state, state.conflict_id


def _row(connection: sa.Connection, article_id: int) -> ArticleRow:
    row = articles.row_of(connection, article_id)
    if row is None:
        raise ConfigError(
            f"there is no article {article_id}", where="articles", next_step="see `reprint articles list`"
        )
    return row


def _require_reason(reason: str, article_id: int) -> None:
    if not reason.strip():
        raise ConfigError("a reason is needed", where=f"article {article_id}", next_step="say why, for the ledger")


def with_headline(sheet: Sheet, headline: str) -> Sheet:
    """Return the sheet under another headline."""
    return replace(sheet, headline=" ".join(headline.split()))
