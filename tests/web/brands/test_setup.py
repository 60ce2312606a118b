"""What a brand sets up once: its terms, where its money goes, its tax number, and what its programs are told."""

import re

from sqlalchemy import select

from clothingline.accounts.models import RoleHeld
from clothingline.brands.models import Brand
from clothingline.integrations.payments.fake.payees import owner_of
from clothingline.kit import db, ids
from clothingline.notices.models import WebhookEndpoint
from clothingline.payouts.models import Payee
from clothingline.settings import settings
from clothingline.taxes.models import TaxProfile
from tests import parties
from tests.routing.street import Street, settle
from tests.web.desk import Desk, words_of

PAGES = ("", "/kapasitas", "/bahan", "/penjahit", "/katalog", "/katalog/baru")
OWNERS_PAGES = ("/uang", "/setelan")


async def test_terms_payee_and_tax_number_are_set_up_by_forms(street: Street, dewi: Desk) -> None:
    setup = "/merek/setelan"
    terms = {"name": "Busana Melati Baru", "fee_idr": "Rp 18.000", "cut_days": 2, "finish_days": 1}
    assert "Busana Melati Baru" in await dewi.follow(await dewi.send(f"{setup}/merek", on=setup, **terms))
    await dewi.follow(await dewi.send(f"{setup}/penerima", on=setup, cadence="weekly", weekday=3))
    payee = ids.show("pye", street.brand.id)
    await dewi.follow(await dewi.send(f"{setup}/penerima/{payee}", on=setup, cadence="daily", weekday=3))
    tax = {"kind": "firm", "taxpayer": "3273014507850001", "address": "Jl. Kenari 3, Cimahi"}
    page = await dewi.follow(await dewi.send(f"{setup}/pajak", on=setup, **tax))
    assert "NPWP atau NIK •••• 0001" in page
    assert "3273014507850001" not in page
    async with db.transaction() as session:
        brand = await session.get_one(Brand, street.brand.id)
        kept = await session.get_one(Payee, street.brand.id)
        assert (brand.fee_idr, brand.cut_days, kept.cadence) == (18_000, 2, "daily")
        assert (await session.get_one(TaxProfile, street.brand.id)).kind == "firm"


async def test_who_also_sews_sets_up_the_brand_at_the_desk_of_the_brand(street: Street, dewi: Desk) -> None:
    async with db.transaction() as session:
        workshop = await parties.make_tailor(session)
        held = RoleHeld(account_id=ids.read("acc", street.dewi.account), role="tailor", organisation_id=workshop.id)
        session.add(held)
    setup = "/merek/setelan"
    await dewi.follow(await dewi.send(f"{setup}/penerima", on=setup, cadence="weekly", weekday=3))
    tax = {"kind": "firm", "taxpayer": "3273014507850001", "address": "Jl. Kenari 3, Cimahi"}
    await dewi.follow(await dewi.send(f"{setup}/pajak", on=setup, **tax))
    async with db.transaction() as session:
        assert await session.get(Payee, street.brand.id) is not None
        assert await session.get(TaxProfile, street.brand.id) is not None
        assert await session.get(Payee, workshop.id) is None


async def test_the_way_to_the_bank_account_is_the_providers_page(street: Street, dewi: Desk, other: Desk) -> None:
    setup = "/merek/setelan"
    await dewi.send(f"{setup}/penerima", on=setup)
    path = f"{setup}/penerima/{ids.show('pye', street.brand.id)}"
    early = await dewi.send(f"{path}/rekening", on=setup)
    assert early.status_code == 409
    await settle()
    page = await dewi.send(f"{path}/rekening", on=setup)
    assert (page.status_code, "Buka halaman penyedia" in page.text) == (200, True)
    foreign = await other.client.post(f"{path}/rekening", data={"kunci": "asing-1"})
    assert foreign.status_code == 404


async def test_a_webhook_is_added_tried_and_deleted_and_its_secret_is_shown_once(
    street: Street, dewi: Desk, other: Desk
) -> None:
    setup = "/merek/setelan"
    added = await dewi.send(
        f"{setup}/webhook", on=setup, url="https://busana-melati.id/x", events="OrderPaid, RunReleased"
    )
    assert added.status_code == 200, words_of(added.text)
    assert "whsec_" in added.text
    async with db.transaction() as session:
        row = (await session.scalars(select(WebhookEndpoint))).one()
    assert row.events == ["OrderPaid", "RunReleased"]
    own = f"{setup}/webhook/{ids.show('whk', row.id)}"
    assert "whsec_" not in await dewi.page(setup)
    for act in ("coba", "rahasia", "hapus"):
        assert (await other.client.post(f"{own}/{act}", data={"kunci": f"asing-{act}"})).status_code == 404
    assert "Percobaan dikirim." in await dewi.follow(await dewi.send(f"{own}/coba", on=setup))
    assert "whsec_" in (await dewi.send(f"{own}/rahasia", on=setup)).text
    page = await dewi.follow(await dewi.send(f"{own}/hapus", on=setup))
    assert "https://busana-melati.id/x" not in page


async def test_the_owner_of_two_brands_chooses_which_one_is_set_up(street: Street, dewi: Desk) -> None:
    second = await second_brand_of(street)
    setup = "/merek/setelan"
    page = await dewi.page(setup)
    assert f'href="{setup}?merek={second.slug}"' in page
    there = f"?merek={second.slug}"
    assert "Setelan: Busana Kedua" in words_of(await dewi.page(setup + there))
    terms = {"name": "Busana Kedua Baru", "fee_idr": "Rp 9.000", "cut_days": 1, "finish_days": 1}
    tax = {"kind": "firm", "taxpayer": "3273014507850001", "address": "Jl. Kenari 3, Cimahi"}
    webhook = {"url": "https://busana-kedua.id/x", "events": "OrderPaid"}
    for act, fields in (("merek", terms), ("penerima", {"cadence": "weekly", "weekday": 3}), ("pajak", tax)):
        answer = await dewi.send(f"{setup}/{act}{there}", on=setup + there, **fields)
        assert (answer.status_code, answer.headers["location"]) == (303, setup + there), words_of(answer.text)
    assert (await dewi.send(f"{setup}/webhook{there}", on=setup + there, **webhook)).status_code == 200
    async with db.transaction() as session:
        for model in (Payee, TaxProfile):
            assert (await session.get(model, second.id) is not None, await session.get(model, street.brand.id)) == (
                True,
                None,
            )
        assert (await session.scalars(select(WebhookEndpoint.organisation_id))).all() == [second.id]
        assert (await session.get_one(Brand, second.id)).fee_idr == 9_000
        assert (await session.get_one(Brand, street.brand.id)).fee_idr != 9_000
    assert "busana-kedua.id" not in await dewi.page(f"{setup}?merek={street.brand.slug}")


async def test_what_does_not_fit_is_shown_again_on_the_page_of_the_brand_that_was_chosen(
    street: Street, dewi: Desk
) -> None:
    second = await second_brand_of(street)
    there = f"/merek/setelan?merek={second.slug}"
    path = f"/merek/setelan/pajak?merek={second.slug}"
    refused = await dewi.send(path, on=there, kind="firm", taxpayer="1", address="Jl. Kenari 3")
    assert refused.status_code == 422
    assert "Setelan: Busana Kedua" in words_of(refused.text)


async def test_an_owner_of_two_brands_returns_from_the_provider_to_the_one_that_was_meant(
    street: Street, dewi: Desk
) -> None:
    second = await second_brand_of(street)
    setup, whose = "/merek/setelan", f"?merek={second.slug}"
    await dewi.send(f"{setup}/penerima{whose}", on=setup + whose)
    await settle()
    page = await dewi.send(f"{setup}/penerima/{ids.show('pye', second.id)}/rekening{whose}", on=setup + whose)
    [account] = re.findall(r"/payees/([\w-]+)", page.text)
    with street.provider.books.reading() as clerk:
        assert owner_of(clerk, account)[1] == f"{settings().public_url}{setup}{whose}"
    assert f'href="{setup}{whose}"' in page.text


async def test_the_brand_of_another_and_none_at_all_are_missing(street: Street, dewi: Desk, other: Desk) -> None:
    setup = "/merek/setelan"
    for desk, slug in ((other, street.brand.slug), (dewi, "tidak-ada")):
        await desk.page(f"{setup}?merek={slug}", 404)
        answer = await desk.client.post(f"{setup}/penerima?merek={slug}", data={"kunci": "asing-1"})
        assert answer.status_code == 404
    async with db.transaction() as session:
        assert (await session.scalars(select(Payee))).all() == []


async def second_brand_of(street: Street) -> Brand:
    """Another brand of the same owner."""
    async with db.transaction() as session:
        brand = await parties.make_brand(session, name="Busana Kedua", slug="busana-kedua")
        account = ids.read("acc", street.dewi.account)
        session.add(RoleHeld(account_id=account, role="brand_owner", organisation_id=brand.id))
    return brand
