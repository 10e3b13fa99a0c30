"""What fills a credit's fields, and which of them are unknown (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list

from ingest.article import Article, Origin
from ingest.credit_template import CREDIT_FIELDS, parse_template, slots
from ingest.licences import licence_of
from ingest.terms import DEFAULT_TEMPLATE, Terms

# Controls, lone surrogates, and the marks that turn the direction of what follows (Unicode TR 36, section 2.2).
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def clean(text: str) -> str:
    """Return foreign text fit for a credit: one line, without control characters and direction marks."""
    return " ".join(_UNFIT.sub("", text).split())


def template_of(terms: Terms, *, edited: bool) -> str:
    """Return the template in force for an article whose words we changed, or left as they were."""
    return (terms.credit.edited_template if edited else None) or terms.credit.template


def missing_fields(*, article: Article, origin: Origin, terms: Terms) -> tuple[str, ...]:
    """Return the fields that the terms' own template cannot do without and that nobody knows."""
    if terms.credit.template == DEFAULT_TEMPLATE:
        return ()
    known = field_texts(article=article, origin=origin, partner="", terms=terms, locale=locale_of(None))
    needed = slots(parse_template(terms.credit.template, fields=CREDIT_FIELDS))
    return tuple(dict.fromkeys(name for name in needed if name not in {"partner", "newsroom"} and not known[name]))


def field_texts(
    *, article: Article, origin: Origin, partner: str, terms: Terms, locale: Locale, newsroom: str = ""
) -> dict[str, str]:
    """Return the text of each credit field, empty where it is unknown; the URL is the original's, never a guess."""
    people = article.byline.people
    licence = licence_of(terms.grant)
    published = article.published_at
    texts = {
        "origin": origin.name,
        "partner": partner,
        "author": joined((person.name for person in people), locale),
        "institution": joined((person.affiliation or "" for person in people), locale),
        "headline": article.headline,
        "date": format_date(published, format="long", locale=locale) if published else "",
        "url": origin.url or "",
        "licence": licence.name if licence else "",
        "newsroom": newsroom,
    }
    return {name: clean(text) for name, text in texts.items()}


def joined(names: Iterable[str], locale: Locale) -> str:
    """Return names as a list in a language: "A, B and C"; each once, blanks left out."""
    fit = list(dict.fromkeys(name for name in map(clean, names) if name))
    return format_list(fit, style="standard", locale=locale) if fit else ""


def locale_of(language: str | None) -> Locale:
    """Return the locale of a language tag; British English where it is unknown to us."""
    try:
        return Locale.parse((language or "en-gb").replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en", "GB")
