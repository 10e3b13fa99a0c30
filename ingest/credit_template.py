"""The small language of credit templates: text, `{field}`, and `[a part that goes when its field is unknown]`.

It is no format string: a field is a name from a closed list and nothing else, so that `{origin.__class__}` or
`{author!r:>99}` in a sources.yaml is refused when it is read. Doubled braces and brackets stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

CREDIT_FIELDS = ("origin", "partner", "author", "institution", "headline", "date", "url", "licence", "newsroom")
BYLINE_FIELDS = ("name", "affiliation", "role", "origin", "partner")
#: Of these there is always one.
ALWAYS = frozenset({"origin", "partner", "name"})

_TOKEN = re.compile(
    r"(?P<escape>\{\{|\}\}|\[\[|\]\])|\{(?P<field>[^{}\[\]]*)\}|(?P<mark>[\[\]{}])|(?P<text>[^\[\]{}]+)"
)


class TemplateError(ValueError):
    """A template that cannot be read; its message names the place and the remedy."""


@dataclass(frozen=True, kw_only=True)
class Literal:
    """Words of the template itself."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A field's place."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Words and fields that stand or go together."""

    parts: tuple[Literal | Slot, ...]


Part: TypeAlias = Literal | Slot | Group


def parse_template(template: str, *, fields: Collection[str]) -> tuple[Part, ...]:
    """Return the template's parts in order; raises TemplateError for unknown fields and loose braces or brackets."""
    parts: list[Part] = []
    group: list[Literal | Slot] | None = None
    for token in _TOKEN.finditer(template):
        if token["mark"] == "[" and group is None:
            group = []
        elif token["mark"] == "]" and group is not None:
            parts.append(_group(group, template))
            group = None
        else:
            (parts if group is None else group).append(_plain(token, fields))
    if group is not None:
        raise TemplateError("a '[' is never closed; write '[[' for a bracket in the text")
    return tuple(parts)


def _plain(token: re.Match[str], fields: Collection[str]) -> Literal | Slot:
    if token["mark"]:
        mark = token["mark"]
        raise TemplateError(f"a loose {mark!r}; write {mark * 2!r} for one in the text")
    if token["field"] is not None:
        return _slot(token["field"], fields)
    return Literal(text=token["escape"][0] if token["escape"] else token["text"])


def _slot(name: str, fields: Collection[str]) -> Slot:
    if name not in fields:
        known = " ".join(f"{{{field}}}" for field in fields)
        raise TemplateError(f"{'{' + name + '}'} is no field; there are {known}")
    return Slot(name=name)


def _group(parts: list[Literal | Slot], template: str) -> Group:
    if not any(isinstance(part, Slot) and part.name not in ALWAYS for part in parts):
        raise TemplateError(
            f"a [part] of {template!r} has no field that may be unknown; write '[[' and ']]' for brackets in the text"
        )
    return Group(parts=tuple(parts))


def slots(parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield the fields that a credit cannot do without: those outside of [groups]."""
    return (part.name for part in parts if isinstance(part, Slot))


def is_never_blank(parts: tuple[Part, ...]) -> bool:
    """Tell whether something readable stands there whatever is unknown."""
    return any(
        (isinstance(part, Slot) and part.name in ALWAYS)
        or (isinstance(part, Literal) and any(map(str.isalnum, part.text)))
        for part in parts
    )
