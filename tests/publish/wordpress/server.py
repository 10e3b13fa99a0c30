"""A real WordPress on loopback: a private MariaDB on a socket, PHP's own web server, everything in a temporary folder."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publish.wordpress.plugin_file import plugin_bytes

HERE = Path(__file__).parent
WORDPRESS = Path("/usr/share/wordpress")
PARTS = ("php", "mariadbd", "mariadb-install-db")
ROLES = ("administrator", "editor", "author", "contributor", "subscriber")


@dataclass(frozen=True, kw_only=True)
class WordPress:
    """One that is up: where it stands, and its users' application passwords."""

    url: str
    folder: Path
    #: Application password by user; each user is called as its role.
    passwords: dict[str, str]
    #: What lets tests run PHP there.
    secret: str = field(repr=False)

    def php(self, code: str) -> Any:
        """Run PHP inside WordPress and return what it gives back: `code` ends with `return ...;`."""
        request = urllib.request.Request(self.url + "__php", data=code.encode(), headers={"X-Secret": self.secret})  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            return json.loads(answer.read())

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of what a reader gets."""
        address = path if path.startswith("http") else self.url + path.lstrip("/")
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def missing_parts() -> list[str]:
    """Return what this machine lacks."""
    missing = [part for part in PARTS if shutil.which(part) is None and not Path("/usr/sbin", part).exists()]
    return missing + ([] if (WORDPRESS / "wp-load.php").exists() else ["wordpress"])


@contextmanager
def running(folder: Path) -> Iterator[WordPress]:
    """Install a WordPress into the folder and serve it until the end."""
    with ExitStack() as stack:
        database = stack.enter_context(_mariadb(folder / "db"))
        yield stack.enter_context(_php(folder, database))


@contextmanager
def _mariadb(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True)
    data, sock, user = folder / "data", folder / "s.sock", _account()
    common = ["--no-defaults", f"--datadir={data}", *user]
    _quiet("mariadb-install-db", *common, "--auth-root-authentication-method=normal", "--skip-test-db")
    server = _serve(
        folder / "log",
        [
            _where("mariadbd"),
            *common,
            f"--socket={sock}",
            "--skip-networking",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=8M",
            "--performance-schema=OFF",
        ],
    )
    try:
        _wait(lambda: sock.exists() and _connects(sock), server, folder / "log")
        yield sock
    finally:
        server.terminate()
        server.wait(timeout=30)


def _connects(sock: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(sock)) == 0


@contextmanager
def _php(folder: Path, database: Path) -> Iterator[WordPress]:
    root, port = folder / "www", _free_port()
    _lay_out(root)
    url = f"http://127.0.0.1:{port}/"
    environment = os.environ | {"WP_TEST_SOCKET": str(database), "WP_TEST_URL": url, "PHP_CLI_SERVER_WORKERS": "6"}
    environment["WP_TEST_SECRET"] = secret = secrets.token_hex()
    done = subprocess.run(
        [_where("php"), str(HERE / "install.php"), str(root), *ROLES],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode:
        raise RuntimeError(f"WordPress was not installed: {done.stdout}{done.stderr}")
    log = folder / "php.log"
    server = _serve(
        log,
        [
            _where("php"),
            "-d",
            "opcache.enable_cli=1",
            "-d",
            "opcache.revalidate_freq=0",
            "-S",
            f"127.0.0.1:{port}",
            "-t",
            str(root),
            str(HERE / "router.php"),
        ],
        environment,
    )
    passwords = json.loads(done.stdout.splitlines()[-1])
    try:
        _wait(lambda: _listens(port), server, log)
        yield WordPress(url=url, folder=folder, passwords=passwords, secret=secret)
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=30)


def _serve(log: Path, words: list[str], environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a server that writes into a log; in a group of its own, for PHP's workers die with it only so."""
    with log.open("wb") as file:
        return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=file, process_group=0)


def _lay_out(root: Path) -> None:
    """Make a document root of links into Debian's files, with folders of our own for what is written."""
    root.mkdir(parents=True)
    for part in WORDPRESS.iterdir():
        if part.name not in {"wp-content", "wp-config.php", ".htaccess"}:
            (root / part.name).symlink_to(part)
    # PHP resolves links, and would take ABSPATH for Debian's folder: these three are found by what is beside them.
    for name in ("index.php", "wp-load.php", "wp-blog-header.php", "wp-login.php", "wp-cron.php"):
        (root / name).unlink()
        shutil.copy(WORDPRESS / name, root / name)
    shutil.copy(HERE / "wp-config.php", root / "wp-config.php")
    for name in ("plugins/reprint", "themes", "uploads"):
        (root / "wp-content" / name).mkdir(parents=True)
    shutil.copytree(HERE / "theme", root / "wp-content/themes/plain")
    (root / "wp-content/plugins/reprint/reprint.php").write_bytes(plugin_bytes())


def _account() -> list[str]:
    # MariaDB will not run as root unless told to.
    return ["--user=root"] if os.getuid() == 0 else []


def _where(name: str) -> str:
    return shutil.which(name) or f"/usr/sbin/{name}"


def _quiet(name: str, *words: str) -> None:
    done = subprocess.run([_where(name), *words], capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(ready: Any, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{server.args!r} did not come up: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)
