"""What a partner changed: revisions made comparable, classified and held against each other word for word."""

from ingest.revisions.change import Change, Kind

__all__ = ["Change", "Kind"]
