"""An article as ninjs 3.0 (iptc.org/std/ninjs), for systems that take news in: no more than our feeds may carry.

Unknown properties are left out. A withdrawn article is told as canceled, by its address alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time

from ingest.attribution import AttributedArticle
from ingest.printable import one_line, printable
from ingest.sources import Site
from publish.body_html import safe_href
from publish.dates import iso
from publish.images.values import Picture, Variant
from publish.publication import Publication
from publish.site.layout import article_path, author_folder, image_path, url_of
from publish.teaser import Teaser, TeaserAuthor

_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}


def ninjs(publication: Publication, teaser: Teaser, *, site: Site) -> bytes:
    """Return the article; body and pictures only where the terms let our own feeds carry the whole text."""
    whole = bool(teaser.feed_html)
    return _document(
        {
            "uri": _uri(teaser.slug, site),
            "type": "text",
            "standard": _STANDARD,
            "representationType": "full" if whole else "partial",
            "pubStatus": "usable",
            "firstCreated": iso(teaser.published_at),
            "versionCreated": iso(teaser.updated_at),
            "contentCreated": _known_time(teaser.original_at),
            "language": teaser.language,
            **_rights(publication.attributed, teaser),
            "headlines": [{"role": "main", "contentType": "text/plain", "value": teaser.headline}],
            "descriptions": _descriptions(teaser),
            "bodies": _bodies(publication, teaser) if whole else [],
            "by": ", ".join(author.display for author in teaser.authors),
            "people": [_person(author, site) for author in teaser.authors if not author.organisation],
            "organisations": [_organisation(author) for author in teaser.authors if author.organisation],
            "infoSources": [_known({"name": teaser.origin_name, "uri": teaser.origin_home})],
            "located": teaser.dateline,
            "subjects": [{"name": label} for label in teaser.labels],
            "altIds": [{"role": "original", "value": teaser.origin_url}] if teaser.origin_url else [],
            "associations": [_picture(one, number, teaser, site) for number, one in _numbered(publication, whole)],
        }
    )


def canceled(slug: str, *, site: Site, withdrawn_at: datetime | None) -> bytes:
    """Return the notice that an article was withdrawn; it names nothing but its address."""
    when = iso(withdrawn_at) if withdrawn_at is not None else None
    return _document(
        {
            "uri": _uri(slug, site),
            "type": "text",
            "standard": _STANDARD,
            "pubStatus": "canceled",
            "versionCreated": when,
        }
    )


def _uri(slug: str, site: Site) -> str:
    return url_of(article_path(slug), site_url=site.url)


def _rights(attributed: AttributedArticle, teaser: Teaser) -> dict[str, object]:
    """Return whose it is, the line that has to stand with it, and on what it is shown here."""
    licence = safe_href(attributed.credit.licence_url)
    if attributed.credit.licence:
        usage = f"Licensed under {attributed.credit.licence}."
    else:
        usage = f"Shown here with permission; ask {teaser.origin_name} for any other use."
    return {
        "copyrightHolder": teaser.origin_name,
        "copyrightNotice": teaser.credit_text,
        "usageTerms": usage,
        "rightsInfo": {"linkedRights": licence} if licence else None,
    }


def _descriptions(teaser: Teaser) -> list[dict[str, str]]:
    if not teaser.standfirst:
        return []
    return [{"role": "summary", "contentType": "text/plain", "value": teaser.standfirst}]


def _bodies(publication: Publication, teaser: Teaser) -> list[dict[str, object]]:
    body = publication.attributed.article.body
    return [
        {
            "role": "main",
            "contentType": "text/html",
            "charCount": len(body.text),
            "wordCount": body.word_count,
            "value": teaser.feed_html,
        }
    ]


def _known_time(moment: datetime | None) -> str | None:
    """Return a time; None where only the day is known, as the format has no such thing."""
    return None if moment is None or moment.timetz().replace(tzinfo=None) == time(0) else iso(moment)


def _person(author: TeaserAuthor, site: Site) -> dict[str, object]:
    page = url_of(f"{author_folder(author.key)}/index.html", site_url=site.url) if author.key else None
    return _known({"name": author.name or author.display, "rel": "author", "uri": page})


def _organisation(author: TeaserAuthor) -> dict[str, object]:
    return {"name": author.name or author.display, "rel": "author"}


def _numbered(publication: Publication, whole: bool) -> list[tuple[int, Picture]]:
    return list(enumerate(publication.pictures, start=1)) if whole else []


def _picture(picture: Picture, number: int, teaser: Teaser, site: Site) -> dict[str, object]:
    last = picture.fallback
    alt = one_line(picture.image.alt)
    return _known(
        {
            "name": f"picture-{number}",
            "uri": url_of(image_path(teaser.slug, last.name), site_url=site.url),
            "type": "picture",
            "by": one_line(picture.image.credit or ""),
            "descriptions": [{"role": "alt", "contentType": "text/plain", "value": alt}] if alt else [],
            "renditions": [_rendition(variant, teaser.slug, site) for variant in picture.made.variants],
        }
    )


def _rendition(variant: Variant, slug: str, site: Site) -> dict[str, object]:
    return {
        "name": f"{variant.width}w {variant.kind}",
        "href": url_of(image_path(slug, variant.name), site_url=site.url),
        "contentType": variant.kind,
        "width": variant.width,
        "height": variant.height,
        "sizeInBytes": variant.size,
    }


def _known(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _document(values: Mapping[str, object]) -> bytes:
    return (printable(json.dumps(_known(values), ensure_ascii=False)) + "\n").encode()
