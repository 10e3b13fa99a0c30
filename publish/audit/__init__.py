"""The audit: records against the ledger, each published page against its record, and reports for partners."""

from publish.audit.daily import audit_daily
from publish.audit.finding import CODES, Finding, Severity, is_grave
from publish.audit.originals import original_findings
from publish.audit.pages import SiteFiles
from publish.audit.records import record_findings
from publish.audit.site import check_pages, check_site

__all__ = [
    "CODES",
    "Finding",
    "Severity",
    "SiteFiles",
    "audit_daily",
    "check_pages",
    "check_site",
    "is_grave",
    "original_findings",
    "record_findings",
]
