"""The Creative Commons licences: name and deed URL of a grant's basis (https://creativecommons.org/licenses/)."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.terms import Basis, Grant


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A public licence as a credit names it."""

    #: "CC BY-NC-ND 3.0 US".
    name: str
    #: The deed, which the licence asks to be linked.
    url: str


def licence_of(grant: Grant) -> Licence | None:
    """Return the licence that a grant rests on, or None where it rests on something else."""
    if not grant.basis.is_licence:
        return None
    if grant.basis is Basis.CC0:
        return Licence(name="CC0 1.0", url="https://creativecommons.org/publicdomain/zero/1.0/")
    kind, version, port = grant.basis.removeprefix("cc-"), grant.licence_version, grant.licence_port
    name = f"CC {kind.upper()} {version}" + (f" {port.upper()}" if port else "")
    return Licence(
        name=name, url=f"https://creativecommons.org/licenses/{kind}/{version}/" + (f"{port}/" if port else "")
    )
