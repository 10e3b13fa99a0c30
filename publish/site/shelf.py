"""All that is published, put in order: by time, partner, author and month (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

from publish.site.layout import author_folder, month_folder, partner_folder
from publish.teaser import Teaser, TeaserAuthor


@dataclass(frozen=True, kw_only=True)
class Collection:
    """The teasers of one partner, author or month, newest first."""

    key: str
    name: str
    folder: str
    teasers: tuple[Teaser, ...]
    #: The author as last credited; None for partners and months.
    author: TeaserAuthor | None = None
    #: The partner's home page; None where no original of its own is known.
    home: str | None = None


def in_order(shelf: Iterable[Teaser]) -> tuple[Teaser, ...]:
    """Return the teasers newest first by our own time, one for each slug (the last updated)."""
    by_slug = {teaser.slug: teaser for teaser in sorted(shelf, key=lambda t: (t.updated_at, t.work_id))}
    return tuple(sorted(by_slug.values(), key=lambda t: (t.published_at, t.work_id), reverse=True))


def by_partner(ordered: Sequence[Teaser]) -> tuple[Collection, ...]:
    """Return a collection for each partner, by name; a piece stands with its origin and with its supplier."""
    found: dict[str, list[Teaser]] = {}
    names: dict[str, str] = {}
    for teaser in ordered:
        for key, name in _partners_of(teaser).items():
            names.setdefault(key, name)
            found.setdefault(key, []).append(teaser)
    return tuple(
        Collection(
            key=key,
            name=names[key],
            folder=partner_folder(key),
            teasers=tuple(found[key]),
            home=_home(key, found[key]),
        )
        for key in sorted(found, key=lambda key: (names[key].casefold(), key))
    )


def by_author(ordered: Sequence[Teaser]) -> tuple[Collection, ...]:
    """Return a collection for each author whose name is known, by name."""
    found: dict[str, list[Teaser]] = {}
    authors: dict[str, TeaserAuthor] = {}
    for teaser in ordered:
        for author in teaser.authors:
            if author.name is None:
                continue
            folder = author_folder(author.name)
            authors[folder] = _fuller(authors.get(folder), author)
            pieces = found.setdefault(folder, [])
            if not pieces or pieces[-1] is not teaser:
                pieces.append(teaser)
    made = (
        Collection(
            key=folder, name=authors[folder].name or "", folder=folder, teasers=tuple(pieces), author=authors[folder]
        )
        for folder, pieces in found.items()
    )
    return tuple(sorted(made, key=lambda c: (c.name.casefold(), c.key)))


def by_month(ordered: Sequence[Teaser]) -> tuple[Collection, ...]:
    """Return a collection for each month in which we published, the newest first; `key` is "YYYY-MM"."""
    found: dict[str, list[Teaser]] = {}
    for teaser in ordered:
        found.setdefault(f"{teaser.published_at.astimezone(UTC):%Y-%m}", []).append(teaser)
    return tuple(
        Collection(key=month, name=month, folder=month_folder(month), teasers=tuple(teasers))
        for month, teasers in found.items()
    )


def _partners_of(teaser: Teaser) -> dict[str, str]:
    found = {teaser.partner: teaser.partner_name}
    if teaser.origin_key is not None:
        found[teaser.origin_key] = teaser.origin_name
    return found


def _home(key: str, teasers: Sequence[Teaser]) -> str | None:
    """Return the partner's home page, else the root of its newest original."""
    for teaser in teasers:
        if teaser.origin_key == key and (teaser.origin_home or teaser.origin_url):
            parts = urlsplit(teaser.origin_url or "")
            return teaser.origin_home or f"{parts.scheme}://{parts.netloc}/"
    return None


def _fuller(known: TeaserAuthor | None, older: TeaserAuthor) -> TeaserAuthor:
    """Return the newest credit of an author, its gaps filled from an older one."""
    if known is None:
        return older
    return TeaserAuthor(
        display=known.display,
        name=known.name,
        role=known.role or older.role,
        affiliation=known.affiliation or older.affiliation,
        bio=known.bio or older.bio,
        organisation=known.organisation,
    )
