"""A newsroom for tests: a folder with sources.yaml, store and site, worked by the real command in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """The folder, and the base URLs of the sites that it takes from."""

    folder: Path
    bases: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """The environment that leads the command to this newsroom."""
        return os.environ | {
            "REPRINT_SOURCES": str(self.folder / "sources.yaml"),
            "REPRINT_DATABASE_URL": f"sqlite:///{self.folder / 'reprint.db'}",
            "REPRINT_SITE": str(self.folder / "site"),
            "REPRINT_IMAGES": str(self.folder / "images"),
            "REPRINT_ALLOW_NETWORKS": "127.0.0.1/32",
            "REPRINT_LOG_LEVEL": "error",
        }

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start the real command and return its process."""
        return subprocess.Popen(
            [sys.executable, "-m", "publish.cli", *words],
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start_with_input(self, *words: str) -> subprocess.Popen[str]:
        """Start the real command with a pipe as its standard input."""
        return subprocess.Popen(
            [sys.executable, "-m", "publish.cli", *words],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the real command to its end."""
        with self.start(*words, **environment) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def json(self, *words: str) -> Any:
        """Run a command with --json and return what it printed."""
        done = self.run(*words, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def ingest_and_publish(self) -> None:
        """Do the main job once."""
        for words in (("ingest",), ("publish",)):
            done = self.run(*words)
            assert done.returncode in {0, 1}, done.stderr

    def site_bytes(self) -> dict[str, bytes]:
        """Return every file of the published site."""
        root = self.folder / "site"
        return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
