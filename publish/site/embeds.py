"""Teasers that other sites embed: as a page for a frame, and as JSON with the same in three sizes (pure)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ingest.sources import Site
from publish.dates import iso
from publish.head import hidden_head
from publish.site import layout
from publish.teaser import Teaser
from publish.templating import macro, render

#: From a headline with its credit to all that a teaser has.
SIZES = ("brief", "card", "lead")
#: How many teasers a list gives to others.
_NEWEST = 10


def embed_files(teaser: Teaser, *, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of an article's teaser for other sites: a small page that fits its frame, and JSON."""
    path, fragments = layout.embed_path(teaser.slug, "html"), _fragments(teaser, site)
    # A page of its own begins with a heading of the first level.
    shown = Markup(fragments[SIZES[-1]].replace("<h3>", "<h1>").replace("</h3>", "</h1>"))  # noqa: S704 - ours
    head = hidden_head(teaser.headline, site=site)
    page = render("embed.html", path=path, site=site, head=head, fragment=shown, teaser=teaser)
    yield path, page.encode()
    yield layout.embed_path(teaser.slug, "json"), _bytes(_json(teaser, fragments, site))


def embed_paths(slug: str) -> tuple[str, ...]:
    """Return the paths of an article's teaser for other sites."""
    return tuple(layout.embed_path(slug, form) for form in ("html", "json"))


def newest_json(teasers: Sequence[Teaser], *, site: Site) -> bytes:
    """Return a list's newest teasers as JSON, given newest first."""
    found: list[object] = [teaser_json(teaser, site=site) for teaser in teasers[:_NEWEST]]
    return _bytes({"site": site.name, "url": site.url, "teasers": found})


def teaser_json(teaser: Teaser, *, site: Site) -> dict[str, object]:
    """Return a teaser as others may show it: it leads to our page, and its credit goes with it in every size."""
    return _json(teaser, _fragments(teaser, site), site)


def _fragments(teaser: Teaser, site: Site) -> dict[str, str]:
    fragment = macro("parts.html", "fragment", site)
    return {size: str(fragment(teaser, site, size)).strip() for size in SIZES}


def _json(teaser: Teaser, fragments: dict[str, str], site: Site) -> dict[str, object]:
    authors: list[object] = [author.display for author in teaser.authors]
    found: dict[str, object] = {
        "url": layout.url_of(layout.article_path(teaser.slug), site_url=site.url),
        "headline": teaser.headline,
        "standfirst": teaser.standfirst,
        "kicker": teaser.origin_name,
        "authors": authors,
        "partner": teaser.partner_name,
        "language": teaser.language,
        "published": iso(teaser.published_at),
        "updated": iso(teaser.updated_at),
        "minutes": teaser.minutes,
        "credit": teaser.credit_text,
        "credit_html": teaser.credit_html,
        "html": fragments,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _bytes(value: dict[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
