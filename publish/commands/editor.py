"""A text in the editor that a person likes."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import ConfigError

#: Without a terminal's person there is none to ask; `vi` is the one that POSIX promises.
_FALLBACK = "vi"


def written_in_editor(text: str) -> str | None:
    """Open a text in $VISUAL or $EDITOR and return what was saved; None where nothing was changed.

    Raises ConfigError where the editor cannot be started or fails; nothing is lost then but what was typed.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _FALLBACK
    with TemporaryDirectory(prefix="reprint-") as folder:
        file = Path(folder) / "article.md"
        file.write_text(text, encoding="utf-8")
        _run([*shlex.split(command), str(file)], command)
        try:
            written = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _failed(command, "left no text in UTF-8") from error
    return None if written == text else written


def _run(words: list[str], command: str) -> None:
    try:
        ended = subprocess.run(words, check=False)  # noqa: S603 - the person's own editor, without a shell
    except OSError as error:
        raise _failed(command, f"cannot be started: {error.strerror}") from error
    if ended.returncode:
        raise _failed(command, f"ended with {ended.returncode}")


def _failed(command: str, why: str) -> ConfigError:
    return ConfigError(
        f"the editor {command!r} {why}", where="$EDITOR", next_step="set EDITOR, or give the text with --file"
    )
