"""A publication's own page: headline, byline, the body, and the credit where the terms put it (pure)."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from markupsafe import Markup

from ingest.errors import PublishError
from ingest.printable import one_line, printable
from ingest.sources import Site
from ingest.terms import Mode, Terms
from publish.body_html import body_html, excerpt_html, safe_href
from publish.full_text import bios_of, https_only
from publish.head import article_head, hidden_head
from publish.images.choose import lead_of
from publish.images.html import figures_of
from publish.languages import language_tag
from publish.publication import Publication
from publish.site.layout import article_path, up
from publish.teaser import Teaser, teaser_of
from publish.templating import render


def article_page(publication: Publication, *, site: Site, teaser: Teaser | None = None) -> str:
    """Return the article's page as HTML; its teaser is made anew where it is not given.

    Raises PublishError where the credit's HTML and text differ, the slug is no file name, or the body nests deeper
    than can be drawn.
    """
    try:
        return _article_page(publication, teaser or teaser_of(publication), site)
    except RecursionError as error:
        raise PublishError(
            "the body nests too deep",
            where=publication.attributed.article.url,
            next_step="look at it with `reprint extract`",
        ) from error


def withdrawn_page(slug: str, *, site: Site, notice: str = "", withdrawn_at: datetime | None = None) -> str:
    """Return the page that stays where an article was taken down; it names nothing of the article.

    A notice that ends with an address of ours becomes a link: the piece stands there now.
    """
    words, _, last = one_line(notice).rpartition(" ")
    pointer = last if last.startswith(site.url) else ""
    return render(
        "notice.html",
        path=article_path(slug),
        site=site,
        head=hidden_head("Withdrawn", site=site),
        kicker="410 Gone",
        title="This article has been withdrawn",
        text=(words if pointer else one_line(notice)) or "It is no longer available here.",
        pointer=pointer,
        when=withdrawn_at,
        onward=True,
    )


def _article_page(publication: Publication, teaser: Teaser, site: Site) -> str:
    attributed = publication.attributed
    return render(
        "article.html",
        path=article_path(teaser.slug),
        site=site,
        head=article_head(publication, teaser, site=site),
        teaser=teaser,
        standfirst=one_line(attributed.article.standfirst or ""),
        credit=Markup(teaser.credit_html),  # noqa: S704 - `credit_html` let nothing but links through
        credit_at=str(attributed.credit.position),
        lead=lead_figure(publication, up=up(article_path(teaser.slug))),
        body=shown_body(publication, up=up(article_path(teaser.slug))),
        tagline=printable(attributed.credit.tagline or "").strip(),
        bios=() if teaser.mode is Mode.LINK else bios_of(attributed.article),
        onward_name=teaser.origin_name if teaser.origin_url else teaser.partner_name,
        original_label=urlsplit(teaser.origin_url or "").netloc.removeprefix("www."),
        licence_url=safe_href(attributed.credit.licence_url),
        credit_language=language_tag(attributed.credit.language),
        logo=https_only(attributed.credit.logo),
        pixel=https_only(attributed.credit.pixel),
        corrections=publication.corrections,
        related=publication.related,
        topic=publication.topic,
        flags=flags_of(attributed.terms),
    )


def lead_figure(publication: Publication, *, up: str) -> Markup:
    """Return the image above the text as a figure; nothing where there is none to be shown."""
    lead = lead_of(publication.attributed)
    return Markup("") if lead is None else figures_of(publication.pictures, slug=publication.slug, up=up)(lead)


def shown_body(publication: Publication, *, up: str) -> Markup:
    """Return as much of the body as the decision allows: all, the terms' number of paragraphs, or nothing.

    `up` leads from the page to the site's root.
    """
    attributed = publication.attributed
    match attributed.decision.mode:
        case Mode.FULL:
            figure = figures_of(publication.pictures, slug=publication.slug, up=up)
            return body_html(attributed.article.body, figure=figure)
        case Mode.EXCERPT:
            return excerpt_html(attributed.article.body, paragraphs=attributed.terms.excerpt_paragraphs)
        case Mode.LINK:
            return Markup("")


def flags_of(terms: Terms) -> tuple[str, ...]:
    """Return what the terms forbid those who place advertising and paywalls: "no-ads", "no-paywall"."""
    flags = {"no-ads": terms.no_ads, "no-paywall": terms.no_paywall}
    return tuple(name for name, holds in flags.items() if holds)
