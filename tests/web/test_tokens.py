"""The colours: contrast by WCAG 2.2, recomputed from the style sheet."""

import re
from importlib.resources import files

import pytest

TEXT = (files("clothingline.web") / "static" / "css" / "tokens.css").read_text()
PAIRS = [
    ("arang", "mori", 7.0),
    ("arang", "malam", 7.0),
    ("arang", "kunyit-muda", 7.0),
    ("abu", "mori", 4.5),
    ("abu", "malam", 4.5),
    ("nila", "mori", 4.5),
    ("nila", "kain", 4.5),
    ("nila", "malam", 4.5),
    ("nila-tua", "nila-muda", 4.5),
    ("label", "nila", 4.5),
    ("soga", "kain", 4.5),
    ("soga", "soga-muda", 4.5),
    ("pandan", "pandan-muda", 4.5),
    ("mengkudu", "mengkudu-muda", 4.5),
    ("kunyit-tua", "kunyit-muda", 4.5),
    ("garis-kuat", "kain", 3.0),
]


def palette(theme: str) -> dict[str, str]:
    """Tokens of the light or the dark theme."""
    light, dark = TEXT.split("prefers-color-scheme: dark")
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", light if theme == "light" else dark))


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_text_can_be_read_on_its_ground(theme: str, front: str, ground: str, least: float) -> None:
    colours = palette(theme)
    lighter, darker = sorted((luminance(colours[front]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_both_themes_name_the_same_colours() -> None:
    assert palette("light").keys() == palette("dark").keys()
