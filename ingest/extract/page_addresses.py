"""Which page of an article an address is, by its own shape (pure)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ingest.urls import canonical_url

#: Names of the evidence: the page that follows and is not had, and one that was joined.
NEXT_PAGE, JOINED_PAGE = "next_page", "page"
#: A longer pager leads through something else than an article.
MAX_PAGES = 20

_WORD = r"(?:page|pages|pagina|página|paginas|seite|seiten|strona|sida|side|sayfa|str|pg|p)"
_PARAMETER = re.compile(
    r"page|pg|p|pagenum|page_?no|page_?number|page_?num|paged|seite|pagina|página|strona|sida|side"
)
_NUMBER = r"(?P<n>\d{1,2})"
_EXTENSION = re.compile(r"\.(?:html?|shtml|xhtml|php|aspx?|jsp|cms|ece)$", re.IGNORECASE)
#: After the first page's path, a slash, and nothing else: /2, /page/2, /seite-2.
_BELOW = re.compile(rf"(?:{_WORD}[-_/]?)?{_NUMBER}", re.IGNORECASE)
#: In the name itself: -2 before an extension only, -page-2 anywhere.
_BESIDE = re.compile(rf"[-_,.]{_NUMBER}", re.IGNORECASE)
_BESIDE_WORD = re.compile(rf"[-_,.]{_WORD}[-_]?{_NUMBER}", re.IGNORECASE)
_FIRST = re.compile(rf"(?:[-_,./]{_WORD}[-_/]?)[01]$", re.IGNORECASE)


def page_number(url: str, *, first: str) -> int | None:
    """Return which number an address bears, as a page of the article whose first page is at `first`; else None.

    The number is the address's own: some sites count from 0, so that the second page is 1.
    """
    one, other = _parts(first), _parts(url)
    if _host(one.netloc) != _host(other.netloc) or not other.netloc:
        return None
    own_pairs, pairs = _pairs(one.query), _pairs(other.query)
    numbers = [
        value for name, value in pairs if _PARAMETER.fullmatch(name.lower()) and re.fullmatch(r"\d{1,2}", value)
    ]
    same_rest = _without_number(own_pairs) == _without_number(pairs)
    path, further = unquote(one.path).rstrip("/"), unquote(other.path).rstrip("/")
    if path == further:
        return int(numbers[0]) if same_rest and len(numbers) == 1 and own_pairs != pairs else None
    return _number_in_path(_FIRST.sub("", path), further) if same_rest and not numbers else None


@lru_cache(maxsize=256)
def _parts(url: str) -> SplitResult:
    return urlsplit(canonical_url(url))


def _host(netloc: str) -> str:
    return netloc.removeprefix("www.")


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True, max_num_fields=100) if query.count("&") < 100 else [("", query)]


def _without_number(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(n, v) for n, v in pairs if not (_PARAMETER.fullmatch(n.lower()) and re.fullmatch(r"\d{1,2}", v))]


def _number_in_path(path: str, further: str) -> int | None:
    if not path:
        return None
    ending = _EXTENSION.search(path)
    stem, extension = (path[: ending.start()], ending.group()) if ending else (path, "")
    if further.startswith(f"{path}/") and (match := _BELOW.fullmatch(further[len(path) + 1 :])):
        return int(match["n"])
    if not further.startswith(stem) or not further.endswith(extension):
        return None
    rest = further[len(stem) : len(further) - len(extension)]
    match = _BESIDE_WORD.fullmatch(rest) or (_BESIDE.fullmatch(rest) if extension else None)
    if match is None and extension and rest.startswith("/"):
        match = _BELOW.fullmatch(rest[1:])
    return int(match["n"]) if match else None
