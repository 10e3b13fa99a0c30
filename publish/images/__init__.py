"""Partners' images where the terms allow them: fetched, checked by their bytes, made anew, kept, and taken down.

Nothing is ever loaded from a partner's host by a reader, and no address of an image at a partner is ever published.
"""

from publish.images.choose import wanted_images
from publish.images.shelf import ImageShelf
from publish.images.values import Picture, Variant

__all__ = ["ImageShelf", "Picture", "Variant", "wanted_images"]
