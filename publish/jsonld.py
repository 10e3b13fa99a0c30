"""An article's JSON-LD: schema.org NewsArticle, in the page's own words; what is unknown is left out (pure)."""

from __future__ import annotations

from typing import TypeAlias

from ingest.corrections import CorrectedBy, Correction
from ingest.mining import mining_of
from ingest.printable import one_line
from ingest.sources import Site
from publish.body_html import safe_href
from publish.dates import iso, iso_day_or_time
from publish.images.values import Picture
from publish.publication import Publication
from publish.site.layout import article_path, author_folder, image_path, url_of
from publish.teaser import Teaser, TeaserAuthor

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def news_article(publication: Publication, teaser: Teaser, *, site: Site) -> dict[str, Json]:
    """Return schema.org NewsArticle: published by us, owed to the origin, credited in the page's own words.

    `creditText` is the visible credit, `copyrightHolder` the origin, `isBasedOn` the original, `correction` each
    correction of it, the newest first.
    """
    url = url_of(article_path(teaser.slug), site_url=site.url)
    origin = _origin(teaser)
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "headline": teaser.headline,
            "description": teaser.standfirst,
            "image": [_image(picture, teaser.slug, site) for picture in publication.pictures],
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
            "usageInfo": safe_href(mining_of(publication.attributed.article).policy),
            "correction": [_correction(correction, origin, site) for correction in publication.corrections],
            "isAccessibleForFree": True,
        }
    )


def _origin(teaser: Teaser) -> dict[str, Json]:
    return _known({"@type": "Organization", "name": teaser.origin_name, "url": teaser.origin_home})


def _original(teaser: Teaser) -> Json:
    if teaser.origin_url is None:
        return None
    published = iso_day_or_time(teaser.original_at) if teaser.original_at is not None else None
    return _known({"@type": "NewsArticle", "url": teaser.origin_url, "datePublished": published})


def _author(author: TeaserAuthor, site: Site) -> Json:
    page = url_of(f"{author_folder(author.key)}/index.html", site_url=site.url) if author.key else None
    affiliation: Json = {"@type": "Organization", "name": author.affiliation} if author.affiliation else None
    return _known(
        {
            "@type": "Organization" if author.organisation else "Person",
            "name": author.name or author.display,
            "url": page,
            "jobTitle": author.role,
            "affiliation": affiliation,
        }
    )


def _correction(correction: Correction, origin: dict[str, Json], site: Site) -> Json:
    ours: dict[str, Json] = {"@type": "NewsMediaOrganization", "name": site.name, "url": site.url}
    return {
        "@type": "CorrectionComment",
        "text": one_line(correction.text),
        "datePublished": iso(correction.at),
        "author": origin if correction.by is CorrectedBy.PARTNER else ours,
    }


def _image(picture: Picture, slug: str, site: Site) -> Json:
    last = picture.fallback
    return _known(
        {
            "@type": "ImageObject",
            "url": url_of(image_path(slug, last.name), site_url=site.url),
            "width": last.width,
            "height": last.height,
            "caption": one_line(picture.image.alt),
            "creditText": one_line(picture.image.credit or ""),
        }
    )


def _known(values: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}
