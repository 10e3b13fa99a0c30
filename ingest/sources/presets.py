"""`terms: NAME` and `terms: {preset: NAME, ...}` in a sources.yaml, written out; where each rule came from."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ingest.sources.yaml_tree import Path, Problem, Tree
from ingest.terms import Terms
from ingest.terms.preset import UnknownPresetError, leaves, overlaid, preset, preset_names

KEY = "preset"


def expand_presets(tree: Tree) -> Iterator[Problem]:
    """Put each named preset's rules beneath the newsroom's own in the tree; yield a problem for each unknown name."""
    for key, partner in _partners(tree):
        yield from _expand(tree, ("partners", key, "terms"), partner)


def _expand(tree: Tree, path: Path, partner: dict[str, Any]) -> Iterator[Problem]:
    given = partner.get("terms")
    yield from _misspelt(tree, path, given)
    name, own = _split(given)
    if name is None:
        return
    at = path if isinstance(given, str) else (*path, KEY)
    # Whatever is wrong, what is left can still be checked.
    partner["terms"] = own
    if not isinstance(name, str):
        message = f"must be a preset's name, such as {preset_names()[-1]}"
        yield Problem(mark=tree.mark(at), path=at, message=message)
        return
    try:
        partner["terms"] = overlaid(preset(name).terms, own)
    except UnknownPresetError as error:
        near = f"; did you mean '{error.nearest}'?" if error.nearest else "; `reprint sources presets` lists them"
        yield Problem(mark=tree.mark(at), path=at, message=f"'{name:.60}' is no preset{near}")


def _misspelt(tree: Tree, path: Path, given: object) -> Iterator[Problem]:
    if not isinstance(given, dict):
        return
    for key in [key for key in given if key not in Terms.model_fields and key != KEY]:
        if get_close_matches(key, (KEY, *Terms.model_fields), n=1) == [KEY]:
            at = (*path, key)
            given.pop(key)
            yield Problem(mark=tree.key_mark(at), path=at, message="is no key of this block; did you mean 'preset'?")


def presets_named(tree: Tree) -> dict[str, str]:
    """Return the preset that each partner names, before they are written out."""
    named = {key: _split(partner.get("terms"))[0] for key, partner in _partners(tree)}
    return {key: name for key, name in named.items() if isinstance(name, str)}


def lines_of(tree: Tree) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return, for each partner, the dotted path and line of each rule of its own, before presets are written out."""
    found = {}
    for key, partner in _partners(tree):
        own = _split(partner.get("terms"))[1]
        marks = ((path, tree.mark(("partners", key, "terms", *path.split(".")))) for path in leaves(own))
        found[key] = tuple((path, mark.line) for path, mark in marks)
    return found


def _split(given: object) -> tuple[object | None, dict[str, Any]]:
    """Return the preset's name, None where there is none, and the newsroom's own rules."""
    if isinstance(given, str):
        return given, {}
    if isinstance(given, dict) and KEY in given:
        return given[KEY], {name: value for name, value in given.items() if name != KEY}
    return None, given if isinstance(given, dict) else {}


def _partners(tree: Tree) -> Iterator[tuple[str, dict[str, Any]]]:
    partners = tree.value.get("partners")
    if isinstance(partners, dict):
        yield from ((key, partner) for key, partner in partners.items() if isinstance(partner, dict))
