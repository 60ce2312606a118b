"""Pictures of real pages for the documents: `make screenshots` writes them to docs/screenshots.

They are taken of the story of the tests; a page that is not there yet, or a person without such a row, fails.
"""

import io
from dataclasses import dataclass

import pytest
from PIL import Image

from clothingline.kit.access import Role
from tests.browser.devices import DESK, PHONE, Device
from tests.browser.rounds import Round
from tests.browser.visits import Visit, of_pages
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "screenshots"
COLOURS = 96


@dataclass(frozen=True)
class Picture:
    """A name, a page, who looks at it, on what, and by day or night."""

    name: str
    route: str
    role: Role | None = None
    device: Device = PHONE
    theme: str = "light"


PICTURES = (
    Picture("beranda", "/"),
    Picture("katalog", "/katalog"),
    Picture("tawaran", "/t/tawaran/{offer_id}", Role.TAILOR),
    Picture("hari-ini", "/t", Role.TAILOR),
    Picture("uang-gelap", "/t/uang", Role.TAILOR, theme="dark"),
    Picture("produksi", "/merek/produksi", Role.BRAND_OWNER, DESK),
    Picture("petugas", "/admin", Role.ADMIN, DESK),
    Picture("pencocokan", "/admin/cocok", Role.ADMIN, DESK),
    Picture("acuan-api", "/api", device=DESK),
    Picture("acuan-api-gelap", "/api", device=DESK, theme="dark"),
)


def test_every_picture_is_of_a_page() -> None:
    assert {(one.route, one.role) for one in PICTURES} <= {(visit.route, visit.role) for visit in of_pages()}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.name)
async def test_a_picture_is_taken(the_round: Round, picture: Picture) -> None:
    async with the_round.visit(Visit(picture.route, picture.role), picture.device) as (page, path):
        await page.emulate_media(color_scheme=picture.theme, reduced_motion="reduce")  # type: ignore[arg-type]  # light or dark
        await page.goto(path)
        taken = await page.screenshot(animations="disabled", caret="hide", scale="css")
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = FOLDER / f"{picture.name}.png"
    written.write_bytes(small(taken))
    assert written.stat().st_size < 80_000


def small(picture: bytes) -> bytes:
    """The same picture with a palette of its own."""
    kept = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    kept.save(written, "PNG", optimize=True)
    return written.getvalue()
