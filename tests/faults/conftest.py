"""The WordPress of the session, for faults too."""

from tests.publish.wordpress.conftest import wordpress

__all__ = ["wordpress"]
