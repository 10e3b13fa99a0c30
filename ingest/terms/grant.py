"""Who permitted it, on what basis, and with what proof."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ingest.terms.vocabulary import Basis, Waiver

Word = Annotated[str, Field(min_length=1, max_length=200)]


class Frozen(BaseModel):
    """A block of rules that never changes once read, and knows all of its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def mistake(at: str, message: str) -> PydanticCustomError:
    """Return a mistake that belongs to the field `at` of the model that is being checked."""
    return PydanticCustomError("terms", "{message}", {"message": message, "at": at})


class Grant(Frozen):
    """Who gave the permission, on what basis, and where the proof lies."""

    basis: Basis = Field(default=Basis.NONE, description="What the permission rests on; `none` holds everything.")
    licence_version: Literal["1.0", "2.0", "2.5", "3.0", "4.0"] = Field(
        default="4.0", description="The version of a CC basis."
    )
    licence_port: Annotated[str, Field(pattern="^[a-z]{2,3}$")] | None = Field(
        default=None, description="The jurisdiction of a ported CC licence, as in its URL: us, de, igo."
    )
    waives: tuple[Waiver, ...] = Field(
        default=(), description="Conditions of the licence from which the grantor freed us in writing: nc, nd."
    )
    grantor: Word | None = Field(
        default=None, description="Who gave it: a name and an office, or the licence's publisher."
    )
    evidence: Annotated[str, Field(min_length=1, max_length=2000)] | None = Field(
        default=None, description="Where the proof lies: a URL, or a file beside sources.yaml."
    )
    evidence_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = Field(
        default=None, description="The SHA-256 of an evidence file (hex); filled in when sources.yaml is read."
    )
    valid_from: date | None = Field(default=None, description="First day of validity (UTC); open when absent.")
    valid_until: date | None = Field(default=None, description="Last day of validity (UTC); open when absent.")
    review_by: date | None = Field(default=None, description="Day by which a person looks at the terms again.")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise mistake("valid_until", f"{self.valid_until} comes before valid_from {self.valid_from}")
        return self
