"""A list of feeds to partners that are not there yet (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ruamel.yaml.comments import CommentedMap

from ingest.discover.paste import feed_block, partner_block, partner_key, to_yaml
from ingest.opml import OpmlFeed
from ingest.sources.values import Partner
from ingest.urls import canonical_url, host_key


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """New partners, as they stand in a sources.yaml."""

    #: YAML to put under `partners:`; empty where nothing is new.
    yaml: str
    partners: int
    feeds: int
    #: Feeds that a partner has already.
    known: tuple[OpmlFeed, ...]
    #: Feeds of a partner that is there already, by its key; they are to be added to its own block.
    of_partners: tuple[tuple[str, OpmlFeed], ...]


def adopt(feeds: Sequence[OpmlFeed], *, partners: Sequence[Partner]) -> Adoption:
    """Return a block for each site of `feeds` that is none of `partners` yet, all its feeds in it."""
    held = {canonical_url(feed.url) for partner in partners for feed in partner.feeds}
    owners = {_bare(host): partner.key for partner in partners for host in partner.hosts}
    known = tuple(feed for feed in feeds if canonical_url(feed.url) in held)
    fresh = [feed for feed in feeds if feed not in known]
    owned = tuple((owners[_site(feed)], feed) for feed in fresh if _site(feed) in owners)
    sites: dict[str, list[OpmlFeed]] = {}
    for feed in fresh:
        if _site(feed) not in owners:
            sites.setdefault(_site(feed), []).append(feed)
    return Adoption(
        yaml=_yaml(sites, partners),
        partners=len(sites),
        feeds=sum(map(len, sites.values())),
        known=known,
        of_partners=owned,
    )


def _yaml(sites: dict[str, list[OpmlFeed]], partners: Sequence[Partner]) -> str:
    keys = {partner.key for partner in partners}
    names = {partner.name.casefold() for partner in partners}
    blocks: dict[str, CommentedMap] = {}
    for site, feeds in sites.items():
        first = feeds[0]
        # Names tell partners apart, so that a second site of one name goes by its host.
        name = first.title if first.title and first.title.casefold() not in names else site
        home = next((feed.home_url for feed in feeds if feed.home_url), None) or f"https://{site}/"
        names.add(name.casefold())
        blocks[_free(partner_key(name, home), {*keys, *blocks})] = partner_block(
            name, home, feeds=[feed_block(feed.url) for feed in feeds]
        )
    return to_yaml(blocks) if blocks else ""


def _site(feed: OpmlFeed) -> str:
    return _bare(host_key(feed.home_url or feed.url))


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _free(key: str, taken: set[str]) -> str:
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(name for name in numbered if name not in taken)
