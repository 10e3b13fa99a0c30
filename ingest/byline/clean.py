"""Raw author strings made safe and even: entities, markup, control characters and length."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

#: Longest byline that is read, in characters; a hundred authors fit.
MAX_CHARS = 4_000
#: Stands for "something that is no name was here"; never in cleaned text.
BREAK = "\ue001"
#: Encloses the index of an e-mail address or URL taken out of the text.
MARK = "\ue000"

_BRACKETED_MAIL = re.compile(r"<\s*(?:mailto:)?([^<>\s@]{1,64}@[^<>\s@]{1,190})\s*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_JOINER = re.compile("(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f]"
)
_BLANKS = re.compile(r"\s+")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_PLAIN = re.compile(r"[^\W\d_]+(?:[ .'-]{1,2}[^\W\d_]+)*\Z")


def clean(raw: str) -> str:
    """Decode entities, drop markup and unseen characters, even out white space.

    Takes the string as the partner sent it; only its first `MAX_CHARS` characters are read. Returns NFC text without
    tags, control or bidi characters; line breaks stay as single newlines, for they part a name from what follows.
    """
    text = raw[:MAX_CHARS]
    if _PLAIN.match(text):
        return unicodedata.normalize("NFC", text)
    if "&" in text:
        text = html.unescape(html.unescape(text))[:MAX_CHARS]
    if "<" in text:
        text = _without_markup(text)
    text = _JOINER.sub("", _HIDDEN.sub("", text))
    text = unicodedata.normalize("NFC", _BLANKS.sub(_blank, text))
    return "".join(filter(_is_seen, text)).strip()


def _blank(found: re.Match[str]) -> str:
    return "\n" if _LINE_END.search(found[0]) else " "


def _is_seen(char: str) -> bool:
    return char.isprintable() or char in "\n\u200c\u200d"


def _without_markup(text: str) -> str:
    text = _CDATA.sub(" ", _BRACKETED_MAIL.sub(r" \1 ", text))
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", _SCRIPT.sub(" ", text)))
    return text.replace("<", " ").replace(">", " ")


@lru_cache(maxsize=8_192)
def fold(word: str) -> str:
    """Bring a word or name into the form in which words are looked up: casefolded, without its outer marks."""
    return word.strip(" .,:;()[]\"'*").casefold().replace("\u2019", "'")


def name_key(name: str) -> str:
    """Bring a name into the form in which names are told equal: no accents, case, dots or double spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", bare).split())


def word_set(text: str) -> frozenset[str]:
    """Make a vocabulary of the words in a text, casefolded."""
    return frozenset(text.casefold().split())
