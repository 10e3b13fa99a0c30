"""Bytes become the text that the writer wrote, whatever the server says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.decode import decode

HTML = "text/html"


@pytest.mark.parametrize(
    ("content", "header", "expected"),
    [
        pytest.param(
            "naïve – “yes”".encode(), "text/html; charset=iso-8859-1", "naïve – “yes”", id="header-lies-utf8"
        ),
        pytest.param("naïve – “yes”".encode("cp1252"), "text/html; charset=iso-8859-1", "naïve – “yes”", id="cp1252"),
        pytest.param("naïve".encode("utf-16"), HTML, "naïve", id="utf16-bom"),
        pytest.param(
            b"\xef\xbb\xbfcaf\xc3\xa9", "text/html; charset=windows-1251", "café", id="utf8-bom-beats-header"
        ),
        pytest.param("Привет, мир".encode("cp1251"), "text/html; charset=windows-1251", "Привет, мир", id="header"),
        pytest.param("あいう".encode("shift_jis"), "text/html; charset=Shift_JIS", "あいう", id="shift-jis"),
        pytest.param("あいう".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "あいう", id="seven-bit"),
        pytest.param(
            "中文内容".encode("gb18030"), "text/html; charset=gb2312", "中文内容", id="gb2312-means-gb18030"
        ),
        pytest.param(b"a\x00b\x01c", "", "abc", id="nul-and-controls"),
        pytest.param("naïve".encode("cp1252"), "text/html; charset=no-such-set", "naïve", id="unknown-label"),
        pytest.param(b"plain", "text/html; charset=hex", "plain", id="a-codec-that-is-no-character-set"),
    ],
)
def test_the_charset_is_found_in_a_sane_order(content: bytes, header: str, expected: str) -> None:
    """A BOM wins, then valid UTF-8, then what the header declares, in its web superset."""
    assert decode(content, headers={"content-type": header}) == expected


def test_meta_speaks_where_the_header_is_silent() -> None:
    """A declaration in the document counts when the server gives none."""
    content = '<html><head><meta charset="windows-1250"></head><body>Łódź</body></html>'.encode("cp1250")
    assert "Łódź" in decode(content, headers={})


def test_an_undeclared_page_is_detected() -> None:
    """Cyrillic text without any declaration is not read as Latin."""
    content = ("Совет порта решил во вторник восстановить восточный мол, разрушенный зимними бурями. " * 8).encode(
        "cp1251"
    )
    assert "восточный мол" in decode(content, headers={})


def test_one_broken_sequence_does_not_turn_utf8_into_latin() -> None:
    """A cut character in a long declared UTF-8 page costs that character only."""
    content = ("Größe und Maß. " * 200).encode() + b"\xc3" + " Schluß".encode()
    text = decode(content, headers={"content-type": "text/html; charset=utf-8"})
    assert "Größe" in text
    assert "Schluß" in text


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_give_some_text(content: bytes, label: str) -> None:
    """Decoding never raises, and never lets a NUL through."""
    assert "\x00" not in decode(content, headers={"content-type": f"text/html; charset={label}"})
