"""Our edit and the partner's newer revision become one article, or a collision that a person resolves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.body import Block, Body, Figure, Image, Link, Paragraph, Table, Text
from ingest.edits import Collision, Merged, Side, merge, merge_for, parse_sheet, read_sheet, sheet_of, write_sheet
from ingest.errors import ConfigError
from tests.newswire import article

FIGURE = Figure(image=Image(url="https://forum.example/a.jpg", alt="A harbour"))
TABLE = Table(rows=())


def _article(*texts: str | Block, **changes: Any) -> Article:
    blocks = tuple(Paragraph(children=(Text(text=t),)) if isinstance(t, str) else t for t in texts)
    return article(body=Body(blocks=blocks), **changes)


BASE = _article("The port is old. It stands. Ships come.", FIGURE, "Nobody counts them.", "The end.")


def _words(value: Article) -> list[str]:
    return value.body.text.split("\n\n")


def test_changes_in_different_paragraphs_both_stand() -> None:
    """We correct one paragraph, the partner another and its byline's date: all of it is in the merged article."""
    ours = _article("The port is old. It stands. Ships come.", FIGURE, "Nobody counts the ships.", "The end.")
    theirs = replace(
        _article("The port is old. It stands. Ships come.", FIGURE, "Nobody counts them.", "The end, corrected."),
        dateline="SUVA",
    )
    merged = merge(BASE, ours, theirs)
    assert isinstance(merged, Merged)
    assert _words(merged.article)[1:] == ["Nobody counts the ships.", "The end, corrected."]
    assert merged.article.body.blocks[1] == FIGURE
    assert merged.article.dateline == "SUVA"


def test_different_sentences_of_one_paragraph_merge() -> None:
    """Within a paragraph that both changed, sentences are what is merged."""
    ours = _article("The harbour is old. It stands. Ships come.", FIGURE, "Nobody counts them.", "The end.")
    theirs = _article("The port is old. It stands. Ships went.", FIGURE, "Nobody counts them.", "The end.")
    merged = merge(BASE, ours, theirs)
    assert isinstance(merged, Merged)
    assert _words(merged.article)[0] == "The harbour is old. It stands. Ships went."


def test_the_same_sentence_changed_twice_collides_and_both_versions_are_shown() -> None:
    """A collision is never settled by the program: the editor sees both, and the marks must go before it is done."""
    ours = _article("The harbour is old. It stands. Ships come.", FIGURE, "Nobody counts them.", "The end.")
    theirs = _article("The port is new. It stands. Ships come.", FIGURE, "Nobody counts them.", "The end.")
    collision = merge(BASE, ours, theirs)
    assert isinstance(collision, Collision)
    assert collision.places == ("paragraph 1",)
    text = write_sheet(collision.marked)
    assert "The harbour is old" in text
    assert "The port is new" in text
    with pytest.raises(ConfigError, match="still marks"):
        parse_sheet(text)


@pytest.mark.parametrize(("side", "first"), [(Side.OURS, "The harbour is old."), (Side.THEIRS, "The port is new.")])
def test_a_side_wins_the_sentence_that_collides(side: Side, first: str) -> None:
    """Within one paragraph the sentences that collide with nothing are merged, whichever side is let win."""
    ours = _article("The harbour is old. It stands. Ships come.", FIGURE, "Nobody counts.", "The end.")
    theirs = _article("The port is new. It stands. Ships went.", FIGURE, "Nobody counts them.", "The end.")
    words = _words(merge_for(side, BASE, ours, theirs))
    assert words == [f"{first} It stands. Ships went.", "Nobody counts.", "The end."]


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        ("Ours", "Base", "Ours"),
        ("Base", "Theirs", "Theirs"),
        ("Same", "Same", "Same"),
        ("Ours", "Theirs", None),
    ],
)
def test_a_headline_goes_whole(ours: str, theirs: str, outcome: str | None) -> None:
    """Whoever changed it alone has it; both together collide unless they agree."""
    base = replace(BASE, headline="Base")
    merged = merge(base, replace(base, headline=ours), replace(base, headline=theirs))
    if outcome is None:
        assert isinstance(merged, Collision)
        assert merged.places == ("headline",)
    else:
        assert isinstance(merged, Merged)
        assert merged.article.headline == outcome


LINES = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(str.strip)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=5)


@given(PARAGRAPHS, PARAGRAPHS)
def test_without_a_change_of_ours_the_partners_stands_and_the_other_way_round(a: list[str], b: list[str]) -> None:
    """Merging with an unchanged side gives the other side, block by block and to the letter."""
    base, other = _article(*a), _article(*b)
    for merged in (merge(base, base, other), merge(base, other, base), merge(base, other, other)):
        assert isinstance(merged, Merged)
        assert merged.article.body == other.body


@given(PARAGRAPHS)
def test_an_untouched_sheet_gives_the_article_back(texts: list[str]) -> None:
    """Opening and saving without a change changes nothing, whatever characters the partner used."""
    value = _article(*texts, FIGURE, TABLE, FIGURE)
    assert read_sheet(parse_sheet(write_sheet(sheet_of(value))), [value]) == value


@given(LINES.map(lambda text: " ".join(text.split())).filter(bool))
def test_what_is_written_as_a_chunk_reads_back_as_the_words(text: str) -> None:
    """A partner's asterisks, brackets and hashes are words, not markup, also in a paragraph that was rewritten."""
    (chunk,) = sheet_of(_article(text)).chunks
    fresh = read_sheet(replace(sheet_of(BASE), chunks=(chunk,)), [BASE])
    if not chunk.startswith("{"):
        assert " ".join(fresh.body.text.split()) == text


def test_markup_of_an_edit_is_what_it_says() -> None:
    """Emphasis, links, subheads and lists can be written; a link is kept to the letter."""
    text = "Headline: New\n\n## Sub\n\nA *word* and [a link](https://x.example/é?a=1&b=2).\n\n- one\n- two\n"
    value = read_sheet(parse_sheet(text), [BASE])
    assert value.headline == "New"
    assert [block.kind for block in value.body.blocks] == ["heading", "paragraph", "list"]
    (link,) = [c for c in value.body.blocks[1].children if isinstance(c, Link)]  # type: ignore[union-attr]
    assert link.href == "https://x.example/é?a=1&b=2"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Only a paragraph", "does not begin with the headline"),
        ("Headline: x\n\n{figure 123abc: never was}", "stands for nothing"),
        ("Headline: x\n\n[a](javascript:alert)", None),
        ("Headline: x\n\n![a](https://x.example/a.png)", "no place"),
        ("Headline: x\n\n[a](file:///etc/passwd)", None),
        ("Headline: x\n\n[a](ftp://x.example/)", "no web address"),
    ],
)
def test_what_cannot_be_an_article_is_refused(text: str, says: str | None) -> None:
    """Bad input is told, and no foreign markup or address gets through."""
    if says is None:
        assert "Link" not in repr(read_sheet(parse_sheet(text), [BASE]).body)
        return
    with pytest.raises(ConfigError, match=says):
        read_sheet(parse_sheet(text), [BASE])
