"""The app's icons, drawn: `python -m clothingline.web.icons` writes them anew into `static/img`.

The same idea as `icon.svg`: a running stitch on indigo and the head of a needle. A maskable icon keeps all of it inside
the circle that every phone leaves.
"""

from pathlib import Path

from PIL import Image, ImageDraw

NILA, MORI, KUNYIT = "#1F4788", "#FBF8F2", "#F0B429"
FINE = 4  # drawn so much larger, then made small
ROUND = 14 / 64
STITCHES = ((12, 40), (17, 35), (22, 36), (27, 39), (32, 38), (37, 33), (42, 27), (47, 22))
HEAD, RADIUS, THREAD = (52, 20), 4.5, 4.5
FOLDER = Path(__file__).parent / "static" / "img"
ICONS = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-mask.png": (512, True)}


def draw(size: int, *, maskable: bool) -> Image.Image:
    """A square icon of so many pixels."""
    large = size * FINE
    image = Image.new("RGBA", (large, large), NILA if maskable else "#0000")
    pen = ImageDraw.Draw(image)
    if not maskable:
        pen.rounded_rectangle((0, 0, large - 1, large - 1), large * ROUND, fill=NILA)
    inside = 0.8 if maskable else 1.0
    scale, shift = large / 64 * inside, large * (1 - inside) / 2

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * scale + shift, point[1] * scale + shift

    for start, end in zip(STITCHES[::2], STITCHES[1::2], strict=True):
        _thread(pen, at(start), at(end), THREAD * scale)
    _dot(pen, at(HEAD), RADIUS * scale, KUNYIT)
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(32)


def _thread(pen: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
    pen.line((*start, *end), fill=MORI, width=round(width))
    _dot(pen, start, width / 2, MORI)
    _dot(pen, end, width / 2, MORI)


def _dot(pen: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float, colour: str) -> None:
    x, y = middle
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def write(folder: Path = FOLDER) -> None:
    """Write every icon into a folder."""
    for name, (size, maskable) in ICONS.items():
        draw(size, maskable=maskable).save(folder / name, optimize=True)


if __name__ == "__main__":
    write()
