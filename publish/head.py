"""What a page's head tells machines: one search policy, Open Graph, and JSON-LD that agrees with the page (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from ingest.sources import Site
from ingest.terms import SearchPolicy
from publish.body_html import safe_href
from publish.dates import iso, iso_day_or_time
from publish.publication import Publication
from publish.site.layout import article_path, author_folder, url_of
from publish.teaser import Teaser, TeaserAuthor

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


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
        ),
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


def news_article(publication: Publication, teaser: Teaser, *, site: Site) -> dict[str, Json]:
    """Return schema.org NewsArticle: published by us, owed to the origin, credited in the page's own words."""
    url = url_of(article_path(teaser.slug), site_url=site.url)
    origin: dict[str, Json] = {"@type": "Organization", "name": teaser.origin_name}
    if teaser.origin_home:
        origin["url"] = teaser.origin_home
    found: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": teaser.headline,
        "description": teaser.standfirst,
        "inLanguage": teaser.language,
        "datePublished": iso(teaser.published_at),
        "dateModified": iso(teaser.updated_at),
        "dateline": teaser.dateline,
        "author": [_author(author, site) for author in teaser.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name, "url": site.url},
        "sourceOrganization": origin,
        "copyrightHolder": origin,
        "creditText": teaser.credit_text,
        "isBasedOn": _original(teaser),
        "license": safe_href(publication.attributed.credit.licence_url),
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _original(teaser: Teaser) -> Json:
    if teaser.origin_url is None:
        return None
    original: dict[str, Json] = {"@type": "NewsArticle", "url": teaser.origin_url}
    if teaser.original_at is not None:
        original["datePublished"] = iso_day_or_time(teaser.original_at)
    return original


def _author(author: TeaserAuthor, site: Site) -> Json:
    found: dict[str, Json] = {"@type": "Organization" if author.organisation else "Person"}
    found["name"] = author.name or author.display
    if author.name:
        found["url"] = url_of(f"{author_folder(author.name)}/index.html", site_url=site.url)
    if author.role:
        found["jobTitle"] = author.role
    if author.affiliation:
        found["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    return found


def _open_graph(kind: str, url: str, title: str, description: str, site: Site) -> tuple[tuple[str, str], ...]:
    found = (
        ("og:type", kind),
        ("og:url", url),
        ("og:title", title),
        ("og:description", description),
        ("og:site_name", site.name),
    )
    return tuple((name, value) for name, value in found if value)
