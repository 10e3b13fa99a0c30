"""Rules on which articles: labels, markers, authors, keywords, slugs, and who selects."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.article import Fate
from ingest.rights.case import Case, Finding, deny, hold
from ingest.rights.matching import has_slug, has_words, unaccented
from ingest.terms import Selection


def check_selection(case: Case) -> Iterator[Finding]:
    """Hold for an editor what the partner wants selected one by one."""
    if case.terms.selection is Selection.MANUAL:
        message = f"{case.origin.name} wants each article selected by an editor. Read it, and release it."
        yield hold("manual-selection", message, releasable=True)


def check_labels(case: Case) -> Iterator[Finding]:
    """Deny an excluded label, and the lack of the one that is required."""
    labels = {unaccented(label) for label in case.article.labels}
    for excluded in case.terms.exclude_labels:
        if unaccented(excluded) in labels:
            yield deny("excluded-label", f"The terms exclude articles labelled '{excluded}'.")
    required = case.terms.require_label
    if required is None or unaccented(required) in labels:
        return
    if labels:
        yield deny("label-missing", f"Only articles labelled '{required}' may be republished, and this is not.")
    else:
        message = (
            f"Only articles labelled '{required}' may be republished, and no labels are known. Look at the page, "
        )
        yield hold("label-unknown", message + "and release it if it has the label.", releasable=True)


def check_marker(case: Case) -> Iterator[Finding]:
    """Hold a page that does not show the words that mark what may be republished."""
    marker = case.terms.require_marker
    if marker is None:
        return
    article = case.article
    furniture = [block.text for block in article.blocks if block.fate is Fate.DROPPED]
    marks = [evidence.value for evidence in article.evidence if evidence.field == "marker"]
    if not any(has_words(text, marker) for text in (*article.labels, *marks, *furniture)):
        message = f"Only pages marked '{marker}' may be republished, and no mark was seen. Look at the page, "
        yield hold("marker-missing", message + "and release it if it is marked.", releasable=True)


def check_authors(case: Case) -> Iterator[Finding]:
    """Deny excluded authors; hold where it is unknown who wrote it."""
    byline, excluded = case.article.byline, case.terms.exclude_authors
    stated = (*byline.names, byline.raw)
    for author in excluded:
        if any(has_words(text, author) for text in stated):
            yield deny("excluded-author", f"The terms exclude articles by {author}.")
    if excluded and not any(map(str.strip, stated)):
        message = "The terms exclude some authors, and it is unknown who wrote this. Find out, and release it."
        yield hold("author-unknown", message, releasable=True)


def check_words(case: Case) -> Iterator[Finding]:
    """Deny excluded keywords and slugs."""
    article = case.article
    if case.terms.exclude_keywords:
        text = "\n".join((article.headline, article.standfirst or "", article.body.text))
        for keyword in case.terms.exclude_keywords:
            if has_words(text, keyword):
                yield deny("excluded-keyword", f"The terms exclude articles with the word '{keyword}'.")
    for slug in case.terms.exclude_slugs:
        if any(has_slug(address, slug) for address in (article.url, article.canonical_url, article.guid or "")):
            yield deny("excluded-slug", f"The terms exclude articles with '{slug}' in their address or id.")
