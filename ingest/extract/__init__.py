"""A fetched page and its feed entry to one article: body and metadata."""

from ingest.extract.batch import BatchReport, extract_manifest
from ingest.extract.explain import Row, explain
from ingest.extract.page import Page, entry_page
from ingest.extract.pool import Extractor

__all__ = ["BatchReport", "Extractor", "Page", "Row", "entry_page", "explain", "extract_manifest"]
