"""An explanation shows every reading, block and doubt, and nothing that is not on the article."""

from __future__ import annotations

from ingest.extract import explain
from ingest.extract.article import extract_article
from tests.ingest.extract.pages import PROSE, page_of, paragraphs


def test_rows_follow_the_article() -> None:
    """Blocks come in page order with fate and reason; doubts come last, in words."""
    body = (
        f'<h1>Harbour to be rebuilt</h1><article>{paragraphs(PROSE[0])}<div class="share">Tweet this</div></article>'
    )
    article = extract_article(page_of(body))
    rows = explain(article)
    blocks = [row for row in rows if row.kind == "block"]
    assert [(row.name, row.why, row.text) for row in blocks] == [
        ("kept", "body", PROSE[0]),
        ("dropped", "share", "Tweet this"),
    ]
    assert [row.name for row in rows if row.kind == "doubt"] == ["short-body"]
    assert len([row for row in rows if row.kind == "field"]) == len(article.evidence)
    assert any(row.good and row.name == "headline" for row in rows)
