"""Money of the two worlds that no story tells of: what goes back, what a bank takes, what is paid out."""

from datetime import timedelta

from sqlalchemy import update

from clothingline.cli.demo.stage import Actor, Stage
from clothingline.integrations import payments
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db, ids
from clothingline.kit.clock import business_time
from clothingline.payments.models import Payment
from clothingline.payouts.models import Payee
from tests.payouts.stage import owe


async def take_back(stage: Stage, admin: Actor, consumer: Actor) -> None:
    """Of the newest payment a little goes back, and the consumer's bank takes a little."""
    [paid, *_] = (await consumer.get("/v1/payments"))["data"]
    money = {"amount": 1_000, "currency": "IDR"}
    await admin.do(f"/v1/payments/{paid['id']}/refunds", {"reason": "Kancing lepas", "amount": money})
    await stage.settle()
    async with db.transaction() as session:
        charge = (await session.get_one(Payment, ids.read("pay", paid["id"]))).charge
    provider = payments.current()
    assert isinstance(provider, FakeProvider)
    await provider.happen(provider.books.open_dispute, str(charge), 10_000)
    await stage.settle()


async def pay_out(stage: Stage, party: Actor, order: str, organisation: str, amount: int) -> None:
    """A payee with an account, and a payout of something that is owed; a large one waits for two people."""
    payee = await party.do("/v1/payees", {"organisation": organisation, "cadence": "on_demand"})
    await stage.settle()
    whose = ids.read("org", organisation)
    async with db.transaction() as session:
        account = (await session.get_one(Payee, whose)).provider_account
    provider = payments.current()
    assert isinstance(provider, FakeProvider)
    await provider.happen(provider.books.allow, str(account))
    await stage.settle()
    if not amount:
        return
    await owe(ids.read("ord", order), whose, amount)
    async with db.transaction() as session:
        rested = {"changed_at": business_time() - timedelta(hours=25)}
        await session.execute(update(Payee).where(Payee.id == whose).values(rested))
    await party.do("/v1/payouts", {"payee": payee["id"]})
    await stage.settle()
