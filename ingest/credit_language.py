"""The language that a credit's sentence is written in, by its own words (pure)."""

from __future__ import annotations

import re
from functools import cache

from ingest.credit_phrases import PHRASES

_FIELD = re.compile(r"\{[a-z]*\}")
#: Words that introduce an author and stand in no default credit.
_BY = {
    "en": "by from for",
    "de": "von für aus",
    "fr": "par pour",
    "es": "por para",
    "pt": "por para",
    "it": "di da per",
}
_KANA, _HAN = re.compile("[\u3040-\u30ff]"), re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def language_of(template: str, *, article: str | None) -> str | None:
    """Return the language tag of a template's own words; the article's where they fit it, or are too few to tell.

    The languages of our default credits are known; a template in another one is taken for the article's language.
    """
    said = _FIELD.sub(" ", template)
    base = (article or "").lower().partition("-")[0]
    if _KANA.search(said):
        return article if base == "ja" else "ja"
    if _HAN.search(said):
        return article if base in {"zh", "yue"} else "zh"
    scores = {tag: len(_words(said) & known) for tag, known in _vocabulary().items()}
    best = max(scores.values())
    if best == 0 or scores.get(base) == best:
        return article
    return next(tag for tag in ("en", *scores) if scores[tag] == best)


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """Return the words of each language's default credits."""
    found: dict[str, frozenset[str]] = {}
    for tag, phrases in PHRASES.items():
        sentences = (*vars(phrases).values(), _BY.get(tag, ""))
        found[tag] = frozenset(word for sentence in sentences for word in _words(_FIELD.sub(" ", sentence)))
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.casefold()))
