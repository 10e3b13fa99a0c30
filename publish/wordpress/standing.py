"""What a post that is there means for what we are about to do (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ingest.store.remotes import Remote
from publish.wordpress.post import LIVE, STAGED, WITHDRAWN, Found, Post

#: What only an editor can have made of a post that we showed.
_OFFLINE = frozenset({"draft", "pending", "private", "auto-draft"})


@dataclass(frozen=True, kw_only=True)
class AsItIs:
    """It is what it is to be: a write whose answer we never got, or nothing new."""


@dataclass(frozen=True, kw_only=True)
class Ours:
    """Nobody touched it since we did: it may be written."""


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Somebody changed it in WordPress: it is not written over."""

    how: str


Standing: TypeAlias = AsItIs | Ours | Touched


def standing_of(found: Found, post: Post, *, remote: Remote | None, shown: bool) -> Standing:
    """Tell what a post that carries our id is; `shown` tells whether the configuration shows posts at once."""
    if remote is not None and remote.overwrite:
        return Ours()
    if found.status == "trash":
        return Touched(how="it lies in WordPress's trash")
    if found.stage == STAGED:
        # Nobody was shown it yet; what differs, a plugin made of it while it was saved.
        return Ours()
    if not _untouched(found, remote):
        return Touched(how="its words were changed in WordPress")
    if shown and found.stage == LIVE and found.status in _OFFLINE:
        return Touched(how=f"it was taken offline in WordPress (it is {found.status})")
    return AsItIs() if found.stage == LIVE and found.meta.get("digest") == post.meta["digest"] else Ours()


def needs_showing(found: Found, remote: Remote | None) -> bool:
    """Tell whether its status is ours to set: it never stood there, or no longer, or a person lets us."""
    return found.stage in {STAGED, WITHDRAWN, ""} or (remote is not None and remote.overwrite)


def _untouched(found: Found, remote: Remote | None) -> bool:
    """Tell whether its words are those of our last write: by its own seal, or as we saw them after it."""
    return found.seal == found.meta.get("seal") or (remote is not None and found.seal == remote.seen)
