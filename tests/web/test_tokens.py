"""The colours: contrast by WCAG 2.2 and distances between series, recomputed from the style sheet."""

import itertools
import math
import re
from collections.abc import Sequence
from importlib.resources import files

import pytest

TEXT = (files("clothingline.web") / "static" / "css" / "tokens.css").read_text()
THEMES = ("light", "dark")
SERIES = [f"deret-{at}" for at in range(1, 6)]
GRAPHIC, TEXT_SIZED, COMFORTABLE = 3.0, 4.5, 7.0
PAIRS = [
    ("arang", "mori", COMFORTABLE),
    ("arang", "kain", COMFORTABLE),
    ("arang", "malam", COMFORTABLE),
    ("arang", "nila-muda", COMFORTABLE),
    ("arang", "pandan-muda", COMFORTABLE),
    ("arang", "mengkudu-muda", COMFORTABLE),
    ("arang", "kunyit-muda", COMFORTABLE),
    ("abu", "mori", TEXT_SIZED),
    ("abu", "kain", TEXT_SIZED),
    ("abu", "malam", TEXT_SIZED),
    ("nila", "mori", TEXT_SIZED),
    ("nila", "kain", TEXT_SIZED),
    ("nila", "malam", TEXT_SIZED),
    ("nila", "nila-muda", TEXT_SIZED),
    ("nila-tua", "nila-muda", TEXT_SIZED),
    ("label", "nila", TEXT_SIZED),
    ("label", "nila-tua", TEXT_SIZED),
    ("label", "pandan", TEXT_SIZED),
    ("soga", "kain", TEXT_SIZED),
    ("soga", "soga-muda", TEXT_SIZED),
    ("pandan", "kain", TEXT_SIZED),
    ("pandan", "pandan-muda", TEXT_SIZED),
    ("mengkudu", "mori", TEXT_SIZED),
    ("mengkudu", "kain", TEXT_SIZED),
    ("mengkudu", "mengkudu-muda", TEXT_SIZED),
    ("kunyit-tua", "mori", TEXT_SIZED),
    ("kunyit-tua", "kunyit-muda", TEXT_SIZED),
    ("garis-kuat", "kain", GRAPHIC),
    ("garis-kuat", "malam", GRAPHIC),
    *((one, "kain", GRAPHIC) for one in SERIES),
]
# How colours look, on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def palette(theme: str) -> dict[str, str]:
    """Tokens of the light or the dark theme."""
    both = re.findall(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", TEXT)
    return {name: light if theme == "light" else dark for name, light, dark in both}


def linear(colour: str) -> list[float]:
    """Red, green and blue as amounts of light, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]


def contrast(front: str, ground: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    lights = [sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(one), strict=True)) for one in (front, ground)]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def mixed(matrix: Sequence[Sequence[float]], light: Sequence[float]) -> list[float]:
    """A colour through a matrix."""
    return [sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix]


def lab(colour: str, sight: str) -> list[float]:
    """CIE L*a*b* of a colour as somebody sees it."""
    seen = [min(1, max(0, one)) for one in mixed(SIGHTS[sight], linear(colour))]
    parts = [one / white for one, white in zip(mixed(TO_XYZ, seen), WHITE, strict=True)]
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in parts)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_is_written_can_be_read_on_its_ground(theme: str, front: str, ground: str, least: float) -> None:
    colours = palette(theme)
    assert contrast(colours[front], colours[ground]) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_dark_words_on_the_colour_of_attention_can_be_read(theme: str) -> None:
    assert contrast(palette("light")["arang"], palette(theme)["kunyit"]) >= COMFORTABLE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_two_series_of_a_chart_are_never_taken_for_each_other(theme: str, sight: str) -> None:
    colours = [lab(palette(theme)[name], sight) for name in SERIES]
    assert min(math.dist(one, other) for one, other in itertools.combinations(colours, 2)) >= 20


def test_an_old_browser_gets_the_light_theme_whole() -> None:
    old = TEXT.split("@supports not")[1]
    assert dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", old)) == palette("light")
    assert len(palette("light")) == 25
