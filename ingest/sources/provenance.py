"""Where each rule of a partner's terms comes from: sources.yaml, a preset, the licence, or our default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.sources.values import Partner
from ingest.terms import Terms
from ingest.terms.preset import leaves, preset
from ingest.terms.wording import tell_terms


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule in plain English."""

    #: Its dotted path in sources.yaml, below `terms`.
    path: str
    text: str
    #: file, preset, licence, link, default.
    kind: str
    #: Its line in sources.yaml, where it is written there.
    line: int | None = None
    #: The preset's page, the day or month of our reading, how sure we are (D: first hand, S: second), what it says.
    url: str | None = None
    read: str | None = None
    confidence: str | None = None
    says: str | None = None

    @property
    def source(self) -> str:
        """Where it comes from, in words."""
        if self.kind == "file":
            return f"sources.yaml, line {self.line}"
        if self.kind == "preset":
            sure = "read there" if self.confidence == "D" else "at second hand"
            return f"{self.url}, {sure} {self.read}: {self.says}"
        return _ELSEWHERE[self.kind]


_ELSEWHERE = {
    "licence": "the licence demands it",
    "link": "follows from credit.link, which is written down",
    "default": "written nowhere: our default",
}


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One of a partner's permissions."""

    terms: Terms
    #: The policy that it builds on, by name.
    preset: str | None
    #: Dotted path and line of each rule that sources.yaml itself sets.
    lines: tuple[tuple[str, int], ...]


def permissions_of(partner: Partner) -> tuple[Permission, ...]:
    """Return a partner's permissions in the order in which they were written."""
    others = zip(partner.other_terms, partner.other_presets, partner.other_lines, strict=True)
    first = Permission(terms=partner.terms, preset=partner.preset, lines=partner.terms_lines)
    return (first, *(Permission(terms=terms, preset=name, lines=lines) for terms, name, lines in others))


def rules_of(permission: Permission) -> Iterator[Rule]:
    """Yield each rule of a permission with where it comes from."""
    own = dict(permission.lines)
    known = preset(permission.preset) if permission.preset else None
    told = set(leaves(known.terms)) if known else set()
    implied = _implied(permission.terms)
    for path, text in tell_terms(permission.terms):
        line = own.get(path) or next((own[name] for name in own if name.startswith(f"{path}.")), None)
        if line is not None:
            yield Rule(path=path, text=text, kind="file", line=line)
        elif known is not None and _among(path, told):
            saying, source = known.source_of(path) or (None, None)
            yield Rule(
                path=path,
                text=text,
                kind="preset",
                url=source.url if source else None,
                read=source.read if source else None,
                confidence=source.confidence if source else None,
                says=saying.text if saying else None,
            )
        else:
            yield Rule(path=path, text=text, kind=implied.get(path, "default"))


def _among(path: str, paths: set[str]) -> bool:
    return path in paths or any(other.startswith(f"{path}.") for other in paths)


def _implied(terms: Terms) -> dict[str, str]:
    """Return the rules that follow from others, with the kind of what they follow from."""
    elements = terms.grant.basis.elements
    of_licence = {name for name, element in {"change_notice": "by", "no_ads": "nc"}.items() if element in elements}
    return {**dict.fromkeys(of_licence, "licence"), "credit.link_required": "link"}
