"""Presets: known policies by name, overlaid by a newsroom's own rules, each rule with where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import SourcesError
from ingest.sources import Partner, load_sources, sources_schema
from ingest.sources.provenance import permissions_of, rules_of
from ingest.terms import Basis, Edits, Images, Terms
from ingest.terms.preset import leaves, overlaid, preset, preset_names
from ingest.terms.wording import TOLD

HEAD = "site: {name: S, url: 'https://s.example/', contact: desk@s.example}\npartners:\n  x:\n    name: X Weekly\n    url: https://x.example/\n"


def load(folder: Path, terms: str) -> Partner:
    """Return the one partner of a sources.yaml whose terms are given."""
    path = folder / "sources.yaml"
    path.write_text(HEAD + f"    {terms}\n", encoding="utf-8")
    (partner,) = load_sources(path).partners
    return partner


def refusal(folder: Path, terms: str) -> tuple[str, ...]:
    """Return the mistakes of a sources.yaml whose terms are given."""
    with pytest.raises(SourcesError) as caught:
        load(folder, terms)
    return caught.value.problems


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_whole(name: str, tmp_path: Path) -> None:
    """Its terms are terms, and each of its rules says where it comes from; what needs a grant permits nothing yet."""
    one = preset(name)
    terms = load(tmp_path, f"terms: {name}").terms
    assert (terms.grant.basis is Basis.NONE) == (one.needs is not None)
    assert terms == Terms.model_validate(one.terms)
    for path in leaves(one.terms):
        assert one.source_of(path) is not None
    if "S" in {source.confidence for key, source in one.sources.items() if key == "policy"}:
        assert terms.grant.basis is Basis.NONE


def test_the_policies_that_newsrooms_ask_for_are_there() -> None:
    """The names in the documentation exist."""
    asked = {
        "the-conversation",
        "cc-by-4.0",
        "cc-by-nd-4.0",
        "propublica",
        "texas-tribune",
        "global-voices",
        "undark",
    }
    asked |= {"floodlight", "stateline", "kff-health-news", "grist", "city-desk-abq", "calmatters", "publicsource"}
    assert asked | {"north-dakota-news-cooperative"} <= set(preset_names())


def test_a_newsrooms_own_rules_go_before_the_presets(tmp_path: Path) -> None:
    """Blocks are merged key by key, all else is replaced; the rest of the policy stays."""
    own = "terms: {preset: the-conversation, images: all, grant: {review_by: 2027-06-30}, credit: {position: both}}"
    terms = load(tmp_path, own).terms
    known = preset("the-conversation").terms
    assert terms.images is Images.ALL
    assert terms.edits is Edits.STYLE
    assert terms.grant.basis is Basis.CC_BY_ND
    assert terms.grant.review_by is not None
    assert terms.credit.position.value == "both"
    assert terms.credit.template == known["credit"]["template"]


def test_a_written_permission_makes_a_preset_count(tmp_path: Path) -> None:
    """A policy that needs a grant holds everything until somebody writes the grant."""
    grant = "grant: {basis: grant, grantor: J. Doe, evidence: 'https://x.example/letter'}"
    assert load(tmp_path, "terms: grist").terms.grant.basis is Basis.NONE
    assert load(tmp_path, f"terms: {{preset: grist, {grant}}}").terms.grant.basis is Basis.GRANT


MISTAKES = [
    ("terms: grits", "sources.yaml:6:12: partners.x.terms: 'grits' is no preset; did you mean 'grist'?"),
    (
        "terms: {preset: the-conversatoin}",
        "sources.yaml:6:21: partners.x.terms.preset: 'the-conversatoin' is no preset; did you mean 'the-conversation'?",
    ),
    ("terms: {preset: 7}", "sources.yaml:6:21: partners.x.terms.preset: must be a preset's name"),
    (
        "terms: {prset: grist}",
        "sources.yaml:6:13: partners.x.terms.prset: is no key of this block; did you mean 'preset'?",
    ),
    ("terms: zzzz", "`reprint sources presets` lists them"),
    ("terms: {preset: grist, mode: ful}", "sources.yaml:6:34: partners.x.terms.mode: 'ful' is not one of"),
    ("terms: {preset: cc-by-nd-4.0, edits: any}", "partners.x.terms.edits: cc-by-nd allows no changed version"),
    ("terms: {preset: grist, grant: {basis: grant}}", "partners.x.terms.grant.grantor: is missing"),
]


@pytest.mark.parametrize(("terms", "expected"), MISTAKES)
def test_each_mistake_has_its_place_and_its_remedy(tmp_path: Path, terms: str, expected: str) -> None:
    """An unknown name is told with line, column and the nearest right one; so is what is written beside it."""
    found = refusal(tmp_path, terms)
    assert any(expected in problem for problem in found), found


def test_each_rule_says_where_it_comes_from(tmp_path: Path) -> None:
    """The newsroom's line, the preset's page with day and confidence, the licence, or the default."""
    partner = load(tmp_path, "terms: {preset: the-conversation, images: all}")
    rules = {rule.path: rule for rule in rules_of(permissions_of(partner)[0])}
    assert (rules["images"].kind, rules["images"].line) == ("file", 6)
    assert rules["edits"].kind == "preset"
    assert rules["edits"].url == "https://theconversation.com/us/republishing-guidelines"
    assert rules["edits"].confidence == "D"
    assert rules["change_notice"].kind == "licence"
    assert rules["keep_links"].kind == "default"


def test_every_rule_has_its_sentence() -> None:
    """No field of the terms is left out of what people are shown."""
    told = {path.split(".")[0] for path in TOLD}
    assert told == set(Terms.model_fields)
    blocks = {
        "grant": {"grantor", "licence_version", "licence_port", "evidence_sha256"},
        "credit": set(),
        "duties": set(),
    }
    for block, within in blocks.items():
        fields = set(type(getattr(Terms(), block)).model_fields) - within
        assert {f"{block}.{name}" for name in fields} == {path for path in TOLD if path.startswith(f"{block}.")}


def test_overlaying_changes_neither_part() -> None:
    """A preset is read once and shared, so nothing may write into it."""
    base, own = {"credit": {"position": "top"}}, {"credit": {"link": "home"}}
    assert overlaid(base, own) == {"credit": {"position": "top", "link": "home"}}
    assert (base, own) == ({"credit": {"position": "top"}}, {"credit": {"link": "home"}})


def test_the_schema_knows_the_presets() -> None:
    """Editors that complete YAML offer the names."""
    definitions = sources_schema()["$defs"]
    assert set(definitions["Terms"]["properties"]["preset"]["enum"]) == set(preset_names())
    assert {"enum", "$ref"} <= {
        key for part in definitions["PartnerModel"]["properties"]["terms"]["anyOf"] for key in part
    }
