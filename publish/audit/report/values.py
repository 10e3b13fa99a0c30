"""What a report holds; every fact from the records, every missing one named as a gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that happened to a page: published, corrected, judged anew, taken down."""

    at: datetime
    #: published, corrected (by the partner, and taken up), edited (by us), updated, told (our correction), withdrawn.
    kind: str
    #: The revision's number that stands since then; None for a withdrawal.
    revision: int | None = None
    #: Of our own correction: what readers are told.
    text: str | None = None
    #: Of a partner's correction: when they changed it, as they say, else when we saw it.
    changed_at: datetime | None = None
    #: Whether `changed_at` is the partner's own word.
    stated: bool = False
    #: Whether the terms' deadline for it had passed.
    late: bool = False

    @property
    def delay(self) -> timedelta | None:
        """How long a correction took to stand on our page."""
        return self.at - self.changed_at if self.changed_at is not None else None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One republished article."""

    article_id: int
    headline: str
    byline: tuple[str, ...]
    #: Ours.
    url: str
    #: The original's; None is a gap.
    original: str | None
    supplier: str
    origin: str
    credit: str
    #: published, pending, withdrawing, withdrawn.
    state: str
    #: In full, as an excerpt, as a link.
    mode: str
    #: What the permission rests on, by whom, and the first characters of the terms' name in the store.
    basis: str
    #: The public licence by name; None where the permission is a grant.
    licence: str | None
    grantor: str | None
    terms: str
    original_at: datetime | None
    published_at: datetime | None
    changes: tuple[Change, ...]
    #: Who is to be told of it; None where the terms want nobody told.
    notify: str | None
    notified_at: datetime | None
    #: What is to be paid for it, and to whom; None where it costs nothing.
    fee: str | None
    fee_to: str | None
    #: When our right to show it ends; None where it does not, or nobody said.
    ends_at: datetime | None
    #: Facts that nobody knows, in words.
    gaps: tuple[str, ...]

    @property
    def corrections(self) -> tuple[Change, ...]:
        """The partner's corrections that we took up, in order."""
        return tuple(change for change in self.changes if change.kind == "corrected")

    @property
    def own_corrections(self) -> tuple[Change, ...]:
        """The corrections of our own that our page shows, in order."""
        return tuple(change for change in self.changes if change.kind == "told")

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was last taken down; None while it stands."""
        last = [change for change in self.changes if change.kind != "told"][-1:]
        return last[0].at if last and last[0].kind == "withdrawn" else None


@dataclass(frozen=True, kw_only=True)
class Report:
    """What we republished of one partner, delivered or first published by it, in a period (both days count, UTC)."""

    partner: str
    partner_name: str
    site: str
    site_url: str
    since: date
    until: date
    made_at: datetime
    #: Oldest first.
    pieces: tuple[Piece, ...]
    #: The terms in force now, in plain English.
    rules: tuple[str, ...]
    #: The rules of each further permission.
    other_rules: tuple[tuple[str, ...], ...] = ()
    #: Where the proof of the permission lies, and the SHA-256 (hex) of it where it is a file.
    proof: str | None = None
    proof_sha256: str | None = None
    #: The ledger's newest record and its hash, as `reprint audit head` prints it: what this report rests on.
    ledger_head: str | None = None
    #: Whom to tell of what was republished, and the text to send.
    letters: tuple[tuple[str, str], ...] = ()

    @property
    def to_notify(self) -> tuple[Piece, ...]:
        """Pieces of which the partner is still to be told."""
        return tuple(piece for piece in self.pieces if piece.notify and piece.notified_at is None)

    @property
    def owed(self) -> tuple[tuple[str, str, tuple[Piece, ...]], ...]:
        """What is to be paid, to whom, and for which pieces."""
        paid = [piece for piece in self.pieces if piece.fee and piece.fee_to]
        kinds = dict.fromkeys((str(piece.fee), str(piece.fee_to)) for piece in paid)
        return tuple((fee, to, tuple(p for p in paid if (p.fee, p.fee_to) == (fee, to))) for fee, to in kinds)

    def expiring(self, *, within: timedelta = timedelta(days=30)) -> tuple[Piece, ...]:
        """Return the pieces that may stand no longer than so far from now, and still stand."""
        limit = self.made_at + within
        return tuple(p for p in self.pieces if p.ends_at and p.ends_at <= limit and p.withdrawn_at is None)

    @property
    def gaps(self) -> tuple[tuple[Piece, str], ...]:
        """Each missing fact with its piece."""
        return tuple((piece, gap) for piece in self.pieces for gap in piece.gaps)
