"""The WordPress plugin as it is shipped: one file of PHP."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

#: What the file is called in WordPress: the folder below wp-content/plugins, and the file.
PLUGIN_PATH = ("reprint", "reprint.php")


@lru_cache(maxsize=1)
def plugin_bytes() -> bytes:
    """Return the plugin's file."""
    return (resources.files("publish.wordpress") / "plugin" / "reprint.php").read_bytes()


@lru_cache(maxsize=1)
def plugin_version() -> int:
    """Return the version that the shipped file has; an older one in WordPress lacks what we rely on."""
    found = re.search(rb"^const VERSION = (\d+);", plugin_bytes(), re.MULTILINE)
    if found is None:
        raise ValueError("the shipped plugin names no version")
    return int(found[1])
