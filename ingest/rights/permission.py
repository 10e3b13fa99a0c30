"""Rules on the permission itself: is there one, does it cover this, is it in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from ingest.rights.case import Case, Finding, hold, in_utc, notice
from ingest.terms import AtEnd, Basis

#: How long before a permission ends the editors are told.
NOTICE_DAYS = 30


def check_basis(case: Case) -> Iterator[Finding]:
    """Hold where nobody permitted anything, or where the permission does not cover another's work."""
    origin, grant = case.origin, case.terms.grant
    stranger = origin.key is None and not origin.own
    if grant.basis is Basis.NONE and stranger:
        yield hold(
            "no-permission",
            f"No permission from the origin: {origin.name} first published this and is no partner of ours. "
            "Get their permission and add them to sources.yaml; "
            "if it is another name of a partner, add it to that partner's aliases.",
        )
    elif grant.basis is Basis.NONE:
        yield hold(
            "no-permission",
            f"No permission from {origin.name}: its terms say basis: none. "
            "Get a grant, and write who gave it and its proof into sources.yaml.",
        )
    elif stranger and case.terms.own_only:
        yield hold(
            "not-own",
            f"The permission covers only what the partner first published itself, and this is {origin.name}'s. "
            "Get their permission and add them to sources.yaml.",
        )


def check_validity(case: Case) -> Iterator[Finding]:
    """Hold before the first day and after the last; both days count, in UTC."""
    grant, today = case.terms.grant, in_utc(case.now).date()
    if grant.valid_from is not None and today < grant.valid_from:
        starts = datetime.combine(grant.valid_from, time(), UTC)
        yield hold("not-yet-valid", f"The permission begins on {grant.valid_from}.", until=starts)
    if grant.valid_until is None:
        return
    if today > grant.valid_until:
        message = f"The permission ended on {grant.valid_until}. Renew it, and write the new day into sources.yaml."
        stays = case.taken_at is not None and case.terms.at_end is not AtEnd.WITHDRAW
        yield (notice if stays else hold)("expired", message)
    elif grant.valid_until - today <= timedelta(days=NOTICE_DAYS):
        yield notice("expires-soon", f"The permission ends on {grant.valid_until}; ask for more time.")


def check_review(case: Case) -> Iterator[Finding]:
    """Tell when a person should have looked at the terms again."""
    review_by = case.terms.grant.review_by
    if review_by is not None and in_utc(case.now).date() > review_by:
        yield notice("review-due", f"The terms were to be looked at again by {review_by}.")
