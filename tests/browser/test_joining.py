"""A tailor signs up on a phone: what it may cost in taps and typing, and that no battery loses an answer."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import axe
from tests.browser.budgets import Budget
from tests.browser.devices import PHONE
from tests.browser.measuring import reflow, targets
from tests.browser.serving import Site
from tests.browser.visiting import Handset, Visitors
from tests.certification.paper import certificate, dark, jpeg

NUMBER = "0812-3456-7891"
HEADINGS = (
    "Siapa nama Anda?",
    "Di kota mana Anda menjahit?",
    "Apa yang biasa Anda jahit?",
    "Mesin apa yang Anda punya?",
    "Berapa kemeja sanggup Anda jahit seminggu?",
    "Hari apa saja Anda menjahit?",
    "Punya sertifikat SKKNI?",
    "Ke mana upah Anda dikirim?",
    "Hampir selesai, Nining Yuningsih",
)
Between = Callable[[Budget], Awaitable[None]]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A certificate before the camera."""
    path = tmp_path / "sertifikat.jpg"
    path.write_bytes(jpeg(certificate(2400)))
    return path


async def come_in(site: Site, budget: Budget) -> None:
    """A number, and the code that is sent to it."""
    await budget.page.goto("/t/daftar")
    await budget.fill("Nomor WhatsApp", NUMBER)
    await budget.tap("Kirim kode")
    await site.settle()
    code = re.search(r"\d{6}", site.messages.sent[-1][1])
    assert code
    await budget.fill("Kode 6 angka", code[0])
    await budget.tap("Masuk")


async def answer_everything(budget: Budget, picture: Path, between: Between) -> None:
    """Every question in its order; `between` happens before each and after the last."""
    saving = "Simpan dan lanjut"
    await between(budget)
    await budget.fill("Nama lengkap", "Nining Yuningsih")
    await budget.tap(saving)
    await between(budget)
    await budget.fill("Kota atau kabupaten", "Cimahi")
    await budget.tap(saving)
    await between(budget)
    await budget.choose("Kemeja")
    await budget.choose("Gamis")
    await budget.tap(saving)
    await between(budget)
    await budget.choose("Jarum satu")
    await budget.choose("Obras")
    await budget.tap(saving)
    await between(budget)
    await budget.fill("Potong per minggu", "14")
    await budget.tap(saving)
    await between(budget)
    await budget.tap(saving)
    await between(budget)
    await budget.attach("Foto bagian depan", picture)
    await budget.tap(saving)
    await between(budget)
    await budget.tap("Siapkan rekening")
    await between(budget)


class Seen:
    """Checks that each question comes in its turn."""

    def __init__(self) -> None:
        self.left = list(HEADINGS)

    async def __call__(self, budget: Budget) -> None:
        """The next heading."""
        await expect(budget.page.get_by_role("heading", level=1)).to_have_text(self.left.pop(0))


async def hand_in(budget: Budget) -> None:
    """The last tap."""
    await budget.tap("Kirim pendaftaran")
    await expect(budget.page.get_by_role("heading", level=1)).to_have_text("Pendaftaran terkirim")
    budget.within(taps=14, inputs=15)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_signing_up_takes_at_most_14_taps_and_15_inputs(
    site: Site, visitors: Visitors, picture: Path, scripts: bool
) -> None:
    budget = Budget(await visitors.open(PHONE, java_script_enabled=scripts))
    await come_in(site, budget)
    await answer_everything(budget, picture, Seen())
    await hand_in(budget)


async def test_a_phone_that_dies_at_every_step_goes_on_at_that_step(
    site: Site, handset: Handset, picture: Path
) -> None:
    budget, seen = Budget(await handset.start()), Seen()
    await come_in(site, budget)

    async def dies(budget: Budget) -> None:
        await expect(budget.page.get_by_role("heading", level=1)).to_have_text(seen.left[0])
        await handset.kill()
        budget.page = await handset.start()
        await budget.page.goto("/t/daftar")
        await seen(budget)

    await answer_everything(budget, picture, dies)
    await hand_in(budget)


async def test_every_question_fits_a_small_phone_and_says_all_to_a_screen_reader(
    site: Site, phone: Page, picture: Path
) -> None:
    budget = Budget(phone)
    await come_in(site, budget)

    async def look(budget: Budget) -> None:
        await axe(budget.page)
        await targets(budget.page, 48)
        await reflow(budget.page)

    await answer_everything(budget, picture, look)


async def test_a_dark_photo_is_said_on_the_phone_before_it_is_sent(
    site: Site, phone: Page, tmp_path: Path, picture: Path
) -> None:
    budget = Budget(phone)
    await come_in(site, budget)
    await budget.fill("Nama lengkap", "Nining Yuningsih")
    await budget.tap("Simpan dan lanjut")
    await phone.goto("/t/daftar/sertifikat")
    unclear = phone.get_by_role("alert").filter(has_text="Foto kurang jelas")
    await expect(unclear).to_be_hidden()
    night = tmp_path / "gelap.jpg"
    night.write_bytes(jpeg(dark()))
    await budget.attach("Foto bagian depan", night)
    await expect(unclear).to_be_visible()
    await budget.attach("Foto bagian depan", picture)
    await expect(unclear).to_be_hidden()
