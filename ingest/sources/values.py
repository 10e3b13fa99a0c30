"""sources.yaml to values: our site, the partners, their feeds and their terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from ingest.page_rules import PageRules
from ingest.sources.targets import WordPressSource
from ingest.terms import Terms


class FeedKind(StrEnum):
    """What a partner's news are read from."""

    AUTO = "auto"  # whichever of the others but a listing it looks like
    FEED = "feed"  # RSS, RDF, Atom, CDF or JSON Feed
    WORDPRESS = "wordpress"  # a WordPress site's REST API, /wp-json/wp/v2/posts
    SITEMAP = "sitemap"
    LISTING = "listing"  # a page of links, for partners without a feed


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of our site, made of the labels that partners give their pieces."""

    #: What stands for it in addresses.
    key: str
    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours as "#rrggbb"; None leaves reprint's own."""

    accent: str | None = None
    paper: str | None = None
    ink: str | None = None


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Our colours by day and by night."""

    light: Palette = Palette()
    dark: Palette = Palette()


@dataclass(frozen=True, kw_only=True)
class Site:
    """Our own site: what we publish under, and how it looks."""

    name: str
    #: Absolute, ends with a slash.
    url: str
    language: str = "en"
    description: str = ""
    #: In the order of the menu.
    sections: tuple[Section, ...] = ()
    logo: Path | None = None
    colours: Colours = Colours()
    #: A folder of templates and style of our own.
    theme: Path | None = None
    #: The WebSub hub that our feeds name, and that is told when they change.
    hub: str | None = None
    #: How we are reached: a mail address or a URL.
    contact: str | None = None

    @property
    def contact_href(self) -> str | None:
        """Where a link to us leads; None where nobody said how we are reached."""
        if self.contact is None or "://" in self.contact:
            return self.contact
        return f"mailto:{self.contact}"


@dataclass(frozen=True, kw_only=True)
class FeedSource:
    """One feed of a partner."""

    url: str
    #: The least time between two polls.
    every: timedelta
    #: The most that the partner's wishes and its rhythm may make of it; None: `every` holds as it is.
    slowest: timedelta | None = None
    #: More new items at once than this, and than usual, are held.
    flood: int = 40
    #: Whether its entries hold the whole article, so that the page need not be fetched.
    full_text: bool = False
    #: What stands at its address.
    kind: FeedKind = FeedKind.AUTO
    #: CSS selector of a listing's articles: their links, or what surrounds each.
    select: str | None = None


@dataclass(frozen=True, kw_only=True)
class Auth:
    """Names of environment variables: a header and its value's, or those of a user name and its password."""

    header: str | None = None
    env: str | None = None
    user_env: str | None = None
    password_env: str | None = None


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Someone whose pieces we take, with what we may do with them."""

    #: The key in sources.yaml, a slug.
    key: str
    name: str
    #: Keys that it stood under before; what is kept under them is its own.
    formerly: tuple[str, ...] = ()
    #: Its home page; its host is one of `hosts`.
    url: str
    #: Other names it goes by in credit lines ("PacNet").
    aliases: tuple[str, ...] = ()
    #: Host names (with port where not the default) whose pages are its own.
    hosts: tuple[str, ...] = ()
    language: str | None = None
    feeds: tuple[FeedSource, ...] = ()
    #: Who allowed us to pass its robots.txt by; None: it rules over article pages.
    robots_allowed_by: str | None = None
    #: Seconds between two of its article pages.
    delay_seconds: float = 1.0
    auth: Auth | None = None
    #: Selectors for its pages, where the general reading goes wrong.
    extract: PageRules | None = None
    terms: Terms
    #: Further permissions of the same partner; for each article the one counts that lets us do more.
    other_terms: tuple[Terms, ...] = ()
    #: The known policy that the terms build on, by name.
    preset: str | None = None
    #: Dotted path and line of each rule that sources.yaml itself sets.
    terms_lines: tuple[tuple[str, int], ...] = ()
    #: The policies that its further permissions build on, and their lines; each as for `terms`.
    other_presets: tuple[str | None, ...] = ()
    other_lines: tuple[tuple[tuple[str, int], ...], ...] = ()

    @property
    def permissions(self) -> tuple[Terms, ...]:
        """All its terms, in the order in which they were written."""
        return (self.terms, *self.other_terms)


@dataclass(frozen=True, kw_only=True)
class Sources:
    """A whole sources.yaml."""

    site: Site
    partners: tuple[Partner, ...]
    #: What a person should look at, though it can be worked with; printable lines like those of SourcesError.
    warnings: tuple[str, ...] = ()
    #: Where we publish beside the static site.
    targets: tuple[WordPressSource, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The partners' keys."""
        return frozenset(partner.key for partner in self.partners)

    def partner(self, key: str) -> Partner | None:
        """Return the partner that has that key, or had it before; else None."""
        now = next((partner for partner in self.partners if partner.key == key), None)
        return now or next((partner for partner in self.partners if key in partner.formerly), None)
