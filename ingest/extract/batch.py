"""A manifest of pages to a file of articles, one JSON object a line, in the manifest's order."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from ingest.article import Article
from ingest.errors import ExtractError, ReprintError
from ingest.extract.page import DOCUMENT_MAX_BYTES, Page
from ingest.extract.pool import Extractor

#: Pages read ahead for each worker, so that none waits for the disk.
_AHEAD = 4
_GZIP = b"\x1f\x8b"
#: Line ends to some readers of JSON lines, though not to JSON (RFC 8259, section 7).
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the manifest: a page to extract, or what is wrong with the line."""

    number: int
    id: str | None
    path: Path | None = None
    url: str = ""
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class BatchReport:
    """What a batch came to."""

    pages: int
    extracted: int
    failed: int


#: Called after each page with the pages done and the pages there are.
Progress: TypeAlias = Callable[[int, int], None]


def extract_manifest(
    manifest: Path, out: Path, *, workers: int = 2, on_progress: Progress | None = None, timeout: float = 20.0
) -> BatchReport:
    """Extract every page of a manifest and write one line for each, in order.

    A line of `manifest` is a JSON object with `id`, `html_path` (relative to the manifest, gzip or plain), `url`;
    a line of `out` has `id`, `title`, `authors`, `date`, `body_text`, `byline_raw`, `language`, `canonical_url`, or
    `id` and `error`. Raises ExtractError when the manifest cannot be read or `out` cannot be written.
    """
    try:
        total = _count(manifest)
        with manifest.open(encoding="utf-8", errors="replace") as lines, out.open("w", encoding="utf-8") as sink:
            read = _read(lines, manifest.parent)
            extractor = Extractor(workers=workers, timeout=timeout)
            return asyncio.run(_batch(read, sink, total, extractor=extractor, on_progress=on_progress))
    except OSError as error:
        raise ExtractError(
            f"the batch cannot go on: {error.strerror}",
            where=str(error.filename or manifest),
            next_step="check that the manifest is there and the output's folder can be written to",
        ) from error


async def _batch(
    lines: Iterable[Line], sink: IO[str], total: int, *, extractor: Extractor, on_progress: Progress | None
) -> BatchReport:
    done = failed = 0
    async with extractor:
        async for row in _in_order(lines, extractor, window=extractor.workers * _AHEAD):
            sink.write(json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS) + "\n")
            done += 1
            failed += "error" in row
            if on_progress is not None:
                on_progress(done, total)
    return BatchReport(pages=done, extracted=done - failed, failed=failed)


async def _in_order(lines: Iterable[Line], extractor: Extractor, *, window: int) -> AsyncIterator[dict[str, object]]:
    """Yield the rows in the lines' order with at most `window` pages under way."""
    waiting: deque[asyncio.Task[dict[str, object]]] = deque()
    for line in lines:
        waiting.append(asyncio.create_task(_row(line, extractor)))
        if len(waiting) >= window:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


async def _row(line: Line, extractor: Extractor) -> dict[str, object]:
    if line.error is not None or line.path is None:
        return {"id": line.id, "error": f"line {line.number}: {line.error}"}
    try:
        page = Page(content=_content(line.path), url=line.url)
        article = await extractor.extract(page)
    except ReprintError as error:
        return {"id": line.id, "error": str(error)}
    except (OSError, EOFError, zlib.error) as error:
        return {"id": line.id, "error": f"line {line.number}: {line.path.name} cannot be read: {error}"}
    return {"id": line.id, **row_of(article)}


def row_of(article: Article) -> dict[str, object]:
    """Return an article as a line of a batch's output, without its `id`.

    `body_text` is what stands under the headline: the standfirst, then the body, a blank line between paragraphs.
    """
    return {
        "title": article.headline,
        "authors": list(article.byline.names),
        "date": article.published_at.isoformat() if article.published_at else None,
        "body_text": "\n\n".join(filter(None, (article.standfirst, article.body.text))),
        "byline_raw": article.byline.raw,
        "language": article.language,
        "canonical_url": article.canonical_url,
    }


def _content(path: Path) -> bytes:
    """Return a file's bytes, unpacked where it is gzip, and no more of them than a page may hold."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        if not packed:
            return file.read(DOCUMENT_MAX_BYTES + 1)
        with gzip.open(file) as unpacked:
            return unpacked.read(DOCUMENT_MAX_BYTES + 1)


def _count(manifest: Path) -> int:
    with manifest.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _read(lines: Iterable[str], folder: Path) -> Iterator[Line]:
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield _line(number, text, folder)


def _line(number: int, text: str, folder: Path) -> Line:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Line(number=number, id=None, error=f"not JSON ({error})")
    if not isinstance(record, dict):
        return Line(number=number, id=None, error="not a JSON object")
    name = record.get("id")
    path, url = record.get("html_path"), record.get("url") or ""
    if not isinstance(name, str | int) or not isinstance(path, str) or not isinstance(url, str):
        return Line(number=number, id=str(name) if name is not None else None, error="needs id, html_path and url")
    return Line(number=number, id=str(name), path=folder / path, url=url)
