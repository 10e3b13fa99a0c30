"""Whatever server and document say of their character set, the words come out right."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.feed.charset import decode_text
from tests.ingest.feed.feeds import only


def said(declared: str | None, encoding: str, words: str, mark: bytes = b"") -> bytes:
    """Return a feed in an encoding that declares this or another."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f"{head}<rss version='2.0'><channel><item><title>{words}</title></item></channel></rss>"
    return mark + text.encode(encoding)


@pytest.mark.parametrize(
    ("declared", "served", "encoding", "words"),
    [
        ("utf-8", "", "utf-8", "Größe — “ok”"),
        (None, "", "utf-8", "Größe"),
        ("utf-8", "text/xml", "utf-8", "Größe"),
        ("utf-8", "text/xml; charset=iso-8859-1", "utf-8", "Größe"),
        ("iso-8859-1", "application/xml; charset=iso-8859-1", "utf-8", "Größe"),
        ("utf-8", "text/xml; charset=utf-8", "cp1252", "Größe — Übergröße"),
        ("iso-8859-1", "text/xml", "cp1252", "Größe — “ok”"),
        ("windows-1251", "text/xml; charset=utf-8", "cp1251", "Слово"),
        (None, 'text/xml; charset="windows-1251"', "cp1251", "Слово"),
        ("windows-1251", "text/xml; charset=iso-8859-1", "cp1251", "Слово"),
        ("shift_jis", "", "shift_jis", "日本語"),
        ("gb2312", "", "gb18030", "鎔基"),
        ("iso-2022-jp", "", "iso-2022-jp", "日本語"),
        ("no-such-set", "text/xml; charset=nonsense", "utf-8", "Größe"),
        ("utf-16", "", "utf-8", "Größe"),
        ("rot13", "", "utf-8", "Größe"),
    ],
)
def test_words_survive_their_labels(declared: str | None, served: str, encoding: str, words: str) -> None:
    """Valid UTF-8 is UTF-8 whatever is claimed; else the document's word goes before the server's (picoFeed #222)."""
    assert only(said(declared, encoding, words), content_type=served).headline == words


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_marks_and_shapes_decide(encoding: str, mark: bytes) -> None:
    """A byte order mark, or the shape of the first character, goes before every label."""
    assert (
        only(said("iso-8859-1", encoding, "Größe", mark), content_type="text/xml; charset=ascii").headline == "Größe"
    )


def test_a_few_broken_bytes_break_no_more() -> None:
    """One broken byte in UTF-8 costs that character, not every other one."""
    broken = said("utf-8", "utf-8", "Größe ÄÖÜ X").replace(b"X", b"\xff")
    assert only(broken).headline == "Größe ÄÖÜ \ufffd"


def test_utf_7_is_not_read() -> None:
    """UTF-7, which smuggles markup through ASCII, stays what it looks like."""
    assert only(said("utf-7", "ascii", "+ADw-b+AD4-")).headline == "+ADw-b+AD4-"


@given(
    st.binary(max_size=200),
    st.sampled_from(["", "text/xml; charset=utf-8", "text/xml; charset=\x00", "a; charset=hex"]),
)
def test_any_bytes_are_some_text(content: bytes, served: str) -> None:
    """No bytes and no header make decoding fail."""
    decode_text(content, {"content-type": served})
