"""Where an article goes on: its next page's address, told from the next article and from comments' pages (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from ingest.extract.furniture import names_of
from ingest.extract.inline import web_url
from ingest.extract.page_addresses import page_number
from ingest.extract.tree import Element

#: What no address of a further page lacks.
_HINT = re.compile(r"\d/?(?:\.\w{2,5})?(?:[?&#].*)?$|=\d")
#: What links to the next page are called, in the main languages; the page's own title may follow a colon.
_NEXT_WORDS = (
    r"next(?: page)?|page \d+",
    r"(?:continued?|continue reading|read on|go)(?: on| to)?(?: (?:the )?next page| page \d+)?",
    r"weiter(?:lesen)?|(?:(?:lesen sie )?weiter (?:zu|auf) )?(?:nächste )?seite(?: \d+)?",
    r"(?:page )?suivante?|la suite|(?:página )?(?:siguiente|próxima)|próxima página|página \d+",
    r"(?:pagina )?successiva|avanti|pagina \d+|volgende(?: pagina)?",
    r"nästa(?: sida)?|sida \d+|neste(?: side)?|næste(?: side)?|side \d+",
    r"następna(?: strona)?|dalej|strona \d+|sonraki(?: sayfa)?",
    r"далее|дальше|следующая(?: страница)?|страница \d+|下一[页頁]|次へ|次のページ(?:へ)?|다음(?: 페이지)?",
)
_NEXT = re.compile(rf"\W*(?:{'|'.join(_NEXT_WORDS)})(?:\W*|\W*: .{{1,150}})", re.IGNORECASE)
_ARROW = re.compile(r"\s*[>›»→⟩▶]{1,2}\s*")
_MAX_LABEL = 200
#: A shorter address may only add a number to the page's own.
_ADDITION = 12
#: Pagers that lead through what readers wrote, or through lists of other articles.
_FOREIGN = re.compile(
    r"comment|discuss|disqus|respon[ds]|replies|forum|review|related|recommend|teaser|latest|archive|listing|"
    r"search|views?-|gallery|carousel|slider|sidebar|widget",
    re.IGNORECASE,
)
_OWN = re.compile(r"pag(?:er|inat|e-?links|e-?nav|e-?numbers)|post-?(?:page|nav)|nav-?links", re.IGNORECASE)
_TIERS = 12


def next_page(tree: Element, *, url: str, first: str, base: str) -> str | None:
    """Return the address of the page on which the article goes on, absolute, or None where it ends here.

    Takes the page's root, its address, that of the article's first page, and the URL that links are resolved
    against. A link counts when its address is the first one's with the next number, it is called so (rel, number,
    "next page"), and it stands in no pager of comments or of other articles.
    """
    now = page_number(url, first=first)
    wanted = (1, 2) if now is None else (now + 1,)
    name = _name(first)
    for link in tree.iter("link", "a"):
        href = link.get("href") or ""
        if not _HINT.search(href[-200:]) or "#comment" in href or not _may_be_ours(href, name):
            continue
        target = web_url(href, base=base)
        number = page_number(target, first=first) if target else None
        if target and number is not None and number in wanted and _leads_on(link, number, start=now is None):
            return target.partition("#")[0]
    return None


def _name(first: str) -> str:
    """Return the last part of the first page's path, without number and extension, which its further pages share."""
    last = unquote(urlsplit(first).path).rstrip("/").rpartition("/")[2]
    return re.sub(r"(?:[-_,.](?:[a-z]{1,6}[-_]?)?[01])?(?:\.\w{2,5})?$", "", last, flags=re.IGNORECASE)


def _may_be_ours(href: str, name: str) -> bool:
    """Tell, without parsing it, whether an address may be the article's: it has the name, or only adds to the URL."""
    return len(href) < _ADDITION or name in (unquote(href) if "%" in href else href)


def _leads_on(link: Element, number: int, *, start: bool) -> bool:
    """Tell whether a link to a further page says that it is one; the number in its address is counted from 0 or 1."""
    if "next" in (link.get("rel") or "").lower().split():
        return link.tag == "link" or not _is_foreign(link)
    if link.tag == "link":
        return False
    label = " ".join((link.text_content() or link.get("title") or link.get("aria-label") or "").split())[:_MAX_LABEL]
    shown = re.fullmatch(r"\D{0,12}?(\d{1,2})\W*", label)
    if shown is not None and not _NEXT.fullmatch(label):
        called = int(shown[1]) in ({2} if start else {number, number + 1}) and _stands_with_numbers(link)
    else:
        called = _is_next(label, link)
    return called and not _is_foreign(link)


def _is_next(label: str, link: Element) -> bool:
    told = (label, *(link.get(name) or "" for name in ("title", "aria-label")))
    return any(text and (_NEXT.fullmatch(text[:_MAX_LABEL]) or _ARROW.fullmatch(text)) for text in told)


def _stands_with_numbers(link: Element) -> bool:
    """Tell a number in a pager from a footnote's or a table's: others stand beside it, or a pager is around it."""
    around = list(islice(link.iterancestors(), 4))
    if any(_OWN.search(names_of(element)) for element in (link, *around)):
        return True
    beside = {text.strip() for element in around[:2] for text in islice(element.itertext(), 60)}
    return "1" in beside


def _is_foreign(link: Element) -> bool:
    return any(_FOREIGN.search(name) and not _OWN.search(name) for name in _names_around(link))


def _names_around(link: Element) -> Iterator[str]:
    for element in islice(link.iterancestors(), _TIERS):
        # What a page's body or article is called speaks of the whole page ("single-post comments-open").
        if element.tag not in ("body", "html", "main", "article"):
            yield from names_of(element).split()
