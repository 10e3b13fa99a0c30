"""sources.yaml: what is right is read whole; what is wrong is said all at once, each with its place."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import SourcesError
from ingest.sources import STARTER, FeedSource, Site, load_sources, sources_schema
from ingest.sources.model import FeedModel, PartnerModel, SourcesModel
from ingest.sources.site_model import SiteModel
from ingest.terms import Basis, CreditRule, Duties, Edits, Grant, Mode, Quota, Terms

SITE = "site: {name: The Courier, url: https://courier.example}\n"


def write(folder: Path, text: str | bytes) -> Path:
    """Write a sources.yaml and return its path."""
    path = folder / "sources.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(folder: Path, text: str | bytes) -> tuple[str, ...]:
    """Return the problems that a sources.yaml is refused with."""
    with pytest.raises(SourcesError) as caught:
        load_sources(write(folder, text))
    return caught.value.problems


def partner(text: str) -> str:
    """Return a sources.yaml with one partner X whose further lines are `text`, each by its own indentation."""
    head = SITE + "partners:\n  x:\n    name: X\n    url: https://x.example/\n"
    return head + "".join(f"    {line}\n" for line in text.splitlines())


def test_a_right_file_is_read_whole(tmp_path: Path) -> None:
    """Every part of a right file comes out as a value."""
    (tmp_path / "grants").mkdir()
    (tmp_path / "grants/x.pdf").write_bytes(b"a contract")
    text = partner("""\
aliases: [The X, X News]
hosts: [www.x.example, "m.x.example:8443"]
language: pt-BR
feeds:
  - https://x.example/feed/
  - {url: "https://x.example/full.json", every: 6h, full_text: true}
terms:
  grant:
    basis: grant
    grantor: Jo Roe, editor
    evidence: grants/x.pdf
    valid_from: 2026-01-01
    valid_until: 2027-12-31
  mode: full
  exclude_labels: [Opinion]
  delay_hours: 24
""")
    sources = load_sources(write(tmp_path, text))
    assert sources.site == Site(name="The Courier", url="https://courier.example/")
    (one,) = sources.partners
    assert (one.key, one.name, one.url, one.language) == ("x", "X", "https://x.example/", "pt-br")
    assert one.aliases == ("The X", "X News")
    assert one.hosts == ("x.example", "www.x.example", "m.x.example:8443")
    assert one.feeds == (
        FeedSource(url="https://x.example/feed/", every=timedelta(minutes=30)),
        FeedSource(url="https://x.example/full.json", every=timedelta(hours=6), full_text=True),
    )
    assert one.terms.grant == Grant(
        basis=Basis.GRANT,
        grantor="Jo Roe, editor",
        evidence="grants/x.pdf",
        evidence_sha256=hashlib.sha256(b"a contract").hexdigest(),
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 12, 31),
    )
    assert (one.terms.mode, one.terms.exclude_labels, one.terms.delay_hours) == (Mode.FULL, ("Opinion",), 24)
    assert sources.partner("x") is one
    assert sources.partner("y") is None


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """One reading names every mistake, in the order of the file."""
    found = problems(
        tmp_path,
        """\
site: {nme: X, url: https://courier.example}
partners:
  x:
    name: 5
    url: ftp://x.example/
    feeds: [{url: "https://x.example/f", every: soon}]
    terms:
      mode: ful
      grnt: {}
  y:
    name: Y
    url: https://y.example/
    terms: {grant: {basis: grant}}
""",
    )
    assert [line.split(": ")[0] for line in found] == [
        "sources.yaml:1:1",
        "sources.yaml:1:8",
        "sources.yaml:4:11",
        "sources.yaml:5:10",
        "sources.yaml:6:49",
        "sources.yaml:8:13",
        "sources.yaml:9:7",
        "sources.yaml:13:13",
        "sources.yaml:13:13",
    ]
    assert found[5] == (
        "sources.yaml:8:13: partners.x.terms.mode: 'ful' is not one of full, excerpt, link; did you mean 'full'?"
    )
    assert found[6] == "sources.yaml:9:7: partners.x.terms.grnt: is no key of this block; did you mean 'grant'?"


MISTAKES = [
    ("feedz: []", "6:5: partners.x.feedz: is no key of this block; did you mean 'feeds'?"),
    ("full_text: true", "6:5: partners.x.full_text: is no key of this block; there are name, url, aliases"),
    ("terms: {excerpt-paragraphs: 2}", "did you mean 'excerpt_paragraphs'?"),
    ("terms: {images: owned}", "none, owned-credit-match, all; did you mean 'owned-credit-match'?"),
    ("terms: {credit: {position: botom}}", "6:32: partners.x.terms.credit.position: 'botom' is not one of"),
    ("terms: {credit: {position: botom}}", "did you mean 'bottom'?"),
    ("terms: {grant: {licence_version: 4.0}}", "4.0 is not one of 1.0, 2.0, 2.5, 3.0, 4.0; put it in quotes"),
    ("terms: {duties: {notify: true}}", "terms.duties.notify: say who is to be told: a mail address or a URL"),
    ("terms: {own_only: perhaps}", "must be true or false, not 'perhaps'"),
    ("terms: {window_days: 1.5}", "must be a whole number, not 1.5"),
    ("terms: {window_days: soon}", "must be a whole number, not 'soon'"),
    ("terms: {delay_hours: .inf}", "inf: "),
    ("terms: {exclude_labels: Opinion}", "must be a list, such as [Opinion], not 'Opinion'"),
    ("terms: {exclude_labels: ['']}", "partners.x.terms.exclude_labels[0]: must not be empty"),
    ("terms: full", "'full' is no preset"),
    ("terms: {grant: {valid_from: tomorrow}}", "must be a day such as 2027-12-31, not 'tomorrow'"),
    ("terms: {grant: {valid_from: 2026-13-01}}", "6:33: partners.x.terms.grant.valid_from: YAML: month must be"),
    (
        "terms: {grant: {basis: cc-by, valid_from: 2027-01-01, valid_until: 2026-01-01}}",
        "6:72: partners.x.terms.grant.valid_until: 2026-01-01 comes before valid_from 2027-01-01",
    ),
    ("feeds: [/feed]", "partners.x.feeds[0].url: '/feed' is no web address; it begins with https:// or http://"),
    ("feeds: ['file:///etc/passwd']", "'file:…' is no web address; it begins with https://"),
    ("feeds: ['https:///feed']", "has no host name that can exist"),
    ("feeds: ['https://x.example/a b']", "holds no spaces"),
    ("feeds: [{every: 1h}]", "6:13: partners.x.feeds[0].url: is missing"),
    ("feeds: [{url: 'https://x.example/f', every: 5s}]", "'5s' is no duration; write a number and m, h or d"),
    ("feeds: [{url: 'https://x.example/f', every: 0m}]", "'0m' is not between 1m and 30d"),
    ("feeds: [{url: 'https://x.example/f', every: 31d}]", "'31d' is not between 1m and 30d"),
    ("hosts: ['https://x.example/']", "is no host name; write it without https:// and path"),
    ("language: deutsch", "'deutsch' is no language tag"),
    ("terms: {credit: {template: '{origin.__class__}'}}", "{origin.__class__} is no field; there are {origin}"),
    ("terms: {credit: {template: 'By {autor}, {origin}'}}", "{autor} is no field"),
    ("terms: {credit: {template: '[By {author}]'}}", "would be blank where its fields are unknown"),
    ("terms: {credit: {template: 'Used with permission.'}}", "does not name who is credited; write {origin}, or 'X'"),
    ("terms: {credit: {translations: {de: 'Mit Erlaubnis'}}}", "translations.de: does not name who is credited"),
    ("terms: {credit: {byline: 'Staff'}}", "must hold {name}"),
    ("terms: {grant: {basis: cc-by-nd}, edits: any}", "cc-by-nd allows no changed version"),
    ("terms: {grant: {basis: cc-by-nc}, no_ads: false}", "cc-by-nc allows no commercial use"),
    ("terms: {grant: {basis: cc-by}, change_notice: false}", "cc-by demands that changes are named"),
    ("terms: {grant: {basis: cc-by-nc, waives: [nc]}, no_ads: false}", "grant.grantor: is missing; a waiver needs"),
    ("terms: {pixel_url: 'https://count.example/{number}'}", "its host is not among pixel_hosts"),
    ("terms: {grant: {evidence: gone.pdf}}", "there is no file 'gone.pdf' beside sources.yaml"),
    ("terms: {grant: {evidence: ../gone.pdf}}", "is not in the folder of sources.yaml"),
    ("terms: {grant: {evidence: /etc/hosts}}", "is not in the folder of sources.yaml"),
]


@pytest.mark.parametrize(("line", "expected"), MISTAKES)
def test_each_mistake_has_its_place_and_its_remedy(tmp_path: Path, line: str, expected: str) -> None:
    """A mistake is told with line, column, path and what would be right."""
    found = problems(tmp_path, partner(line))
    assert any(expected in problem for problem in found), found
    assert all(problem.startswith("sources.yaml:6:") for problem in found)


def test_duplicate_keys_are_reported_with_both_lines(tmp_path: Path) -> None:
    """A partner key given twice would lose the first; both lines are named."""
    text = partner("") + "  x:\n    name: Z\n    url: https://z.example/\n"
    assert problems(tmp_path, text) == ("sources.yaml:6:3: partners.x: is given twice; the first is on line 3",)


def test_a_duplicate_key_anywhere_is_reported(tmp_path: Path) -> None:
    """YAML loaders keep one of two equal keys in silence; here that is a mistake in every block."""
    found = problems(tmp_path, partner("terms: {mode: full, mode: link}"))
    assert found == ("sources.yaml:6:25: partners.x.terms.mode: is given twice; the first is on line 6",)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("{name: the x, url: https://y.example/}", "6:13: partners.y.name: is also partners.x.name (line 4)"),
        ("{name: Y, url: https://www.x.example/}", "partners.y.url: is also partners.x.url (line 4)"),
        ("{name: Y, url: https://y.example, aliases: [X]}", "partners.y.aliases[0]: is also partners.x.name"),
        ("{name: Y, url: https://y.example, hosts: [x.example]}", "partners.y.hosts[0]: is also partners.x.url"),
        ("{name: Y, url: https://y.example, feeds: [https://x.example/f]}", "is also partners.x.feeds[0].url"),
    ],
)
def test_partners_that_cannot_be_told_apart_are_a_mistake(tmp_path: Path, second: str, expected: str) -> None:
    """A name, host or feed belongs to one partner: an origin found by it must be one of them."""
    first = "{name: X, url: https://x.example/, feeds: [https://x.example/f]}"
    text = SITE + f"partners:\n  # two\n  x: {first}\n\n  y: {second}\n"
    found = problems(tmp_path, text)
    assert len(found) == 1
    assert expected in found[0]


def test_no_user_name_or_password_is_repeated(tmp_path: Path) -> None:
    """A URL with credentials is a mistake, and its message does not hold them."""
    text = partner("feeds: ['https://me:hunter2@x.example/f']\nlanguage: //me:hunter2@x")
    found = problems(tmp_path, text)
    assert "holds no user name or password" in found[0]
    assert "hunter2" not in " ".join(found).replace("'//me:hunter2@x' is no language tag", "")


BROKEN = [
    ("", "1:1: the file is empty"),
    ("# nothing\n", "1:1: the file is empty"),
    ("[a]", "1:1: must be a block of keys: site and partners"),
    ("just words", "1:1: must be a block of keys: site and partners"),
    ("site: [", "1:8: YAML: "),
    ("site:\n\tname: x", "2:1: YAML: "),
    ("site: {name: x", "1:15: YAML: "),
    ("site: *base", "1:7: YAML: found undefined alias"),
    ("site: a\n---\nsite: b\n", "2:1: a second document begins"),
    ("site: a\x00b", "1:8: the character"),
    ("site: " + "[" * 3000, "more than 30 blocks within each other"),
    ("a: &a [*a]", "1:"),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_what_is_no_yaml_of_ours_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    """Bad syntax and wrong shapes give line and column, and never a traceback."""
    assert expected in problems(tmp_path, text)[0]


def test_aliases_do_not_unfold_into_a_bomb(tmp_path: Path) -> None:
    """Nine levels of nine aliases would be a billion values; they are refused at once."""
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 10)]
    assert "aliases (*name) unfold into too much" in problems(tmp_path, "l0: &l0 [x]\n" + "\n".join(levels))[0]


def test_anchors_and_merges_work(tmp_path: Path) -> None:
    """Terms may be shared by anchor and merge key; a block's own keys win, and mistakes point at the right line."""
    text = (
        SITE
        + "partners:\n"
        + "  x: {name: X, url: https://x.example/, terms: &base {grant: {basis: cc-by}, mode: full}}\n"
        + "  y: {name: Y, url: https://y.example/, terms: {mode: excerpt, <<: *base}}\n"
        + "  z: {name: Z, url: https://z.example/, terms: *base}\n"
    )
    sources = load_sources(write(tmp_path, text))
    assert [(p.terms.grant.basis, p.terms.mode) for p in sources.partners] == [
        (Basis.CC_BY, Mode.FULL),
        (Basis.CC_BY, Mode.EXCERPT),
        (Basis.CC_BY, Mode.FULL),
    ]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system ['true']", "!own {}", "!!python/name:os.system ''"])
def test_foreign_tags_build_nothing(tmp_path: Path, tag: str) -> None:
    """Only YAML's own kinds of value are built."""
    assert problems(tmp_path, partner(f"terms: {tag}"))


def test_not_utf8_is_said_with_its_place(tmp_path: Path) -> None:
    """A file in another encoding is refused at its first foreign byte."""
    assert problems(tmp_path, b"site:\n  name: Caf\xe9\n") == ("sources.yaml:2:12: is not UTF-8",)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Some editors put one at the start of UTF-8."""
    path = write(tmp_path, b"\xef\xbb\xbf" + (SITE + "partners: {}\n").encode())
    assert load_sources(path).partners == ()


def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    """Missing files and folders give one line and what to do."""
    with pytest.raises(SourcesError, match="reprint init"):
        load_sources(tmp_path / "sources.yaml")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SourcesError, match=r"is a folder, not a file\nname the file in it"):
        load_sources(tmp_path / "folder")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """More than 1 MB is no sources.yaml."""
    assert "larger than 1,000,000 bytes" in problems(tmp_path, "# " + "x" * 1_000_000)[0]


def test_another_proof_is_other_terms(tmp_path: Path) -> None:
    """The evidence file's hash is part of the terms, so that exchanging it shows in their digest."""
    (tmp_path / "proof.txt").write_text("one")
    path = write(tmp_path, partner("terms: {grant: {basis: grant, grantor: Jo, evidence: proof.txt}}"))
    before = load_sources(path).partners[0].terms.digest
    (tmp_path / "proof.txt").write_text("two")
    assert load_sources(path).partners[0].terms.digest != before


def test_a_proof_that_is_pinned_may_not_change(tmp_path: Path) -> None:
    """Where sources.yaml states the hash, another file is a mistake."""
    (tmp_path / "proof.txt").write_text("one")
    pinned = hashlib.sha256(b"two").hexdigest()
    grant = f"{{basis: grant, grantor: Jo, evidence: proof.txt, evidence_sha256: '{pinned}'}}"
    assert "has changed: its SHA-256 is" in problems(tmp_path, partner(f"terms: {{grant: {grant}}}"))[0]


def test_feeds_without_permission_are_a_warning(tmp_path: Path) -> None:
    """Nothing of such a feed will be published: that can be meant, and is said."""
    sources = load_sources(write(tmp_path, partner("feeds: ['https://x.example/f']")))
    assert sources.warnings == (
        "sources.yaml:3:3: partners.x: has feeds but no permission (basis: none): all it first published is held",
    )


def test_the_starter_loads_as_it_stands(tmp_path: Path) -> None:
    """`reprint init` writes a file that works, and that publishes nothing without a permission."""
    sources = load_sources(write(tmp_path, STARTER))
    assert sources.warnings == ()
    bases = {one.key: one.terms.grant.basis for one in sources.partners}
    assert bases == {"global-voices": Basis.CC_BY, "pacific-forum": Basis.NONE}
    assert STARTER.count("#") > 10


def test_the_starters_other_partner_loads_when_uncommented(tmp_path: Path) -> None:
    """The example in the starter's comments is right too, once its proof is there."""
    (tmp_path / "grants").mkdir()
    (tmp_path / "grants/harbour-times-2026.pdf").write_bytes(b"proof")
    start = STARTER.index("  # harbour-times:")
    end = STARTER.index("\n\n", start)
    lines = [line.replace("  # ", "  ", 1) for line in STARTER[start:end].splitlines()]
    sources = load_sources(write(tmp_path, STARTER[:start] + "\n".join(lines) + STARTER[end:]))
    harbour = sources.partner("harbour-times")
    assert harbour is not None
    assert harbour.terms.grant.basis is Basis.GRANT


def test_the_starters_partner_without_a_feed_loads_when_uncommented(tmp_path: Path) -> None:
    """The example of `kind` and `select` in the starter's comments is right."""
    start = STARTER.index("  # quay-weekly:")
    end = STARTER.index("\n\n", start)
    lines = [line.replace("  # ", "  ", 1) for line in STARTER[start:end].splitlines()]
    sources = load_sources(write(tmp_path, STARTER[:start] + "\n".join(lines) + STARTER[end:]))
    quay = sources.partner("quay-weekly")
    assert quay is not None
    assert [(feed.kind.value, feed.select) for feed in quay.feeds] == [
        ("listing", "main article h2 a"),
        ("wordpress", None),
    ]


def test_mistakes_are_told_to_programs_too(tmp_path: Path) -> None:
    """Each mistake has its file, line, column, path and message, in the order of the lines that people read."""
    text = 'site: {name: X, url: "https://x.example/"}\npartners:\n  x:\n    nmae: X\n    url: nowhere\n'
    with pytest.raises(SourcesError) as caught:
        load_sources(write(tmp_path, text))
    error = caught.value
    assert [f"{m['file']}:{m['line']}:{m['column']}: {m['path']}: {m['message']}" for m in error.mistakes] == list(
        error.problems
    )
    assert ("partners.x.nmae", 4, 5) in {(m["path"], m["line"], m["column"]) for m in error.mistakes}


def test_our_own_sources_load() -> None:
    """The sources.yaml at the top is right, names real partners, and takes nothing for granted."""
    sources = load_sources(Path(__file__).parents[2] / "sources.yaml")
    keys = {one.key for one in sources.partners}
    assert {"pacific-forum", "global-voices", "the-conversation"} <= keys
    for one in sources.partners:
        assert one.terms.grant.basis is not Basis.GRANT, f"we hold no contract with {one.name}"


def test_the_schema_describes_every_key() -> None:
    """An editor that completes YAML can explain each key of each block."""
    schema = sources_schema()
    blocks = [schema, *schema["$defs"].values()]
    described = [
        (block.get("title"), key)
        for block in blocks
        for key, field in block.get("properties", {}).items()
        if not field.get("description") and "$ref" not in field
    ]
    assert described == []
    assert all(block.get("description") for block in blocks)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    json.dumps(schema)


def test_the_schema_knows_what_the_loader_knows() -> None:
    """Models and schema have the same keys."""
    text = json.dumps(sources_schema())
    models = (SourcesModel, SiteModel, PartnerModel, FeedModel, Terms, Grant, CreditRule, Quota, Duties)
    assert all(f'"{name}"' in text for model in models for name in model.model_fields)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.sampled_from("site: partners\n-[]{}&*!|>'\"#%@`?,abc0<\t\u00e9"), max_size=80))
def test_no_text_brings_the_loader_down(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file, the answer is Sources or SourcesError with a place in it."""
    path = write(tmp_path, text)
    try:
        load_sources(path)
    except SourcesError as error:
        found = error.problems
    else:
        return
    assert found
    assert all(problem.startswith("sources.yaml:") for problem in found)


def test_edits_are_said_strictly() -> None:
    """Terms that say nothing allow nothing."""
    assert Terms().edits is Edits.NONE
