"""A byline that an editor corrected: how it is kept, and how it outlasts the partner's newer revisions (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Article, Doubt, Evidence, Person, Source

#: What an editor who looked has settled.
BYLINE_DOUBTS = frozenset({Doubt.BYLINE, Doubt.DISAGREEMENT})


def with_byline(article: Article, people: Sequence[Person]) -> Article:
    """Return the article as written by these people, on an editor's word; known ones keep what is known of them."""
    known = {person.name: person for person in article.byline.people}
    named = tuple(known.get(person.name, person) for person in people)
    evidence = Evidence(
        field="byline", value="; ".join(person.name for person in named), source=Source.EDITOR, confidence=1.0
    )
    others = tuple(one for one in article.evidence if (one.field, one.source) != ("byline", Source.EDITOR))
    return replace(
        article,
        byline=replace(article.byline, people=named, confidence=1.0),
        doubts=tuple(doubt for doubt in article.doubts if doubt not in BYLINE_DOUBTS),
        evidence=(evidence, *others),
    )


def corrected(article: Article) -> bool:
    """Tell whether an editor said who wrote it."""
    return any(one.field == "byline" and one.source is Source.EDITOR for one in article.evidence)


def keep_byline(merged: Article, *, base: Article, ours: Article, theirs: Article) -> Article:
    """Return the merged article with the byline that an editor corrected, until the partner changes theirs."""
    if not corrected(ours) or theirs.byline.names not in {base.byline.names, ours.byline.names}:
        return merged
    return with_byline(merged, ours.byline.people)
