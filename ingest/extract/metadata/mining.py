"""What a page says on text and data mining: TDMRep (w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510)."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.article import Evidence, Source
from ingest.extract.metadata.survey import Survey
from ingest.mining import TDM_POLICY, TDM_RESERVATION
from ingest.urls import has_credentials, is_web_url


def read_mining(page: Survey, headers: Mapping[str, str] | None = None) -> tuple[Evidence, ...]:
    """Return what the page's metas say, else what its server's `headers` (lower-case names) say.

    "1" reserves the rights, "0" does not; anything else says nothing. A policy counts only with a reservation.
    """
    for source, said in (("meta", page.first), ("header", (headers or {}).get)):
        reserved = (said(TDM_RESERVATION) or "").strip()
        if reserved not in {"0", "1"}:
            continue
        found = [_evidence(TDM_RESERVATION, reserved, source)]
        policy = (said(TDM_POLICY) or "").strip()
        if reserved == "1" and is_web_url(policy) and not has_credentials(policy):
            found.append(_evidence(TDM_POLICY, policy, source))
        return tuple(found)
    return ()


def _evidence(field: str, value: str, where: str) -> Evidence:
    return Evidence(field=field, value=value, source=Source.META, confidence=1.0, detail=f"{where} {field}")
