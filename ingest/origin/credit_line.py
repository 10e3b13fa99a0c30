"""A middleman's credit line: whether a paragraph says who first published the piece, and who it is (pure).

A false reading costs more than a missed one: it would take a paragraph out of a body and hold an article for a
stranger's permission. So a line is read only as a whole, in a known wording, with a name that reads like one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import OriginClaim, Source
from ingest.origin.links import article_link, home_link
from ingest.origin.names import publisher_name
from ingest.origin.phrases import IS_REPUBLISHED, WORDINGS, Wording
from ingest.origin.wire import agency_signature

MAX_LENGTH = 700
MIN_NAME, MAX_NAME = 2, 110

_WRAPPING = " \t\n*_|\u2022·\u2013\u2014-~>[]"
_URL = re.compile("https?://[^\\s<>()\"'\uff0c\u3002]+")
_SELF = re.compile(
    r"(?:this|the following|an? (?:\w+ )?version of this|diese[rs]?|cet|cette|est[ea]|quest[oa]|dit|deze|denne"
    r"|den här|artikel ini|ten|эта|этот|ця|цей|bu)(?!\w)|quest['\u2019]|[本此]文|この記事|本記事",
    re.IGNORECASE,
)
# No sentence ends after "St." or "U.S.": the word before the stop has three letters, or is no word.
_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=[\d)\"\u201d\u2019][.!?]))\s+(?=\S)|(?<=\u3002)")


def read_credit_line(text: str, *, links: Sequence[str] = ()) -> OriginClaim | None:
    """Return whose piece a paragraph says this is, or None where it is anything but a credit line.

    `text` is the whole paragraph, `links` the absolute URLs in it; an article's URL among them, or in the words,
    is taken for the original's, a home page only as a home page. A paragraph that begins with a wire dateline is body
    text and gives None: see `wire_claim`.
    """
    if not 4 <= len(text) <= 2 * MAX_LENGTH:
        return None
    line = _unwrapped(text)
    return agency_signature(text) or _read(line, text=text, links=links)


def claim_in(text: str, *, links: Sequence[str] = ()) -> OriginClaim | None:
    """Return the claim of a sentence within a longer paragraph (a bio that ends in a credit), or None.

    Only sentences that speak of "this article", in whatever language, count; the paragraph stays what it is.
    """
    line = " ".join(text.split())
    if len(line) > 4 * MAX_LENGTH:
        return None
    sentences = [sentence for sentence in _SENTENCE.split(line) if _SELF.match(sentence)]
    claims = (_read(_unwrapped(sentence), text=sentence, links=links) for sentence in sentences)
    return next((claim for claim in claims if claim is not None), None)


def _unwrapped(text: str) -> str:
    line = " ".join(text.split()).strip(_WRAPPING)
    if line.startswith(("(", "\uff08")) and line.endswith((")", ").", "\uff09")):
        line = line[1:].rstrip(".").rstrip(")\uff09")
    return re.sub(r"^(?:Editor.s )?Note: ", "", line, flags=re.IGNORECASE)


def _read(line: str, *, text: str, links: Sequence[str]) -> OriginClaim | None:
    if len(line) > MAX_LENGTH:
        return None
    sure = bool(links) or IS_REPUBLISHED.search(line) is not None
    names = (_name(wording, line, sure=sure) for wording in WORDINGS)
    name = next((name for name in names if name is not None), None)
    return None if name is None else _claim(name, text, (*links, *_URL.findall(line)))


def _name(wording: Wording, line: str, *, sure: bool) -> str | None:
    """Return the shortest run of words after the head that names a publisher and after which the line goes on."""
    head = wording.head.match(line)
    if head is None:
        return None
    start = head.end()
    for end in range(start + MIN_NAME, min(start + MAX_NAME, len(line)) + 1):
        if wording.rest.match(line, end):
            name = publisher_name(line[start:end], sure=sure)
            if name is not None:
                return name
    return None


def _claim(name: str, text: str, links: Sequence[str]) -> OriginClaim:
    # Full stops and commas after a bare URL belong to the sentence.
    clean = [link.rstrip(".,;*_") for link in links]
    url = article_link(clean)
    return OriginClaim(
        name=name,
        url=url,
        source=Source.BODY,
        evidence=" ".join(text.split()),
        home=home_link(clean) if url is None else None,
    )
