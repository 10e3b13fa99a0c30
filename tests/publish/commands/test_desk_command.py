"""`reprint desk` and `reprint desk user`: where it may listen, and who may sign in."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import ConfigError
from ingest.store import ledger
from ingest.store.database import open_store, read
from publish.desk.place import Place, require_safe
from tests.newsroom import Newsroom

PASSWORD = "eleven swans in the lock"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Return a newsroom without partners."""
    (tmp_path / "sources.yaml").write_text(
        "site:\n  name: N\n  url: https://n.example/\n  language: en\npartners: {}\n", encoding="utf-8"
    )
    return Newsroom(folder=tmp_path, bases={})


def _with_password(newsroom: Newsroom, *words: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish.cli", *words, "--password-stdin"]
    return subprocess.run(
        command, env=newsroom.environment, input=f"{password}\n", capture_output=True, text=True, check=False
    )


def test_users_are_added_listed_changed_and_removed(newsroom: Newsroom) -> None:
    """Each step is in the ledger; a password is never an argument, and a weak one is refused."""
    weak = _with_password(newsroom, "desk", "user", "add", "ana", password="short")
    assert (weak.returncode, "12 to 1000 characters" in weak.stderr) == (2, True)
    assert _with_password(newsroom, "desk", "user", "add", "Ana").returncode == 0
    assert _with_password(newsroom, "desk", "user", "add", "ANA").returncode == 2
    assert _with_password(newsroom, "desk", "user", "add", "otto", "--role", "auditor").returncode == 0
    assert [(one["user"], one["role"]) for one in newsroom.json("desk", "user", "list")] == [
        ("ana", "editor"),
        ("otto", "auditor"),
    ]
    assert _with_password(newsroom, "desk", "user", "password", "ana").returncode == 0
    assert newsroom.run("desk", "user", "remove", "otto").returncode == 0
    assert newsroom.run("desk", "user", "remove", "otto").returncode == 2
    assert newsroom.run("desk", "user", "add", "x").returncode == 2
    engine = open_store(f"sqlite:///{newsroom.folder / 'reprint.db'}")
    with read(engine) as connection:
        events = [record.event for record in ledger.records(connection)]
    engine.dispose()
    assert events == ["desk.user-added", "desk.user-added", "desk.password-set", "desk.user-removed"]


def test_the_desk_says_where_it_is_and_ends_cleanly(newsroom: Newsroom) -> None:
    """Without users it says how to add one; a taken port and a public address are refused with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        refused = newsroom.run("desk", "--listen", listen)
        assert (refused.returncode, "nothing can listen" in refused.stderr) == (2, True)
        assert "The desk is at" not in refused.stdout + refused.stderr
    assert "'bad' is no address" in newsroom.run("desk", "--listen", "bad").stderr
    public = newsroom.run("desk", "--listen", "0.0.0.0:8484")
    assert (public.returncode, "reprint desk user add" in public.stderr) == (2, True)
    with newsroom.start("desk", "--listen", listen, "--json", PYTHONUNBUFFERED="1") as process:
        assert process.stdout is not None
        lines = "".join(iter(process.stdout.readline, "}\n")) + "}"
        process.terminate()
        process.communicate(timeout=30)
    assert json.loads(lines) == {"desk": f"http://{listen}/", "users": False}
    assert process.returncode == 0


_PEM = Path("server.pem")


@pytest.mark.parametrize(
    ("place", "any_user", "says"),
    [
        (Place(listen="0.0.0.0:80"), False, "nobody may sign in yet"),
        (Place(listen="0.0.0.0:80"), True, "read the passwords"),
        (Place(listen="[::]:80", certificate=_PEM, key=_PEM), True, "by which name"),
        (Place(listen="desk.example:80", proxies=["10.0.0.1"]), True, "by which name"),
        (Place(listen="127.0.0.1:80", certificate=_PEM), True, "both"),
        (Place(listen="127.0.0.1:80"), False, None),
        (Place(listen="[::1]:80"), False, None),
        (Place(listen="localhost:80"), False, None),
        (Place(listen="0.0.0.0:80", certificate=_PEM, key=_PEM, names=["desk.example"]), True, None),
        (Place(listen="10.0.0.2:80", proxies=["10.0.0.1"], names=["desk.example"]), True, None),
    ],
)
def test_others_reach_it_only_with_users_and_by_tls(place: Place, any_user: bool, says: str | None) -> None:
    """On this machine it may stand open; a public address needs users, TLS or a proxy, and a name."""
    if says is None:
        require_safe(place, any_user=any_user)
        return
    with pytest.raises(ConfigError, match=says):
        require_safe(place, any_user=any_user)
