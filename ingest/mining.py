"""What an original says on text and data mining, to be passed on with our copy (pure).

TDMRep: w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article

#: Evidence fields, by TDMRep's own names.
TDM_RESERVATION, TDM_POLICY = "tdm-reservation", "tdm-policy"


@dataclass(frozen=True, kw_only=True)
class Mining:
    """TDMRep's two words; None where the original says nothing."""

    #: Whether the rights to mine it are reserved.
    reserved: bool | None = None
    #: The address of the policy on which they may be had.
    policy: str | None = None

    @property
    def metas(self) -> tuple[tuple[str, str], ...]:
        """Names and contents of the page's metas (TDMRep, section 6.3)."""
        if self.reserved is None:
            return ()
        named = ((TDM_RESERVATION, str(int(self.reserved))), (TDM_POLICY, self.policy or ""))
        return tuple((name, content) for name, content in named if content)


def mining_of(article: Article) -> Mining:
    """Return what the original's page, or its server, said when it was fetched."""
    said = {evidence.field: evidence.value for evidence in article.evidence}
    if TDM_RESERVATION not in said:
        return Mining()
    reserved = said[TDM_RESERVATION] == "1"
    return Mining(reserved=reserved, policy=said.get(TDM_POLICY) if reserved else None)
