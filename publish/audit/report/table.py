"""A report as rows, for CSV."""

from __future__ import annotations

from collections.abc import Iterator

from publish.audit.report.values import Piece, Report

COLUMNS = (
    "article",
    "headline",
    "byline",
    "url",
    "original",
    "origin",
    "delivered by",
    "credit",
    "shown",
    "state",
    "basis",
    "grantor",
    "terms",
    "original published",
    "published here",
    "corrections",
    "longest correction, hours",
    "corrections late",
    "our own corrections",
    "withdrawn",
    "to notify",
    "notified",
    "fee",
    "fee to",
    "ends",
    "gaps",
)


def table_rows(report: Report) -> Iterator[tuple[object, ...]]:
    """Yield a row for each piece, in the order of COLUMNS."""
    yield from map(_row, report.pieces)


def _row(piece: Piece) -> tuple[object, ...]:
    delays = [change.delay.total_seconds() / 3600 for change in piece.corrections if change.delay is not None]
    return (
        piece.article_id,
        piece.headline,
        "; ".join(piece.byline),
        piece.url,
        piece.original,
        piece.origin,
        piece.supplier,
        piece.credit,
        piece.mode,
        piece.state,
        piece.basis,
        piece.grantor,
        piece.terms,
        piece.original_at,
        piece.published_at,
        len(piece.corrections),
        f"{max(delays):.1f}" if delays else None,
        sum(change.late for change in piece.corrections),
        "; ".join(change.text or "" for change in piece.own_corrections),
        piece.withdrawn_at,
        piece.notify,
        piece.notified_at,
        piece.fee,
        piece.fee_to,
        piece.ends_at,
        "; ".join(piece.gaps),
    )
