"""One pattern for many words, with common beginnings shared: several times as fast as asking for each."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Node = dict[str, "_Node"]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern whose `search` finds any of the words, of which there must be one, be it within another."""
    root: _Node = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return re.compile(_joined(root))


def _joined(node: _Node) -> str:
    if "" in node:  # the shortest word is enough
        return ""
    branches = [re.escape(char) + _joined(below) for char, below in sorted(node.items())]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
