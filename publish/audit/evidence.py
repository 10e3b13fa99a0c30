"""The proof of each permission: whether it is still there, and what it was when we first held it in our hands.

The ledger keeps the SHA-256 of each proof by partner and grant. A person who read what it says now sets a new
`review_by`, or the proof's new hash as `evidence_sha256`: the grant is then another one, and begins anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from ingest.sources import Partner, Sources
from ingest.sources.checks import evidence_digest
from ingest.sources.provenance import permissions_of
from ingest.store import ledger
from ingest.store.database import read, write
from ingest.urls import is_web_url
from publish.audit.finding import Finding, finding
from publish.audit.records.reading import payload_of

#: The ledger's word for a proof that was looked at.
EVENT = "evidence.recorded"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The proof that one grant names."""

    partner: Partner
    #: A URL, or a file beside sources.yaml.
    evidence: str
    #: The SHA-256 (hex) that sources.yaml demands; None where it leaves it to the first look.
    pinned: str | None
    #: Another one with each change of the grant by which a person says that they read the proof.
    grant: str
    #: Where the grant stands.
    where: str

    @property
    def is_url(self) -> bool:
        """Whether it lies on somebody's server."""
        return is_web_url(self.evidence)


def proofs(sources: Sources) -> Iterator[Proof]:
    """Yield the proof of each permission that names one."""
    for partner in sources.partners:
        for number, permission in enumerate(permissions_of(partner)):
            grant = permission.terms.grant
            if grant.evidence is None:
                continue
            demanded = any(path == "grant.evidence_sha256" for path, _line in permission.lines)
            pinned = grant.evidence_sha256 if demanded else None
            block = "terms" if number == 0 else f"other_terms[{number - 1}]"
            said = "\n".join((grant.evidence, str(grant.review_by), pinned or ""))
            yield Proof(
                partner=partner,
                evidence=grant.evidence,
                pinned=pinned,
                grant=hashlib.sha256(said.encode()).hexdigest(),
                where=f"sources.yaml: partners.{partner.key}.{block}.grant.evidence",
            )


def file_findings(
    engine: sa.Engine, sources: Sources, *, folder: Path, actor: str, now: datetime
) -> Iterator[Finding]:
    """Yield the proofs in files beside sources.yaml, in `folder`, that are gone or changed; keep what is new."""
    for proof in proofs(sources):
        if proof.is_url:
            continue
        try:
            digest = evidence_digest(proof.evidence, folder)
        except ValueError as error:
            yield finding("evidence-missing", str(error), where=proof.where)
            continue
        if digest is not None:
            yield from held_against(engine, proof, digest, actor=actor, now=now)


def held_against(engine: sa.Engine, proof: Proof, digest: str, *, actor: str, now: datetime) -> Iterator[Finding]:
    """Yield whether a proof is another than the one on record; where it is the first, or accepted, it is kept."""
    with read(engine) as connection:
        known = _known(connection, proof)
    expected = proof.pinned or known
    if expected is not None and digest != expected:
        evidence = f"{proof.evidence}: its SHA-256 is now {digest}, and was {expected}"
        yield finding("evidence-changed", evidence, where=proof.where)
    elif digest != known:
        payload = {"grant": proof.grant, "evidence": proof.evidence, "sha256": digest}
        with write(engine) as connection:
            subject = f"evidence:{proof.partner.key}"
            ledger.append(connection, at=now, actor=actor, event=EVENT, subject=subject, payload=payload)


def _known(connection: sa.Connection, proof: Proof) -> str | None:
    """Return the hash that the ledger has for a grant, under the partner's key or one that it had before."""
    found: str | None = None
    for key in (*proof.partner.formerly, proof.partner.key):
        for record in ledger.records(connection, subject=f"evidence:{key}"):
            said = payload_of(record)
            if record.event == EVENT and said.get("grant") == proof.grant:
                found = str(said.get("sha256"))
    return found
