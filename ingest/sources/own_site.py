"""Our own site's part of a sources.yaml to its value: the files it names are looked for beside it."""

from __future__ import annotations

from pathlib import Path

from ingest.sources.site_model import PaletteModel, SiteModel, section_key
from ingest.sources.values import Colours, Palette, Section, Site
from ingest.sources.yaml_tree import Problem, Tree

#: More than this is no logo for the top of each page.
_LOGO_BYTES = 200_000


def site_of(model: SiteModel, folder: Path) -> Site:
    """Return our site, its files as paths."""
    return Site(
        name=model.name,
        url=model.url,
        language=model.language,
        description=model.description,
        sections=tuple(
            Section(key=section_key(name), name=name, labels=labels) for name, labels in model.sections.items()
        ),
        logo=folder / model.logo if model.logo else None,
        colours=Colours(light=_palette(model.colours), dark=_palette(model.colours.dark)),
        theme=folder / model.theme if model.theme else None,
        hub=model.hub,
        contact=model.contact,
    )


def check_files(model: SiteModel, folder: Path, tree: Tree) -> list[Problem]:
    """Return what is wrong with the files that our site's part names."""
    problems = []
    if model.logo and (message := _logo_fault(folder / model.logo)):
        problems.append(Problem(mark=tree.mark(("site", "logo")), path=("site", "logo"), message=message))
    if model.theme and not (folder / model.theme).is_dir():
        message = f"{folder / model.theme} is no folder; make it, or take the line out"
        problems.append(Problem(mark=tree.mark(("site", "theme")), path=("site", "theme"), message=message))
    return problems


def _logo_fault(file: Path) -> str | None:
    try:
        size = file.stat().st_size if file.is_file() else -1
    except OSError as error:
        return f"{file} cannot be read: {error.strerror or error}"
    if size < 0:
        return f"{file} is not there"
    return (
        f"{file} has {size:,} bytes; at most {_LOGO_BYTES:,}, as it stands on each page"
        if size > _LOGO_BYTES
        else None
    )


def _palette(model: PaletteModel) -> Palette:
    return Palette(accent=model.accent, paper=model.paper, ink=model.ink)
