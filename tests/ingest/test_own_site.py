"""Our own site's part of sources.yaml: sections, colours, logo, theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import SourcesError
from ingest.sources import Site, load_sources
from ingest.sources.colour import contrast


def _site(folder: Path, *lines: str) -> Site:
    text = "\n".join(["site:", "  name: X", "  url: https://x.example/", *lines, "partners: {}", ""])
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    return load_sources(folder / "sources.yaml").site


def test_sections_are_made_of_labels(tmp_path: Path) -> None:
    """They keep their order, and one label need not stand in a list."""
    lines = ("  sections:", "    Arts & Culture: arts", "    Climate: [climate, Environment]")
    found = _site(tmp_path, *lines).sections
    assert [(section.key, section.name, section.labels) for section in found] == [
        ("arts-culture", "Arts & Culture", ("arts",)),
        ("climate", "Climate", ("climate", "Environment")),
    ]


def test_files_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    """Logo and theme are paths from sources.yaml, wherever the command runs."""
    (tmp_path / "logo.svg").write_text("<svg/>")
    (tmp_path / "theme").mkdir()
    site = _site(tmp_path, "  logo: logo.svg", "  theme: theme")
    assert (site.logo, site.theme) == (tmp_path / "logo.svg", tmp_path / "theme")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '  colours: {accent: "#eeeeee"}',
            "sources.yaml:4:21: site.colours.accent: #eeeeee on #fbf9f4 has a contrast",
        ),
        ('  colours: {ink: "red;}body{display:none"}', "is no colour"),
        ("  logo: missing.svg", "is not there"),
        ("  logo: logo.exe", "is no picture"),
        ("  theme: nowhere", "is no folder"),
        ('  sections: {"!": x}', "has no letter"),
        ("  sections: {A b: x, a-b: y}", "would have one address, sections/a-b"),
        ("  sections: {A: []}", "site.sections.A"),
    ],
)
def test_what_readers_could_not_use_is_refused(tmp_path: Path, line: str, message: str) -> None:
    """Unreadable colours, missing files, sections that no address fits: each is told with its place."""
    with pytest.raises(SourcesError) as caught:
        _site(tmp_path, line)
    assert message in str(caught.value)


def test_a_way_to_reach_us_is_a_mail_address_or_a_page(tmp_path: Path) -> None:
    """Whoever demands one on the page is served before anything of theirs is; without one the file is refused."""
    head = "site: {name: S, url: 'https://s.example/'%s}\npartners:\n  x: {name: X, url: 'https://x.example/', %s}\n"
    file, wanted = tmp_path / "sources.yaml", "terms: {site_contact: true}"
    for contact, href in (
        ("desk@s.example", "mailto:desk@s.example"),
        ("https://s.example/contact", "https://s.example/contact"),
    ):
        file.write_text(head % (f", contact: '{contact}'", wanted), encoding="utf-8")
        assert load_sources(file).site.contact_href == href
    for contact, message in (("desk@", "is no mail address"), ("javascript:alert(1)", "is no web address")):
        file.write_text(head % (f", contact: '{contact}'", "terms: {}"), encoding="utf-8")
        with pytest.raises(SourcesError, match=message):
            load_sources(file)
    file.write_text(head % ("", wanted), encoding="utf-8")
    with pytest.raises(SourcesError, match=r"sources.yaml:3:\d+: partners.x.terms.site_contact: demands a way"):
        load_sources(file)


def test_contrast_is_wcags() -> None:
    """Black on white is 21, a colour on itself 1."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#8f2616", "#8f2616") == 1
