"""A sources.yaml to values, or to all of its mistakes at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.errors import SourcesError
from ingest.page_rules import PageRules
from ingest.sources.checks import (
    check_clashes,
    check_contact,
    check_credit,
    check_grant,
    check_keys,
    check_pixel,
    check_targets,
    evidence_digest,
)
from ingest.sources.model import FeedModel, PartnerModel, SourcesModel
from ingest.sources.own_site import check_files, site_of
from ingest.sources.presets import expand_presets, lines_of, presets_named, terms_blocks
from ingest.sources.problems import dotted, problem_of
from ingest.sources.site_model import SiteModel
from ingest.sources.target_model import FilingModel, WordPressModel
from ingest.sources.targets import Filing, WordPressSource
from ingest.sources.values import Auth, FeedSource, Partner, Sources
from ingest.sources.yaml_tree import Path as YamlPath
from ingest.sources.yaml_tree import Problem, Tree, YamlError, read_tree
from ingest.terms import Basis, Grant, Terms
from ingest.urls import host_key

MAX_BYTES = 1_000_000

M = TypeVar("M", bound=BaseModel)
K = TypeVar("K", bound=Hashable)


def load_sources(path: Path) -> Sources:
    """Read, check and return a sources.yaml.

    Raises SourcesError with one line, `sources.yaml:LINE:COL: where: what`, for each mistake in it; the file must be
    UTF-8 of at most 1 MB. An evidence file's SHA-256 is taken into the terms, so that another proof is other terms.
    """
    text = _read(path)
    try:
        tree = read_tree(text)
    except YamlError as error:
        raise _refusal(path, [error.problem]) from error
    if not isinstance(tree.value, dict):
        empty = tree.value is None and not tree.problems
        message = "the file is empty" if empty else "must be a block of keys: site and partners"
        problem = Problem(mark=tree.mark(()), path=(), message=message)
        raise _refusal(path, [problem])
    return _checked(path, tree)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, *_why_unread(error)) from error
    if len(content) > MAX_BYTES:
        raise _unreadable(path, f"is larger than {MAX_BYTES:,} bytes", "is it the right file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        where = f":{line}:{column}"
        raise _unreadable(path, "is not UTF-8", "save it as UTF-8", at=where) from error


def _why_unread(error: OSError) -> tuple[str, str]:
    """Return what keeps a file from being read, and what to do."""
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file", "name the file in it, such as sources.yaml"
    step = "write one with `reprint init`" if isinstance(error, FileNotFoundError) else "check its permissions"
    return f"cannot be read: {error.strerror or error}", step


def _unreadable(path: Path, what: str, next_step: str, *, at: str = "") -> SourcesError:
    return SourcesError((f"{path.name}{at}: {what}",), where=str(path), next_step=next_step)


def _refusal(path: Path, problems: list[Problem]) -> SourcesError:
    ordered = sorted(problems, key=lambda problem: problem.mark)
    by_line = {_line(path, problem): problem for problem in ordered}
    mistakes = tuple(_mistake(path, problem) for problem in by_line.values())
    return SourcesError(tuple(by_line), mistakes=mistakes, where=str(path))


def _mistake(path: Path, problem: Problem) -> dict[str, object]:
    return {
        "file": path.name,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "path": dotted(problem.path),
        "message": problem.message,
    }


def _line(path: Path, problem: Problem) -> str:
    where = f"{dotted(problem.path)}: " if problem.path else ""
    return f"{path.name}:{problem.mark.line}:{problem.mark.column}: {where}{problem.message}"


def _checked(path: Path, tree: Tree) -> Sources:
    presets, lines = presets_named(tree), lines_of(tree)
    problems = [*tree.problems, *expand_presets(tree), *_model_problems(tree), *check_keys(_raw_partners(tree), tree)]
    problems += check_targets(tree)
    good = _valid(PartnerModel, _raw_partners(tree))
    problems += check_clashes(good, tree)
    for key, partner in good.items():
        for base, terms in _permissions(key, partner):
            problems += [
                *check_pixel(base, terms, tree),
                *check_credit(base, terms, partner, tree),
                *check_contact(base, terms, tree),
            ]
    raw_grants = {base: grant for key, raw in _raw_partners(tree).items() for base, grant in _raw_grants(key, raw)}
    grants = {
        base: _proven(base, grant, path.parent, tree, problems) for base, grant in _valid(Grant, raw_grants).items()
    }
    if problems:
        raise _refusal(path, problems)
    site = SiteModel.model_validate(tree.value["site"])
    if problems := check_files(site, path.parent, tree):
        raise _refusal(path, problems)
    warnings = tuple(_line(path, problem) for problem in _warnings(good, tree))
    partners = tuple(
        replace(
            _partner(key, partner, grants),
            preset=presets.get(_terms_path(key)),
            terms_lines=lines.get(_terms_path(key), ()),
            other_presets=tuple(presets.get(base) for base, _ in _permissions(key, partner)[1:]),
            other_lines=tuple(lines.get(base, ()) for base, _ in _permissions(key, partner)[1:]),
        )
        for key, partner in good.items()
    )
    return Sources(site=site_of(site, path.parent), partners=partners, warnings=warnings, targets=_targets(tree))


def _model_problems(tree: Tree) -> Iterator[Problem]:
    # A scalar that could not be built was reported already, and stands as None in the tree.
    known = {problem.path for problem in tree.problems}
    try:
        SourcesModel.model_validate(tree.value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problem = problem_of(detail, tree=tree, model=SourcesModel)
            if problem.path not in known:
                yield problem


def _raw_partners(tree: Tree) -> Mapping[str, Any]:
    raw = tree.value.get("partners")
    return raw if isinstance(raw, dict) else {}


def _terms_path(key: str) -> YamlPath:
    return "partners", key, "terms"


def _permissions(key: str, partner: PartnerModel) -> list[tuple[YamlPath, Terms]]:
    others = ((("partners", key, "other_terms", number), terms) for number, terms in enumerate(partner.other_terms))
    return [(_terms_path(key), partner.terms), *others]


def _raw_grants(key: str, partner: object) -> Iterator[tuple[YamlPath, object]]:
    for base, terms in terms_blocks(key, partner):
        yield base, terms.get("grant", {}) if isinstance(terms, dict) else None


def _valid(model: type[M], raw: Mapping[K, object]) -> dict[K, M]:
    """Return those that are without mistakes of their own, so that others are found beside mistakes elsewhere."""
    valid: dict[K, M] = {}
    for key, value in raw.items():
        try:
            valid[key] = model.model_validate(value)
        except ValidationError:
            # _model_problems has reported them.
            continue
    return valid


def _proven(base: YamlPath, grant: Grant, folder: Path, tree: Tree, problems: list[Problem]) -> Grant:
    """Return the grant with the hash of its evidence; adds to `problems` what is not proven."""
    problems += check_grant(base, grant, tree)
    path = (*base, "grant", "evidence")
    try:
        digest = evidence_digest(grant.evidence, folder) if grant.evidence else None
    except ValueError as error:
        problems.append(Problem(mark=tree.mark(path), path=path, message=str(error)))
        return grant
    if digest is not None and grant.evidence_sha256 not in {None, digest}:
        message = f"has changed: its SHA-256 is {digest}, not evidence_sha256"
        problems.append(Problem(mark=tree.mark(path), path=path, message=message))
    return grant.model_copy(update={"evidence_sha256": digest or grant.evidence_sha256})


def _warnings(partners: Mapping[str, PartnerModel], tree: Tree) -> Iterator[Problem]:
    for key, partner in partners.items():
        path = ("partners", key)
        grants = (partner.terms.grant, *(terms.grant for terms in partner.other_terms))
        if partner.feeds and all(grant.basis is Basis.NONE for grant in grants):
            message = "has feeds but no permission (basis: none): all it first published is held"
            yield Problem(mark=tree.key_mark(path), path=path, message=message)
        for index, feed in enumerate(partner.feeds):
            if feed.url.startswith("http://"):
                at = (*path, "feeds", index, "url")
                yield Problem(mark=tree.mark(at), path=at, message="is not encrypted; does https:// answer too?")


def _partner(key: str, model: PartnerModel, grants: Mapping[YamlPath, Grant]) -> Partner:
    proven = [terms.model_copy(update={"grant": grants[base]}) for base, terms in _permissions(key, model)]
    return Partner(
        key=key,
        name=model.name,
        formerly=model.formerly,
        url=model.url,
        aliases=model.aliases,
        hosts=tuple(dict.fromkeys((host_key(model.url), *model.hosts))),
        language=model.language,
        feeds=tuple(_feed(feed) for feed in model.feeds),
        robots_allowed_by=model.robots_allowed_by if model.robots == "ignore" else None,
        delay_seconds=model.delay_seconds,
        auth=Auth(**model.auth.model_dump()) if model.auth else None,
        extract=PageRules(**model.extract.model_dump()) if model.extract else None,
        terms=proven[0],
        other_terms=tuple(proven[1:]),
    )


def _targets(tree: Tree) -> tuple[WordPressSource, ...]:
    raw = tree.value.get("targets") or {}
    found = ((key, WordPressModel.model_validate(value)) for key, value in raw.items())
    return tuple(
        WordPressSource(
            key=key,
            categories=_filing(model.categories),
            tags=_filing(model.tags),
            wait=model.wait,
            **model.model_dump(include={"url", "user", "password_env", "status", "featured_image"}),
        )
        for key, model in found
    )


def _filing(model: FilingModel) -> Filing:
    labels = {label.casefold(): slugs for label, slugs in model.labels.items()}
    return Filing(always=model.always, partners=model.partners, labels=labels)


def _feed(model: FeedModel) -> FeedSource:
    return FeedSource(
        url=model.url,
        every=model.soonest,
        slowest=model.bound if model.bound != model.soonest else None,
        full_text=model.full_text,
        kind=model.kind,
        select=model.select,
        flood=model.flood,
    )
