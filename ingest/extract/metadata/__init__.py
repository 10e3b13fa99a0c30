"""What a page and its feed entry say about an article apart from its body, each reading with where it came from."""

from ingest.extract.metadata.dateline import dateline_of
from ingest.extract.metadata.read import read_metadata
from ingest.extract.metadata.values import Metadata, Variant

__all__ = ["Metadata", "Variant", "dateline_of", "read_metadata"]
