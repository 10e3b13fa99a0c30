"""What a partner changed: revisions made comparable, classified and held against each other word for word."""

from ingest.revisions.change import Change, Kind
from ingest.revisions.classify import classify
from ingest.revisions.diff import Diff, Difference, Run, Step, diff

__all__ = ["Change", "Diff", "Difference", "Kind", "Run", "Step", "classify", "diff"]
