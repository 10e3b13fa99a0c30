"""A text goes to the person's editor and comes back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ingest.errors import ConfigError
from publish.commands.editor import written_in_editor


@pytest.mark.parametrize(
    ("program", "written"),
    [
        ("import sys; open(sys.argv[1], 'a').write('more')", "words\nmore"),
        ("pass", None),
    ],
)
def test_what_the_editor_saves_is_what_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, written: str | None
) -> None:
    """The saved text comes back; an editor that is left without a change means nothing is to change."""
    script = tmp_path / "an editor.py"
    script.write_text(program, encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}'")
    assert written_in_editor("words\n") == written


@pytest.mark.parametrize(("command", "says"), [("/no/such/editor", "cannot be started"), ("false", "ended with 1")])
def test_an_editor_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch, command: str, says: str) -> None:
    """It is told, with what to do instead."""
    monkeypatch.setenv("VISUAL", command)
    with pytest.raises(ConfigError, match=says):
        written_in_editor("words\n")
