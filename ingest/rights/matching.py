"""Whether words stand in a text: as a person would say it, not as bytes would."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

# Scripts that put no spaces between words: Thai, Lao, Myanmar, Khmer, Hiragana, Katakana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


def folded(text: str) -> str:
    """Return the text for comparison: compatibility forms and case folded, one space for each run of white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def unaccented(text: str) -> str:
    """Return the text folded and without accents: a label that one system writes "Opinión" and another "Opinion"."""
    plain = unicodedata.normalize("NFKD", folded(text))
    return "".join(character for character in plain if not unicodedata.combining(character))


def has_words(text: str, phrase: str) -> bool:
    """Tell whether the phrase stands in the text as whole words (as a part, in scripts without spaces)."""
    haystack, needle = folded(text), folded(phrase)
    if not needle:
        return False
    if _UNSPACED.search(needle):
        return needle in haystack
    return re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", haystack) is not None


def has_slug(address: str, phrase: str) -> bool:
    """Tell whether the phrase's words stand in a row in the slug (last path part) of a URL, or in an id."""
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    last = next((part for part in reversed(path.split("/")) if part), "")
    return has_words(" ".join(_words(last)), " ".join(_words(phrase)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unquote(text))
