"""Whatever a buyer writes into the bodies of an order, its checkout or its payment: the price is the server's (M3)."""

import json
import random
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from clothingline.kit import db
from clothingline.kit.ids import new_id, read, show
from clothingline.orders.models import Order
from clothingline.payments.models import Instalment, Payment
from clothingline.routing.models import Plan
from tests.api.hostile import NUMBERS, OTHERS
from tests.routing.conftest import owner, provider, street
from tests.routing.street import Street, settle, succeeded

__all__ = ["owner", "provider", "street"]
NAMES = (
    "price",
    "price_idr",
    "amount",
    "amount_idr",
    "total",
    "unit_price",
    "platform_fee",
    "fee",
    "tax",
    "ppn",
    "discount",
    "coupon",
    "currency",
    "deposit",
    "deposit_idr",
    "paid_idr",
    "captured_idr",
    "state",
    "quote",
    "brand",
    "consumer",
)
MONEY: tuple[Any, ...] = (
    *(one for one in NUMBERS if one != 10**400),
    *OTHERS,
    1,
    100,
    "0",
    "1e3",
    "-5",
    "１２３",
    "USD",
    {"amount": 1, "currency": "IDR"},
    {"amount": -1, "currency": "USD"},
)
TESTED, PROVEN = 500, 20_000


@dataclass
class Buyer:
    """Rina with an order that is quoted, one that waits for money, and things that belong elsewhere."""

    street: Street
    dice: random.Random
    answers: Counter[int] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)

    async def prepare(self) -> "Buyer":
        """Have everything that can be tampered with."""
        self.wish = await self.street.wish()
        _, stale = await self.street.quoted()
        self.order, quote = await self.street.quoted()
        self.plans = [str(plan["id"]) for plan in quote["plans"]]
        self.foreign = [str(plan["id"]) for plan in stale["plans"]]
        self.waiting = await self.street.checked_out()
        [opened] = succeeded(await self.street.rina.get(f"/v1/payments?order={self.waiting}"))["data"]
        self.payment = str(opened["id"])
        return self

    async def try_once(self) -> None:
        """Send one tampered body."""
        act = self.dice.choice((self.place, self.check_out, self.choose))
        answer = await act()
        self.answers[answer.status_code] += 1
        assert answer.status_code < 500, answer.text

    async def place(self) -> httpx.Response:
        """An order with a field that is not the buyer's, or one that is turned into something else."""
        return await self.send("/v1/orders", self.tampered(self.wish))

    async def check_out(self) -> httpx.Response:
        """A checkout of another plan, or with a price of the buyer's own."""
        body = {"plan": self.dice.choice([*self.foreign, show("pol", new_id()), *map(str, MONEY)])}
        if self.dice.random() < 0.7:
            body = self.tampered({"plan": self.dice.choice(self.plans)})
        answer = await self.send(f"/v1/orders/{self.order}/checkout", body)
        if answer.status_code < 300:
            self.taken.append(self.order)
            self.order, quote = await self.street.quoted()
            self.plans = [str(plan["id"]) for plan in quote["plans"]]
        return answer

    async def choose(self) -> httpx.Response:
        """Another way to pay, with an amount of the buyer's own."""
        method = {"method": self.dice.choice(["card", "qris", "transfer"])}
        return await self.send(f"/v1/payments/{self.payment}/method", self.tampered(method))

    def tampered(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with one to three fields changed or added, somewhere."""
        changed = deepcopy(body)
        for _ in range(self.dice.randrange(1, 4)):
            inner = [one for one in changed.values() if isinstance(one, dict)]
            place = self.dice.choice([changed, changed, *inner])
            name = self.dice.choice([*NAMES, *map(str, place)])
            place[name] = deepcopy(self.dice.choice(MONEY))
        return changed

    async def send(self, path: str, body: Any) -> httpx.Response:
        """As a program would, that checks nothing."""
        said = {"authorization": f"Bearer {self.street.rina.token}", "idempotency-key": str(uuid4())}
        content = json.dumps(body).encode()
        return await self.street.client.post(
            path, content=content, headers={**said, "content-type": "application/json"}
        )


async def charges_fit() -> int:
    """Every instalment is of the plan that was taken, every part of its instalment; returns how many payments stand."""
    async with db.transaction() as session:
        held = select(Plan.order_id, Plan.price_idr).where(Plan.state == "held")
        prices = {row.order_id: row.price_idr for row in await session.execute(held)}
        every = {row.id: row for row in await session.scalars(select(Order))}
        asked = list(await session.scalars(select(Instalment).where(Instalment.state == "due")))
        live = list(await session.scalars(select(Payment).where(Payment.state.in_(("wished", "open")))))
    for order in every.values():
        assert order.price_idr is None or order.price_idr > 0
        assert order.state != "pending_payment" or order.price_idr == prices[order.id]
    for one in asked:
        sums = sum(part.amount_idr for part in live if part.instalment_id == one.id)
        assert (one.kind, one.amount_idr, sums) == ("full", every[one.order_id].price_idr, one.amount_idr)
    return len(live)


async def charged_the_servers_price(street: Street, tries: int) -> None:
    """Tamper so often, and look."""
    seed = random.SystemRandom().randrange(2**32)
    buyer = await Buyer(street, random.Random(seed)).prepare()
    for number in range(tries):
        await buyer.try_once()
        if number % 100 == 99:
            await settle()
            assert await charges_fit() >= 1
    await settle()
    assert await charges_fit() == 1 + len(buyer.taken)
    print(f"seed {seed}: {tries} bodies, answers {dict(buyer.answers)}, {len(buyer.taken)} orders taken at their price")
    assert sum(buyer.answers.values()) == tries
    assert buyer.answers[422] > tries // 2
    assert {read("ord", one) for one in buyer.taken} <= {row.order_id for row in await _payments()}


async def _payments() -> list[Payment]:
    async with db.transaction() as session:
        return list(await session.scalars(select(Payment)))


async def test_five_hundred_tampered_bodies_charge_the_servers_price(street: Street) -> None:
    await charged_the_servers_price(street, TESTED)


@pytest.mark.prove
async def test_twenty_thousand_tampered_bodies_charge_the_servers_price(street: Street) -> None:
    await charged_the_servers_price(street, PROVEN)
