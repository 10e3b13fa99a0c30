"""The style sheet's promises that can be computed."""

from __future__ import annotations

import re
from importlib import resources

import pytest

STYLE = (resources.files("publish.site") / "style.css").read_text()


def _palettes() -> dict[str, dict[str, str]]:
    """Return the colours of the light and the dark `:root`."""
    roots = re.findall(r":root \{([^}]*)\}", STYLE)[:2]
    return {
        name: dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for name, block in zip(("light", "dark"), roots, strict=True)
    }


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent"])
def test_text_can_be_read(palette: str, ground: str, ink: str) -> None:
    """Every text colour on every ground has at least 4.5 to 1 (WCAG AA), by day and by night."""
    colours = _palettes()[palette]
    assert _contrast(colours[ink], colours[ground]) >= 4.5


def test_the_keyboards_place_is_seen() -> None:
    """Focus is outlined, and nothing takes the outline away but from the skip link's own target."""
    assert ":focus-visible { outline: 3px solid" in STYLE
    assert re.findall(r"([^{}\n]*)\{[^}]*outline: none", STYLE) == ["main:focus "]


def test_braces_are_balanced() -> None:
    """A lost brace would silently drop all that follows."""
    assert STYLE.count("{") == STYLE.count("}")
