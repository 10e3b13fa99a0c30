"""Which piece of writing is this: fingerprints of texts; the decision between new, revision, copy and neighbour."""

from ingest.dedupe.candidate import candidate_of
from ingest.dedupe.decide import decide
from ingest.dedupe.fingerprint import Fingerprint, fingerprint
from ingest.dedupe.known import Candidate, Known
from ingest.dedupe.verdict import Copy, Neighbour, New, Revision, Verdict

__all__ = [
    "Candidate",
    "Copy",
    "Fingerprint",
    "Known",
    "Neighbour",
    "New",
    "Revision",
    "Verdict",
    "candidate_of",
    "decide",
    "fingerprint",
]
