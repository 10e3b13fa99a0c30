"""A credit template and its fields to runs of text, without a gap where a field is unknown (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.credit_template import Group, Literal, Part, Slot

#: Stand for fields while the words around them are tidied, so that no rule touches a partner's own words.
_FIRST_MARK = 0xE100
_MARKS = re.compile("[\ue100-\ue1ff]")

_CLAUSE_END = re.compile(r"[.!?;,](?=\s)\s*|[。！？；，、،؛]\s*|\s+[–—|·/]\s+")
# The words that introduce an author, a place, a day or an address, in the languages of our default credits.
_BEFORE = (
    r"(?:by|on|in|at|from|von|am|bei|par|de|le|à|por|el|en|da|di|il|em|door|op|av|af|den|przez|от|від|oleh|pada)"
)
# The words that lead from an author to whom they write for.
_AFTER = r"(?:for|of|at|from|with|für|bei|von|pour|de|para|per|di|voor|van)"
_EMPTY = re.compile(r"[(（]\s*[)）]|“\s*”|\"\s*\"|‘\s*’|«\s*»|„\s*“")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of a credit; `field` names what filled it, None for the template's own words."""

    text: str
    field: str | None = None


def render(parts: Sequence[Part], values: Mapping[str, str]) -> tuple[Run, ...]:
    """Return the template's runs with the values filled in; what an unknown value leaves alone goes with it.

    [Groups] with an unknown field go whole. Elsewhere the clause around an unknown field goes, or, where the clause
    says something else too, the field and the word that introduces it. Returns nothing where nothing is left to say.
    """
    flat = list(_without_groups(parts, values))
    names = sorted({part.name for part in flat if isinstance(part, Slot)})
    marks = {name: chr(_FIRST_MARK + index) for index, name in enumerate(names)}
    missing = {marks[name] for name in names if not values.get(name)}
    text = "".join(marks[p.name] if isinstance(p, Slot) else _MARKS.sub("", p.text) for p in flat)
    tidy = _tidy(_without_missing(text, missing))
    if not any(character.isalnum() or character in marks.values() for character in tidy):
        return ()
    return tuple(_filled(tidy, {mark: name for name, mark in marks.items()}, values))


def _without_groups(parts: Sequence[Part], values: Mapping[str, str]) -> Iterator[Literal | Slot]:
    for part in parts:
        if not isinstance(part, Group):
            yield part
        elif all(values.get(inner.name) for inner in part.parts if isinstance(inner, Slot)):
            yield from part.parts


def _without_missing(text: str, missing: set[str]) -> str:
    if not missing & set(text):
        return text
    kept = [_mended(clause, end, missing) for clause, end in _clauses(text)]
    joined = "".join(kept).rstrip(" ,;、，–—|·/")
    stop = text.rstrip()[-1:]
    return joined + stop if stop in ".。" and joined and not joined.endswith(stop) else joined


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    for match in _CLAUSE_END.finditer(text):
        yield text[start : match.start()], match.group()
        start = match.end()
    yield text[start:], ""


def _mended(clause: str, end: str, missing: set[str]) -> str:
    gaps = missing & set(clause)
    if not gaps:
        return clause + end
    if not set(_MARKS.findall(clause)) - gaps:
        return ""
    gap = f"[{''.join(sorted(gaps))}]"
    clause = re.sub(rf"^\s*(?:{_BEFORE}\s+)?{gap}\s+{_AFTER}\s+", "", clause, flags=re.IGNORECASE)
    clause = re.sub(rf"(?:(?<!\w){_BEFORE}\s+)?{gap}", "", clause, flags=re.IGNORECASE)
    bracketed = re.fullmatch(r"\s*[(（]([^()（）]*)[)）]\s*", clause)
    return (bracketed[1] if bracketed else clause) + end


def _tidy(text: str) -> str:
    text = " ".join(_EMPTY.sub("", text).split())
    text = re.sub(r"\s+([,.;:!?)])", r"\1", text)
    return text.lstrip(" ,;:.–—|·").rstrip(" ,;:–—|·")


def _filled(text: str, names: Mapping[str, str], values: Mapping[str, str]) -> Iterator[Run]:
    for piece in re.split(f"({_MARKS.pattern})", text):
        if piece in names:
            yield Run(text=values[names[piece]], field=names[piece])
        elif piece:
            yield Run(text=piece)
