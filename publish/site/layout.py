"""Where each page stands, as paths from the site's root; each part is checked, so that none leads outside (pure)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from ingest.errors import PublishError

FRONT = "index.html"
PARTNERS = "partners/index.html"
AUTHORS = "authors/index.html"
ARCHIVE = "archive/index.html"
NOT_FOUND = "404.html"
STYLE = "style.css"
ICON = "icon.svg"
RSS = "feed.xml"
ATOM = "atom.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "news-sitemap.xml"
ROBOTS = "robots.txt"

#: The folders whose files are lists, and go when nothing stands on them any more.
LIST_FOLDERS = ("partners", "authors", "archive")
#: What a list file is called; nothing else is ever removed.
LIST_FILE = re.compile(r"index\.html|page-[1-9][0-9]*\.html|feed\.xml|atom\.xml|feed\.json")

_IMAGE_FILE = re.compile(r"[0-9a-f]{20}-[1-9][0-9]{0,4}\.(?:webp|jpg|png)")
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,199}")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


def article_path(slug: str) -> str:
    """Return "articles/SLUG.html"; raises PublishError where the slug is no plain file name."""
    return f"articles/{_segment(slug)}.html"


def partner_folder(key: str) -> str:
    """Return "partners/KEY"; raises PublishError where the key is no plain file name."""
    return f"partners/{_segment(key)}"


def author_folder(name: str) -> str:
    """Return "authors/KEY": the name's letters, with a hash where they are not all Latin.

    José and Jose are one author; 李娜 and 丽娜, which transliterate alike, are two.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    ascii_name = "".join(char for char in plain if not unicodedata.combining(char))
    key = _NOT_ASCII_WORD.sub("-", ascii_name).strip("-")[:80].strip("-")
    if not ascii_name.isascii() or not key:
        digest = hashlib.sha256(unicodedata.normalize("NFKC", name.casefold()).encode("utf-8", "replace")).hexdigest()
        key = f"{key}-{digest[:8]}".lstrip("-")
    return f"authors/{key}"


def image_folder(slug: str) -> str:
    """Return "images/SLUG", where an article's images stand."""
    return f"images/{_segment(slug)}"


def image_path(slug: str, name: str) -> str:
    """Return "images/SLUG/NAME"; raises PublishError where the name is none of ours."""
    if not _IMAGE_FILE.fullmatch(name):
        raise PublishError(f"{name[:80]!r} is no image's file name", next_step="please report it")
    return f"{image_folder(slug)}/{name}"


def month_folder(month: str) -> str:
    """Return "archive/YYYY-MM"."""
    return f"archive/{_segment(month)}"


def _segment(text: str) -> str:
    if not _SEGMENT.fullmatch(text):
        raise PublishError(
            f"{text[:80]!r} cannot be a file name of the site",
            next_step="use letters, digits, - and _, at most 200 of them",
        )
    return text


def up(path: str) -> str:
    """Return what leads from a page to the root: "" for the front page, "../" from one folder down."""
    return "../" * path.count("/")


def url_of(path: str, *, site_url: str) -> str:
    """Return the page's absolute URL, without the `index.html` that servers leave out."""
    folder, _, name = path.rpartition("/")
    shown = f"{folder}/".lstrip("/") if name == "index.html" else path
    return f"{site_url.rstrip('/')}/{shown}"
