"""What happens to money in the story: ways of paying, money that goes back, people who are paid, books compared."""

from datetime import datetime, time, timedelta
from typing import Any

from clothingline.cli.demo import making
from clothingline.cli.demo.stage import Actor
from clothingline.kit.clock import WIB, local_date
from tests.crash.scene import CrashStage

PAID_AT = 6
"""Hour of western Indonesian time at which payouts are made."""
SOME = {"amount": 20_000, "currency": "IDR"}
DISPUTED_IDR = 100_000


class Till:
    """Acts of people, of their banks and of the provider; jobs of the other process follow each."""

    def __init__(self, stage: CrashStage, admin: Actor) -> None:
        self.stage, self.admin, self.provider = stage, admin, stage.provider

    async def by_card(self, consumer: Actor, order: str, instalment: str) -> None:
        """Another way to pay is chosen; the money is held first, and taken then."""
        [first] = await self._open(consumer, order, instalment)
        await consumer.do(f"/v1/payments/{first['id']}/method", {"method": "card"})
        await self.stage.settle()
        await self.stage.pay(consumer, order, instalment)

    async def in_parts(self, consumer: Actor, order: str, instalment: str) -> None:
        """More than one payment may carry by this method: each part is paid."""
        [first] = await self._open(consumer, order, instalment)
        await consumer.do(f"/v1/payments/{first['id']}/method", {"method": "qris"})
        await self.stage.settle()
        parts = await self._open(consumer, order, instalment)
        assert len(parts) > 1
        for part in parts:
            await self.stage.outside.pay(part["pay_url"])
            await self.stage.settle()

    async def _open(self, consumer: Actor, order: str, instalment: str) -> list[dict[str, Any]]:
        page = await consumer.get("/v1/payments", order=order)
        return [one for one in page["data"] if (one["state"], one["instalment"]) == ("open", instalment)]

    async def some_goes_back(self, order: str) -> None:
        """An officer sends something back, which takes its time; that it arrived nobody tells: the books do."""
        payment = await self._captured(order)
        self.provider.play("slow_refund")
        said = {"amount": SOME, "reason": "Keramahan"}
        asked = await self.admin.do(f"/v1/payments/{payment['id']}/refunds", said)
        await self.stage.settle()
        await self.stage.pass_time(minutes=2)
        under_way = await self.provider.find_refund(await self._charge_of(payment), asked["id"])
        assert under_way is not None
        self.provider.books.end_refund(under_way.id, arrived=True)
        await self._reconcile()
        assert (await self.admin.get(f"/v1/refunds/{asked['id']}"))["state"] == "settled"

    async def charged_back(self, order: str) -> None:
        """The payer's bank takes a part of a payment, and gives it back."""
        charge, books = await self._charge_of(await self._captured(order)), self.provider.books
        dispute = await self.provider.happen(books.open_dispute, charge, DISPUTED_IDR)
        await self.stage.settle()
        await self.provider.happen(books.close_dispute, dispute.id, won=True)
        await self.stage.settle()

    async def _captured(self, order: str) -> dict[str, Any]:
        page = await self.admin.get("/v1/payments", order=order)
        return next(dict(one) for one in page["data"] if one["state"] == "captured")

    async def _charge_of(self, payment: dict[str, Any]) -> str:
        charge = await self.provider.find_charge(payment["id"])
        assert charge is not None
        return charge.id

    async def enrol_tailors(self, order: str) -> None:
        """Whoever sews for an order wants to be paid every day, and opens an account; a bank refuses once."""
        self.provider.play("bank_refuses")
        for tailor in sorted({job["tailor"] for job in await making.jobs_of(self.admin, order)}):
            actor = await self.stage.member_of(tailor)
            payee = await actor.do("/v1/payees", {"cadence": "daily"})
            await self.stage.settle()
            page = (await actor.do(f"/v1/payees/{payee['id']}/onboarding"))["link"]
            await self.provider.happen(self.provider.books.allow, page.rsplit("/", 1)[-1])
            await self.stage.settle()

    async def pay_out(self) -> None:
        """Two mornings, and a day of the banks after each: what one refused the first time arrives the second."""
        for _ in range(2):
            await self.stage.wait_until(_morning(await self.stage.now()))
            await self.provider.happen(self.provider.books.bank_day)
            await self.stage.settle()

    async def compare(self) -> list[dict[str, Any]]:
        """Compare the books and settle what has a name; returns the differences that are open then."""
        await self.provider.deliver_waiting()
        await self.stage.settle()
        await self._reconcile()
        return list((await self.admin.get("/v1/differences", state="open"))["data"])

    async def _reconcile(self) -> None:
        await self.admin.do("/v1/reconciliations")
        await self.stage.settle()


def _morning(now: datetime) -> datetime:
    """The next time at which payouts are made, on another day."""
    return datetime.combine(local_date(now) + timedelta(days=1), time(PAID_AT), WIB)
