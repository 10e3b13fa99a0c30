"""What helps people write a sources.yaml: its JSON Schema, and a commented starter."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from ingest.sources.model import SourcesModel

#: A commented sources.yaml for a new newsroom; it loads as it stands.
STARTER = files("ingest").joinpath("starter.yaml").read_text(encoding="utf-8")


def sources_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a sources.yaml, with a description on every field."""
    schema = SourcesModel.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sources.yaml", **schema}
