"""The site at other places: any fsspec URL (s3://, file://, memory:// and the like), only what changed sent."""

from publish.remote.mirror import Mirrored, mirror

__all__ = ["Mirrored", "mirror"]
