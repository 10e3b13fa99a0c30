"""What changed between two revisions of an article, in a newsroom's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of change, the weightiest first."""

    #: A note that tells readers what was wrong came with it.
    CORRECTION = "correction-notice"
    #: Words of the standfirst, the text or the note on the author that change what is said.
    SUBSTANTIVE = "substantive"
    HEADLINE = "headline"
    #: Who is credited: a name, a role, the credit that a middleman printed.
    BYLINE = "byline"
    #: A picture, its caption or its credit.
    IMAGE = "image"
    #: The partner's date for it.
    DATE = "date"
    #: Quotes, dashes, spaces, case, a misspelt word, markup: no word says anything else.
    TYPOGRAPHIC = "typographic"
    #: Nothing that is the partner's words: ads, counters, tracking parameters, sizes of one picture.
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Change:
    """The change from one revision to a later one."""

    #: Each kind once, the weightiest first; (Kind.NONE,) where nothing changed.
    kinds: tuple[Kind, ...]
    #: Words of the text that came and that went; a word put right counts in both.
    added: int = 0
    removed: int = 0
    #: The correction notices that came with it, verbatim, in the text's order.
    notices: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The weightiest kind."""
        return self.kinds[0]

    @property
    def nothing(self) -> bool:
        """Whether readers would see no difference that is the partner's."""
        return self.kinds == (Kind.NONE,)
