"""The shape of `site` in a sources.yaml: our name, our sections, how we look."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from slugify import slugify

from ingest.sources.colour import contrast, hex_colour
from ingest.sources.fields import Contact, Language, Name, SiteUrl, Strict, WebUrl
from ingest.terms.grant import mistake

#: WCAG 2.2, success criterion 1.4.3.
_READABLE = 4.5

_LOGOS = (".svg", ".png", ".webp", ".jpg", ".jpeg")


def _labels(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _logo(value: str) -> str:
    if not value.lower().endswith(_LOGOS):
        raise ValueError(f"'{value:.60}' is no picture that pages can show; give a file in {', '.join(_LOGOS)}")
    return value


Colour = Annotated[str, AfterValidator(hex_colour)]
Labels = Annotated[tuple[Name, ...], BeforeValidator(_labels), Field(min_length=1)]


class PaletteModel(Strict):
    """Three colours that must be readable together."""

    accent: Colour | None = Field(default=None, description="Of links' underlines and partners' names: #rrggbb.")
    paper: Colour | None = Field(default=None, description="What everything stands on: #rrggbb.")
    ink: Colour | None = Field(default=None, description="What everything is written in: #rrggbb.")

    def _demand_contrast(self, *, accent: str, paper: str, ink: str) -> None:
        paper = self.paper or paper
        for name, colour in (("accent", self.accent or accent), ("ink", self.ink or ink)):
            ratio = contrast(colour, paper)
            if ratio < _READABLE:
                message = f"{colour} on {paper} has a contrast of {ratio:.1f}; readers need {_READABLE} (WCAG 1.4.3)"
                raise mistake(name, message)


class DarkModel(PaletteModel):
    """Colours for readers whose device is set to dark."""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        self._demand_contrast(accent="#f2967b", paper="#151412", ink="#ebe5d9")
        return self


class ColoursModel(PaletteModel):
    """Our colours; what is not given stays as it is."""

    dark: DarkModel = Field(default=DarkModel(), description="Colours for readers whose device is set to dark.")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        self._demand_contrast(accent="#8f2616", paper="#fbf9f4", ink="#1b1815")
        return self


class SiteModel(Strict):
    """Our own site."""

    name: Name = Field(description="Our site's name, as readers know it.")
    url: SiteUrl = Field(description="Our site's address, with the folder where the articles are to stand.")
    language: Language = Field(default="en", description="The language of our pages' furniture: en, de, pt-br.")
    description: str = Field(default="", max_length=1000, description="A sentence on our site, for its feeds.")
    sections: dict[Name, Labels] = Field(
        default={},
        description="Our sections in the order of the menu, each with the partners' labels (categories, tags) that "
        "belong to it; upper and lower case are one.",
    )
    logo: Annotated[str, AfterValidator(_logo)] | None = Field(
        default=None, description="A picture of our name, in a file beside this one, for the top of each page."
    )
    colours: ColoursModel = Field(default=ColoursModel(), description="Our colours.")
    contact: Contact | None = Field(
        default=None,
        description="How readers and partners reach us, at the foot of each page: a mail address or a URL.",
    )
    hub: WebUrl | None = Field(
        default=None, description="The WebSub hub of our feeds: named in them, and told when they change."
    )
    theme: str | None = Field(
        default=None,
        min_length=1,
        description="A folder beside this file: templates/*.html there stand in place of reprint's, and style.css "
        "comes after reprint's.",
    )

    @model_validator(mode="after")
    def _sections_apart(self) -> Self:
        keys: dict[str, str] = {}
        for name in self.sections:
            key = section_key(name)
            if not key:
                raise mistake("sections", f"'{name:.40}' has no letter or digit that an address could be made of")
            if key in keys:
                raise mistake(
                    "sections", f"'{name:.40}' and '{keys[key]:.40}' would have one address, sections/{key}"
                )
            keys[key] = name
        return self


def section_key(name: str) -> str:
    """Return what stands for a section in addresses: "Arts & Culture" becomes "arts-culture"."""
    return slugify(name, max_length=80)
