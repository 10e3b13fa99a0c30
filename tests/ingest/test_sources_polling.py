"""How often, how politely and with which key: what sources.yaml says about polling."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingest.sources import Auth, load_sources
from tests.ingest.test_sources import partner, problems, write


@pytest.mark.parametrize(
    ("said", "minutes", "slowest"),
    [
        ("", 30, None),
        ("every: 1h", 60, None),
        ("every: 1h, slowest: 6h", 60, 360),
        ("every: auto", 15, 1440),
        ("every: auto, slowest: 7d", 15, 10080),
        ("slowest: 1d", 30, 1440),
    ],
)
def test_paces_are_read(tmp_path: Path, said: str, minutes: int, slowest: int | None) -> None:
    """`every` is the least time between polls, `slowest` the most; auto is from a quarter of an hour to a day."""
    text = partner(f'feeds: [{{url: "https://x.example/f", {said}}}]\n')
    (feed,) = load_sources(write(tmp_path, text)).partners[0].feeds
    assert feed.every == timedelta(minutes=minutes)
    assert feed.slowest == (timedelta(minutes=slowest) if slowest else None)


def test_manners_and_keys_are_read(tmp_path: Path) -> None:
    """A pause, a waiver with who gave it, and the names of the variables that hold a key."""
    text = partner(
        "robots: ignore\nrobots_allowed_by: Jo Roe, by mail\ndelay_seconds: 2.5\nauth: {header: X-Key, env: X_KEY}\n"
    )
    (one,) = load_sources(write(tmp_path, text)).partners
    assert (one.robots_allowed_by, one.delay_seconds) == ("Jo Roe, by mail", 2.5)
    assert one.auth == Auth(header="X-Key", env="X_KEY")


def test_without_a_word_robots_are_obeyed_at_a_second_a_page(tmp_path: Path) -> None:
    """The default is the polite one, and a name without `robots: ignore` waives nothing."""
    (one,) = load_sources(write(tmp_path, partner("robots_allowed_by: Jo Roe\n"))).partners
    assert (one.robots_allowed_by, one.delay_seconds, one.auth) == (None, 1.0, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("robots: ignore", "`robots: ignore` needs `robots_allowed_by`"),
        ("auth: {header: X-Key}", "give either `header` and `env`, or `user_env` and `password_env`"),
        ("auth: {header: X-Key, env: A, user_env: B}", "give either `header` and `env`"),
        ("auth: {header: Host, env: A}", "Host is set by us"),
        ("auth: {header: 'X Key', env: A}", "is no name of a header"),
        ("delay_seconds: -1", "delay_seconds"),
        ("feeds: [{url: 'https://x.example/f', every: 2h, slowest: 1h}]", "`slowest` is sooner than `every`"),
        ("feeds: [{url: 'https://x.example/f', flood: 0}]", "flood"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, said: str, expected: str) -> None:
    """Each mistake is told with its place."""
    (line,) = problems(tmp_path, partner(said + "\n"))
    assert expected in line


def test_a_secret_put_where_its_name_belongs_is_not_repeated(tmp_path: Path) -> None:
    """The message names the mistake, and not what may be the very key."""
    (line,) = problems(tmp_path, partner("auth: {header: X-Key, env: 'hunter2 secret'}\n"))
    assert "no name of an environment variable" in line
    assert "hunter2" not in line
