"""A manifest's pages for the benches: read once, unpacked, and the libraries that we measure ourselves against."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Reader: TypeAlias = Callable[[bytes, str], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One page with what is known of it."""

    record: dict[str, Any]
    content: bytes

    @property
    def url(self) -> str:
        """Where the page was fetched."""
        return str(self.record.get("url") or "")


def load(manifest: Path) -> list[Case]:
    """Return a manifest's pages."""
    return list(_load(manifest))


def _load(manifest: Path) -> Iterator[Case]:
    with manifest.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                record = json.loads(line)
                content = (manifest.parent / record["html_path"]).read_bytes()
                yield Case(record=record, content=gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)


def peers() -> dict[str, Reader]:
    """Return the libraries that are installed here, by name."""
    found: dict[str, Reader] = {}
    for name, module, reader in (
        ("trafilatura", "trafilatura", _trafilatura),
        ("newspaper4k", "newspaper", _newspaper),
    ):
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{name} is not installed and left out", file=sys.stderr)
        else:
            found[name] = reader
    return found


def _trafilatura(content: bytes, url: str) -> dict[str, Any]:
    trafilatura = importlib.import_module("trafilatura")
    document = trafilatura.bare_extraction(content, url=url, with_metadata=True)
    if document is None:
        return {}
    return {"title": document.title, "authors": document.author, "date": document.date, "body_text": document.text}


def _newspaper(content: bytes, url: str) -> dict[str, Any]:
    newspaper = importlib.import_module("newspaper")
    article = newspaper.Article(url or "https://page.example/", fetch_images=False)
    article.download(input_html=content.decode("utf-8", "replace"))
    article.parse()
    date = article.publish_date
    return {
        "title": article.title,
        "authors": list(article.authors),
        "date": date.isoformat() if hasattr(date, "isoformat") else date,
        "body_text": article.text,
    }
