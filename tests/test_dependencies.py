"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _declared(*, extras: bool = False) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    chosen = [optional[extra] for extra in optional if extras and extra != "bench"]
    wanted = [requirement for part in (project["dependencies"], *chosen) for requirement in part]
    return {_plain(re.split(r"[\[<>=~! ;]", requirement)[0]) for requirement in wanted}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(*, at_once: bool = False) -> set[str]:
    """Return the modules that are imported anywhere; with `at_once`, those that importing ours brings in."""
    files = [file for package in ("ingest", "publish") for file in (ROOT / package).rglob("*.py")]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    nodes = [node for tree in trees for node in (tree.body if at_once else ast.walk(tree))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    source = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | source} - set(sys.stdlib_module_names) - {"ingest", "publish"}


def test_every_import_is_declared() -> None:
    """A bare machine gets all that the program imports; an extra's parts are imported only where they are used."""
    assert _missing(_imported(), _declared(extras=True)) == set()
    assert _missing(_imported(at_once=True), _declared()) == set()


def _missing(modules: set[str], declared: set[str]) -> set[str]:
    owners = packages_distributions()
    # What pydantic is made of comes with it.
    wanted = modules - {"pydantic_core"}
    return {module for module in wanted if not {_plain(owner) for owner in owners.get(module, [])} & declared}


def test_every_declaration_is_imported() -> None:
    """Nobody installs what nothing uses."""
    owners = packages_distributions()
    used = {_plain(owner) for module in _imported() for owner in owners.get(module, [])}
    # trafilatura asks for the first by an extra of lxml's that older installers pass over; httpcore looks for the
    # second several times a request, and finding it is cheaper than not; starlette reads forms with the third.
    assert _declared() - used == {"lxml-html-clean", "sniffio", "python-multipart"}
