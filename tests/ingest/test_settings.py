"""Environment and options to settings."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from ingest.errors import ConfigError
from ingest.settings import read_settings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOURCES", "DATABASE_URL", "SITE", "ALLOW_NETWORKS", "LOG_LEVEL", "EXTRACT_WORKERS"):
        monkeypatch.delenv(f"REPRINT_{name}", raising=False)


def test_without_anything_there_are_defaults() -> None:
    """A bare environment gives a working SQLite store beside sources.yaml."""
    settings = read_settings()
    assert (settings.sources, settings.site) == (Path("sources.yaml"), Path("site"))
    assert settings.database_url == "sqlite:///reprint.db"
    assert settings.allow_networks == ()


def test_the_environment_counts_and_an_option_counts_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Option over environment over default."""
    monkeypatch.setenv("REPRINT_SITE", "/srv/site")
    monkeypatch.setenv("REPRINT_ALLOW_NETWORKS", "127.0.0.0/8, ::1")
    assert read_settings(site=None).site == Path("/srv/site")
    assert read_settings(site=Path("here")).site == Path("here")
    assert read_settings().allow_networks == (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALLOW_NETWORKS", "everything"), ("EXTRACT_WORKERS", "0"), ("LOG_LEVEL", "loud")],
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The error names the variable, and ends the command with 2."""
    monkeypatch.setenv(f"REPRINT_{name}", value)
    with pytest.raises(ConfigError, match=f"REPRINT_{name}") as caught:
        read_settings()
    assert caught.value.exit_code == 2
