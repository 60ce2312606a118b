"""A tailor, a brand and a supplier say on a page why no tax is to be withheld, and read how it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from clothingline.brands.models import Brand
from clothingline.kit import db, ids
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.reference.taxes import pph22
from clothingline.settings import settings
from clothingline.taxes import service
from clothingline.taxes.models import TaxDeclaration, TaxProfile
from clothingline.web.written import rupiah
from tests import parties
from tests.cast import Actor, Cast
from tests.web.desk import Desk, desk_of, words_of

NUMBER = {"kind": "person", "taxpayer": "32.730.145.0785-0001", "address": "Jl. Kenari 3, Cimahi"}
STAFF = Reach(everything=True)
DAY = timedelta(days=1)
SURFACES = {
    Role.TAILOR: ("/t/uang/pajak", "/t/uang/pajak", "/t/uang/pajak/nomor"),
    Role.SUPPLIER: ("/pemasok/uang/pajak", "/pemasok/uang/pajak", "/pemasok/uang/pajak/nomor"),
    Role.BRAND_OWNER: ("/merek/uang/pajak", "/merek/setelan", "/merek/setelan/pajak"),
}


@dataclass
class Seller:
    """Somebody who sells, at a browser: the page of declarations, and the form of the tax number on its page."""

    id: UUID
    role: Role
    actor: Actor
    desk: Desk
    today: date

    @property
    def home(self) -> str:
        """The page of declarations."""
        return SURFACES[self.role][0]

    async def enter_number(self, **other: str) -> str:
        """Fill in the tax number; the page to which it led."""
        _, on, path = SURFACES[self.role]
        return words_of(await self.desk.follow(await self.desk.send(path, on=on, **(NUMBER | other))))

    def filled(self, **other: Any) -> dict[str, Any]:
        """The form of a declaration from today until the end of a year."""
        until = self.today + 300 * DAY
        asked = {"ground": "skb", "valid_from": self.today, "valid_until": until, "evidence": "SKB 17 Juni"}
        return asked | other

    async def declare(self, **other: Any) -> str:
        """Give a declaration; the page to which it led."""
        return words_of(await self.desk.follow(await self.desk.send(self.home, on=self.home, **self.filled(**other))))

    async def read(self) -> str:
        """What the page says."""
        return words_of(await self.desk.page(self.home))


@pytest.fixture
def seller(app: FastAPI, cast: Cast) -> Callable[..., Any]:
    """Signs in somebody with a business of a role."""

    async def sign_in(role: Role, phone: str = "0812-3456-7881") -> Seller:
        make: dict[Role, Any] = {
            Role.TAILOR: parties.make_tailor,
            Role.SUPPLIER: parties.make_supplier,
            Role.BRAND_OWNER: parties.make_brand,
        }
        async with db.transaction() as session:
            party = await make[role](session)
            actor = await parties.member(cast, session, phone, role, party.id, name="Siti")
            today = local_date(await business_now(session))
        return Seller(party.id, role, actor, desk_of(app, actor), today)

    return sign_in


async def given_to(seller: UUID) -> list[TaxDeclaration]:
    """The declarations of a seller."""
    async with db.transaction() as session:
        found = select(TaxDeclaration).where(TaxDeclaration.organisation_id == seller).order_by(TaxDeclaration.id)
        return list(await session.scalars(found))


async def decide(cast: Cast, row: TaxDeclaration, reason: str = "") -> None:
    """An officer confirms it, or refuses it for a reason."""
    async with db.transaction() as session:
        dewi = await parties.member(cast, session, "0812-3456-7999", Role.ADMIN, name="Dewi")
        by = ids.read("acc", dewi.account)
        if reason:
            await service.refuse_declaration(session, declaration_id=row.id, reason=reason, reach=STAFF, by=by)
        else:
            await service.confirm_declaration(session, declaration_id=row.id, reach=STAFF, by=by)


@pytest.mark.parametrize("role", SURFACES)
async def test_a_seller_enters_the_number_then_declares_and_sees_it_wait(
    seller: Callable[..., Any], role: Role
) -> None:
    mine = await seller(role)
    assert "Isi dulu nomor pajak Anda." in await mine.read()
    assert "NPWP atau NIK •••• 0001" in await mine.enter_number()
    page = await mine.declare(ground="under_500m", evidence="Surat bermeterai 2 Juni")
    assert "Surat terkirim." in page
    assert "Surat bermeterai 2 Juni" in page
    assert "menunggu diperiksa" in page
    [row] = await given_to(mine.id)
    assert (row.kind, row.state, row.valid_from, row.given_by) == (
        "under_500m", "given", mine.today, ids.read("acc", mine.actor.account)
    )  # fmt: skip


@pytest.mark.parametrize("role", SURFACES)
async def test_a_declaration_that_is_sent_twice_is_given_once(seller: Callable[..., Any], role: Role) -> None:
    mine = await seller(role)
    await mine.enter_number()
    sent = {**{name: str(value) for name, value in mine.filled().items()}, "kunci": "surat-sekali-1"}
    for _ in range(2):
        assert (await mine.desk.client.post(mine.home, data=sent)).status_code == 303
    assert len(await given_to(mine.id)) == 1


@pytest.mark.parametrize("role", SURFACES)
async def test_a_declaration_that_does_not_fit_names_its_fields_and_keeps_what_was_typed(
    seller: Callable[..., Any], role: Role
) -> None:
    mine = await seller(role)
    await mine.enter_number()
    refused = await mine.desk.send(mine.home, on=mine.home, **mine.filled(ground="", evidence="SKB nomor 9"))
    assert refused.status_code == 422
    assert "Mengapa pajak tidak perlu dipotong: wajib diisi." in words_of(refused.text)
    assert 'value="SKB nomor 9"' in refused.text
    early = await mine.desk.send(mine.home, on=mine.home, **mine.filled(valid_until=mine.today - DAY))
    assert (early.status_code, "Berlaku sampai: Harus pada" in words_of(early.text)) == (422, True)
    assert await given_to(mine.id) == []


@pytest.mark.parametrize("role", SURFACES)
async def test_a_number_that_is_too_short_is_named_and_kept(seller: Callable[..., Any], role: Role) -> None:
    mine = await seller(role)
    _, on, path = SURFACES[role]
    refused = await mine.desk.send(path, on=on, **(NUMBER | {"taxpayer": "3273"}))
    assert (refused.status_code, 'value="3273"' in refused.text) == (422, True)
    assert "Tulis 15 atau 16 angka NPWP atau NIK." in refused.text
    async with db.transaction() as session:
        assert await session.get(TaxProfile, mine.id) is None


async def test_a_refused_declaration_says_why_and_offers_the_form_again(seller: Callable[..., Any], cast: Cast) -> None:
    mine = await seller(Role.TAILOR)
    await mine.enter_number()
    assert "Kirim surat lain" in await mine.declare()
    [row] = await given_to(mine.id)
    await decide(cast, row, "Surat belum ditandatangani")
    page = await mine.read()
    assert "Alasan: Surat belum ditandatangani" in page
    assert "Perbaiki suratnya, lalu kirim lagi di bawah." in page
    assert "Kirim surat lain" not in page, "the form itself is there"


async def test_a_confirmed_declaration_says_until_when_and_that_the_next_begins_the_day_after(
    seller: Callable[..., Any], cast: Cast
) -> None:
    mine = await seller(Role.SUPPLIER)
    await mine.enter_number()
    until = mine.today + 20 * DAY
    await mine.declare(valid_until=until)
    [row] = await given_to(mine.id)
    await decide(cast, row)
    page = await mine.read()
    assert f"sah sampai {until.day} " in page
    assert f" {until.year}" in page
    assert "Sebentar lagi habis." in page
    assert f'value="{until + DAY}"' in await mine.desk.page(mine.home)


async def test_a_limit_for_persons_does_not_count_for_a_firm_and_the_page_says_so(
    seller: Callable[..., Any], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = await seller(Role.SUPPLIER)
    monkeypatch.setattr(settings().taxes, "withhold_from", mine.today)
    await mine.enter_number(kind="person")
    await mine.declare(ground="under_500m")
    [row] = await given_to(mine.id)
    await decide(cast, row)
    free = await mine.read()
    assert "Sekarang tidak ada pajak yang dipotong dari Anda." in free
    assert "Tanpa surat, dari setiap Rp 1.000.000 dipotong" in free
    await mine.enter_number(kind="firm")
    taxed = await mine.read()
    assert "tidak dihitung" in taxed
    assert "Batas hasil usaha hanya berlaku untuk perorangan" in taxed
    assert "Dari setiap Rp 1.000.000 dipotong" in taxed
    assert f'value="{mine.today}"' in await mine.desk.page(mine.home), "the next may begin today"


async def test_a_declaration_until_the_last_day_of_all_leaves_no_day_after_it(seller: Callable[..., Any]) -> None:
    mine = await seller(Role.TAILOR)
    await mine.enter_number()
    await mine.declare(valid_until=date.max)
    assert f'value="{mine.today}"' in await mine.desk.page(mine.home)


@pytest.mark.parametrize("role", SURFACES)
async def test_what_it_changes_is_said_in_rupiah_by_the_rate_of_the_day(
    seller: Callable[..., Any], role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = await seller(role)
    assert "Sekarang belum ada pajak yang dipotong." in await mine.read()
    monkeypatch.setattr(settings().taxes, "withhold_from", mine.today)
    page = await mine.read()
    tax = pph22(1_000_000, mine.today)
    assert f"Dari setiap Rp 1.000.000 dipotong pajak {rupiah(tax)}.".replace("\u00a0", " ") in page
    assert f"tanpa surat {rupiah(1_000_000 - tax)}".replace("\u00a0", " ") in page
    assert "belum ada pajak" not in page
    monkeypatch.setattr(settings().taxes, "withhold_from", mine.today + DAY)
    assert "Pajak dipotong mulai" in await mine.read()


async def test_the_limit_of_a_year_is_offered_to_persons_and_couriers_are_no_tailors(
    seller: Callable[..., Any],
) -> None:
    mine = await seller(Role.SUPPLIER)
    await mine.enter_number(kind="firm")
    page = await mine.read()
    assert "Badan usaha memakai SKB." in page
    assert "Hasil usaha setahun paling banyak" not in page
    assert "Jasa kurir" in page
    refused = await mine.desk.client.post(
        mine.home, data={**{name: str(one) for name, one in mine.filled(ground="under_500m").items()}, "kunci": "x-1"}
    )
    assert (refused.status_code, await given_to(mine.id)) == (409, [])
    tailor = await seller(Role.TAILOR, "0812-3456-7882")
    await tailor.enter_number()
    assert "Jasa kurir" not in await tailor.read()


async def test_nobody_sees_the_declarations_of_another(seller: Callable[..., Any]) -> None:
    mine, other = await seller(Role.BRAND_OWNER), await seller(Role.BRAND_OWNER, "0812-3456-7882")
    await mine.enter_number()
    await mine.declare(evidence="Hanya milik saya")
    assert "Hanya milik saya" not in await other.read()
    async with db.transaction() as session:
        slug = (await session.get_one(Brand, mine.id)).slug
    await other.desk.page(f"{other.home}?merek={slug}", 404)
    sent = {name: str(value) for name, value in other.filled().items()}
    answer = await other.desk.client.post(f"{other.home}?merek={slug}", data={**sent, "kunci": "asing-1"})
    assert answer.status_code == 404
    assert [row.organisation_id for row in await given_to(mine.id)] == [mine.id]


@pytest.mark.parametrize("role", SURFACES)
async def test_the_page_of_one_trade_is_closed_to_the_others(seller: Callable[..., Any], role: Role) -> None:
    mine = await seller(role)
    sent = {name: str(value) for name, value in mine.filled().items()}
    for one, (home, _, number) in SURFACES.items():
        if one is not role:
            await mine.desk.page(home, 403)
            for path, form in ((home, sent), (number, NUMBER)):
                answer = await mine.desk.client.post(path, data={**form, "kunci": f"asing{len(path)}"})
                assert answer.status_code == 403, path
    assert await given_to(mine.id) == []


async def test_a_phone_shows_the_tax_and_not_a_payout_of_that_name(seller: Callable[..., Any]) -> None:
    mine = await seller(Role.TAILOR)
    assert 'href="/t/uang/pajak"' in await mine.desk.page("/t/uang")
    assert "<h1>Pajak</h1>" in await mine.desk.page(mine.home)
