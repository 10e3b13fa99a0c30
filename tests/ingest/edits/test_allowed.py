"""What the terms say to an edit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.article import Article
from ingest.body import Body, Link, Paragraph, Text
from ingest.edits import refusals
from ingest.terms import Edits
from tests.newswire import GRANTED, article

LONG = "The port is old and nobody counts the ships that come to it in the morning or leave it at night."
LINKED = Paragraph(children=(Text(text="See "), Link(href="https://x.example/", children=(Text(text="the list"),))))


def _article(*blocks: str | Paragraph) -> Article:
    made = (b if isinstance(b, Paragraph) else Paragraph(children=(Text(text=b),)) for b in blocks)
    return article(body=Body(blocks=tuple(made)))


BEFORE = _article(LONG, "It stands.", LINKED)
RENAMED = replace(BEFORE, headline="Another")
STYLED = _article(LONG.replace("old", "ancient"), "It stands.", LINKED)
SHORTER = _article(LONG, LINKED)
LONGER = _article(LONG, "It stands.", LINKED, "And we say that all of this is the fault of somebody else entirely.")
UNLINKED = _article(LONG, "It stands.", "See the list")
EMPTY = _article()


@pytest.mark.parametrize(
    ("after", "edits", "headline_edits", "says"),
    [
        (BEFORE, Edits.NONE, False, []),
        (RENAMED, Edits.ANY, False, ["headline stays"]),
        (RENAMED, Edits.NONE, True, []),
        (STYLED, Edits.NONE, True, ["Not a word"]),
        (STYLED, Edits.STYLE, False, []),
        (SHORTER, Edits.STYLE, False, ["house style only"]),
        (SHORTER, Edits.LENGTH, False, []),
        (LONGER, Edits.LENGTH, False, ["words came"]),
        (LONGER, Edits.ANY, False, []),
        (UNLINKED, Edits.ANY, False, ["has lost https://x.example/"]),
        (_article(LONG, "It stands."), Edits.LENGTH, False, []),
        (EMPTY, Edits.ANY, False, ["Nothing is left"]),
    ],
)
def test_each_rule_has_its_yes_and_its_no(
    after: Article, edits: Edits, headline_edits: bool, says: list[str]
) -> None:
    """What the partner's terms do not allow is refused with the rule's name; what they allow passes."""
    terms = GRANTED.model_copy(update={"edits": edits, "headline_edits": headline_edits})
    found = refusals(BEFORE, after, terms)
    assert len(found) == len(says)
    for wanted, said in zip(says, found, strict=True):
        assert wanted in said
