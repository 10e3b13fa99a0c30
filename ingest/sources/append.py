"""New partners at the end of a sources.yaml, its comments and all else left as they are."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ingest.errors import ConfigError, SourcesError
from ingest.sources.load import load_sources


def append_partners(path: Path, block: str) -> None:
    """Append the YAML of partners, indented by two blanks, to the block of partners at the end of a sources.yaml.

    The file is replaced in one step, and only by one that loads. Raises ConfigError where `partners:` is not what the
    file ends with, or cannot be continued; the file then stays as it is.
    """
    text = path.read_text(encoding="utf-8-sig")
    joint = "" if not text or text.endswith("\n") else "\n"
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".yaml", delete=False, encoding="utf-8") as draft:
        draft.write(f"{text}{joint}\n{block}")
    try:
        _check(Path(draft.name), path, len(load_sources(path).partners))
        Path(draft.name).chmod(path.stat().st_mode & 0o777)
        Path(draft.name).replace(path)
    finally:
        Path(draft.name).unlink(missing_ok=True)


def _check(draft: Path, path: Path, before: int) -> None:
    try:
        after = len(load_sources(draft).partners)
    except SourcesError as error:
        raise _refusal(path, error.problems[0].replace(draft.name, path.name)) from error
    if after <= before:
        raise _refusal(path, "the partners would not be read as partners")


def _refusal(path: Path, why: str) -> ConfigError:
    return ConfigError(
        f"the new partners cannot be appended: {why}",
        where=str(path),
        next_step="leave --write out, and paste what is printed under `partners:` yourself",
    )
