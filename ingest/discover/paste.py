"""Partners as YAML to paste under `partners:` of a sources.yaml (pure)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from ingest.discover.values import Candidate, Discovery
from ingest.sources.values import FeedKind
from ingest.urls import host_key, slugify

#: What a person is to know before anything of the partner is published.
_TERMS = "what the partner permits, and its proof; all is held until then"


def discovery_yaml(discovery: Discovery) -> str:
    """Return the block of a site's partner: its best feed, and the others in comments."""
    best, *others = discovery.candidates or (None,)
    feeds = [feed_block(best.url, kind=_kind(best), full_text=best.full_text)] if best else []
    block = partner_block(discovery.name, discovery.url, feeds=feeds, language=discovery.language)
    text = to_yaml({partner_key(discovery.name, discovery.url): block})
    lines = "".join(f"# also: {other.url} ({other.kind.value}, {other.entries} articles)\n" for other in others)
    return text + lines


def partner_key(name: str, url: str) -> str:
    """Return a key for a partner, from its name."""
    return slugify(name, max_length=40) if name else slugify(host_key(url), max_length=40)


def partner_block(
    name: str, url: str, *, feeds: Sequence[Mapping[str, Any] | str], language: str | None = None
) -> CommentedMap:
    """Return a partner without permission, with its feeds."""
    block = CommentedMap({"name": name, "url": url})
    if language:
        block["language"] = language
    block["feeds"] = CommentedSeq(feeds)
    grant = CommentedMap({"basis": "none"})
    grant.fa.set_flow_style()
    block["terms"] = CommentedMap({"grant": grant})
    block.yaml_add_eol_comment(_TERMS, "terms")
    return block


def feed_block(url: str, *, kind: FeedKind = FeedKind.AUTO, full_text: bool = False) -> CommentedMap | str:
    """Return a feed: its bare address where there is nothing else to say of it."""
    said: dict[str, object] = {"kind": kind.value} if kind is not FeedKind.AUTO else {}
    said |= {"full_text": True} if full_text else {}
    return CommentedMap({"url": url, **said}) if said else url


def to_yaml(partners: Mapping[str, CommentedMap]) -> str:
    """Return partners as YAML, indented as they stand under `partners:`."""
    yaml, out = YAML(), io.StringIO()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width, yaml.allow_unicode = 4096, True
    yaml.dump(CommentedMap(partners), out)
    return "".join(f"  {line}" if line.strip() else line for line in out.getvalue().splitlines(keepends=True))


def _kind(candidate: Candidate) -> FeedKind:
    # A feed is known by its look, and may become another dialect one day.
    return FeedKind.AUTO if candidate.kind is FeedKind.FEED else candidate.kind
