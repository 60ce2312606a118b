"""A supplier's settings: name, business number, and whether it confirms what its lots cover by itself."""

import re

import pytest
from fastapi import FastAPI

from clothingline.accounts.queries import names_of
from clothingline.integrations.payments.fake.payees import owner_of
from clothingline.kit import db, ids
from clothingline.payouts.models import Payee
from clothingline.settings import settings
from clothingline.suppliers.models import Supplier
from tests.routing.asked import only
from tests.routing.street import Street, settle
from tests.web.desk import Desk, desk_of, words_of

SETUP = "/pemasok/setelan"
FORM = {"name": "Toko Kain Baru", "nib": "1234 5678 90123"}


async def kept(street: Street, number: int = 0) -> tuple[str, str | None, bool]:
    """Name, business number and standing acceptance of a supplier of the street."""
    supplier = street.suppliers[number].id
    async with db.transaction() as session:
        row = await session.get_one(Supplier, supplier)
        return (await names_of(session, [supplier]))[supplier], row.nib, row.standing_acceptance


async def test_name_number_and_standing_acceptance_are_changed_and_shown(street: Street, desks: list[Desk]) -> None:
    other = await kept(street, 1)
    page = await desks[0].follow(await desks[0].send(SETUP, on=SETUP, standing_acceptance="true", **FORM))
    assert "Setelan pemasok tersimpan." in page
    assert 'value="Toko Kain Baru"' in page
    assert 'name="standing_acceptance" value="true" checked' in page
    assert await kept(street) == ("Toko Kain Baru", "1234567890123", True)
    assert await kept(street, 1) == other, "a supplier changes nothing of another"


async def test_what_is_unticked_and_emptied_is_taken_back(street: Street, desks: list[Desk]) -> None:
    await desks[0].follow(await desks[0].send(SETUP, on=SETUP, standing_acceptance="true", **FORM))
    await desks[0].follow(await desks[0].send(SETUP, on=SETUP, name="Toko Kain Baru", nib=""))
    assert await kept(street) == ("Toko Kain Baru", None, False)


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [("nib", "12345", "Tulis 13 angka NIB, atau kosongkan."), ("name", "", "Nama usaha: wajib diisi.")],
)
async def test_what_does_not_fit_is_named_and_what_was_typed_stays(
    street: Street, desks: list[Desk], field: str, wrong: str, said: str
) -> None:
    before = await kept(street)
    refused = await desks[0].send(SETUP, on=SETUP, standing_acceptance="true", **(FORM | {field: wrong}))
    assert (refused.status_code, said in words_of(refused.text)) == (422, True)
    typed = FORM["name"] if field == "nib" else FORM["nib"]
    assert f'value="{typed}"' in refused.text
    assert 'name="standing_acceptance" value="true" checked' in refused.text
    assert await kept(street) == before


async def test_what_was_unticked_stays_so_while_another_field_is_put_right(street: Street, desks: list[Desk]) -> None:
    await desks[0].follow(await desks[0].send(SETUP, on=SETUP, standing_acceptance="true", **FORM))
    refused = await desks[0].send(SETUP, on=SETUP, **(FORM | {"nib": "12345"}))
    assert (refused.status_code, 'value="true" checked' in refused.text) == (422, False)


async def test_who_accepts_by_itself_is_not_asked(street: Street, app: FastAPI, desks: list[Desk]) -> None:
    for desk in desks:
        await desk.follow(await desk.send(SETUP, on=SETUP, standing_acceptance="true", **FORM))
    offer = await only(street, await street.placed(), "supplier")
    assert offer["status"] == "accepted"


async def test_the_settings_stand_in_the_menu_and_are_closed_to_others(
    street: Street, app: FastAPI, desks: list[Desk]
) -> None:
    assert f'href="{SETUP}"' in await desks[0].page("/pemasok")
    dewi = desk_of(app, street.dewi)
    await dewi.page(SETUP, 403)
    assert (await dewi.client.post(SETUP, data={**FORM, "kunci": "asing-1"})).status_code == 403


async def test_the_settings_lead_to_the_tax_number_and_back_from_it(desks: list[Desk]) -> None:
    assert "Nomor pajak belum diisi." in await desks[0].page(SETUP)
    tax = "/pemasok/uang/pajak"
    number = {"kind": "firm", "taxpayer": "3273014507850001", "address": "Jl. Kenari 3, Cimahi"}
    await desks[0].follow(await desks[0].send(f"{tax}/nomor", on=tax, **number))
    page = await desks[0].page(SETUP)
    assert "•••• 0001" in page
    assert f'href="{tax}"' in page


async def test_a_supplier_registers_to_be_paid_says_how_often_and_is_led_to_the_providers_page(
    street: Street, desks: list[Desk]
) -> None:
    desk, other = desks
    await desk.follow(await desk.send(SETUP, on=SETUP, standing_acceptance="true", **FORM))
    await desk.follow(await desk.send(f"{SETUP}/penerima", on=SETUP, cadence="weekly", weekday=3))
    path = f"{SETUP}/penerima/{ids.show('pye', street.suppliers[0].id)}"
    early = await desk.send(f"{path}/rekening", on=SETUP)
    assert early.status_code == 409
    assert 'name="standing_acceptance" value="true" checked' in early.text, "another form was refused"
    await settle()
    assert "Jadwal kiriman tersimpan." in await desk.follow(await desk.send(path, on=SETUP, cadence="daily", weekday=3))
    page = await desk.send(f"{path}/rekening", on=SETUP)
    assert (page.status_code, "Buka halaman penyedia" in page.text) == (200, True)
    [account] = re.findall(r"/payees/([\w-]+)", page.text)
    with street.provider.books.reading() as clerk:
        assert owner_of(clerk, account)[1] == f"{settings().public_url}{SETUP}"
    for act in (path, f"{path}/rekening"):
        foreign = await other.client.post(act, data={"kunci": f"asing-{len(act)}", "cadence": "daily", "weekday": 1})
        assert foreign.status_code == 404
    async with db.transaction() as session:
        assert (await session.get_one(Payee, street.suppliers[0].id)).cadence == "daily"
        assert await session.get(Payee, street.suppliers[1].id) is None
