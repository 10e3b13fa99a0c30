"""What a page must know of a language: its tag, and which way it is written (pure)."""

from __future__ import annotations

import re

from markupsafe import Markup

# Languages whose usual script runs from right to left (Unicode CLDR, layout/orientation).
_RTL = frozenset(
    {"ar", "arc", "ars", "arz", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn"}
    | {"nqo", "ps", "sd", "sdh", "syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
# RFC 5646, section 2.1, the part that occurs in news: language, script, region, variants.
_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)


def language_tag(language: str | None) -> str | None:
    """Return the BCP 47 tag in lower case, or None where there is none or it is malformed."""
    tag = (language or "").strip().replace("_", "-").lower()
    return tag if len(tag) <= 35 and _TAG.fullmatch(tag) else None


def tongue(language: str | None) -> Markup:
    """Return the HTML attributes `lang` and `dir` of what is written in a language; of an unknown one `dir` alone."""
    tag = language_tag(language)
    named = Markup('lang="{}" ').format(tag) if tag else Markup("")
    return named + Markup('dir="{}"').format(direction(language))


def direction(language: str | None) -> str:
    """Return the HTML `dir` of a language: "ltr", "rtl", or "auto" where it is unknown."""
    tag = language_tag(language)
    if tag is None:
        return "auto"
    primary, *rest = tag.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    if script is not None:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL else "ltr"
