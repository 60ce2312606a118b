"""A supplier's stock from a table: looked at first, refused line by line, saved as a whole or not at all."""

import asyncio
import html
import re
from uuid import UUID

import httpx
import pytest
from sqlalchemy import func, select

from clothingline.desk.lots import HEADINGS, SAMPLE, read_table
from clothingline.kit import db
from clothingline.materials.models import Lot, StockEntry
from tests.routing.street import Street
from tests.web.desk import Desk, words_of

IMPORT, STOCK = "/pemasok/stok/impor", "/pemasok/stok"
HEAD = "kode,nama,jenis,warna,celupan,serat,lebar_cm,harga_per_meter,meter"
GOOD = (
    "KTN-1,Katun Jepang,tenun ringan,Navy,A,katun murni,150,42000,120",
    'KTN-2,"Katun Toyobo, tebal",woven_medium,Merah,B,katun murni,150,Rp 38.000,"12,5 m"',
)


def table(*lines: str, head: str = HEAD) -> bytes:
    """A file of these lines."""
    return "\r\n".join((head, *lines)).encode()


async def sent(desk: Desk, content: bytes, name: str = "stok.csv") -> httpx.Response:
    """Choose a file and press the button."""
    page = await desk.client.get(IMPORT)
    key = re.search(r'name="kunci" value="(\w+)"', page.text)
    assert key
    files = {"file": (name, content, "text/csv")}
    return await desk.client.post(f"{IMPORT}/periksa", data={"kunci": key[1]}, files=files)


async def saved(desk: Desk, looked: httpx.Response) -> httpx.Response:
    """Press the button under what would be saved."""
    form = re.search(rf'<form[^>]*action="{IMPORT}"[^>]*>(.*?)</form>', looked.text, re.DOTALL)
    assert form
    key = re.search(r'name="kunci" value="(\w+)"', form[1])
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form[1], re.DOTALL)
    assert key
    assert kept
    return await desk.client.post(IMPORT, data={"kunci": key[1], "table": html.unescape(kept[1])})


async def lots_of(supplier: UUID) -> dict[str, tuple[str, str, int, int]]:
    """Kind, colour, price and stock of the lots of a supplier, by code."""
    async with db.transaction() as session:
        rows = await session.scalars(select(Lot).where(Lot.supplier_id == supplier))
        return {one.code: (one.cloth_class, one.colour, one.price_idr, one.free_cm) for one in rows}


async def test_a_table_is_shown_before_anything_is_saved_and_then_saved_as_a_whole(
    street: Street, desks: list[Desk]
) -> None:
    supplier, before = street.suppliers[0].id, await lots_of(street.suppliers[0].id)
    looked = await sent(desks[0], table(*GOOD))
    assert looked.status_code == 200
    said = words_of(looked.text)
    assert "2 lot akan disimpan" in said
    assert "Katun Toyobo, tebal" in said
    assert await lots_of(supplier) == before
    page = await desks[0].follow(await saved(desks[0], looked))
    assert "2 lot tersimpan dari berkas." in page
    after = await lots_of(supplier)
    assert {code: after[code] for code in after.keys() - before.keys()} == {
        "KTN-1": ("woven_light", "navy", 42_000, 12_000),
        "KTN-2": ("woven_medium", "merah", 38_000, 1_250),
    }
    async with db.transaction() as session:
        entries = select(func.count()).select_from(StockEntry).join(Lot, Lot.id == StockEntry.lot_id)
        assert await session.scalar(entries.where(Lot.code.in_(("KTN-1", "KTN-2")), StockEntry.kind == "received")) == 2


async def test_each_bad_line_is_named_with_its_column_and_nothing_is_saved(street: Street, desks: list[Desk]) -> None:
    before = await lots_of(street.suppliers[0].id)
    bad = (
        GOOD[0],
        "KTN-3,Linen,tenun ringan,Putih,A,linen,lebar,42000,10",
        "KTN-4,,sutra,Putih,A,sutra,150,0,banyak",
        "ktn-1,Katun,tenun ringan,Navy,A,katun,150,42000,1",
    )
    answer = await sent(desks[0], table(*bad))
    assert answer.status_code == 422
    assert "<title>Perlu diperbaiki: " in answer.text
    assert 'href="#f-file"' in answer.text
    rows = re.findall(r'<tr><th scope="row" class="number">(\d+)</th><td[^>]*><code>([^<]*)</code>', answer.text)
    assert rows == [
        *(("3", "lebar_cm"),),
        *(("4", column) for column in ("nama", "jenis", "harga_per_meter", "meter")),
        *(("5", "kode"),),
    ]
    assert "6 isian perlu diperbaiki di berkas. Belum ada yang tersimpan." in words_of(answer.text)
    assert await lots_of(street.suppliers[0].id) == before


async def test_a_table_that_has_gone_bad_meanwhile_saves_nothing(street: Street, desks: list[Desk]) -> None:
    looked = await sent(desks[0], table(*GOOD))
    other = await sent(desks[0], table(GOOD[1]))
    await desks[0].follow(await saved(desks[0], other))
    answer = await saved(desks[0], looked)
    assert answer.status_code == 422
    assert "Kode ini sudah ada di stok Anda." in words_of(answer.text)
    assert "KTN-1" not in await lots_of(street.suppliers[0].id)


async def test_a_table_that_is_sent_twice_is_saved_once(street: Street, desks: list[Desk]) -> None:
    looked = await sent(desks[0], table(*GOOD))
    first, again = await saved(desks[0], looked), await saved(desks[0], looked)
    assert (first.status_code, again.status_code) == (303, 303)
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).where(Lot.code == "KTN-1")) == 1


async def test_the_same_table_from_several_windows_at_once_is_saved_once_and_refused_to_the_others(
    desks: list[Desk],
) -> None:
    looked = [await sent(desks[0], table(*GOOD)) for _ in range(4)]
    answers = await asyncio.gather(*(saved(desks[0], one) for one in looked))
    assert sorted(one.status_code for one in answers) == [303, 422, 422, 422]
    assert sum("Kode ini sudah ada di stok Anda." in one.text for one in answers) == 3
    async with db.transaction() as session:
        assert await session.scalar(select(func.count()).where(Lot.code == "KTN-1")) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Pilih berkas CSV dulu."),
        (table(), "Berkas CSV ini belum punya baris di bawah judul kolom."),
        (table(*GOOD, head=HEAD.replace("warna", "rona")), "Kolom ini tidak dikenal; hapus."),
        (table(*GOOD, head=HEAD.replace("warna", "rona")), "Kolom ini belum ada; tambahkan."),
        (table(*(GOOD[0].replace("KTN-1", f"K-{n}") for n in range(201))), "Paling banyak 200 baris."),
        (b"kode\r\n" + b"x" * 100_001, "Paling banyak 100 kB."),
        (table(GOOD[0]).replace(b"Navy", b"Na\xffvy"), "Simpan tabel sebagai CSV (UTF-8)"),
        (table(GOOD[0] + ",lebih"), "Jumlah kolom tidak sama dengan judulnya."),
    ],
)
async def test_what_is_no_such_table_is_explained(desks: list[Desk], content: bytes, said: str) -> None:
    answer = await sent(desks[0], content)
    assert answer.status_code == 422
    assert said in words_of(answer.text)


async def test_the_sample_can_be_sent_as_it_is(desks: list[Desk]) -> None:
    sample = await desks[0].client.get(f"{IMPORT}/contoh.csv")
    assert sample.headers["content-type"].startswith("text/csv")
    looked = await sent(desks[0], sample.content)
    assert "1 lot akan disimpan" in words_of(looked.text)
    assert len(SAMPLE) == len(HEADINGS)


async def test_a_table_of_a_spreadsheet_in_indonesian_has_semicolons_and_a_mark_at_its_begin(desks: list[Desk]) -> None:
    content = b"\xef\xbb\xbf" + table(GOOD[0].replace(",", ";"), head=HEAD.replace(",", ";"))
    assert "1 lot akan disimpan" in words_of((await sent(desks[0], content)).text)


async def test_lots_go_to_the_supplier_who_sends_them(street: Street, desks: list[Desk]) -> None:
    before = await lots_of(street.suppliers[1].id)
    await desks[0].follow(await saved(desks[0], await sent(desks[0], table(*GOOD))))
    assert await lots_of(street.suppliers[1].id) == before


def test_a_text_that_would_break_the_page_is_only_text() -> None:
    found = read_table(table(GOOD[0].replace("Navy", "<b>")), known=frozenset(), language="en")
    assert found.faults == []
    assert found.lots[2].colour == "<b>"
