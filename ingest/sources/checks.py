"""What no model of a single field can see: clashes between partners, and proof that is not there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

from ingest.sources.fields import is_key
from ingest.sources.model import PartnerModel
from ingest.sources.problems import dotted
from ingest.sources.yaml_tree import Path, Problem, Tree
from ingest.terms import Basis, Grant, Terms
from ingest.urls import host_key, is_web_url

#: A scanned contract is a few MB; what is far more is no evidence.
EVIDENCE_MAX_BYTES = 50_000_000


def check_keys(partners: Mapping[str, object], tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each partner key that is no slug."""
    for key in partners:
        if not is_key(key):
            path: Path = ("partners", key)
            message = "a partner's key is up to 60 lower-case letters and digits, with hyphens between them"
            yield Problem(mark=tree.key_mark(path), path=path, message=message)


def check_targets(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each target key that is no slug or is the static site's, and each partner it mistakes."""
    raw, partners = tree.value.get("targets"), tree.value.get("partners")
    for key, value in raw.items() if isinstance(raw, dict) else ():
        path: Path = ("targets", key)
        if not is_key(str(key)) or len(str(key)) > 40 or key == "site":
            message = "a target's key is up to 40 lower-case letters and digits, with hyphens, and not site"
            yield Problem(mark=tree.key_mark(path), path=path, message=message)
        for block in ("categories", "tags"):
            filing = value.get(block) if isinstance(value, dict) else None
            named = filing.get("partners") if isinstance(filing, dict) else None
            for name in named if isinstance(named, dict) and isinstance(partners, dict) else ():
                if name not in partners:
                    at: Path = (*path, block, "partners", name)
                    yield Problem(mark=tree.key_mark(at), path=at, message="is no partner of this file")


def check_clashes(partners: Mapping[str, PartnerModel], tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each name, host or feed that two partners claim: an origin must be one of them."""
    first: dict[tuple[str, str], Path] = {}
    for key, partner in partners.items():
        for kind, value, path in _claims(key, partner):
            other = first.setdefault((kind, value), path)
            if other != path and (kind == "feed" or other[1] != key):
                message = f"is also {dotted(other)} (line {tree.mark(other).line}); {kind}s are told apart by it"
                yield Problem(mark=tree.mark(path), path=path, message=message)


def _claims(key: str, partner: PartnerModel) -> Iterator[tuple[str, str, Path]]:
    base: Path = ("partners", key)
    yield "partner", name_key(partner.name), (*base, "name")
    yield "key", key, base
    for index, old in enumerate(partner.formerly):
        yield "key", old, (*base, "formerly", index)
    yield "host", host_key(partner.url).removeprefix("www."), (*base, "url")
    for index, alias in enumerate(partner.aliases):
        yield "partner", name_key(alias), (*base, "aliases", index)
    for index, host in enumerate(partner.hosts):
        yield "host", host.removeprefix("www."), (*base, "hosts", index)
    for index, feed in enumerate(partner.feeds):
        yield "feed", feed.url, (*base, "feeds", index, "url")


def name_key(name: str) -> str:
    """Return the form in which names are compared: case folded, single spaces, without a leading article."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def check_grant(base: Path, grant: Grant, tree: Tree) -> Iterator[Problem]:
    """Yield a problem where a bespoke grant, or a waiver of a licence's condition, names no grantor or no proof."""
    if grant.basis is not Basis.GRANT and not grant.waives:
        return
    what = "basis: grant" if grant.basis is Basis.GRANT else "a waiver"
    for name in ("grantor", "evidence"):
        if getattr(grant, name) is None:
            path: Path = (*base, "grant", name)
            message = f"is missing; {what} needs who gave it and where the proof lies, or use basis: none"
            yield Problem(mark=tree.key_mark(path), path=path, message=message)


def check_credit(base: Path, terms: Terms, partner: PartnerModel, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each credit template that names the partner neither by {origin} nor in so many words."""
    rule = terms.credit
    names = ("{origin}", partner.name.casefold(), *(alias.casefold() for alias in partner.aliases))
    templates: dict[Path, str] = {
        ("template",): rule.template,
        ("edited_template",): rule.edited_template or "{origin}",
    }
    templates |= {("translations", tag): template for tag, template in rule.translations.items()}
    for at, template in templates.items():
        if not any(name in template.casefold() for name in names):
            path: Path = (*base, "credit", *at)
            message = f"does not name who is credited; write {{origin}}, or '{partner.name:.60}'"
            yield Problem(mark=tree.mark(path), path=path, message=message)


def check_pixel(base: Path, terms: Terms, tree: Tree) -> Iterator[Problem]:
    """Yield a problem where the pixel's address is on no host that the terms allow."""
    url, hosts = terms.pixel_url, terms.pixel_hosts
    if url is None or (is_web_url(url) and host_key(url) in hosts):
        return
    path: Path = (*base, "pixel_url")
    yield Problem(mark=tree.mark(path), path=path, message="its host is not among pixel_hosts; add it there")


def check_contact(base: Path, terms: Terms, tree: Tree) -> Iterator[Problem]:
    """Yield a problem where the terms demand a way to reach us, and our site names none."""
    site = tree.value.get("site")
    if terms.site_contact and isinstance(site, dict) and not site.get("contact"):
        path: Path = (*base, "site_contact")
        message = "demands a way to reach us on the page; write `contact:` into `site`, a mail address or a URL"
        yield Problem(mark=tree.mark(path), path=path, message=message)


def evidence_digest(evidence: str, folder: FilePath) -> str | None:
    """Return the SHA-256 (hex) of an evidence file beside sources.yaml, or None for a URL.

    Raises ValueError, with a message for the person who wrote it, where the file is not there or not beside it.
    """
    if re.match(r"https?://", evidence):
        return None
    file, root = (folder / evidence).resolve(), folder.resolve()
    if not file.is_relative_to(root):
        raise ValueError(f"'{evidence:.80}' is not in the folder of sources.yaml; put the proof beside it")
    if not file.is_file():
        raise ValueError(f"there is no file '{evidence:.80}' beside sources.yaml; put the proof there, or give a URL")
    try:
        if file.stat().st_size > EVIDENCE_MAX_BYTES:
            raise ValueError(f"'{evidence:.80}' is larger than {EVIDENCE_MAX_BYTES // 1_000_000} MB")
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ValueError(f"'{evidence:.80}' cannot be read: {error.strerror or error}") from error
