"""Raw author strings and closing bios to people: who is credited, and what is only said about them (pure).

A string is cleaned (`clean`), relieved of addresses (`contacts`), dates and buttons (`noise`), and its lead-in
(`lead`), cut at its separators (`pieces`), each piece is judged (`judge`, with the words of `roles`,
`organisations` and `given`), and the people are put together in order (`roster`). There is no list of sites or of
their authors.
"""

from ingest.byline.bio import parse_bio, parse_bios
from ingest.byline.merge import merge_bylines
from ingest.byline.parse import parse_byline

__all__ = ["merge_bylines", "parse_bio", "parse_bios", "parse_byline"]
