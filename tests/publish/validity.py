"""Whether what we publish is what its format says: schemas written from the formats' own texts."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # ships no types
from lxml import etree

_SCHEMAS = Path(__file__).parent / "schemas"


@lru_cache
def _relaxng(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(_SCHEMAS / name))


@lru_cache
def _xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMAS / "sitemap.xsd"))


@lru_cache
def _json(name: str) -> Draft202012Validator:
    schema = json.loads((_SCHEMAS / name).read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def valid_feed(content: bytes, name: str) -> etree._Element:
    """Return an XML feed's root, which "atom.rng" or "rss.rng" must find nothing to say against."""
    root = etree.fromstring(content)
    _relaxng(name).assertValid(root)
    return root


def valid_sitemap(content: bytes) -> etree._Element:
    """Return a sitemap's root, valid by its XSD."""
    root = etree.fromstring(content)
    _xsd().assertValid(root)
    return root


def valid_json(content: bytes, name: str) -> Any:
    """Return a JSON document, valid by "jsonfeed.json" or "ninjs.json"."""
    value = json.loads(content)
    _json(name).validate(value)
    return value
