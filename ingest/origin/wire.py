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
    rf"(?P<line>(?P<place>(?!The\b)[^\W\d_][^()\"“”:]{{1,70}}\s)?[(/](?:[\w-]{{2,9}}/)?{_SIGN}(?:\s*/[^()]{{1,40}})?[)/]\s*(?:\.?\s?(?:{_DASH})|(?<=/)\.))\s*\S"
)
#: A place and a day in capitals stand before the bracket, and no dash behind it ("NEW DELHI, Nov 3 (PTI) The ...").
_DASHLESS = re.compile(rf"(?P<line>(?P<place>[A-Z]{{3,}}[^()\"“”:]{{0,40}}\d{{1,2}}\s)\({_SIGN}\))\s+[A-Z]")
#: "МОСКВА, 3 ноября — РИА Новости. ...", "КИЇВ. 3 листопада. УНН. ...".
_CYRILLIC = re.compile(
    rf"(?P<line>(?P<place>[\u0410-\u042f\u0404\u0406\u0407\u0490-]{{3,}}[^()\"“”:]{{0,40}}?\d{{1,2}}[^()\"“”:]{{3,20}}?)"
    rf"[.,]?\s(?:{_DASH})?\s?{_SIGN}\.)\s*\S"
)
#: "(서울=연합뉴스)", "【東京＝共同】", "新华社北京11月3日电", "（中央社記者...台北3日電）".
_EASTERN = re.compile(rf"(?P<line>[\[(【\uff08](?P<place>[^=＝()\[\]【】]{{1,12}})[=＝]{_SIGN}[\])】\uff09])")
_CHINESE = re.compile(
    rf"(?P<line>[\uff08(【]?{_SIGN}(?:[记記]者)?(?P<place>[\u4e00-\u9fff]{{2,12}}?)(?:\d{{1,2}}月)?\d{{1,2}}日[电電讯訊][\uff09)】]?)"
)
# An agency that is not among ours signs in the same form; then the place has to be in capitals.
_UNKNOWN = re.compile(
    rf"(?P<line>(?P<place>[A-Z]{{3,}}[^()\"“”:]{{0,60}}\s)\((?P<sign>[A-Z]{{2,6}})\)\s*(?:{_DASH}))\s*\S"
)
_SMALL = frozenset(
    ["al", "am", "an", "and", "da", "de", "del", "den", "der", "di", "do", "el", "en", "la", "le", "of", "on", "upon"]
)
_FORMS = (_DATELINE, _DASHLESS, _CYRILLIC, _UNKNOWN)
#: Months, which many languages write small ("3 nov", "12 de marzo", "3 ноября").
_IN_DATE = re.compile(
    r"(?:jan|ene|gen|jän|feb|fév|fev|mar|mär|apr|abr|avr|ma[iyjg]|jun|jui|giu|jul|lug|aug|ago|aoû|sep|set|oct|okt|ott|out|"
    r"nov|dec|dez|dic|déc|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис"
    r"|гру)[^\W\d_]{0,8}[.,]?$"
)
_SOURCE = (
    r"(?:(?:News |Article |Story )?Source|Quelle|Fuente|Fonte|Bron|Источник|Källa|Kilde|Zdroj|Lähde|Kaynak|Forrás"
    r"|Źródło|Джерело|Πηγή|المصدر|מקור|स्रोत|出典|출처|Sumber|Nguồn|来源|來源)\s*[:\uff1a]\s*"
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
    eastern = _EASTERN.match(line) or _CHINESE.match(line)
    if eastern is not None:
        return _claim(eastern["sign"], eastern["line"], Source.BODY)
    match = next((found for form in _FORMS if (found := form.match(line))), None)
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
    return all(not word[:1].islower() or word in _SMALL or _IN_DATE.match(word) for word in words.split())


def _claim(sign: str, evidence: str, source: Source) -> OriginClaim:
    agency = agency_named(sign)
    return OriginClaim(name=agency or sign, url=None, source=source, evidence=evidence, weak=agency is None)
