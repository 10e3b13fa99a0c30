"""A site's address in, its feeds and a block for sources.yaml out."""

from ingest.discover.paste import discovery_yaml
from ingest.discover.search import discover
from ingest.discover.values import Candidate, Discovery, Miss

__all__ = ["Candidate", "Discovery", "Miss", "discover", "discovery_yaml"]
