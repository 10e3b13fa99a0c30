"""What changed between two revisions, as one HTML file that needs nothing else (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.article import Article
from ingest.printable import printable
from ingest.revisions import Diff, Difference, Step
from ingest.store.articles import ArticleRow, RevisionRow
from publish.languages import direction
from publish.templating import environment

#: Passages as before that are shown on each side of a change.
CONTEXT = 1


def diff_page(found: Diff, *, row: ArticleRow, article: Article, before: RevisionRow, after: RevisionRow) -> str:
    """Return the page; what stayed is shown beside changes, the rest is counted."""
    made = (
        environment()
        .get_template("diff.html")
        .render(
            title=article.headline,
            partner=row.partner,
            article_id=row.id,
            language=article.language or "und",
            direction=direction(article.language or ""),
            before=before,
            after=after,
            diff=found,
            parts=list(in_context(found.passages)),
        )
    )
    return printable(made)


def in_context(passages: Sequence[Difference], context: int = CONTEXT) -> Iterator[Difference | int]:
    """Yield the passages that changed and those beside them; in between, the number of those that are left out."""
    changed = [i for i, passage in enumerate(passages) if passage.step is not Step.SAME]
    near = {i + step for i in changed for step in range(-context, context + 1)}
    skipped = 0
    for i, passage in enumerate(passages):
        if i not in near:
            skipped += 1
            continue
        if skipped:
            yield skipped
        skipped = 0
        yield passage
    if skipped:
        yield skipped
