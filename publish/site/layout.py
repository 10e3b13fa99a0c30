"""Where each page stands, as paths from the site's root; each part is checked, so that none leads outside (pure)."""

from __future__ import annotations

import re

from ingest.errors import PublishError

FRONT = "index.html"
PARTNERS = "partners/index.html"
AUTHORS = "authors/index.html"
ARCHIVE = "archive/index.html"
NOT_FOUND = "404.html"
CORRECTIONS = "corrections/index.html"
SEARCH = "search/index.html"
SEARCH_INDEX = "search/index.json"
SEARCH_SCRIPT = "search.js"
STYLE = "style.css"
#: Tells with which templates, style and settings all this was made.
DRESSING = ".reprint-dressing"
ICON = "icon.svg"
RSS = "feed.xml"
ATOM = "atom.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "news-sitemap.xml"
ROBOTS = "robots.txt"

#: The newest teasers of a list, for other sites to embed.
TEASERS = "teasers.json"
FEEDS = (RSS, ATOM, JSON_FEED)

#: The folders whose files are lists, and go when nothing stands on them any more.
LIST_FOLDERS = ("sections", "partners", "authors", "archive", "corrections", "search")
#: What a list file is called; nothing else is ever removed.
LIST_FILE = re.compile(
    r"index\.html|page-[1-9][0-9]*\.html|letter-[a-z0-9]\.html|feed\.xml|atom\.xml|feed\.json|teasers\.json"
    r"|index\.json|(?:[a-z0-9]{1,2}|u[0-9a-f]{2}|docs-[0-9]+)\.json"
)

_IMAGE_FILE = re.compile(r"[0-9a-f]{20}-[1-9][0-9]{0,4}\.(?:webp|jpg|png)")
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,199}")
_FOLDERS = {"section": "sections", "partner": "partners", "author": "authors", "month": "archive"}


def article_path(slug: str) -> str:
    """Return "articles/SLUG.html"; raises PublishError where the slug is no plain file name."""
    return f"articles/{_segment(slug)}.html"


def partner_folder(key: str) -> str:
    """Return "partners/KEY"; raises PublishError where the key is no plain file name."""
    return f"partners/{_segment(key)}"


def author_folder(key: str) -> str:
    """Return "authors/KEY"; raises PublishError where the key is no plain file name."""
    return f"authors/{_segment(key)}"


def section_folder(key: str) -> str:
    """Return "sections/KEY"; raises PublishError where the key is no plain file name."""
    return f"sections/{_segment(key)}"


def list_folder(name: str) -> str:
    """Return where the pages of a list ("partner:x") stand; raises PublishError for a list of no such kind."""
    kind, _, key = name.partition(":")
    if kind not in _FOLDERS:
        raise PublishError(f"{name[:80]!r} is no list of the site", next_step="please report it")
    return f"{_FOLDERS[kind]}/{_segment(key)}"


def embed_path(slug: str, form: str) -> str:
    """Return "embed/SLUG.FORM", where another site finds an article's teaser as html or json."""
    return f"embed/{_segment(slug)}.{_segment(form)}"


def logo_path(suffix: str) -> str:
    """Return "logo.svg" for ".svg"."""
    return f"logo{suffix.lower()}"


def search_path(segment: str, name: str) -> str:
    """Return "search/SEGMENT/NAME.json", a part of the search's index."""
    return f"search/{_segment(segment)}/{_segment(name)}.json"


def ninjs_path(slug: str) -> str:
    """Return "ninjs/SLUG.json", where other systems take the article in."""
    return f"ninjs/{_segment(slug)}.json"


def image_folder(slug: str) -> str:
    """Return "images/SLUG", where an article's images stand."""
    return f"images/{_segment(slug)}"


def image_path(slug: str, name: str) -> str:
    """Return "images/SLUG/NAME"; raises PublishError where the name is none of ours."""
    if not _IMAGE_FILE.fullmatch(name):
        raise PublishError(f"{name[:80]!r} is no image's file name", next_step="please report it")
    return f"{image_folder(slug)}/{name}"


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
