"""docs/rights.md is true: every test that it names exists, and every rule of the terms is in it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from ingest.terms import CreditRule, Duties, Grant, Terms
from publish.audit import CODES

ROOT = Path(__file__).parent.parent
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "rights.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "::" in line
]
ROWS = [line for line in LINES if len(line) == 5]
DEMANDS = [line for line in LINES if len(line) == 4]
#: What a rule of a block is called in the tables: `credit.byline`, `duties.fee`.
RULES = {*Terms.model_fields, "other_terms"} | {
    f"{block}.{name}"
    for block, model in (("grant", Grant), ("credit", CreditRule), ("duties", Duties))
    for name in model.model_fields
}
REASONS = {
    node.value
    for file in (ROOT / "ingest" / "rights").glob("*.py")
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of a module's functions."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def exists(name: str) -> bool:
    """Tell whether a test is there, by path::function."""
    path, _, function = name.partition("::")
    return function in functions(path)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_rule_names_tests_that_exist(row: list[str]) -> None:
    """A rule without a test for its yes and one for its no is only a promise."""
    for name in row[3:]:
        assert exists(name), name


@pytest.mark.parametrize("row", DEMANDS, ids=[row[0] for row in DEMANDS])
def test_each_demand_names_what_exists(row: list[str]) -> None:
    """A rule, finding or test that was renamed leaves no promise behind."""
    _demand, rules, found, test = row
    for name in re.findall(r"`([^`]+)`", rules):
        assert name.partition(":")[0] in RULES | {"{newsroom}"}, name
    for code in re.findall(r"`([^`]+)`", found):
        assert code in CODES or code in REASONS, code
    assert exists(test), test


def test_no_line_of_the_tables_is_left_out() -> None:
    """A line with a column too many would be checked by neither test."""
    assert len(ROWS) + len(DEMANDS) == len(LINES)
    assert len(DEMANDS) >= 25


def test_every_rule_of_the_terms_is_in_the_table() -> None:
    """A new field of the terms needs its row."""
    fields = {field for row in ROWS for field in re.findall(r"`(\w+)`", row[1])}
    assert fields == set(Terms.model_fields)
