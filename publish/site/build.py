"""The static target: a folder that any web server, or a browser alone, can show."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path

from ingest.sources import Site
from ingest.store.listings import Place
from publish.feeds import Withdrawal
from publish.images import ImageShelf
from publish.images.place import clear_images, place_images, remove_images
from publish.ninjs import canceled, ninjs
from publish.page import article_page, withdrawn_page
from publish.publication import Publication
from publish.shelf import Shelf
from publish.site import layout
from publish.site.dressing import dressing_of
from publish.site.embeds import embed_files, embed_paths
from publish.site.files import gone_files, site_files
from publish.site.places import places_of
from publish.site.search import gone_segments
from publish.site.writer import Batch, leftovers, remove, write_all
from publish.teaser import Teaser, teaser_of
from publish.templating import forget_templates

# A temporary file this old belongs to a build that is dead, not to one at work beside us.
_LITTER_SECONDS = 3600


class StaticSite:
    """The site in the folder `root`; the same publications give the same bytes, whatever happened in between.

    Every file is replaced whole and only where its bytes change; `Target` and `Listing` say what the methods do.
    """

    def __init__(self, root: Path, site: Site, *, images: ImageShelf | None = None) -> None:
        """Take the folder, our site, and where the partners' images are kept; without it none is shown."""
        self._root = root
        self._site = site
        self._images = images
        self._batch: Batch | None = None

    @property
    def name(self) -> str:
        """The target's name in the store."""
        return "site"

    def put(self, publication: Publication) -> str:
        """Write the article's page and what others may take of it, and return its URL; raises PublishError.

        Its images stand there before the page, and go after it.
        """
        publication = place_images(publication, self._images, self._root)
        teaser = teaser_of(publication)
        path = layout.article_path(publication.slug)
        page = article_page(publication, site=self._site, teaser=teaser).encode()
        exported = ninjs(publication, teaser, site=self._site)
        embeds = embed_files(teaser, site=self._site)
        self._write([*embeds, (path, page), (layout.ninjs_path(publication.slug), exported)])
        if (self._root / layout.image_folder(publication.slug)).exists():
            # Not before the page has appeared that shows them no longer.
            self._flush()
            clear_images(publication, self._root)
        return layout.url_of(path, site_url=self._site.url)

    def withdraw(self, slug: str, *, notice: str = "", withdrawn_at: datetime | None = None) -> str:
        """Put a page saying that the article is gone in its place, and return its URL; raises PublishError.

        The page stays for ever and names nothing of the article; `notice` is one sentence for readers.
        """
        path = layout.article_path(slug)
        page = withdrawn_page(slug, site=self._site, notice=notice, withdrawn_at=withdrawn_at)
        self._write([(path, page.encode())])
        notice_of_it = canceled(slug, site=self._site, withdrawn_at=withdrawn_at)
        self._write([(layout.ninjs_path(slug), notice_of_it)])
        remove_images(slug, self._root)
        for gone in embed_paths(slug):
            remove(self._root / gone)
        return layout.url_of(path, site_url=self._site.url)

    def places(self, teaser: Teaser) -> Sequence[Place]:
        """Return the lists in which a piece stands."""
        return places_of(teaser, site=self._site)

    def is_dressed(self) -> bool:
        """Tell whether all that stands in the folder was made with today's templates, style and settings."""
        try:
            return (self._root / layout.DRESSING).read_text(encoding="ascii").strip() == dressing_of(self._site)
        except (OSError, ValueError):
            return False

    def undress(self) -> None:
        """Note that everything must be made anew, until it has been; the theme's templates are read again."""
        forget_templates()
        self._batch = Batch(self._root)
        remove(self._root / layout.DRESSING)

    def refresh(self, shelf: Shelf, withdrawn: Sequence[Withdrawal] = ()) -> None:
        """Bring lists, feeds, sitemaps and style in line with all that is published.

        Pages are written before those that link to them, and lists that nothing stands on any more are removed last,
        so that a killed build leaves a whole site. Raises PublishError.
        """
        whole = not self.is_dressed()
        kept = self._write(site_files(shelf, site=self._site, withdrawn=withdrawn, whole=whole))
        self._flush()
        self._batch = None
        if whole:
            self._remove_strays(kept)
            _sweep(self._root)
            self._write([(layout.DRESSING, f"{dressing_of(self._site)}\n".encode())])
        else:
            for path in gone_files(shelf):
                if path not in kept:
                    remove(self._root / path)
            self._tidy_search(kept, gone_segments(shelf.lists("month")))
            if layout.AUTHORS in kept:
                self._remove_all(self._root.glob("authors/letter-*.html"), but=kept)

    def file_of(self, slug: str) -> Path:
        """Return where the article's page stands on disk."""
        return self._root / layout.article_path(slug)

    def _write(self, files: Iterable[tuple[str, bytes]]) -> set[str]:
        """Write the files in their order, and return their paths; in a build of everything many appear at once."""
        return write_all(self._root, files) if self._batch is None else self._batch.write(files)

    def _flush(self) -> None:
        if self._batch is not None:
            self._batch.flush()

    def _tidy_search(self, kept: set[str], gone: AbstractSet[str]) -> None:
        """Leave in each part of the search's index that was drawn, or is no more, what was drawn now."""
        drawn = {path.split("/")[1] for path in kept if path.startswith("search/") and path.count("/") > 1}
        for segment in sorted(drawn | gone):
            self._remove_all((self._root / "search" / segment).glob("*.json"), but=kept)

    def _remove_all(self, files: Iterable[Path], *, but: AbstractSet[str]) -> None:
        for file in sorted(files):
            if layout.LIST_FILE.fullmatch(file.name) and file.relative_to(self._root).as_posix() not in but:
                remove(file)

    def _remove_strays(self, kept: set[str]) -> None:
        for folder in layout.LIST_FOLDERS:
            self._remove_all((self._root / folder).rglob("*"), but=kept)
        for file in sorted(self._root.glob("sitemap-*.xml")):
            if file.name not in kept:
                remove(file)


def _sweep(root: Path) -> None:
    """Remove what killed builds left behind."""
    names = ("articles", "embed", *layout.LIST_FOLDERS)
    for folder in [root, *(folder for name in names for folder in _below(root / name))]:
        for file in leftovers(folder):
            if time.time() - file.stat().st_mtime > _LITTER_SECONDS:
                remove(file)


def _below(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (path for path in folder.rglob("*") if path.is_dir())
