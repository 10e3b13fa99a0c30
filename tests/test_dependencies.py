"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {_plain(re.split(r"[\[<>=~! ;]", requirement)[0]) for requirement in project["dependencies"]}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported() -> set[str]:
    files = [file for package in ("ingest", "publish") for file in (ROOT / package).rglob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    source = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | source} - set(sys.stdlib_module_names) - {"ingest", "publish"}


def test_every_import_is_declared() -> None:
    """A bare machine gets all that the program imports; what pydantic is made of comes with it."""
    owners = packages_distributions()
    missing = {
        module
        for module in _imported() - {"pydantic_core"}
        if not {_plain(owner) for owner in owners.get(module, [])} & _declared()
    }
    assert missing == set()


def test_every_declaration_is_imported() -> None:
    """Nobody installs what nothing uses."""
    owners = packages_distributions()
    used = {_plain(owner) for module in _imported() for owner in owners.get(module, [])}
    # trafilatura asks for the first by an extra of lxml's that older installers pass over; httpcore looks for the
    # second several times a request, and finding it is cheaper than not; starlette reads forms with the third.
    assert _declared() - used == {"lxml-html-clean", "sniffio", "python-multipart"}
