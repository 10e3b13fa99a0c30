"""The shape of `targets` in a sources.yaml: where we publish beside the static site."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from ingest.sources.fields import Duration, EnvName, Name, SiteUrl, Strict


def _filed_under(value: str) -> str:
    slug = value.strip()
    if not slug or slug != slug.lower() or any(char.isspace() or char in "/?#&%" for char in slug):
        raise ValueError(f"'{value:.60}' is no slug; write it as WordPress's list of categories or tags shows it")
    return slug


Slug = Annotated[str, Field(max_length=200), AfterValidator(_filed_under)]
Slugs = tuple[Slug, ...]


class FilingModel(Strict):
    """What an article is filed under, by slug: always, by its partner or its origin, by the labels it came with."""

    always: Slugs = Field(default=(), description="Slugs for every article.")
    partners: dict[str, Slugs] = Field(
        default={}, description="Slugs by the key of the partner who delivered or first published it."
    )
    labels: dict[str, Slugs] = Field(
        default={}, description="Slugs by the label (category, tag) that the partner gave it."
    )


class WordPressModel(Strict):
    """A WordPress site; `reprint targets check` tells whether it can be worked with."""

    kind: Literal["wordpress"] = Field(description="What it is: wordpress.")
    url: SiteUrl = Field(description="The site's address, as its front page has it.")
    user: Name = Field(description="The WordPress user who publishes; an editor or administrator.")
    password_env: EnvName = Field(
        description="The environment variable that holds the user's application password, which never stands here."
    )
    status: Literal["draft", "pending", "publish"] = Field(
        default="publish",
        description="What a new post is: publish; draft or pending until an editor publishes it.",
    )
    delay: Duration | None = Field(
        default=None,
        description="With status publish: how long a new post is only scheduled, for editors to see.",
    )
    categories: FilingModel = Field(default=FilingModel(), description="The categories, which must exist there.")
    tags: FilingModel = Field(default=FilingModel(), description="The tags, which must exist there.")
    featured_image: bool = Field(
        default=True,
        description="Whether the article's picture becomes the featured image, if the terms allow it.",
    )

    @model_validator(mode="after")
    def _scheduled_to_be_published(self) -> Self:
        if self.delay is not None and self.status != "publish":
            raise ValueError(f"`delay` needs `status: publish`; a post of status {self.status} waits for an editor")
        return self

    @property
    def wait(self) -> timedelta:
        """How long a new post is only scheduled."""
        return self.delay or timedelta(0)
