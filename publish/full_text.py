"""The whole text for our own feeds and exports, where the terms allow it there (pure)."""

from __future__ import annotations

from markupsafe import Markup

from ingest.article import Article
from ingest.attribution import AttributedArticle
from ingest.printable import printable
from ingest.terms import Mode
from publish.body_html import body_html, safe_href


def full_text(attributed: AttributedArticle) -> str:
    """Return body, closing line, notes on the authors and counting pixel as HTML; empty where the terms keep it home.

    What the terms demand at the end of a page they demand wherever the text goes.
    """
    if not attributed.terms.full_in_feeds or attributed.decision.mode is not Mode.FULL:
        return ""
    closing = [printable(attributed.credit.tagline or "").strip(), *bios_of(attributed.article)]
    pixel = https_only(attributed.credit.pixel)
    parts = [
        body_html(attributed.article.body),
        *(Markup("<p>{}</p>").format(words) for words in closing if words),
        *([Markup('<img src="{}" alt="" width="1" height="1">').format(pixel)] if pixel else []),
    ]
    return printable("\n".join(parts))


def https_only(url: str | None) -> str | None:
    """Return the address of an image that the terms demand, or None where there is none or it is not https."""
    href = safe_href(url)
    return href if href and href.lower().startswith("https://") else None


def bios_of(article: Article) -> tuple[str, ...]:
    """Return the closing note on the author as printed, then what is known of others that it does not cover."""
    found = [printable(article.bio).strip()] if article.bio else []
    for person in article.byline.people:
        bio = printable(person.bio or "").strip()
        if bio and not any(bio in kept for kept in found):
            found.append(bio)
    return tuple(bio for bio in found if bio)
