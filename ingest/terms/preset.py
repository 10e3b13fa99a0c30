"""Presets: a partner's known policy by name, each rule with where we read it and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from ruamel.yaml import YAML

from ingest.terms.grant import Frozen
from ingest.terms.rules import Terms


class PolicySource(Frozen):
    """A page that rules were read from."""

    url: Annotated[str, Field(pattern="^https://")]
    #: The day, or the month, of the reading.
    read: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    #: D: read on the partner's own page; S: at second hand, may be old.
    confidence: Literal["D", "S"]


class Saying(Frozen):
    """What a source says of one rule, in our words."""

    source: str
    text: str


class Preset(Frozen):
    """One policy: its terms, and for each rule (a dotted path) what its source says."""

    title: str
    #: What a newsroom has to do before it may rely on it; None where the licence itself is the permission.
    needs: str | None
    sources: dict[str, PolicySource]
    terms: dict[str, Any]
    says: dict[str, Saying]

    @model_validator(mode="after")
    def _every_rule_has_a_source(self) -> Preset:
        Terms.model_validate(self.terms)
        for path in leaves(self.terms):
            if self.saying(path) is None:
                raise ValueError(f"{path}: nothing says where it comes from")
        unknown = {saying.source for saying in self.says.values()} - self.sources.keys()
        if unknown:
            raise ValueError(f"unknown sources: {', '.join(sorted(unknown))}")
        return self

    def saying(self, path: str) -> Saying | None:
        """Return what is said of a rule, or of the block that it belongs to."""
        parts = path.split(".")
        names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self.says[name] for name in names if name in self.says), None)

    def source_of(self, path: str) -> tuple[Saying, PolicySource] | None:
        """Return what is said of a rule, and where."""
        saying = self.saying(path)
        return (saying, self.sources[saying.source]) if saying else None


class UnknownPresetError(Exception):
    """No preset has this name; `nearest` is one that looks like it, or None."""

    def __init__(self, name: str, *, nearest: str | None) -> None:
        super().__init__(name)
        self.name, self.nearest = name, nearest


_FOLDER = files("ingest.terms").joinpath("presets")


@cache
def preset_names() -> tuple[str, ...]:
    """Return the presets' names in order."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _FOLDER.iterdir() if file.name.endswith(".yaml")))


@cache
def preset(name: str) -> Preset:
    """Return a preset; raises UnknownPresetError."""
    if name not in preset_names():
        near = get_close_matches(name, preset_names(), n=1, cutoff=0.5)
        raise UnknownPresetError(name, nearest=near[0] if near else None)
    text = _FOLDER.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Preset.model_validate(YAML(typ="safe", pure=True).load(text))


def overlaid(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return terms with a newsroom's own on top: blocks are merged by key, all else is replaced."""
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping) and key != "translations":
            merged[key] = overlaid(below, value)
        else:
            merged[key] = value
    return merged


def leaves(terms: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Return the dotted path of each rule that terms set; translations count as one."""
    found: list[str] = []
    for key, value in terms.items():
        path = f"{prefix}{key}"
        block = isinstance(value, Mapping) and key != "translations"
        found += leaves(value, f"{path}.") if block else [path]
    return found
