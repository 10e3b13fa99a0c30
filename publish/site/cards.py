"""A teaser as a card on a list: rendered once, shown on each list that the piece stands in."""

from __future__ import annotations

from markupsafe import Markup

from ingest.sources import Site
from publish.shelf import Item
from publish.teaser import Teaser
from publish.templating import macro

#: More cards than this are not kept.
_KEPT = 20_000

#: What leads from any list's page to the site's root.
UP = "../../"


class Cards:
    """The cards of one build."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: dict[int, Markup] = {}

    def card(self, item: Item, *, here: str = "") -> Markup:
        """Return a piece's card for list pages; on a partner's own (`here`) its name is not said again."""
        if here:
            return self._draw(item.teaser, here)
        found = self._kept.get(item.work_id)
        if found is None:
            found = self._draw(item.teaser, here)
            if len(self._kept) < _KEPT:
                self._kept[item.work_id] = found
        return found

    def _draw(self, teaser: Teaser, here: str) -> Markup:
        return macro("parts.html", "card", self._site)(teaser, self._site, UP, "plain", 2, here)
