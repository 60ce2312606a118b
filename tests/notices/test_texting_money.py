"""Whoever sews or sells cloth is told of money that was sent; a brand sees it on its desk."""

import pytest
from sqlalchemy import select, update

from clothingline.accounts.models import Organisation
from clothingline.accounts.service import open_account
from clothingline.integrations.messaging import ConsoleMessenger
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Membership, Role
from clothingline.notices import tasks
from clothingline.payouts.models import Payout
from clothingline.settings import settings
from tests.notices.test_texting import MORNING, be
from tests.payments.fixtures import _only_money_reacts, books, falsify, provider
from tests.payouts.stage import Advance, Drain, ask, collect, ready, states_of

__all__ = ["_only_money_reacts", "books", "falsify", "provider"]


@pytest.mark.parametrize(("kind", "place"), [("tailor", "/t/uang"), ("supplier", "/pemasok/uang"), ("brand", None)])
async def test_money_that_was_sent_is_told_to_whoever_has_no_desk(
    provider: FakeProvider, drain: Drain, advance: Advance, messages: ConsoleMessenger, kind: str, place: str | None
) -> None:
    stage = await ready(provider, drain, advance, 400_000)
    await collect(stage.tailor)
    await drain()
    provider.books.bank_day()
    await ask(drain, advance)
    assert await states_of() == ["settled"]
    async with db.transaction() as session:
        payout = (await session.scalars(select(Payout))).one()
        await session.execute(update(Organisation).where(Organisation.id == payout.payee_id).values(kind=kind))
        who = [Membership(Role.TAILOR, payout.payee_id)]
        await open_account(session, phone="+6281234567899", name="Siti Aminah", memberships=who)
    await tasks.text_payout(payout_id=str(payout.id))
    await be(MORNING)
    await tasks.queue_texts()
    await drain()
    paid = f"{payout.amount_idr:,}".replace(",", ".")
    expected = f"Uang Rp {paid} sudah dikirim ke rekening Anda. Rinciannya: {settings().public_url}{place}"
    assert [text for _, text in messages.sent if text.startswith("Uang")] == [expected] * (place is not None)
