"""The terms' rules, one frozen model for each kind.

The vocabulary follows what real partners print in their republishing guidelines; each field's description is what
`reprint sources schema` and editors that complete YAML show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, field_validator, model_validator

from ingest.credit_template import BYLINE_FIELDS, CREDIT_FIELDS, is_never_blank, parse_template
from ingest.terms.grant import Frozen, Grant, Word, mistake
from ingest.terms.vocabulary import (
    AtEnd,
    Basis,
    Edits,
    Images,
    LinkTarget,
    Mode,
    Position,
    SearchPolicy,
    Selection,
)

#: The credit where a partner demands no wording of its own; translated into the article's language.
DEFAULT_TEMPLATE = "This article, originally published by {origin}, is republished with permission."

Sentence = Annotated[str, Field(min_length=1, max_length=2000)]
Hours = Annotated[float, Field(ge=0, le=24 * 366, allow_inf_nan=False)]
Days = Annotated[int, Field(ge=1, le=36_600)]


class CreditRule(Frozen):
    """The attribution line that the terms demand."""

    template: Sentence = Field(
        default=DEFAULT_TEMPLATE,
        description=(
            "Plain text; {origin} {partner} {author} {institution} {headline} {date} {url} {licence} {newsroom} are "
            "filled in. "
            "Words in [brackets] go when a field within is unknown: '[By {author}, ]{origin}'."
        ),
    )
    translations: dict[Annotated[str, Field(pattern="^[a-z]{2,3}(-[a-z0-9]{2,8})*$")], Word] = Field(
        default_factory=dict, description="The template in other languages, by the article's language: de, pt-br."
    )
    language: Annotated[str, Field(pattern="^[a-z]{2,3}(-[a-z0-9]{2,8})*$")] | None = Field(
        default=None,
        # Terms that do not say it keep the digest that they had before it could be said.
        exclude_if=lambda tag: tag is None,
        description="The language of the template, in which its lists and days are written; found out when absent.",
    )
    edited_template: Sentence | None = Field(
        default=None,
        description="The template for an article whose words we changed, where the terms demand another.",
    )
    position: Position = Field(default=Position.TOP, description="Where on the page it stands.")
    link: LinkTarget = Field(default=LinkTarget.ARTICLE, description="What the origin's name links to.")
    link_required: bool = Field(
        default=False,
        description="While the link's address is unknown, the article is held; true where `link` is written down, "
        "unless this says false.",
    )
    byline: Annotated[str, Field(min_length=1, max_length=500)] = Field(
        default="{name}",
        description='How each author is named, such as "{name}, {origin}"; also {affiliation}, {role}, {partner}.',
    )
    institution: bool = Field(default=False, description="Each author's institution is named with the author.")
    tagline: Sentence | None = Field(default=None, description="A closing line that the partner demands, verbatim.")
    logo: Annotated[str, Field(pattern="^https://", max_length=2000)] | None = Field(
        default=None, description="The URL of a logo that the partner demands beside the credit."
    )

    @model_validator(mode="before")
    @classmethod
    def _demand_written_link(cls, data: Any) -> Any:
        """Take a link that somebody wrote down for a demand; where nobody did, ours is a courtesy."""
        if isinstance(data, Mapping) and data.get("link") in {LinkTarget.ARTICLE, LinkTarget.HOME}:
            return {"link_required": True, **data}
        return data

    @field_validator("template", "edited_template")
    @classmethod
    def _readable_template(cls, template: str | None) -> str | None:
        if template is not None and not is_never_blank(parse_template(template, fields=CREDIT_FIELDS)):
            raise ValueError("would be blank where its fields are unknown; name {origin} outside of [brackets]")
        return template

    @field_validator("translations")
    @classmethod
    def _readable_translations(cls, translations: dict[str, str]) -> dict[str, str]:
        for template in translations.values():
            cls._readable_template(template)
        return translations

    @field_validator("byline")
    @classmethod
    def _readable_byline(cls, byline: str) -> str:
        if "{name}" not in byline:
            raise ValueError("must hold {name}")
        parse_template(byline, fields=BYLINE_FIELDS)
        return byline


class Quota(Frozen):
    """At most so many articles in so many days."""

    articles: Annotated[int, Field(ge=1)] = Field(description="How many articles.")
    days: Days = Field(default=7, description="In how many days, counted back from now.")


class Duties(Frozen):
    """What we owe the partner beside the page itself; deadlines in hours."""

    notify: Word | None = Field(default=None, description="Who is told of each publication: a mail address or a URL.")
    notify_hours: Hours | None = Field(default=None, description="Within how many hours they are told.")
    fee: Sentence | None = Field(
        default=None,
        exclude_if=lambda fee: fee is None,
        description='What is paid for each article, in words: "25 EUR for each article"; a permission that costs '
        "nothing is preferred to it.",
    )
    fee_to: Word | None = Field(
        default=None, exclude_if=lambda payee: payee is None, description="Who is paid, and how they are reached."
    )
    correct_hours: Hours | None = Field(
        default=None, description="Within how many hours a correction of the partner's stands on our page."
    )
    takedown_hours: Hours | None = Field(
        default=None, description="Within how many hours an article is gone when the partner asks."
    )

    @model_validator(mode="after")
    def _pay_somebody(self) -> Self:
        if (self.fee is None) != (self.fee_to is None):
            at, other = ("fee_to", "fee") if self.fee_to is None else ("fee", "fee_to")
            raise mistake(at, f"is missing; `{other}` needs it: how much is paid, and to whom")
        return self

    @field_validator("notify", mode="before")
    @classmethod
    def _somebody(cls, given: object) -> object:
        if isinstance(given, bool):
            raise ValueError("say who is to be told: a mail address or a URL, such as wire@partner.example")  # noqa: TRY004 - pydantic tells only a ValueError
        return given


class Terms(Frozen):
    """One partner's terms."""

    grant: Grant = Field(default_factory=Grant, description="Who permits it, on what basis, with what proof.")
    mode: Mode = Field(default=Mode.LINK, description="How much may be shown: full, excerpt or link.")
    excerpt_paragraphs: Annotated[int, Field(ge=1, le=20)] = Field(
        default=3, description="In excerpt mode: how many paragraphs."
    )
    edits: Edits = Field(default=Edits.NONE, description="What may be changed in the partner's words.")
    headline_edits: bool = Field(default=False, description="Whether the headline may be changed.")
    change_notice: bool = Field(default=False, description="Changes are named on the page.")
    credit: CreditRule = Field(default_factory=CreditRule, description="The attribution line that is demanded.")
    images: Images = Field(default=Images.NONE, description="Which of the partner's images may be shown.")
    image_credits: tuple[Word, ...] = Field(
        default=(),
        description="For images `owned-credit-match`: names in a photo credit that make it the partner's own, "
        "beside its name and aliases.",
    )
    search: SearchPolicy = Field(
        default=SearchPolicy.CANONICAL, description="What search engines are told about our copy."
    )
    selection: Selection = Field(default=Selection.AUTO, description="`manual`: an editor releases each article.")
    quota: Quota | None = Field(default=None, description="At most so many articles in so many days.")
    exclude_labels: tuple[Word, ...] = Field(
        default=(), description="Articles with one of these labels (feed categories, tags) are denied."
    )
    require_label: Word | None = Field(default=None, description="Only articles with this label may be republished.")
    require_marker: Word | None = Field(
        default=None, description='Only articles whose page shows these words ("Republish") may be republished.'
    )
    exclude_authors: tuple[Word, ...] = Field(default=(), description="Articles by one of these are denied.")
    exclude_keywords: tuple[Word, ...] = Field(
        default=(), description="Articles with one of these words in headline, standfirst or body are denied."
    )
    exclude_slugs: tuple[Word, ...] = Field(
        default=(), description="Articles with one of these in the slug of their URL or their feed id are denied."
    )
    delay_hours: Hours = Field(
        default=0, description="How long after the original's publication ours may appear, in hours."
    )
    window_days: Days | None = Field(
        default=None, description="How many days after the original's publication it may still be taken."
    )
    keep_days: Days | None = Field(default=None, description="How many days our copy may stand.")
    at_end: AtEnd = Field(
        default=AtEnd.WITHDRAW, description="What becomes of our copy then, or when the permission ends."
    )
    own_only: bool = Field(
        default=True, description="The permission covers only what the partner first published itself."
    )
    keep_links: bool = Field(default=True, description="All links in the story stay.")
    keep_bio: bool = Field(default=True, description="The closing note on the author stays.")
    pixel_hosts: tuple[Word, ...] = Field(
        default=(), description="Hosts of the counting pixel that the partner demands; empty: none."
    )
    pixel_url: Annotated[str, Field(pattern="^https://", max_length=2000)] | None = Field(
        default=None,
        description="The pixel's address where the article brings none; {number} is the last number in the article's "
        "address, {url} the whole of it.",
    )
    no_ads: bool = Field(default=False, description="No advertising against the article.")
    no_paywall: bool = Field(default=True, description="The article is not sold or put behind a paywall.")
    site_contact: bool = Field(
        default=False,
        exclude_if=lambda wanted: not wanted,
        description="A way to reach us (`site.contact`) stands on the page.",
    )
    full_in_feeds: bool = Field(default=False, description="Our own feeds may carry the whole text.")
    duties: Duties = Field(default_factory=Duties, description="What we owe the partner beside the page itself.")

    @model_validator(mode="before")
    @classmethod
    def _imply_licence_duties(cls, data: Any) -> Any:
        """Fill in what a CC licence demands anyway (CC BY-NC-ND 4.0 legal code, sections 2(a)(1), 3(a)(1))."""
        if not isinstance(data, Mapping):
            return data
        elements = _basis_of(data.get("grant")).elements
        implied = {"change_notice": "by" in elements, "no_ads": "nc" in elements}
        return {**{name: True for name, holds in implied.items() if holds}, **data}

    @model_validator(mode="after")
    def _obey_licence(self) -> Self:
        bound = self.grant.basis.elements - {waiver.value for waiver in self.grant.waives}
        basis = self.grant.basis.value
        if "nd" in bound and self.edits in {Edits.LENGTH, Edits.ANY}:
            raise mistake(
                "edits", f"{basis} allows no changed version; use none or style, or waives: [nd] with proof"
            )
        if "nc" in bound and not self.no_ads:
            raise mistake("no_ads", f"{basis} allows no commercial use; use true, or waives: [nc] with proof")
        if "by" in bound and not self.change_notice:
            raise mistake("change_notice", f"{basis} demands that changes are named; use true")
        return self

    @property
    def digest(self) -> str:
        """The SHA-256 of the terms in canonical JSON, hex: the name of this exact wording in the store."""
        return hashlib.sha256(self.canonical_json.encode()).hexdigest()

    @property
    def canonical_json(self) -> str:
        """The terms as JSON in field order, the form that is kept and hashed."""
        return self.model_dump_json()


def _basis_of(grant: Any) -> Basis:
    value = grant.get("basis") if isinstance(grant, Mapping) else getattr(grant, "basis", None)
    return Basis(value) if isinstance(value, str) and value in set(Basis) else Basis.NONE


#: The terms of whom we know nothing about: everything is held.
UNKNOWN = Terms()
