"""Records edited, added or removed behind the triggers by raw SQL: each way is found, and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.errors import LedgerError
from ingest.keep import Keeping
from ingest.ruling import give_ruling
from ingest.store import chain, ledger
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
        "two credits swapped",
        [
            (
                "UPDATE attribution SET credit_text = CASE id WHEN 1 THEN 'Two' ELSE 'One' END, "
                "document = (SELECT a.document FROM attribution a WHERE a.id = 3 - attribution.id) WHERE id < 3"
            )
        ],
        "record-edited",
        "attribution 2",
    ),
    (
        "a second more",
        ["UPDATE attribution SET decided_at = '2026-11-24 12:00:01.000000' WHERE id = 1"],
        "record-edited",
        "attribution 1",
    ),
    (
        "publication given another article's words",
        ["UPDATE publication SET revision_id = 2, attribution_id = 2 WHERE id = 1"],
        "record-edited",
        "publication 1",
    ),
    ("publication moved to another target", ["UPDATE publication SET target = 'x'"], "record-missing", "publication"),
    (
        "publication made up",
        [
            (
                "INSERT INTO publication (id, work_id, target, article_id, revision_id, attribution_id, verdict, state, "
                "location, intended_at, first_published_at, updated_at, attempts, due_at) SELECT 99, work_id, 'x', "
                "article_id, revision_id, attribution_id, verdict, state, location, intended_at, first_published_at, "
                "updated_at, attempts, due_at FROM publication WHERE id = 1"
            )
        ],
        "not-in-ledger",
        "publication 99",
    ),
    (
        "article given to another partner",
        ["UPDATE article SET partner = 'us' WHERE id = 1"],
        "record-edited",
        "article 1",
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


GUARDS: list[tuple[str, list[str], str, str]] = [
    ("a trigger dropped", ["DROP TRIGGER ledger_refuses_update"], "guard-missing", "trigger ledger_refuses_update"),
    (
        "a trigger made harmless",
        [
            "DROP TRIGGER revision_refuses_delete",
            "CREATE TRIGGER revision_refuses_delete BEFORE DELETE ON revision BEGIN SELECT 1; END",
        ],
        "guard-missing",
        "trigger revision_refuses_delete",
    ),
    (
        "a trigger of theirs",
        ["CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN SELECT 1; END"],
        "guard-missing",
        "trigger quiet",
    ),
    (
        "a view in a table's place",
        ["ALTER TABLE ruling RENAME TO kept", "CREATE VIEW ruling AS SELECT * FROM kept"],
        "schema-changed",
        "view ruling",
    ),
    (
        "a table without its keys and checks",
        [
            "CREATE TABLE copy AS SELECT * FROM ruling",
            "DROP TABLE ruling",
            "ALTER TABLE copy RENAME TO ruling",
        ],
        "schema-changed",
        "table ruling",
    ),
    (
        "a row twice",
        [
            "CREATE TABLE copy AS SELECT * FROM ruling",
            "INSERT INTO copy SELECT * FROM ruling",
            "DROP TABLE ruling",
            "ALTER TABLE copy RENAME TO ruling",
        ],
        "schema-changed",
        "table ruling",
    ),
]


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[sa.Engine]:
    """Return a store as `store`, in a file."""
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    published(opened, tmp_path / "site", KNOWN, article("tides"), article("reefs", seed=7))
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(opened, 2, Ruling.RELEASED, reason="read it", sources=KNOWN, keeping=keeping)
    yield opened
    opened.dispose()


def raw(engine: sa.Engine, *statements: str) -> None:
    """Run statements with SQLite's own tools."""
    with closing(sqlite3.connect(str(engine.url.database))) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "code", "where"), [case[1:] for case in GUARDS], ids=[case[0] for case in GUARDS]
)
def test_who_takes_the_guards_away_is_found(filed: sa.Engine, statements: list[str], code: str, where: str) -> None:
    """Triggers, tables and views are as the migrations made them, whatever the records say."""
    raw(filed, *statements)
    assert [one for one in found(filed) if (one.code, one.where) == (code, where)]


def test_postgresql_tells_its_guards_too(store: sa.Engine) -> None:
    """A trigger that is switched off or gone is named on both databases."""
    with write(store) as connection:
        if store.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE ledger DISABLE TRIGGER ledger_is_append_only")
        else:
            connection.exec_driver_sql("DROP TRIGGER ledger_refuses_delete")
    assert [one.code for one in found(store)] == ["guard-missing"]


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE attribution SET decided_at = '' WHERE id = 1", "attribution 1"),
        ("UPDATE attribution SET decided_at = 7 WHERE id = 2", "attribution 2"),
        ("UPDATE attribution SET credit_text = CAST(credit_text AS BLOB) WHERE id = 1", "attribution 1"),
        ("UPDATE attribution SET credit_text = CAST(x'ff' AS TEXT) WHERE id = 2", "attribution 2"),
        ("UPDATE revision SET word_count = 'many' WHERE id = 1", "revision 1"),
        ("UPDATE revision SET number = 1.5 WHERE id = 2", "revision 2"),
        ("UPDATE ruling SET at = x'00' WHERE article_id = 2", "ruling 2"),
        ("UPDATE publication SET first_published_at = 'yesterday' WHERE id = 1", "publication 1"),
        ("UPDATE ledger SET payload = CAST(payload AS BLOB) WHERE seq = 3", "ledger 3"),
        ("UPDATE terms SET document = CAST(document AS BLOB)", "terms"),
    ],
)
def test_values_of_another_kind_are_found_and_named(filed: sa.Engine, statement: str, where: str) -> None:
    """Integers as text, text as bytes, times that are none: each is named, and none ends the audit."""
    raw(filed, *(f"DROP TRIGGER {table}_refuses_update" for table in ("ledger", "terms", "revision", "attribution")))
    raw(filed, statement)
    assert [one for one in found(filed) if one.code == "record-edited" and one.where.startswith(where)]


def test_a_chain_that_was_computed_anew_is_found_against_a_saved_head(filed: sa.Engine) -> None:
    """Whoever rewrites every record with right hashes has another head than the one that was kept elsewhere."""
    with read(filed) as connection:
        saved = chain.verify(connection)
        records = list(ledger.records(connection))
    raw(filed, "DROP TRIGGER ledger_refuses_update", "DROP TRIGGER ledger_refuses_delete", "DELETE FROM ledger")
    with write(filed) as connection:
        for record in records:
            ledger.append(
                connection,
                at=record.at,
                actor="nobody",
                event=record.event,
                subject=record.subject,
                payload=record.data,
            )
        assert chain.verify(connection).seq == saved.seq
        with pytest.raises(LedgerError, match=f"record {saved.seq} is not the one"):
            chain.verify(connection, saved=saved)


def test_an_old_copy_of_the_store_put_back_is_found_against_a_saved_head(tmp_path: Path) -> None:
    """A store that was whole a day ago is whole, and short of what was kept elsewhere."""
    file = tmp_path / "store.db"
    engine = open_store(f"sqlite:///{file}")
    published(engine, tmp_path / "site", KNOWN, article("tides"))
    with read(engine) as connection:
        old = chain.verify(connection)
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(tmp_path / "old.db")) as copy:
        now.backup(copy)
    published(engine, tmp_path / "site", KNOWN, article("reefs", seed=7))
    with read(engine) as connection:
        saved = chain.verify(connection)
    engine.dispose()
    again = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    with read(again) as connection:
        assert chain.verify(connection, saved=old) == old
        with pytest.raises(LedgerError, match=f"ends at record {old.seq}, but the saved head is record {saved.seq}"):
            chain.verify(connection, saved=saved)
    again.dispose()


def test_an_edit_while_verify_runs_is_found_by_this_run_or_the_next(filed: sa.Engine) -> None:
    """A run sees one state of the store: an edit under its hands changes nothing of it, and is there afterwards."""
    with read(filed) as connection:
        before = chain.verify(connection)
        raw(filed, "DROP TRIGGER ledger_refuses_update", "UPDATE ledger SET actor = 'nobody' WHERE seq = 1")
        assert chain.verify(connection) == before
    with read(filed) as connection, pytest.raises(LedgerError, match=r"record 1 .*edited"):
        chain.verify(connection)


def test_the_end_cut_off_with_all_that_hangs_on_it_shows_without_a_saved_head(filed: sa.Engine) -> None:
    """Records whose ledger entries are gone were never decided."""
    raw(filed, "DROP TRIGGER ledger_refuses_delete", "DELETE FROM ledger WHERE seq > 2")
    assert {"not-in-ledger"} <= {one.code for one in found(filed)}
