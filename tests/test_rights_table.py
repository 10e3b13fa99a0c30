"""docs/rights.md is true: every test that it names exists, and every rule of the terms is in it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from ingest.terms import Terms

ROOT = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "rights.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "::" in line
]


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of a module's functions."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_rule_names_tests_that_exist(row: list[str]) -> None:
    """A rule without a test for its yes and one for its no is only a promise."""
    assert len(row) == 5
    for name in row[3:]:
        path, _, function = name.partition("::")
        assert function in functions(path), name


def test_every_rule_of_the_terms_is_in_the_table() -> None:
    """A new field of the terms needs its row."""
    fields = {field for row in ROWS for field in re.findall(r"`(\w+)`", row[1])}
    assert fields == set(Terms.model_fields)
