"""Five hundred hands reach for the money of one payment at once, over the API and through the jobs."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select

from clothingline.accounts import service as accounts
from clothingline.accounts.secrets import phone_number
from clothingline.earnings import tasks as earning
from clothingline.integrations import payments as providers
from clothingline.integrations.payments import signing
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.integrations.payments.fake.notices import Notice
from clothingline.kit import db
from clothingline.kit.access import Membership, Role
from clothingline.kit.clock import milliseconds
from clothingline.kit.errors import Refusal
from clothingline.kit.ids import show
from clothingline.orders.events import OrderCancelled
from clothingline.payments import tasks
from clothingline.payments.models import ProviderNotice
from tests.cast import Actor, Cast
from tests.earnings.scenes import Drain
from tests.money.paths import Stake, settle, stake, sums
from tests.payments.stage import bring

# As many as there are connections; all others queue behind them.
HANDS = 8
HANDS_IN_ALL, REFUNDS, CHARGEBACKS, LABOUR, RELEASES = 500, 200, 80, 60, 60
# All that anybody may hear whom the others have left nothing.
POLITE = {"refund_exceeds", "fund_short", "escrow_short"}
# A job also waits for the outcome of what is on its way back, and is run again.
PATIENT = POLITE | {"refund_under_way"}
Act = Callable[[], Awaitable[None]]


async def officer(cast: Cast, phone: str) -> Actor:
    """An administrator of the programme."""
    async with db.transaction() as session:
        await accounts.open_account(
            session, phone=phone_number(phone), name="Petugas", memberships=[Membership(Role.ADMIN)]
        )
    return await cast.sign_in(phone)


class Storm:
    """Everything that may happen to one payment, and what the API answered to it."""

    def __init__(self, one: Stake, officers: list[Actor], client: httpx.AsyncClient, chance: random.Random) -> None:
        self.one, self.officers, self.client, self.chance = one, officers, client, chance
        self.answers = Counter[tuple[int, str | None]]()

    def acts(self) -> list[Act]:
        """Five hundred acts in no order."""
        told = self._chargebacks()
        acts: list[Act] = [*(self._refund(number) for number in range(REFUNDS)), *(self._tell(one) for one in told)]
        acts += [_released] * LABOUR + [self._release] * RELEASES + [self._accept, self._cancel]
        acts += [self._tell(self.chance.choice(told)) for _ in range(HANDS_IN_ALL - len(acts))]
        self.chance.shuffle(acts)
        return acts

    def _chargebacks(self) -> list[Notice]:
        books, charge = self.one.provider.books, str(self.one.payment.charge)
        with suppress(providers.Refused):
            for _ in range(CHARGEBACKS):
                opened = books.open_dispute(charge, self.chance.randint(1_000, 12_000))
                if self.chance.random() < 0.5:
                    books.close_dispute(opened.id, won=self.chance.random() < 0.5)
        return books.waiting()

    def _refund(self, number: int) -> Act:
        who, amount = self.chance.choice(self.officers), self.chance.randint(1_000, 15_000)
        path = f"/v1/payments/{show('pay', self.one.payment.id)}/refunds"

        async def act() -> None:
            said = {"reason": f"Keluhan {number}", "amount": {"amount": amount, "currency": "IDR"}}
            answer = await who.post(path, said)
            self.answers[answer.status_code, answer.json().get("code")] += 1

        return act

    def _tell(self, notice: Notice) -> Act:
        async def act() -> None:
            said = signing.headers(
                signing.shared_secret(), notice=notice.id, timestamp=milliseconds() // 1000, body=notice.body
            )
            answer = await self.client.post(
                "/v1/payment-notices", content=notice.body, headers={"content-type": "application/json", **said}
            )
            self.answers[answer.status_code, None] += 1
            async with db.transaction() as session:
                kept = await session.scalar(select(ProviderNotice.id).where(ProviderNotice.notice == notice.id))
            await tasks.settle_notice(notice_id=str(kept))

        return act

    async def _release(self) -> None:
        await earning.release_earnings(order_id=str(self.one.scene.order))

    async def _accept(self) -> None:
        await bring(self.one.scene, "accept")
        await self._release()

    async def _cancel(self) -> None:
        await bring(self.one.scene, "cancel", OrderCancelled(self.one.scene.order))
        await tasks.refund_order(order_id=str(self.one.scene.order))


async def _released() -> None:
    await earning.release_due()


@pytest.fixture(autouse=True)
def _patient(database: db.Database) -> Iterator[None]:
    """What a crowd does is proved here, not how fast: on a slow machine the last one waits for longer than it may."""
    usual, database.limits = database.limits, replace(database.limits, lock="60s", statement="60s", idle="60s")
    yield
    database.limits = usual


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.prove) for seed in range(3, 200))])
async def test_a_storm_never_takes_more_than_was_captured_and_nobody_hears_of_a_fault(
    provider: FakeProvider, cast: Cast, client: httpx.AsyncClient, drain: Drain, seed: int
) -> None:
    one = await stake(provider, drain)
    officers = [await officer(cast, f"08123456781{number}") for number in range(3)]
    storm = Storm(one, officers, client, random.Random(seed))
    gate, refused = asyncio.Semaphore(HANDS), Counter[str]()

    async def at_once(act: Act) -> None:
        async with gate:
            try:
                await act()
            except Refusal as refusal:
                refused[refusal.code] += 1

    acts = storm.acts()
    assert len(acts) == HANDS_IN_ALL
    await asyncio.gather(*(at_once(act) for act in acts))
    assert {said for said in storm.answers if said[0] >= 400} <= {(409, code) for code in POLITE}
    assert set(refused) <= PATIENT
    assert storm.answers[201, None] > 0
    await settle(one, drain)
    captured, left, lent, back = await sums()
    assert 0 < left <= captured + lent
    assert 0 < back <= captured
