"""YAML text to plain values with the line and column of each, safely.

We walk the node graph ourselves: a YAML loader stops at the first duplicate key, follows aliases into bombs, and
forgets where things stood. Only YAML's own scalar kinds are built; a foreign tag is a mistake.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, DocumentStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

Path: TypeAlias = tuple[str | int, ...]

#: Far above any sources.yaml, far below what hurts.
MAX_DEPTH = 30
MAX_NODES = 100_000

_MERGE = "tag:yaml.org,2002:merge"
_BLOCKS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, kw_only=True, order=True)
class Mark:
    """A place in the text; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake: where in the text, at which path, and what is wrong, with the remedy."""

    mark: Mark
    path: Path
    message: str


class YamlError(Exception):
    """The text as a whole cannot be read; holds the one problem."""

    def __init__(self, message: str, *, mark: Mark | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(mark=mark or Mark(), path=(), message=message)


@dataclass(kw_only=True)
class Tree:
    """A document's plain value, where each part of it stands, and the mistakes met on the way."""

    value: Any = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def mark(self, path: Path) -> Mark:
        """Return where the value at `path` stands, or the nearest block around it."""
        return self._nearest(self.values, path)

    def key_mark(self, path: Path) -> Mark:
        """Return where the key of `path` stands, or the nearest key around it."""
        return self._nearest(self.keys, path)

    def _nearest(self, marks: dict[Path, Mark], path: Path) -> Mark:
        for end in range(len(path), -1, -1):
            if path[:end] in marks:
                return marks[path[:end]]
        return Mark()


def read_tree(text: str) -> Tree:
    """Return the tree of one YAML document; raises YamlError for bad syntax, bombs and more than one document."""
    tree = Tree()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _guard(text)
            yaml = _safe_yaml()
            root = yaml.compose(text)
        except MarkedYAMLError as error:
            raise YamlError(_what(error), mark=_mark(error.problem_mark or error.context_mark)) from error
        except ReaderError as error:
            raise YamlError(f"the character {error.character!r} is not allowed", mark=_at(text, error)) from error
        except (YAMLError, YAMLStreamError) as error:
            raise YamlError(str(error)) from error
        tree.value = _build(root, (), tree, yaml.constructor) if root is not None else None
    return tree


def _safe_yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def _what(error: MarkedYAMLError) -> str:
    return " ".join(f"YAML: {error.problem or error.context}".split())


def _mark(mark: Any) -> Mark:
    return Mark(line=mark.line + 1, column=mark.column + 1) if mark is not None else Mark()


def _at(text: str, error: ReaderError) -> Mark:
    before = text[: error.position]
    return Mark(line=before.count("\n") + 1, column=len(before) - (before.rfind("\n") + 1) + 1)


def _guard(text: str) -> None:
    """Refuse, before anything recurses, what is too deep, too long or more than one document."""
    depth = documents = 0
    for count, event in enumerate(_safe_yaml().parse(text)):
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, DocumentStartEvent):
            documents += 1
        if depth > MAX_DEPTH:
            raise YamlError(f"more than {MAX_DEPTH} blocks within each other", mark=_mark(event.start_mark))
        if count > MAX_NODES:
            raise YamlError(f"more than {MAX_NODES:,} values", mark=_mark(event.start_mark))
        if documents > 1:
            raise YamlError("a second document begins ('---'); keep one", mark=_mark(event.start_mark))
        if isinstance(event, AliasEvent) and len(event.anchor) > 100:
            raise YamlError("an anchor's name is too long", mark=_mark(event.start_mark))


def _build(node: Node, path: Path, tree: Tree, constructor: Any) -> Any:
    tree.nodes += 1
    if tree.nodes > MAX_NODES or len(path) > MAX_DEPTH:
        raise YamlError("aliases (*name) unfold into too much; write it out", mark=_mark(node.start_mark))
    tree.values.setdefault(path, _mark(node.start_mark))
    if isinstance(node, MappingNode | SequenceNode) and node.tag not in _BLOCKS:
        message = f"YAML: the tag {str(node.tag)[:40]} is not allowed; take it out"
        tree.problems.append(Problem(mark=_mark(node.start_mark), path=path, message=message))
        return None
    if isinstance(node, MappingNode):
        return _build_mapping(node, path, tree, constructor)
    if isinstance(node, SequenceNode):
        return [_build(child, (*path, index), tree, constructor) for index, child in enumerate(node.value)]
    return _build_scalar(node, path, tree, constructor)


def _build_scalar(node: Node, path: Path, tree: Tree, constructor: Any) -> Any:
    try:
        return constructor.construct_object(node)
    except MarkedYAMLError as error:
        message = _what(error)
    except (ValueError, OverflowError) as error:
        message = f"YAML: {error}"
    tree.problems.append(Problem(mark=_mark(node.start_mark), path=path, message=message))
    return None


def _build_mapping(node: MappingNode, path: Path, tree: Tree, constructor: Any) -> dict[str, Any]:
    # First what merge keys bring in, so that the marks of the block's own keys are the ones that last.
    merged: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag == _MERGE:
            merged = {**_merge(value_node, path, tree, constructor), **merged}
    own: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = None if key_node.tag == _MERGE else _key(key_node, path, tree, constructor)
        if key is None:
            continue
        here, mark = (*path, key), _mark(key_node.start_mark)
        if key in own:
            message = f"is given twice; the first is on line {tree.keys[here].line}"
            tree.problems.append(Problem(mark=mark, path=here, message=message))
            continue
        tree.keys[here], tree.values[here] = mark, _mark(value_node.start_mark)
        own[key] = _build(value_node, here, tree, constructor)
    return {**merged, **own}


def _key(node: Node, path: Path, tree: Tree, constructor: Any) -> str | None:
    key = _build_scalar(node, path, tree, constructor) if isinstance(node, ScalarNode) else None
    if isinstance(key, str):
        return key
    if isinstance(key, bool | int | float | date):
        message = f"the key {node.value} must be text; put it in quotes"
    else:
        message = "a key must be text"
    tree.problems.append(Problem(mark=_mark(node.start_mark), path=path, message=message))
    return None


def _merge(node: Node, path: Path, tree: Tree, constructor: Any) -> dict[str, Any]:
    """Build what a merge key (`<<: *base`) brings in; the first of several wins (https://yaml.org/type/merge.html)."""
    sources = node.value if isinstance(node, SequenceNode) else [node]
    result: dict[str, Any] = {}
    for source in sources:
        if isinstance(source, MappingNode):
            result = {**_build(source, path, tree, constructor), **result}
        else:
            mark = _mark(source.start_mark)
            tree.problems.append(Problem(mark=mark, path=path, message="'<<' takes a block of keys"))
    return result
