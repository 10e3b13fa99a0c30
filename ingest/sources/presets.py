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
        yield from _expand(tree, ("partners", key, "terms"), partner, "terms")
        others = partner.get("other_terms")
        for number in range(len(others)) if isinstance(others, list) else ():
            yield from _expand(tree, ("partners", key, "other_terms", number), others, number)


def _expand(tree: Tree, path: Path, holder: Any, place: str | int) -> Iterator[Problem]:
    """Write out the preset that `holder[place]` names."""
    given = holder.get(place) if isinstance(holder, dict) else holder[place]
    yield from _misspelt(tree, path, given)
    name, own = _split(given)
    if name is None:
        return
    at = path if isinstance(given, str) else (*path, KEY)
    # Whatever is wrong, what is left can still be checked.
    holder[place] = own
    if not isinstance(name, str):
        message = f"must be a preset's name, such as {preset_names()[-1]}"
        yield Problem(mark=tree.mark(at), path=at, message=message)
        return
    try:
        holder[place] = overlaid(preset(name).terms, own)
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


def presets_named(tree: Tree) -> dict[Path, str]:
    """Return the preset that each block of terms names, by the block's path, before they are written out."""
    named = {base: _split(given)[0] for base, given in _blocks(tree)}
    return {base: name for base, name in named.items() if isinstance(name, str)}


def lines_of(tree: Tree) -> dict[Path, tuple[tuple[str, int], ...]]:
    """Return, by each block's path, the dotted path and line of its own rules, before presets are written out."""
    found: dict[Path, tuple[tuple[str, int], ...]] = {}
    for base, given in _blocks(tree):
        own = _split(given)[1]
        found[base] = tuple((path, tree.mark((*base, *path.split("."))).line) for path in leaves(own))
    return found


def terms_blocks(key: str, partner: object) -> Iterator[tuple[Path, object]]:
    """Yield each block of terms of a partner as it stands in the file, with its path."""
    if not isinstance(partner, dict):
        return
    yield ("partners", key, "terms"), partner.get("terms", {})
    others = partner.get("other_terms")
    for number, terms in enumerate(others) if isinstance(others, list) else ():
        yield ("partners", key, "other_terms", number), terms


def _blocks(tree: Tree) -> Iterator[tuple[Path, object]]:
    for key, partner in _partners(tree):
        yield from terms_blocks(key, partner)


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
