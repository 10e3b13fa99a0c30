"""What a page's head tells machines: one search policy, Open Graph, and JSON-LD that agrees with the page (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from ingest.mining import mining_of
from ingest.printable import one_line
from ingest.sources import Site
from ingest.terms import SearchPolicy
from publish.dates import iso
from publish.jsonld import news_article
from publish.publication import Publication
from publish.site.layout import article_path, image_path, url_of
from publish.teaser import Teaser


@dataclass(frozen=True, kw_only=True)
class SearchTag:
    """The one thing that search engines are told: a canonical link, or a meta tag's name and "noindex"."""

    canonical: str | None = None
    meta: str | None = None


@dataclass(frozen=True, kw_only=True)
class Head:
    """A page's head."""

    title: str
    description: str
    search: SearchTag
    #: Open Graph and article properties, in order.
    properties: tuple[tuple[str, str], ...]
    #: What the original says on text and data mining: metas by name.
    mining: tuple[tuple[str, str], ...] = ()
    json_ld: Markup | None = None


def article_head(publication: Publication, teaser: Teaser, *, site: Site) -> Head:
    """Return the head of an article's page."""
    url = url_of(article_path(teaser.slug), site_url=site.url)
    return Head(
        title=f"{teaser.headline} — {site.name}",
        description=teaser.standfirst,
        search=search_tag(teaser, own_url=url),
        properties=(
            *_open_graph("article", url, teaser.headline, teaser.standfirst, site),
            ("article:published_time", iso(teaser.published_at)),
            ("article:modified_time", iso(teaser.updated_at)),
            *_og_image(publication, teaser, site),
        ),
        mining=mining_of(publication.attributed.article).metas,
        json_ld=htmlsafe_json_dumps(
            news_article(publication, teaser, site=site), ensure_ascii=False, separators=(",", ":")
        ),
    )


def list_head(title: str, description: str, path: str, *, site: Site) -> Head:
    """Return the head of a list page, which is ours and canonical to itself."""
    url = url_of(path, site_url=site.url)
    name = site.name if title == site.name else f"{title} — {site.name}"
    return Head(
        title=name,
        description=description,
        search=SearchTag(canonical=url),
        properties=_open_graph("website", url, title, description, site),
    )


def hidden_head(title: str, *, site: Site) -> Head:
    """Return the head of a page that no search engine should keep: withdrawn, not found."""
    return Head(title=f"{title} — {site.name}", description="", search=SearchTag(meta="robots"), properties=())


def search_tag(teaser: Teaser, *, own_url: str) -> SearchTag:
    """Return the terms' search policy; where the original that it needs is unknown, the page stays out of search.

    Google recommends noindex for syndicated copies; several partners demand a canonical link: the terms choose.
    """
    match teaser.search:
        case SearchPolicy.CANONICAL:
            return SearchTag(canonical=teaser.origin_url) if teaser.origin_url else SearchTag(meta="robots")
        case SearchPolicy.NOINDEX:
            return SearchTag(meta="robots")
        case SearchPolicy.NEWS_NOINDEX:
            return SearchTag(meta="googlebot-news")
        case SearchPolicy.NONE:
            return SearchTag(canonical=own_url)


def _open_graph(kind: str, url: str, title: str, description: str, site: Site) -> tuple[tuple[str, str], ...]:
    found = (
        ("og:type", kind),
        ("og:url", url),
        ("og:title", title),
        ("og:description", description),
        ("og:site_name", site.name),
    )
    return tuple((name, value) for name, value in found if value)


def _og_image(publication: Publication, teaser: Teaser, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the first picture that the page shows, at our own address, for those who link to the page."""
    if not publication.pictures:
        return ()
    picture = publication.pictures[0]
    last = picture.fallback
    found = (
        ("og:image", url_of(image_path(teaser.slug, last.name), site_url=site.url)),
        ("og:image:width", str(last.width)),
        ("og:image:height", str(last.height)),
        ("og:image:alt", one_line(picture.image.alt)),
    )
    return tuple((name, value) for name, value in found if value)
