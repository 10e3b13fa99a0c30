"""A manifest goes in, one line comes out for each of its lines, in order."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ingest.errors import ExtractError
from ingest.extract import extract_manifest
from tests.ingest.extract.pages import PROSE, html_of, paragraphs

HEAD = (
    '<title>Harbour to be rebuilt</title><meta property="article:published_time" content="2026-05-05T12:00:00+02:00">'
)


def _write(folder: Path, lines: list[str]) -> Path:
    page = html_of(
        f'<h1>Harbour to be rebuilt</h1><p class="byline">By Jane Doe</p><article>{paragraphs(*PROSE)}</article>',
        head=HEAD,
    )
    (folder / "html").mkdir()
    (folder / "html/plain.html").write_bytes(page)
    (folder / "html/packed.html.gz").write_bytes(gzip.compress(page))
    (folder / "html/torn.html.gz").write_bytes(gzip.compress(page)[:60])
    (folder / "html/empty.html").write_bytes(b"")
    manifest = folder / "m.jsonl"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest


def _line(name: str, path: str) -> str:
    return json.dumps({"id": name, "html_path": path, "url": f"https://news.example/{name}", "more": 1})


def _rows(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_each_page_gives_a_line_with_its_fields(tmp_path: Path) -> None:
    """Gzip or plain, the fields are the same."""
    manifest = _write(tmp_path, [_line("a", "html/plain.html"), _line("b", "html/packed.html.gz")])
    progress: list[tuple[int, int]] = []
    report = extract_manifest(
        manifest, tmp_path / "p.jsonl", workers=2, on_progress=lambda done, total: progress.append((done, total))
    )
    first, second = _rows(tmp_path / "p.jsonl")
    assert first == {
        "id": "a",
        "title": "Harbour to be rebuilt",
        "authors": ["Jane Doe"],
        "date": "2026-05-05T12:00:00+02:00",
        "body_text": "\n\n".join(PROSE),
        "byline_raw": first["byline_raw"],
        "language": first["language"],
        "canonical_url": "https://news.example/a",
    }
    assert {**second, "id": "a", "canonical_url": "https://news.example/a"} == first
    assert (report.pages, report.extracted, report.failed) == (2, 2, 0)
    assert progress == [(1, 2), (2, 2)]


def test_the_standfirst_is_read_before_the_body(tmp_path: Path) -> None:
    """It is a field of its own in an article, and a paragraph to who reads the text alone."""
    manifest = _write(tmp_path, [_line("deck", "html/deck.html")])
    deck = '<h1>Harbour to be rebuilt</h1><p class="standfirst">The council votes for the mole.</p>'
    (tmp_path / "html/deck.html").write_bytes(html_of(f"{deck}<article>{paragraphs(*PROSE)}</article>", head=HEAD))
    extract_manifest(manifest, tmp_path / "p.jsonl", workers=1)
    [row] = _rows(tmp_path / "p.jsonl")
    assert row["body_text"] == "\n\n".join(("The council votes for the mole.", *PROSE))


def test_what_cannot_be_read_gets_a_line_with_the_error(tmp_path: Path) -> None:
    """A broken line, a missing file, a torn one and an empty page cost themselves only, and the order stays."""
    lines = [
        "{not json",
        _line("gone", "html/none.html"),
        _line("torn", "html/torn.html.gz"),
        _line("empty", "html/empty.html"),
        '{"id": "no-path", "url": "https://news.example/"}',
        "",
        "[1]",
        _line("fine", "html/plain.html"),
    ]
    report = extract_manifest(_write(tmp_path, lines), tmp_path / "p.jsonl", workers=1)
    rows = _rows(tmp_path / "p.jsonl")
    assert [row["id"] for row in rows] == [None, "gone", "torn", "empty", "no-path", None, "fine"]
    assert ["error" in row for row in rows] == [True] * 6 + [False]
    assert str(rows[0]["error"]).startswith("line 1: not JSON")
    assert "html_path" in str(rows[4]["error"])
    assert (report.pages, report.extracted, report.failed) == (7, 1, 6)


def test_a_line_is_a_line_to_every_reader(tmp_path: Path) -> None:
    """Unicode's own line separators within a text are escaped, and come back."""
    manifest = _write(tmp_path, [_line("odd", "html/odd.html")])
    (tmp_path / "html/odd.html").write_bytes(
        html_of(f"<article>{paragraphs(*PROSE, PROSE[0][:80] + chr(0x2028) + 'x.')}</article>")
    )
    extract_manifest(manifest, tmp_path / "p.jsonl", workers=1)
    [row] = _rows(tmp_path / "p.jsonl")
    assert chr(0x2028) in str(row["body_text"])


def test_many_pages_keep_their_order(tmp_path: Path) -> None:
    """Two workers finish out of turn; the lines do not."""
    names = [f"n{n}" for n in range(40)]
    manifest = _write(tmp_path, [_line(name, "html/plain.html") for name in names])
    extract_manifest(manifest, tmp_path / "p.jsonl", workers=2)
    assert [row["id"] for row in _rows(tmp_path / "p.jsonl")] == names


def test_a_manifest_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    """What, where, and what to check."""
    with pytest.raises(ExtractError, match="check that the manifest is there"):
        extract_manifest(tmp_path / "none.jsonl", tmp_path / "p.jsonl", workers=1)
