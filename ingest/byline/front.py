"""Roles printed before the name: "Sports Editor Jane Doe", "unserem Korrespondenten Max Müller"."""

from __future__ import annotations

from ingest.byline.clean import word_set
from ingest.byline.roles import is_head, is_modifier
from ingest.byline.words import is_person

_PLACING = word_set("in at for from of aus für à en em i w v v. à au")


def without_front_role(words: list[str]) -> tuple[list[str], str | None]:
    """Take a role off the front of a piece. Returns the rest and the role, None where there is none."""
    for number, word in enumerate(words[:4]):
        rest = words[number + 1 :]
        if is_head(word) and starts_with_person(rest) and _is_front_role(words[:number], word):
            return rest, " ".join(words[: number + 1]).rstrip(":")
        if not is_modifier(word) and "-" not in word and not word.isupper():
            break
    return words, None


def starts_with_person(words: list[str]) -> bool:
    """Tell whether a piece is a person's name, or begins with one and goes on with a place or an employer."""
    if is_person(words):
        return True
    ends = [number for number, word in enumerate(words[:6]) if word in _PLACING]
    return bool(ends) and is_person(words[: ends[0]])


def _is_front_role(before: list[str], head: str) -> bool:
    if before or "-" in head:
        return True
    return head[:1].islower() or (len(head) > 5 and not head.endswith("s"))
