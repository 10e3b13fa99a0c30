"""Who announces a feed's changes, and under what address (pure).

Source: WebSub, section 4: Link headers go before the document's own links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ingest.feed.links import absolute_url

#: Of RFC 8288's Link header what hubs are named with.
_LINK: Final = re.compile(
    r"""<([^<>\s]{1,2000})>((?:\s*;\s*[\w*-]{1,30}\s*=\s*(?:"[^"]{0,300}"|[^\s;,"]{1,300}))*)"""
)
_REL: Final = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""", re.IGNORECASE)

#: No honest header is longer.
_MAX_HEADER: Final = 8192


def find_link(rel: str, links: Iterable[Mapping[str, object]], headers: Mapping[str, str], base: str) -> str | None:
    """Return the absolute address of the first link of relation `rel` ("hub", "self"), or None.

    `links` are the document's own, as mappings with `rel` and `href`; `headers` are the answer's, with lower-case
    names.
    """
    served = (target for target, rels in _link_header(headers.get("link", "")) if rel in rels)
    said = (link.get("href") for link in links if rel in str(link.get("rel", "")).lower().split())
    return next((url for target in (*served, *said) if (url := absolute_url(base, target))), None)


def _link_header(value: str) -> Iterable[tuple[str, list[str]]]:
    for target, parameters in _LINK.findall(value[:_MAX_HEADER]):
        quoted_or_bare = _REL.search(parameters)
        if quoted_or_bare:
            yield target, (quoted_or_bare[1] or quoted_or_bare[2] or "").lower().split()
