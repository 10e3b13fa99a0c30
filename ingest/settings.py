"""Environment to frozen settings; read in the command line only, everyone else gets plain values."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ingest.errors import ConfigError

Network = IPv4Network | IPv6Network


class Settings(BaseSettings):
    """Where things are and how hard to work; each field is `REPRINT_` and its name in the environment."""

    model_config = SettingsConfigDict(env_prefix="REPRINT_", frozen=True, extra="ignore")

    sources: Path = Field(default=Path("sources.yaml"), description="The partners and their terms.")
    database_url: str = Field(default="sqlite:///reprint.db", description="The store: SQLite or PostgreSQL.")
    site: Path = Field(default=Path("site"), description="The folder that the static site is written to.")
    images: Path = Field(
        default=Path("images"), description="The folder that keeps partners' images, where terms allow them."
    )
    mirrors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Other places for the site, comma separated fsspec URLs (s3://bucket/folder).",
    )
    user_agent: str = Field(
        default="reprint/0.1 (newsroom syndication)",
        description="What we call ourselves; name your newsroom and a contact.",
    )
    allow_networks: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(),
        description="Private networks that partners may be fetched from, comma separated (10.1.2.0/24).",
    )
    hosts_at_once: int = Field(default=16, ge=1, le=256, description="How many hosts are asked at the same time.")
    extract_workers: int = Field(default=2, ge=1, le=64, description="Child processes that extract articles.")
    extract_timeout: float = Field(default=20.0, gt=0, le=600, description="Seconds that one page may take.")
    fetch_timeout: float = Field(default=20.0, gt=0, le=600, description="Seconds that one document may take.")
    busy_seconds: float = Field(
        default=15.0, gt=0, le=600, description="Seconds to wait for another process that holds the store."
    )
    lease: float = Field(
        default=60.0,
        ge=1,
        le=3600,
        description="Seconds after which a worker that gives no sign of life has lost the hosts that it works on.",
    )
    callback_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="Our public address for WebSub hubs (https://news.example/websub/); without it none is asked.",
    )
    callback_listen: str = Field(
        default="127.0.0.1:8787", description="Where `reprint run` listens for hubs, behind that address: host:port."
    )
    health_listen: str = Field(
        default="127.0.0.1:9470",
        pattern=r"^$|^[^\s]+:\d+$",
        description="Where `reprint run` answers /healthz, /readyz and /metrics: host:port; empty for nowhere.",
    )
    alert_webhook: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="Where what needs a person is sent as JSON, each thing once.",
    )
    alert_mail: str | None = Field(
        default=None, pattern=r"^[^\s@]+@[^\s@]+$", description="Who gets it by e-mail; needs REPRINT_SMTP_URL."
    )
    smtp_url: str | None = Field(
        default=None,
        pattern=r"^smtps?://\S+$",
        description="The mail server: smtp://user:password@host:587 (STARTTLS), smtps://host, or smtp://localhost.",
    )
    mail_from: str = Field(default="reprint@localhost", pattern=r"^[^\s@]+@[^\s@]+$", description="Who it is from.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged.")

    @field_validator("mirrors", mode="before")
    @classmethod
    def _places(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allow_networks", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
        return value


def read_settings(**overrides: Any) -> Settings:
    """Return the environment's settings with the command line's `overrides` on top; None overrides nothing.

    Raises ConfigError naming each setting that cannot be used.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        problems = "; ".join(f"REPRINT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigError(problems, where="settings", next_step="correct the environment or the option") from None
