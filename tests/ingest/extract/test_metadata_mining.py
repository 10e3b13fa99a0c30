"""What a page says on text and data mining."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ingest.extract.article import extract_article
from ingest.extract.page import Page
from ingest.mining import Mining, mining_of

POLICY = "https://forum.example/tdm.json"
WORDS = "The harbour at low water smells of diesel and kelp, and the first boat goes out at four. " * 12


def _mining(head: str = "", headers: Mapping[str, str] | None = None) -> Mining:
    text = "".join(f"<p>{WORDS}</p>" for _ in range(4))
    page = (
        f"<html><head><title>A line</title>{head}</head><body><article><h1>A line</h1>{text}</article></body></html>"
    )
    return mining_of(
        extract_article(Page(content=page.encode(), url="https://forum.example/a", headers=headers or {}))
    )


@pytest.mark.parametrize(
    ("head", "headers", "expected"),
    [
        ("", {}, Mining()),
        ('<meta name="tdm-reservation" content="1">', {}, Mining(reserved=True)),
        ('<meta name="tdm-reservation" content="0">', {}, Mining(reserved=False)),
        (
            f'<meta name="TDM-Reservation" content=" 1 "><meta name="tdm-policy" content="{POLICY}">',
            {},
            Mining(reserved=True, policy=POLICY),
        ),
        ("", {"tdm-reservation": "1", "tdm-policy": POLICY}, Mining(reserved=True, policy=POLICY)),
        ('<meta name="tdm-reservation" content="0">', {"tdm-reservation": "1"}, Mining(reserved=False)),
        ('<meta name="tdm-reservation" content="yes">', {}, Mining()),
        (f'<meta name="tdm-policy" content="{POLICY}">', {}, Mining()),
        (
            '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="javascript:alert(1)">',
            {},
            Mining(reserved=True),
        ),
        (
            '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://u:p@forum.example/">',
            {},
            Mining(reserved=True),
        ),
    ],
)
def test_a_reservation_is_read_as_it_is_said(head: str, headers: Mapping[str, str], expected: Mining) -> None:
    """From the page, else from its server; unknown words say nothing, and a policy counts with a reservation only."""
    assert _mining(head, headers) == expected


def test_metas_pass_it_on_word_for_word() -> None:
    """Nothing is said where the original says nothing."""
    assert Mining().metas == ()
    assert Mining(reserved=False).metas == (("tdm-reservation", "0"),)
    assert Mining(reserved=True, policy=POLICY).metas == (("tdm-reservation", "1"), ("tdm-policy", POLICY))
