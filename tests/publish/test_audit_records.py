"""Records edited, added or removed behind the triggers by raw SQL: each way is found, and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.errors import LedgerError
from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.store import chain
from ingest.store.database import open_store, read, write
from ingest.store.rulings import Ruling
from ingest.terms import Terms
from publish.audit import Finding, record_findings
from tests.newswire import GRANTED, NOW, article, partner, sources
from tests.publish.audit_site import published

KNOWN = sources(partner("forum"))


@pytest.fixture
def store(engine: sa.Engine, tmp_path: Path) -> sa.Engine:
    """Return a store in which two articles are published, and a person has ruled on one."""
    published(engine, tmp_path / "site", KNOWN, article("tides"), article("reefs", seed=7))
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(engine, 2, Ruling.RELEASED, reason="read it", sources=KNOWN, keeping=keeping)
    return engine


def tamper(engine: sa.Engine, *statements: str) -> None:
    """Change the store as somebody with the database's own tools could: no trigger and no foreign key is in the way."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as raw, raw:
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            assert all(raw.execute(statement).rowcount for statement in statements)
        return
    with write(engine) as connection:
        # In this role PostgreSQL fires no triggers, nor does it check foreign keys.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        assert all(connection.exec_driver_sql(statement).rowcount for statement in statements)


def found(engine: sa.Engine) -> list[Finding]:
    """Return what holding the records against the ledger finds; the chain itself is whole."""
    with read(engine) as connection:
        chain.verify(connection)
        return list(record_findings(connection))


def test_an_untouched_store_is_as_its_ledger_says(store: sa.Engine) -> None:
    """Two publications, their attributions, revisions, terms and a ruling: no findings."""
    assert found(store) == []


OTHER = Terms(grant=GRANTED.grant, mode=GRANTED.mode, no_ads=True)
RECORDS: list[tuple[str, list[str], str, str]] = [
    ("credit edited", ["UPDATE attribution SET credit_text = 'ours' WHERE id = 1"], "record-edited", "attribution 1"),
    ("origin edited", ["UPDATE attribution SET origin_name = 'Us' WHERE id = 1"], "record-edited", "attribution 1"),
    ("supplier edited", ["UPDATE attribution SET partner = 'us' WHERE id = 1"], "record-edited", "attribution 1"),
    (
        "supplier's name edited",
        ["UPDATE attribution SET partner_name = 'Us' WHERE id = 1"],
        "record-edited",
        "attribution 1",
    ),
    ("verdict edited", ["UPDATE attribution SET verdict = 'deny' WHERE id = 1"], "record-edited", "attribution 1"),
    ("reasons edited", ["UPDATE attribution SET reasons = '[1]' WHERE id = 1"], "record-edited", "attribution 1"),
    (
        "credit's HTML edited",
        ["UPDATE attribution SET document = replace(document, 'Forum', 'Us') WHERE id = 1"],
        "record-edited",
        "attribution 1",
    ),
    (
        "time of decision edited",
        ["UPDATE attribution SET decided_at = '2020-01-01 00:00:00.000000' WHERE id = 1"],
        "record-edited",
        "attribution 1",
    ),
    ("attribution removed", ["DELETE FROM attribution WHERE id = 2"], "record-missing", "attribution 2"),
    (
        "attribution added",
        [
            "INSERT INTO attribution SELECT 99, revision_id, terms_digest, partner, partner_name, origin_name, origin_key, verdict, reasons, credit_text, document, decided_at FROM attribution WHERE id = 1"
        ],
        "not-in-ledger",
        "attribution 99",
    ),
    (
        "words edited",
        ["UPDATE revision SET document = replace(document, 'harbour', 'airport') WHERE id = 1"],
        "record-edited",
        "revision 1",
    ),
    ("byline edited", ["UPDATE revision SET names = 'Our reporter' WHERE id = 1"], "record-edited", "revision 1"),
    ("headline edited", ["UPDATE revision SET headline = 'Ours' WHERE id = 2"], "record-edited", "revision 2"),
    (
        "revision given to another article",
        ["UPDATE revision SET article_id = 2, number = 9 WHERE id = 1"],
        "record-edited",
        "revision 1",
    ),
    ("revision removed", ["DELETE FROM revision WHERE id = 2"], "record-missing", "revision 2"),
    (
        "terms loosened",
        ["UPDATE terms SET document = replace(document, '\"keep_links\":true', '\"keep_links\":false')"],
        "record-edited",
        "terms",
    ),
    ("terms' day edited", ["UPDATE terms SET recorded_at = '2020-01-01 00:00:00.000000'"], "record-edited", "terms"),
    ("terms removed", ["DELETE FROM terms"], "record-missing", "terms"),
    (
        "terms added",
        [f"INSERT INTO terms VALUES ('{OTHER.digest}', '{OTHER.canonical_json}', '2026-11-24 12:00:00.000000')"],
        "not-in-ledger",
        "terms",
    ),
    (
        "publication's address edited",
        ["UPDATE publication SET location = 'https://us.example/' WHERE id = 1"],
        "record-edited",
        "publication 1",
    ),
    (
        "publication's day edited",
        ["UPDATE publication SET first_published_at = '2020-01-01 00:00:00.000000' WHERE id = 1"],
        "record-edited",
        "publication 1",
    ),
    (
        "teaser edited",
        ["UPDATE publication SET teaser = replace(teaser, 'Jane Roe', 'Us') WHERE id = 1"],
        "record-edited",
        "publication 1",
    ),
    (
        "publication said to be withdrawn",
        ["UPDATE publication SET state = 'withdrawn' WHERE id = 1"],
        "record-edited",
        "publication 1",
    ),
    ("publication removed", ["DELETE FROM publication WHERE id = 1"], "record-missing", "publication of work 1"),
    ("ruling's reason edited", ["UPDATE ruling SET reason = 'the boss said so'"], "record-edited", "ruling"),
    ("ruling's author edited", ["UPDATE ruling SET actor = 'nobody'"], "record-edited", "ruling"),
    ("ruling removed", ["DELETE FROM ruling"], "record-missing", "ruling"),
    (
        "ruling made up",
        ["INSERT INTO ruling VALUES (1, 'withdrawn', 'x', 'y', '2026-11-24 12:00:00.000000')"],
        "not-in-ledger",
        "ruling",
    ),
    (
        "standing moved to another decision",
        ["UPDATE standing SET attribution_id = 1, revision_id = 1 WHERE article_id = 2"],
        "record-edited",
        "standing of article 2",
    ),
    (
        "standing's verdict edited",
        ["UPDATE standing SET verdict = 'hold' WHERE article_id = 1"],
        "record-edited",
        "standing of article 1",
    ),
]


@pytest.mark.parametrize(
    ("statements", "code", "where"), [case[1:] for case in RECORDS], ids=[case[0] for case in RECORDS]
)
def test_each_way_of_tampering_with_records_is_found(
    store: sa.Engine, statements: list[str], code: str, where: str
) -> None:
    """Whoever edits the database itself is found, though the ledger's chain is whole."""
    tamper(store, *statements)
    assert [one for one in found(store) if one.code == code and one.where.startswith(where)]


LEDGER: list[tuple[str, list[str], str]] = [
    (
        "a credit in the ledger",
        ["UPDATE ledger SET payload = replace(payload, 'Forum', 'Us') WHERE seq = 2"],
        "record 2 .*edited",
    ),
    ("who did it", ["UPDATE ledger SET actor = 'nobody' WHERE seq = 3"], "record 3 .*edited"),
    ("when", ["UPDATE ledger SET at = '2020-01-01 00:00:00.000000' WHERE seq = 2"], "record 2 .*edited"),
    ("one removed", ["DELETE FROM ledger WHERE seq = 2"], "record 2 is missing"),
    ("the end cut off", ["DELETE FROM ledger WHERE seq > 3"], "ends at record 3"),
    (
        "one inserted",
        ["INSERT INTO ledger VALUES (99, '2026-11-24 12:00:00.000000', 'x', 'y', 'z', '{}', 'c', 'd')"],
        "is missing .record 99 follows",
    ),
    (
        "two swapped",
        ["UPDATE ledger SET seq = -seq WHERE seq IN (2, 3)", "UPDATE ledger SET seq = 5 + seq WHERE seq < 0"],
        "record 2 does not follow",
    ),
]


@pytest.mark.parametrize(("statements", "says"), [case[1:] for case in LEDGER], ids=[case[0] for case in LEDGER])
def test_each_way_of_tampering_with_the_ledger_is_found(store: sa.Engine, statements: list[str], says: str) -> None:
    """The chain names the record; a saved head shows that the end was cut off."""
    with read(store) as connection:
        saved = chain.verify(connection)
    tamper(store, *statements)
    with read(store) as connection, pytest.raises(LedgerError, match=says):
        chain.verify(connection, saved=saved)


@pytest.mark.parametrize(
    "changed", ["at = ''", "at = 7", "payload = x'ff00'", "payload = cast(x'ff' AS TEXT)", "subject = x'00'"]
)
def test_what_no_writer_of_ours_puts_there_is_found_too(tmp_path: Path, changed: str) -> None:
    """SQLite takes any kind of value in any column: that is tampering, and not a crash."""
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    published(engine, tmp_path / "site", KNOWN)
    tamper(engine, f"UPDATE ledger SET {changed} WHERE seq = 2")
    with read(engine) as connection, pytest.raises(LedgerError, match="record 2"):
        chain.verify(connection)
    engine.dispose()


def test_a_long_chain_is_verified_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes find what one finds, at the joint too."""
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    published(engine, tmp_path / "site", KNOWN, *(article(f"n{number}", seed=number) for number in range(3)))
    monkeypatch.setattr(chain, "_WORTH_SHARING", 2)
    whole = chain.verify_store(engine)
    with read(engine) as connection:
        assert whole == chain.verify(connection)
    tamper(engine, f"UPDATE ledger SET hash = '{'e' * 64}' WHERE seq = {whole.seq // 2}")
    with pytest.raises(LedgerError):
        chain.verify_store(engine, saved=whole)
    engine.dispose()
