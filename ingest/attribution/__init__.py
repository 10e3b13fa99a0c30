"""The credit we owe, in text and HTML, from the terms (pure)."""

from ingest.attribution.attribute import attribute
from ingest.attribution.credit import credit_for
from ingest.attribution.values import AttributedArticle, Credit

__all__ = ["AttributedArticle", "Credit", "attribute", "credit_for"]
