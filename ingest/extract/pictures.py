"""Pictures, captions and photo credits; frames and players as links (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ingest.body import Embed, Image, Inline, LineBreak, Text, inline_text
from ingest.extract.furniture import names_of
from ingest.extract.inline import PLAIN, Marks, Run, web_url
from ingest.extract.tree import Element
from ingest.extract.vocabulary import SKIPPED, is_caption_name, is_credit_name

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-full-src", "data-image", "data-url", "src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_PICTURE = re.compile(
    r"(?:spacer|pixel|blank|placeholder|transparent|avatar|gravatar|logo|/icons?[/_-]|[/_-]icon|emoji|1x1|sprite|loading)"
    r"[^/]*$|doubleclick|/emoji/|feedburner|feedsportal",
    re.IGNORECASE,
)
_NO_FRAME = re.compile(
    r"doubleclick|googlesyndication|adservice|googletagmanager|facebook\.com/plugins/(?:like|page|share)|/ads?/|about:blank|"
    r"amazon-adsystem|newsletter|subscribe|disqus|outbrain|taboola|recaptcha",
    re.IGNORECASE,
)
_SMALLEST = 60
#: A post's name, handle and date are about so many words.
_POST_WORDS = 8
_CREDIT_WORD = (
    r"(?:photos?|photographs?|images?|pictures?|illustrations?|graphics?|art(?:work)?|credits?|sources?|copyright|"
    r"fotos?|bild|bilder|grafik|quelle|fotografías?|imagen|crédits?|illustration|immagine|imagem|foto's|beeld|kuva|zdjęcie|фото)"
)
_CREDIT_LINE = re.compile(
    rf"^[(\[]?\s*(?:{_CREDIT_WORD}(?:\s+(?:credit|by|courtesy|via|from|source|de|di|von))*\s*[:|/–—-]\s*|"
    r"(?:photos?|photographs?|images?|pictures?|illustrations?)\s+(?:by|courtesy(?: of)?|credit)\s+|"
    rf"{_CREDIT_WORD}\s+(?:crédit|credit)\s*[: ]\s*|©\s*|\(c\)\s*)(?P<who>.+?)[)\]]?\.?$",
    re.IGNORECASE | re.DOTALL,
)
#: No credit at a caption's end is longer, in characters.
_MOST_TAIL = 400
_CREDIT_TAIL = re.compile(
    rf"(?:^|(?<=[.!?…”\"'’)\]\s]))\s*(?P<tail>[(\[]\s*(?:(?:{_CREDIT_WORD})[^()\[\]]{{2,90}}|[^()\[\]]{{1,60}}(?:/|\bvia\b)[^()\[\]]{{1,60}})[)\]]|"
    rf"{_CREDIT_WORD}(?:\s+(?:credit|by|courtesy))*\s*:\s*[^.:]{{2,80}}|©\s*[^.©]{{2,80}})\.?$",
    re.IGNORECASE,
)

_DOT_STYLE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)


def image_of(img: Element, *, base: str) -> Image | None:
    """Return an img element's picture, or None for a spacer, an icon, a counting pixel or one without an address."""
    width, height = _size(img, "width"), _size(img, "height")
    if any(size is not None and size < _SMALLEST for size in (width, height)) or is_dot(None, None, img.get("style")):
        return None
    for address in _addresses(img):
        url = web_url(address, base=base)
        if url and not url.startswith("mailto:") and not _NO_PICTURE.search(urlsplit(url).path or "/"):
            return Image(url=url, alt=" ".join((img.get("alt") or "").split()), width=width, height=height)
    return None


def is_dot(width: str | None, height: str | None, style: str | None) -> bool:
    """Tell a picture that its attributes or its style make too small to see."""
    sizes = {(size or "").strip().removesuffix("px") for size in (width, height)}
    return sizes <= {"0", "1"} or len(_DOT_STYLE.findall(style or "")) == 2


def _size(img: Element, side: str) -> int | None:
    digits = re.match(r"\s*(\d{1,5})(?:px)?\s*$", img.get(side) or "")
    return int(digits.group(1)) if digits else None


def _addresses(img: Element) -> Iterator[str]:
    for name in _LAZY:
        value = img.get(name)
        if value and not value.lstrip().startswith(("data:", "{")):
            yield value
    picture = next(img.iterancestors("picture"), None)
    for holder in (img, *(picture.iter("source") if picture is not None else ())):
        for name in _SETS:
            if value := holder.get(name):
                yield _largest(value)


def _largest(srcset: str) -> str:
    """Return the address with the greatest width or density of a srcset (HTML standard, 4.8.4.2.1)."""
    best, best_size = "", -1.0
    for part in re.split(r",\s+|,(?=https?:)", srcset):
        address, _, size = part.strip().partition(" ")
        number = re.match(r"[\d.]+", size.strip())
        value = float(number.group()) if number and number.group().strip(".") else 0.0
        if address and value > best_size:
            best, best_size = address.rstrip(","), value
    return best


def inline_of(
    element: Element, *, base: str, skip: frozenset[Element] = frozenset(), marks: Marks = PLAIN
) -> tuple[Inline, ...]:
    """Return all of an element's words as one run of inline values, leaving out the elements of `skip`."""
    run = Run()
    _gather(element, run, marks, base, skip)
    paragraphs = run.take()
    joined: list[Inline] = []
    for paragraph in paragraphs:
        if joined:
            joined.append(LineBreak())
        joined.extend(paragraph)
    return tuple(joined)


def _gather(element: Element, run: Run, marks: Marks, base: str, skip: frozenset[Element], depth: int = 0) -> None:
    run.add(element.text, marks)
    for child in element:
        tag = child.tag
        if tag == "br":
            run.line_break()
        elif tag not in SKIPPED and child not in skip and child.get("hidden") is None and depth < 60:
            inner = marks.inside(tag)
            if tag == "a" and (href := web_url(child.get("href"), base=base)):
                inner = Marks(href=href, strong=inner.strong, emphasis=inner.emphasis, code=inner.code)
            if tag in ("p", "div", "li", "span") and run:
                run.add(" ", marks)
            _gather(child, run, inner, base, skip, depth + 1)
        run.add(child.tail, marks)


def caption_of(figure: Element, *, base: str) -> tuple[tuple[Inline, ...], str | None]:
    """Return a figure's (caption, photo credit); either may be empty."""
    holders = list(figure.iter("figcaption")) or [
        child
        for child in figure.iterdescendants()
        if is_caption_name(names_of(child)) and child.tag not in ("img", "a")
    ]
    holders = [h for h in holders if not any(other is not h and other in h.iterancestors() for other in holders)]
    printed = _credit_elements(figure, holders)
    caption: tuple[Inline, ...] = ()
    for holder in holders:
        if holder not in printed and (words := inline_of(holder, base=base, skip=frozenset(printed))):
            caption = (*caption, Text(text=" "), *words) if caption else words
    credit = " ".join(filter(None, (inline_text(inline_of(c, base=base)).strip() for c in printed))) or None
    return (caption, _bare(credit)) if credit else part_credit(caption)


def _credit_elements(figure: Element, holders: list[Element]) -> list[Element]:
    found: list[Element] = []
    for element in figure.iterdescendants():
        prop = element.get("itemprop") or ""
        if element.tag in ("img", "picture", "source", "a") or not isinstance(element.tag, str):
            continue
        named = prop in ("copyrightHolder", "creditText", "author", "creator") or is_credit_name(names_of(element))
        inside = any(holder in element.iterancestors() for holder in holders)
        credit_like = named or (inside and element.tag in ("small", "cite"))
        if credit_like and element not in holders and not any(f in element.iterancestors() for f in found):
            if any(element in holder.iterancestors() for holder in holders):
                continue
            found.append(element)
    return found


def part_credit(caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str | None]:
    """Return (caption, credit) of a caption that may end in, or be, a printed credit: "… (AP Photo/Jane Doe)"."""
    words = inline_text(caption).strip()
    if whole := _CREDIT_LINE.match(words):
        return ((), _bare(words)) if len(words) < 120 and "\n" not in whole.group("who") else (caption, None)
    last = caption[-1] if caption else None
    text = last.text.rstrip() if isinstance(last, Text) else ""
    if isinstance(last, Text) and (tail := _CREDIT_TAIL.search(text, max(0, len(text) - _MOST_TAIL))):
        kept = last.text[: tail.start("tail")].rstrip(" \t\n")
        children = (*caption[:-1], Text(text=kept)) if kept else caption[:-1]
        return children, _bare(tail.group("tail"))
    return caption, None


def _bare(credit: str | None) -> str | None:
    """Return a printed credit without its brackets and leading label ("Photo:", "©" stays)."""
    if not credit:
        return None
    words = " ".join(credit.split()).strip()
    if words[:1] in "([" and words[-1:] in ")]":
        words = words[1:-1].strip()
    words = re.sub(rf"^{_CREDIT_WORD}(?:\s+(?:credit|by))*\s*:\s*", "", words, flags=re.IGNORECASE)
    return words.strip() or None


def embed_of(element: Element, *, base: str) -> Embed | None:
    """Return a frame, player or foreign post as a link to it, or None where it leads nowhere a reader would go."""
    for name in ("src", "data-src", "data-url", "data-lazy-src", "href"):
        url = web_url(element.get(name), base=base)
        if url and not url.startswith("mailto:") and not _NO_FRAME.search(url):
            title = " ".join((element.get("title") or "").split())
            return Embed(url=url, provider=_provider(url), title=title)
    for source in element.iterfind("source"):
        if embed := embed_of(source, base=base):
            return embed
    return None


def post_of(quote: Element, *, base: str) -> Embed | None:
    """Return a social post that stands in a blockquote until a script replaces it, as a link to the post."""
    if not re.search(
        r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|fb-post|mastodon-embed|reddit-",
        names_of(quote),
    ):
        return None
    links = [
        quote.get("cite"),
        quote.get("data-instgrm-permalink"),
        *(a.get("href") for a in reversed(list(quote.iter("a")))),
    ]
    url = next(filter(None, (web_url(link, base=base) for link in links)), None)
    return Embed(url=url, provider=_provider(url)) if url else None


def has_words(quote: Element) -> bool:
    """Tell a post that is quoted with its words from one of which only a frame stands there (Instagram, TikTok)."""
    return "twitter" in names_of(quote) and len("".join(quote.itertext()).split()) > _POST_WORDS


def _provider(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")
