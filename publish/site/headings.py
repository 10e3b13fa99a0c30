"""What stands above a list: whose it is, and what its newest pieces tell of them (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.sources import Site
from ingest.store.listings import ListRow
from ingest.terms import Mode
from publish.dates import month_of
from publish.shelf import Item
from publish.site import layout
from publish.teaser import Teaser, TeaserAuthor


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The head of one list; only the index has more than kicker and title, as other pages must stay as they are."""

    kicker: str
    title: str
    count: int
    subtitle: str = ""
    bio: str = ""
    home: str | None = None
    #: The list's RSS feed, from the root.
    feed: str | None = None
    #: The partner whose page it is, so that its name is not said again on each teaser.
    here: str = ""
    #: How the partner wants to be credited, as on its newest piece, and how much of its pieces is shown.
    credit_html: str = ""
    shown: str = ""


def heading_of(row: ListRow, items: Sequence[Item], *, site: Site) -> Heading:
    """Return a list's heading; `items` are the newest, none on pages other than the index."""
    kind, _, key = row.list.partition(":")
    if kind == "partner":
        return _of_partner(row, key, [item.teaser for item in items])
    if kind == "author":
        return _of_author(row, key, [item.teaser for item in items])
    if kind == "month":
        return Heading(kicker="Archive", title=month_of(key), count=row.size)
    name = next((section.name for section in site.sections if section.key == key), row.name)
    return Heading(
        kicker="Section",
        title=name,
        count=row.size,
        feed=f"{layout.section_folder(key)}/{layout.RSS}" if items else None,
    )


def _of_partner(row: ListRow, key: str, teasers: Sequence[Teaser]) -> Heading:
    own = next((teaser for teaser in teasers if teaser.origin_key == key), None)
    return Heading(
        kicker="Partner",
        title=row.name,
        count=row.size,
        home=_home(key, teasers),
        feed=f"{layout.partner_folder(key)}/{layout.RSS}" if teasers else None,
        here=key,
        credit_html=own.credit_html if own else "",
        shown=_shown(own) if own else "",
    )


def _shown(teaser: Teaser) -> str:
    how = {Mode.FULL: "in full", Mode.EXCERPT: "as excerpts", Mode.LINK: "as links"}[teaser.mode]
    return f"Shown here {how}, {f'under {teaser.licence}' if teaser.licence else 'with permission'}."


def _home(key: str, teasers: Sequence[Teaser]) -> str | None:
    """Return the partner's home page, else the root of its newest original."""
    for teaser in teasers:
        if teaser.origin_key == key and (teaser.origin_home or teaser.origin_url):
            parts = urlsplit(teaser.origin_url or "")
            return teaser.origin_home or f"{parts.scheme}://{parts.netloc}/"
    return None


def _of_author(row: ListRow, key: str, teasers: Sequence[Teaser]) -> Heading:
    known = [author for teaser in teasers for author in teaser.authors if author.key == key]
    role, affiliation, bio = (_newest(known, field) for field in ("role", "affiliation", "bio"))
    return Heading(
        kicker="Author",
        title=row.name,
        count=row.size,
        subtitle=", ".join(part for part in (role, affiliation) if part),
        bio=bio,
    )


def _newest(known: Sequence[TeaserAuthor], field: str) -> str:
    """Return what the newest credit that says it says of an author."""
    return next((found for author in known if (found := getattr(author, field))), "")
