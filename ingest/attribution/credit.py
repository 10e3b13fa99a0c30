"""The credit's words and links, from the terms, the article and its origin (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from ingest.article import Article, Origin
from ingest.attribution.byline import byline_names
from ingest.attribution.markup import credit_html
from ingest.attribution.values import Credit
from ingest.credit_fields import clean, field_texts, locale_of, template_of
from ingest.credit_language import language_of
from ingest.credit_phrases import Phrases, phrases_for
from ingest.credit_render import Run, render
from ingest.credit_template import CREDIT_FIELDS, parse_template
from ingest.licences import licence_of
from ingest.pixel import pixel_for
from ingest.sources import Partner
from ingest.terms import DEFAULT_TEMPLATE, Basis, LinkTarget, Mode, Terms
from ingest.urls import has_credentials, is_web_url


def credit_for(
    *,
    article: Article,
    supplier: Partner,
    origin: Origin,
    terms: Terms,
    mode: Mode,
    edited: bool = False,
    newsroom: str = "",
) -> Credit:
    """Return the credit of an article shown in `mode`; `edited`: its words were changed, by `newsroom`, that is us.

    The terms' own wording counts in the language it was written in, or the one of its `translations` that fits the
    article; the default wording is in the article's language. Raises ValueError where the origin has no name.
    """
    sentences = _sentences(article, supplier, origin, terms, mode, edited=edited, newsroom=newsroom)
    default = terms.credit.template == DEFAULT_TEMPLATE
    licence = licence_of(terms.grant)
    return Credit(
        text="".join(run.text for runs in sentences for run in runs),
        html=credit_html(sentences, links=_links(supplier, origin, terms), name=clean(origin.name)),
        position=terms.credit.position,
        byline=byline_names(article=article, supplier=supplier, origin=origin, terms=terms),
        tagline=clean(terms.credit.tagline or "") or None,
        language=article.language if default else None,
        licence=licence.name if licence else None,
        licence_url=licence.url if licence else None,
        logo=terms.credit.logo,
        pixel=pixel_for(article=article, origin=origin, terms=terms),
    )


def _sentences(
    article: Article, supplier: Partner, origin: Origin, terms: Terms, mode: Mode, *, edited: bool, newsroom: str
) -> list[tuple[Run, ...]]:
    """Return the credit's own wording, and after it each note that the licence or the terms demand."""
    phrases = phrases_for(article.language)
    default = _default_template(phrases, terms, mode)
    own, language = _own_template(article, terms, edited=edited) or (default, article.language)
    values = field_texts(
        article=article,
        origin=origin,
        partner=supplier.name,
        terms=terms,
        locale=locale_of(language),
        newsroom=newsroom,
    )
    # A template of nothing but unknown fields says nothing; the credit is owed all the same.
    first = _rendered(own, values) or _rendered(default, values)
    notes = [_rendered(note, values) for note in _notes(phrases, terms, first, edited=edited)]
    ends = first[-1].text[-1:] in ".!?。！？…" if first else True
    return [first, *((Run(text=" " if ends or index else ". "), *note) for index, note in enumerate(notes))]


def _rendered(template: str, values: Mapping[str, str]) -> tuple[Run, ...]:
    return render(parse_template(template, fields=CREDIT_FIELDS), values)


def _own_template(article: Article, terms: Terms, *, edited: bool) -> tuple[str, str | None] | None:
    """Return the terms' own wording for an article with its language; None where they leave it to us."""
    own = template_of(terms, edited=edited)
    if own == DEFAULT_TEMPLATE:
        return None
    tag = article.language or ""
    for known in (tag, tag.partition("-")[0]):
        if known in terms.credit.translations:
            return terms.credit.translations[known], tag
    return own, terms.credit.language or language_of(own, article=article.language)


def _default_template(phrases: Phrases, terms: Terms, mode: Mode) -> str:
    if mode is Mode.LINK:
        return phrases.link
    if mode is Mode.EXCERPT:
        return phrases.excerpt
    return phrases.licence if terms.grant.basis.is_licence else phrases.permission


def _notes(phrases: Phrases, terms: Terms, runs: Sequence[Run], *, edited: bool) -> Iterator[str]:
    """Yield what a licence or the terms want said that the template does not say (CC BY 4.0, section 3(a)(1))."""
    named = any(run.field == "licence" for run in runs)
    if terms.grant.basis.is_licence and terms.grant.basis is not Basis.CC0 and not named:
        yield phrases.licence_note
    if edited and terms.change_notice and terms.credit.edited_template is None:
        yield phrases.changed


def _links(supplier: Partner, origin: Origin, terms: Terms) -> dict[str, str]:
    """Return the address that each field links to; only fields that link are in it."""
    licence = licence_of(terms.grant)
    article = _safe(origin.url)
    home = _safe(origin.home) or (_safe(supplier.url) if origin.own else None) or _root(article)
    target = {LinkTarget.ARTICLE: article, LinkTarget.HOME: home, LinkTarget.NONE: None}[terms.credit.link]
    headline = article if terms.credit.link is not LinkTarget.NONE else None
    links = {"origin": target, "headline": headline, "url": article, "licence": licence.url if licence else None}
    return {name: href for name, href in links.items() if href is not None}


def _safe(url: str | None) -> str | None:
    if not url or not is_web_url(url) or has_credentials(url) or url != clean(url) or " " in url:
        return None
    return url


def _root(url: str | None) -> str | None:
    parts = urlsplit(url) if url else None
    return f"{parts.scheme}://{parts.netloc}/" if parts else None
