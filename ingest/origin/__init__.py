"""Who first published a piece: credit lines, metadata, datelines, held against the partners we know (pure)."""

from ingest.origin.credit_line import claim_in, read_credit_line
from ingest.origin.metadata import entry_claims, metadata_claims
from ingest.origin.resolve import resolve_origin
from ingest.origin.wire import wire_claim

__all__ = ["claim_in", "entry_claims", "metadata_claims", "read_credit_line", "resolve_origin", "wire_claim"]
