"""The terms: strict where nothing is said, and at one with the licence they rest on."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ingest.credit_template import CREDIT_FIELDS, Group, Literal, Slot, TemplateError, is_never_blank, parse_template
from ingest.licences import licence_of
from ingest.terms import (
    UNKNOWN,
    Basis,
    CreditRule,
    Edits,
    Grant,
    Images,
    LinkTarget,
    Mode,
    Terms,
    Waiver,
)


def test_every_default_is_the_strict_one() -> None:
    """Terms that say nothing rest on nothing, show nothing but a link, and change nothing."""
    assert UNKNOWN.grant.basis is Basis.NONE
    assert UNKNOWN.mode is Mode.LINK
    assert UNKNOWN.edits is Edits.NONE
    assert UNKNOWN.images is Images.NONE
    assert UNKNOWN.own_only
    assert UNKNOWN.keep_links
    assert UNKNOWN.keep_bio
    assert UNKNOWN.no_paywall
    assert not UNKNOWN.headline_edits
    assert not UNKNOWN.full_in_feeds
    assert UNKNOWN.credit.link is LinkTarget.ARTICLE


def test_terms_survive_their_json_and_keep_their_digest() -> None:
    """The store keeps canonical JSON; read back, the same terms have the same digest."""
    terms = Terms(
        grant=Grant(basis=Basis.CC_BY_NC, licence_version="3.0"), mode=Mode.FULL, exclude_labels=("Opinion",)
    )
    again = Terms.model_validate_json(terms.canonical_json)
    assert again == terms
    assert again.digest == terms.digest
    assert terms.digest != UNKNOWN.digest


@pytest.mark.parametrize(
    ("basis", "change_notice", "no_ads"),
    [
        (Basis.NONE, False, False),
        (Basis.GRANT, False, False),
        (Basis.CC0, False, False),
        (Basis.CC_BY, True, False),
        (Basis.CC_BY_SA, True, False),
        (Basis.CC_BY_ND, True, False),
        (Basis.CC_BY_NC, True, True),
        (Basis.CC_BY_NC_SA, True, True),
        (Basis.CC_BY_NC_ND, True, True),
    ],
)
def test_a_licence_brings_its_own_duties(basis: Basis, *, change_notice: bool, no_ads: bool) -> None:
    """A CC basis sets what the licence demands, whether it comes as a value or as plain data."""
    for grant in (Grant(basis=basis), {"basis": basis.value}):
        terms = Terms.model_validate({"grant": grant})
        assert (terms.change_notice, terms.no_ads) == (change_notice, no_ads)


@pytest.mark.parametrize(
    ("basis", "rule", "waiver"),
    [
        (Basis.CC_BY_ND, {"edits": "any"}, Waiver.ND),
        (Basis.CC_BY_NC_ND, {"edits": "length"}, Waiver.ND),
        (Basis.CC_BY_NC, {"no_ads": False}, Waiver.NC),
    ],
)
def test_terms_cannot_allow_what_their_licence_forbids(basis: Basis, rule: dict[str, object], waiver: Waiver) -> None:
    """What the licence forbids is a mistake, unless the grantor waived that condition."""
    with pytest.raises(ValidationError, match="waives"):
        Terms.model_validate({"grant": {"basis": basis}, **rule})
    waived = Terms.model_validate({"grant": {"basis": basis, "waives": [waiver]}, **rule})
    assert waived.grant.waives == (waiver,)


@pytest.mark.parametrize(
    ("grant", "name", "url"),
    [
        (Grant(basis=Basis.CC_BY), "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        (
            Grant(basis=Basis.CC_BY_SA, licence_version="3.0", licence_port="igo"),
            "CC BY-SA 3.0 IGO",
            "licenses/by-sa/3.0/igo/",
        ),
        (
            Grant(basis=Basis.CC_BY_NC_ND, licence_version="3.0", licence_port="us"),
            "CC BY-NC-ND 3.0 US",
            "licenses/by-nc-nd/3.0/us/",
        ),
        (Grant(basis=Basis.CC0), "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ],
)
def test_a_cc_basis_names_its_licence_and_deed(grant: Grant, name: str, url: str) -> None:
    """Name and URL follow from basis, version and jurisdiction."""
    licence = licence_of(grant)
    assert licence is not None
    assert licence.name == name
    assert licence.url.endswith(url)


@pytest.mark.parametrize("basis", [Basis.NONE, Basis.GRANT])
def test_other_bases_name_no_licence(basis: Basis) -> None:
    """A grant of our own is no public licence."""
    assert licence_of(Grant(basis=basis)) is None


def test_a_template_is_text_fields_and_groups() -> None:
    """The small language has three parts, and doubled marks stand for themselves."""
    assert parse_template("[By {author}, ]{origin} {{[[]]}}", fields=CREDIT_FIELDS) == (
        Group(parts=(Literal(text="By "), Slot(name="author"), Literal(text=", "))),
        Slot(name="origin"),
        Literal(text=" "),
        Literal(text="{"),
        Literal(text="["),
        Literal(text="]"),
        Literal(text="}"),
    )


@pytest.mark.parametrize(
    "template",
    [
        "{origin.__class__}",
        "{origin!r}",
        "{origin:>20}",
        "{origin[0]}",
        "{0}",
        "{}",
        "{ origin }",
        "{origin",
        "origin}",
        "[{author}",
        "{author}]",
        "[[a]",
        "[no field]",
        "[{origin}]",
        "[a [{author}]]",
        "{{origin}",
    ],
)
def test_a_template_is_no_format_string(template: str) -> None:
    """Attributes, indexes, conversions, formats and loose marks are refused."""
    with pytest.raises(TemplateError):
        parse_template(template, fields=CREDIT_FIELDS)


@pytest.mark.parametrize(
    ("template", "never"),
    [("{origin}", True), ("By Jo", True), ("[By {author}]", False), ("{author}", False), (" - {date}", False)],
)
def test_a_template_that_may_come_out_blank_is_known(template: str, *, never: bool) -> None:
    """Only words and fields that are always there keep a credit from being blank."""
    assert is_never_blank(parse_template(template, fields=CREDIT_FIELDS)) is never


@pytest.mark.parametrize(
    "rule",
    [
        {"template": "{author}"},
        {"template": ""},
        {"edited_template": "[{date}]"},
        {"translations": {"de": "{autor}"}},
        {"translations": {"German": "{origin}"}},
        {"byline": "{origin}"},
        {"byline": "{name.x}"},
        {"logo": "http://x.example/logo.png"},
        {"unknown": 1},
    ],
)
def test_a_credit_rule_that_could_fail_later_fails_at_once(rule: dict[str, object]) -> None:
    """Each template is tried when the terms are made, not when a page is."""
    with pytest.raises(ValidationError):
        CreditRule.model_validate(rule)
