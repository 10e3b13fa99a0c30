"""How much of a partner's answer is read at all: caps in decoded bytes, shared by the fetcher and the readers."""

from __future__ import annotations

from typing import Final

#: A feed, hundreds of whole articles in it included.
FEED_MAX_BYTES: Final = 10 * 1024 * 1024

#: An article page, scripts included; the extractor refuses more than 2 MB of markup (one of 4.8 MB took 76 s).
PAGE_MAX_BYTES: Final = 8_000_000
