"""Where we publish beside the static site, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What an article is filed under, by slug."""

    always: tuple[str, ...] = ()
    #: By the key of the partner who delivered or first published it.
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: By the label that the partner gave it, case folded.
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def slugs(self, *, partners: tuple[str | None, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
        """Return the slugs for an article of these partners and labels, each once, in order."""
        found = [*self.always]
        found += [slug for key in partners for slug in self.partners.get(key or "", ())]
        found += [slug for label in labels for slug in self.labels.get(label.casefold(), ())]
        return tuple(dict.fromkeys(found))

    @property
    def all_slugs(self) -> tuple[str, ...]:
        """Every slug that it names."""
        groups = (self.always, *self.partners.values(), *self.labels.values())
        return tuple(dict.fromkeys(slug for group in groups for slug in group))


@dataclass(frozen=True, kw_only=True)
class WordPressSource:
    """A WordPress site that we publish to."""

    #: The key in sources.yaml: the target's name in the store.
    key: str
    #: Absolute, ends with a slash.
    url: str
    user: str
    #: The name of the environment variable that holds the application password.
    password_env: str
    #: What a new post is: "draft", "pending" or "publish".
    status: str = "publish"
    #: How long a new post is only scheduled.
    wait: timedelta = timedelta(0)
    categories: Filing = field(default_factory=Filing)
    tags: Filing = field(default_factory=Filing)
    featured_image: bool = True
