"""What helps people write a sources.yaml: its JSON Schema, and a commented starter."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ingest.sources.model import SourcesModel
from ingest.terms.preset import preset_names

#: A commented sources.yaml for a new newsroom; it loads as it stands.
STARTER = files("ingest").joinpath("starter.yaml").read_text(encoding="utf-8")


def sources_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a sources.yaml, with a description on every field."""
    schema = SourcesModel.model_json_schema()
    _allow_presets(schema["$defs"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sources.yaml", **schema}


def _allow_presets(definitions: dict[str, Any]) -> None:
    """Describe `NAME` and `{preset: NAME, ...}` in place of terms: written out before the models see them."""
    names = list(preset_names())
    rules = definitions["Terms"]["properties"]
    rules["preset"] = {"enum": names, "description": "A known policy, whose rules hold where no other is written."}
    fields = definitions["PartnerModel"]["properties"]
    either = [{"enum": names, "description": "A known policy as it stands."}, {"$ref": "#/$defs/Terms"}]
    fields["terms"] = {"description": fields["terms"].get("description", ""), "anyOf": either}
    fields["other_terms"]["items"] = {"anyOf": either}
