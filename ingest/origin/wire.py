"""Wire datelines ("LONDON (Reuters) - ...") and agency signatures: a text that came from a news agency (pure)."""

from __future__ import annotations

import re

from ingest.article import OriginClaim, Source
from ingest.origin.agencies import SIGNS, agency_named

# Case counts: "AP" in capitals is a sign, "ap" is not. Longest signs first, so that "AP News" is not read as "AP".
_SIGN = "(?P<sign>" + "|".join(re.escape(sign) for sign in SIGNS) + "|REUTERS|DPA)"
_DASH = "[\u2014\u2013\u2015\u2212-]{1,3}|:"
# AP Stylebook, "datelines": place in capitals, at times state or day, the agency in brackets, a dash.
_DATELINE = re.compile(
    rf"(?P<line>(?P<place>(?!The\b)[^\W\d_][^()\"“”:]{{1,70}}\s)?[(/]{_SIGN}(?:\s*/[^()]{{1,40}})?[)/]\s*(?:{_DASH}))\s*\S"
)
# An agency that is not among ours signs in the same form; then the place has to be in capitals.
_UNKNOWN = re.compile(
    rf"(?P<line>(?P<place>[A-Z]{{3,}}[^()\"“”:]{{0,60}}\s)\((?P<sign>[A-Z]{{2,6}})\)\s*(?:{_DASH}))\s*\S"
)
_SMALL = frozenset(
    ["al", "am", "an", "and", "da", "de", "del", "den", "der", "di", "do", "el", "en", "la", "le", "of", "on", "upon"]
)
_SOURCE = (
    r"(?:(?:News |Article |Story )?Source|Quelle|Fuente|Fonte|Bron|Источник|Källa|Kilde|来源|來源)\s*[:\uff1a]\s*"
)
_SIGNATURE = re.compile(
    rf"[(\[]?\s*(?:{_SOURCE}|By\s+(?:[tT]he\s+)?|[\u2014\u2013-]\s*|(?<=[(\[]))(?:The\s+)?{_SIGN}\s*[)\]]?\s*\.?"
)
_BRACKETED = re.compile(rf"[(\[]\s*{_SIGN}\s*[)\]]\s*(?:{_DASH})?")
_COPYRIGHT = re.compile(
    r"(?:Copyright|\(c\)|©)+\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d)?,?\s*(?:by\s+)?(?:The\s+)?"
    rf"{_SIGN}(?:\s+(?:19|20)\d\d)?\.?"
    r"(?:\s*All rights reserved\.?.{0,160})?",
    re.IGNORECASE,
)


def wire_claim(text: str) -> OriginClaim | None:
    """Return the claim of a paragraph that begins with a wire dateline, or None; the paragraph stays body text.

    An agency that we do not know is named as it signs, in passing: "VAILOA (NCP) - ..." gives a weak "NCP", which may
    as well be the publisher's own sign.
    """
    line = " ".join(text[:200].split())
    match = _DATELINE.match(line) or _UNKNOWN.match(line)
    if match is None or not _is_place(match["place"] or ""):
        return None
    return _claim(match["sign"], match["line"], Source.BODY)


def agency_signature(text: str) -> OriginClaim | None:
    """Return the claim of a paragraph that is nothing but an agency's signature ("(AP)", "Source: AFP"), or None."""
    line = " ".join(text.split())
    if len(line) > 300:
        return None
    match = _SIGNATURE.fullmatch(line) or _BRACKETED.fullmatch(line) or _COPYRIGHT.fullmatch(line)
    return _claim(match["sign"], line, Source.BODY) if match else None


def _is_place(words: str) -> bool:
    """Tell whether words are a place and a day: none in small letters but those that stand within names."""
    return all(not word[:1].islower() or word in _SMALL for word in words.split())


def _claim(sign: str, evidence: str, source: Source) -> OriginClaim:
    agency = agency_named(sign)
    return OriginClaim(name=agency or sign, url=None, source=source, evidence=evidence, weak=agency is None)
