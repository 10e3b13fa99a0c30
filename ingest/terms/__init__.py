"""What a partner's permission allows and demands, as data. Unknown means deny, so every default is the strict one."""

from ingest.terms.grant import Grant
from ingest.terms.rules import DEFAULT_TEMPLATE, UNKNOWN, CreditRule, Duties, Quota, Terms
from ingest.terms.vocabulary import (
    AtEnd,
    Basis,
    Edits,
    Images,
    LinkTarget,
    Mode,
    Position,
    SearchPolicy,
    Selection,
    Waiver,
)

__all__ = [
    "DEFAULT_TEMPLATE",
    "UNKNOWN",
    "AtEnd",
    "Basis",
    "CreditRule",
    "Duties",
    "Edits",
    "Grant",
    "Images",
    "LinkTarget",
    "Mode",
    "Position",
    "Quota",
    "SearchPolicy",
    "Selection",
    "Terms",
    "Waiver",
]
