"""What stands at the other place, as we left it: kept there, so that it lives and dies with what it tells of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import PublishError
from publish.remote.place import Place

#: Its name at the other place.
MANIFEST = ".reprint-manifest.json"


def digests_of(root: Path) -> dict[str, str]:
    """Return the SHA-256, hex, of each file of the site by its path; raises PublishError where one cannot be read.

    Files whose names begin with a dot are ours alone, and stay here.
    """
    found = {}
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if any(part.startswith(".") for part in path.split("/")) or not file.is_file():
            continue
        found[path] = hashlib.sha256(read_file(file)).hexdigest()
    return found


def read_file(file: Path) -> bytes:
    """Return a file's bytes; raises PublishError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise PublishError(
            f"cannot read the site: {error.strerror or error}",
            where=str(file),
            next_step="look at the folder's owner",
        ) from error


def read_manifest(place: Place) -> dict[str, str]:
    """Return the paths and digests of what we left there; none where there is no manifest, or no sound one."""
    content = place.read(MANIFEST)
    try:
        found = json.loads(content or b"{}")
    except ValueError:
        found = {}
    files = found.get("files") if isinstance(found, dict) else None
    if not isinstance(files, dict):
        return {}
    return {path: digest for path, digest in files.items() if isinstance(digest, str)}


def write_manifest(place: Place, files: Mapping[str, str]) -> None:
    """Leave word of what stands there; raises PublishError."""
    place.write(MANIFEST, json.dumps({"files": files}, sort_keys=True, indent=0).encode())
