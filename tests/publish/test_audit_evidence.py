"""Proofs of permissions: kept by their hash, and missed when they are gone or say something else."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Response

from ingest.sources import Sources, load_sources
from ingest.store import chain, ledger
from ingest.store.database import read
from ingest.terms import Terms
from publish.audit import Finding, record_findings
from publish.audit.evidence import EVENT, file_findings
from publish.audit.evidence_online import online_findings
from tests.newswire import GRANTED, NOW, partner, prose, sources
from tests.publish.audit_site import tools_for

YAML = """
site: {{name: S, url: 'https://s.example/'}}
partners:
  x:
    name: X Weekly
    url: https://x.example/
    terms:
      grant: {{basis: grant, grantor: J. Doe, evidence: letter.txt{more}}}
      mode: full
"""


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(engine: sa.Engine) -> list[str]:
    """Return the hashes that the ledger has, in order; it must be whole."""
    with read(engine) as connection:
        chain.verify(connection)
        assert list(record_findings(connection)) == []
        return [ledger_hash(record.payload) for record in ledger.records(connection) if record.event == EVENT]


def ledger_hash(payload: str) -> str:
    """Return the hash in a record's payload."""
    return payload.partition('"sha256":"')[2][:64]


class Letter:
    """A proof in a file beside a sources.yaml."""

    def __init__(self, folder: Path, engine: sa.Engine) -> None:
        self.folder, self.engine = folder, engine
        self.write("You may.")
        self.grant()

    def write(self, text: str) -> None:
        """Let the letter say something."""
        (self.folder / "letter.txt").write_text(text, encoding="utf-8")

    def grant(self, more: str = "") -> None:
        """Let the grant say more."""
        (self.folder / "sources.yaml").write_text(YAML.format(more=more).lstrip(), encoding="utf-8")
        self.known = load_sources(self.folder / "sources.yaml")

    def codes(self) -> list[str]:
        """Audit, and return what is found."""
        return [
            found.code for found in file_findings(self.engine, self.known, folder=self.folder, actor="t", now=NOW)
        ]


@pytest.fixture
def letter(engine: sa.Engine, tmp_path: Path) -> Letter:
    """Return a letter that was looked at once."""
    made = Letter(tmp_path, engine)
    assert made.codes() == []
    return made


def test_a_proof_is_kept_once(engine: sa.Engine, letter: Letter) -> None:
    """Its hash is in the ledger from the first look on; looking again adds nothing."""
    assert letter.codes() == []
    assert _kept(engine) == [_sha("You may.")]


def test_a_changed_proof_is_told_until_a_person_has_read_it(engine: sa.Engine, letter: Letter) -> None:
    """A new `review_by` accepts what it says now; one that is taken back later does not make the old words good."""
    letter.write("You may not.")
    letter.grant()
    assert letter.codes() == letter.codes() == ["evidence-changed"]
    letter.grant(", review_by: 2027-01-01")
    assert letter.codes() == []
    assert _kept(engine) == [_sha("You may."), _sha("You may not.")]
    letter.write("You may.")
    assert letter.codes() == ["evidence-changed"]


def test_a_pinned_hash_accepts_what_it_pins(engine: sa.Engine, letter: Letter) -> None:
    """`evidence_sha256` says which words a person has read; others, while we run, are told."""
    letter.write("You may not.")
    letter.grant(f", evidence_sha256: {_sha('You may not.')}")
    assert letter.codes() == []
    letter.write("Perhaps.")
    assert letter.codes() == ["evidence-changed"]


def test_a_proof_that_vanishes_while_we_run_is_told(letter: Letter) -> None:
    """The finding names the file and what to do, and is a warning."""
    (letter.folder / "letter.txt").unlink()
    (found,) = file_findings(letter.engine, letter.known, folder=letter.folder, actor="t", now=NOW)
    assert (found.code, found.severity.value, "letter.txt" in found.evidence) == ("evidence-missing", "warning", True)
    assert "review_by" in found.next_step
    assert found.where == "sources.yaml: partners.x.terms.grant.evidence"


def test_a_partner_that_was_renamed_keeps_its_proofs(letter: Letter) -> None:
    """`formerly`: what is on record under the old key counts."""
    (old,) = letter.known.partners
    letter.known = replace(letter.known, partners=(replace(old, key="y", formerly=("x",)),))
    letter.write("You may not.")
    assert letter.codes() == ["evidence-changed"]


def _policy(seed: int = 1, advert: str = "Buy fish") -> str:
    lines = "".join(f"<p>{line}</p>" for line in prose(seed))
    return f"<!doctype html><title>Republish us</title><aside><p>{advert}</p></aside><article><h1>Rules</h1>{lines}</article>"


class Policy:
    """A partner's page of rules on a real server."""

    def __init__(self, server: HTTPServer) -> None:
        self.answer = Response(_policy(), content_type="text/html")
        self.home, self.url = server.url_for("/"), server.url_for("/rules")
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nAllow: /\n")
        server.expect_request("/rules").respond_with_handler(lambda _request: self.answer)

    def known(self, **grant: object) -> Sources:
        """Return sources whose grant names the page."""
        changed = GRANTED.grant.model_copy(update={"evidence": self.url, **grant})
        terms = Terms.model_validate({**GRANTED.model_dump(), "grant": changed.model_dump()})
        lines = (("grant.evidence_sha256", 9),) if "evidence_sha256" in grant else ()
        host = self.home.split("/")[2]
        return sources(partner("forum", terms, url=self.home, hosts=(host,), delay_seconds=0, terms_lines=lines))


@pytest.fixture
def policy(httpserver: HTTPServer) -> Policy:
    """Return a partner's page of rules."""
    return Policy(httpserver)


def _online(engine: sa.Engine, known: Sources) -> list[Finding]:
    async def run() -> list[Finding]:
        async with tools_for(engine, known) as tools:
            return [found async for found in online_findings(tools)]

    return asyncio.run(run())


def test_a_page_of_rules_is_held_against_its_words(engine: sa.Engine, policy: Policy) -> None:
    """Another advertisement is nothing; another rule is told, until a person sets a new day or the hash it names."""
    assert _online(engine, policy.known()) == []
    policy.answer = Response(_policy(advert="Buy boats"), content_type="text/html")
    assert _online(engine, policy.known()) == []
    assert len(_kept(engine)) == 1
    policy.answer = Response(_policy(seed=5), content_type="text/html")
    (found,) = _online(engine, policy.known())
    assert (found.code, policy.url in found.evidence) == ("evidence-changed", True)
    pinned = found.evidence.partition("now ")[2][:64]
    assert _online(engine, policy.known(evidence_sha256=pinned)) == []
    assert _online(engine, policy.known(review_by=date(2027, 1, 1))) == []
    policy.answer = Response(_policy(seed=6), content_type="text/html")
    assert [one.code for one in _online(engine, policy.known(evidence_sha256=pinned))] == ["evidence-changed"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response("Gone", status=410), "evidence-missing"),
        (Response("No", status=404), "evidence-missing"),
        (Response("Later", status=503), "evidence-unreachable"),
        (Response(b"%PDF-2", content_type="application/pdf"), "evidence-changed"),
        (Response("<p>Nothing.</p>", content_type="text/html"), "evidence-changed"),
    ],
    ids=["410", "404", "503", "another document", "no article"],
)
def test_what_became_of_a_page_of_rules_is_told(
    engine: sa.Engine, policy: Policy, answer: Response, code: str
) -> None:
    """Gone, out of reach, or something else: each has its finding, and the record stays as it was."""
    assert _online(engine, policy.known()) == []
    policy.answer = answer
    assert [found.code for found in _online(engine, policy.known())] == [code]
    assert len(_kept(engine)) == 1
