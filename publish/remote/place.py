"""One other place, through fsspec: read, write whole, remove, with a few tries each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import fsspec  # type: ignore[import-untyped]  # ships no types
import structlog

from ingest.errors import ConfigError, PublishError
from ingest.urls import has_credentials
from publish.remote.headers import headers_of
from publish.site.writer import write_if_changed

log = structlog.get_logger()

T = TypeVar("T")

#: Seconds to wait before each further try.
PAUSES = (0.5, 2.0, 8.0)
#: File systems that show a file only when it is whole, by the modules that they come from.
_WHOLE = ("obstore.", "s3fs.", "gcsfs.", "adlfs.", "fsspec.implementations.memory")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder or a bucket's prefix at some fsspec URL."""

    url: str
    system: Any
    root: str
    pauses: tuple[float, ...] = PAUSES

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; raises PublishError."""

        def get() -> bytes | None:
            try:
                content: bytes = self.system.cat_file(self._at(path))
            except FileNotFoundError:
                return None
            return content

        return self._tried("read", path, get)

    def write(self, path: str, content: bytes) -> None:
        """Put a file there, in place of an older one, with its headers; raises PublishError."""
        self._tried("write", path, lambda: self._put(path, content))

    def remove(self, path: str) -> None:
        """Remove a file if it is there; raises PublishError."""

        def drop() -> None:
            try:
                self.system.rm_file(self._at(path))
            except FileNotFoundError:
                return

        self._tried("remove", path, drop)

    def _put(self, path: str, content: bytes) -> None:
        at, module = self._at(path), type(self.system).__mro__
        names = " ".join(kind.__module__ for kind in module)
        headers = headers_of(path)
        if "fsspec.implementations.local" in names:
            write_if_changed(Path(at), content)
        elif "obstore." in names:
            attributes = {"Content-Type": headers.content_type, "Cache-Control": headers.cache_control}
            with self.system.open(at, "wb", attributes=attributes) as file:
                file.write(content)
        elif "s3fs." in names:
            self.system.pipe_file(at, content, ContentType=headers.content_type, CacheControl=headers.cache_control)
        elif any(name in names for name in _WHOLE):
            self.system.pipe_file(at, content)
        else:
            self._put_by_renaming(at, content)

    def _put_by_renaming(self, at: str, content: bytes) -> None:
        """Write under another name first: a reader of SFTP or FTP would see a half file."""
        self.system.makedirs(at.rpartition("/")[0], exist_ok=True)
        self.system.pipe_file(f"{at}.part", content)
        self.system.mv(f"{at}.part", at)

    def _at(self, path: str) -> str:
        return f"{self.root.rstrip('/')}/{path}"

    def _tried(self, what: str, path: str, act: Callable[[], T]) -> T:
        for pause in (*self.pauses, None):
            try:
                return act()
            except PublishError:
                raise
            except Exception as error:
                if pause is None:
                    reason = (str(error) or type(error).__name__).splitlines()[0][:300]
                    raise PublishError(
                        f"cannot {what} {path}: {reason}",
                        where=self.url,
                        next_step="see that it exists and that you may write there; it is tried again by itself",
                    ) from error
                log.info("mirror.again", place=self.url, path=path, error=type(error).__name__)
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")


def place_of(url: str, *, pauses: tuple[float, ...] = PAUSES) -> Place:
    """Return the place of an fsspec URL; raises ConfigError where we cannot work with it.

    Keys are taken from the environment, as each file system knows them (AWS_ACCESS_KEY_ID, ...); never from the URL.
    """
    if has_credentials(url):
        raise ConfigError(
            "this address holds a user name or password, which would end up in logs",
            where="mirrors",
            next_step="take it out, and give the keys in the environment",
        )
    _know_s3(url)
    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ConfigError(
            f"{url.partition('://')[0]}:// is no kind of place that is installed here: {error}",
            where="mirrors",
            next_step="install reprint[s3] for s3://, or fsspec's package for that kind",
        ) from error
    return Place(url=url, system=system, root=root, pauses=pauses)


def _know_s3(url: str) -> None:
    """Take obstore for S3, which tells content types and has no dependencies, where it is installed."""
    if not url.startswith("s3://"):
        return
    try:
        from obstore.fsspec import register
    except ImportError:
        return
    register("s3")
