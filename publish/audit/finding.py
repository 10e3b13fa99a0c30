"""What an audit finds: a code, how grave it is, the evidence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is; errors and warnings end `reprint audit check` with exit code 1."""

    #: A duty is broken, or a record cannot be trusted.
    ERROR = "error"
    #: Something is overdue, or will be broken soon if nobody acts.
    WARNING = "warning"
    #: Good to know: a gap in the facts, a permission that ends soon.
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as the records say, or not as the terms demand."""

    code: str
    severity: Severity
    #: None where it concerns no one article.
    article_id: int | None
    #: The page, the file or the record.
    where: str
    #: What was expected and what was found.
    evidence: str
    next_step: str


_REBUILD = "run `reprint publish --rebuild`; if it comes back, find out who changes the page"
_RESTORE = "restore the database from a backup, and find out who wrote to it"
_PUBLISH = "run `reprint publish`, or see that `reprint run` is up"
_ACCEPT = "then set a new review_by, or evidence_sha256, in its grant"
_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

#: Every code that there is, with its severity and what to do.
CODES: dict[str, tuple[Severity, str]] = {
    # The page against its record.
    "page-missing": (_ERROR, _REBUILD),
    "awaits-editor": (_NOTICE, "an editor publishes it in WordPress, or it appears at its time"),
    "page-unreachable": (_WARNING, "look at it again later; if it stays so, ask who runs the site"),
    "page-elsewhere": (_ERROR, "set site.url in sources.yaml right, then run `reprint publish --rebuild`"),
    "credit-missing": (_ERROR, _REBUILD),
    "credit-misplaced": (_ERROR, _REBUILD),
    "credit-hidden": (_ERROR, _REBUILD),
    "byline-missing": (_ERROR, _REBUILD),
    "tagline-missing": (_ERROR, _REBUILD),
    "logo-missing": (_ERROR, _REBUILD),
    "link-missing": (_ERROR, _REBUILD),
    "headline-changed": (_ERROR, _REBUILD),
    "body-changed": (_ERROR, _REBUILD),
    "change-unnamed": (_ERROR, "say on the page that it was changed, or run `reprint publish --rebuild`"),
    "body-edited": (_NOTICE, "see that the edits are of the kind that the terms allow"),
    "shows-too-much": (_ERROR, _REBUILD),
    "story-link-missing": (_ERROR, _REBUILD),
    "bio-missing": (_ERROR, _REBUILD),
    "pixel-missing": (_ERROR, _REBUILD),
    "pixel-blocked": (_ERROR, _REBUILD),
    "pixel-foreign": (_ERROR, _REBUILD),
    "image-not-allowed": (_ERROR, _REBUILD),
    "photo-credit-missing": (_ERROR, _REBUILD),
    "foreign-content": (_ERROR, _REBUILD),
    "contact-missing": (
        _ERROR,
        "see that site.contact stands on the page; in WordPress, put it into the theme's footer",
    ),
    "flags-missing": (_ERROR, _REBUILD),
    "canonical-wrong": (_ERROR, _REBUILD),
    "noindex-missing": (_ERROR, _REBUILD),
    "search-doubled": (_ERROR, _REBUILD),
    # The permission.
    "partner-unknown": (_ERROR, "add the partner to sources.yaml again, or withdraw the article"),
    "permission-over": (_ERROR, "run `reprint publish`: it takes the page down"),
    "edit-conflict": (_WARNING, "run `reprint articles merge ID`: the page stands as it is until a person decides"),
    "terms-changed": (_WARNING, "run `reprint publish`: it updates the page"),
    "expired": (_WARNING, "ask the grantor for more time, and write the new day into sources.yaml"),
    "stay-over": (_WARNING, "ask the grantor for more time, or withdraw the article"),
    "evidence-missing": (
        _WARNING,
        f"put the proof of the permission back, or ask the grantor for it anew; {_ACCEPT}",
    ),
    "evidence-changed": (
        _WARNING,
        f"read what the proof says now, and set the rules in sources.yaml by it; {_ACCEPT}",
    ),
    "evidence-unreachable": (_NOTICE, "look at it again later"),
    "review-due": (_WARNING, "read the partner's rules again, and set a new review_by in sources.yaml"),
    "expires-soon": (_NOTICE, "ask the grantor for more time before it ends"),
    "original-url-unknown": (_NOTICE, "find the original's address, or ask the partner to send it"),
    # What waits.
    "takedown-late": (_ERROR, _PUBLISH),
    "correction-late": (_ERROR, _PUBLISH),
    "takedown-was-late": (
        _WARNING,
        "tell the partner; see that `reprint run` is up, and why the target took so long",
    ),
    "correction-was-late": (_WARNING, "tell the partner; see that `reprint run` is up, and who had to release it"),
    "outbox-stuck": (_WARNING, "read the reason; it is tried again by itself, or at once by `reprint publish`"),
    "notify-due": (_WARNING, "tell the partner, then note it: `reprint audit notified ID --how ...`"),
    # Lists, feeds, sitemaps, and what was withdrawn.
    "still-there": (_ERROR, _REBUILD),
    "withdrawn-listed": (_ERROR, _REBUILD),
    "stray-page": (_ERROR, "no record stands behind it: remove the file, and find out who put it there"),
    "stray-link": (_WARNING, _REBUILD),
    "feed-missing": (_ERROR, _REBUILD),
    "feed-credit-missing": (_ERROR, _REBUILD),
    "feed-byline-missing": (_ERROR, _REBUILD),
    "feed-shows-too-much": (_ERROR, _REBUILD),
    "feed-stale": (_WARNING, _REBUILD),
    # The originals.
    "original-gone": (_ERROR, "ask the partner; if it was taken back: `reprint articles withdraw ID --reason ...`"),
    "original-changed": (_WARNING, "run `reprint ingest --followups PARTNER`: it takes up the correction"),
    "original-moved": (_NOTICE, "run `reprint ingest --url URL`, so that the credit leads there"),
    "original-unreachable": (_NOTICE, "look at it again later"),
    # Records against the ledger.
    "ledger-broken": (_ERROR, _RESTORE),
    "not-in-ledger": (_ERROR, _RESTORE),
    "record-edited": (_ERROR, _RESTORE),
    "record-missing": (_ERROR, _RESTORE),
    "guard-missing": (_ERROR, _RESTORE),
    "schema-changed": (_ERROR, _RESTORE),
}


def finding(code: str, evidence: str, *, where: str, article_id: int | None = None) -> Finding:
    """Return a finding of a code that CODES holds."""
    severity, next_step = CODES[code]
    return Finding(
        code=code, severity=severity, article_id=article_id, where=where, evidence=evidence, next_step=next_step
    )


def is_grave(found: Finding) -> bool:
    """Tell whether a finding asks for action: an error or a warning."""
    return found.severity is not Severity.NOTICE
