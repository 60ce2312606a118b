"""Each guard of payments has teeth: what it guards against happens as soon as it is taken away."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from sqlalchemy import text, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.integrations.payments import Charge, Told
from clothingline.kit import db
from clothingline.kit.db.embedded import Server
from clothingline.kit.ids import show
from clothingline.payments import service, tasks
from clothingline.payments.errors import RefundExceeds
from clothingline.payments.models import Payment, Refund
from clothingline.payments.service import capturing, fitting, refunding
from clothingline.payments.service.returning import Sending
from tests.payments.counting import last_refund
from tests.payments.stage import bring, checked_out, open_payment, order_state, payments, verdicts
from tests.payments.test_refunds import references
from tests.payments.test_wrong_notices import Lying, lying, tell, told

__all__ = ["lying"]
Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
Unwall = Callable[[str], None]
DROP = "ALTER TABLE {} DROP CONSTRAINT {}"


@pytest.fixture
def unwall(server: Server, database_name: str) -> Unwall:
    """Take a wall of the database away, as its owner."""

    def take(statement: str) -> None:
        with psycopg.connect(server.dsn(database_name), autocommit=True) as owner:
            owner.execute(statement.encode())

    return take


def _of(charge: Charge, **changes: Any) -> tuple[Charge, Told]:
    return replace(charge, **changes), told(charge)


# What the provider shows and tells, so that only the one comparison stands between it and an order that is paid.
LIES: dict[str, Callable[[Charge], tuple[Charge, Told]]] = {
    "amount": lambda charge: _of(charge, amount_idr=charge.amount_idr + 1),
    "captured": lambda charge: _of(charge, captured_idr=1),
    "currency": lambda charge: _of(charge, currency="USD"),
    "account": lambda charge: (replace(charge, account="acct_x"), told(charge, account="acct_x")),
    "livemode": lambda charge: (replace(charge, livemode=True), told(charge, livemode=True)),
    "charge": lambda charge: (replace(charge, id="chg_x"), told(charge, object="chg_x")),
    "refunded": lambda charge: _of(charge, refunded_idr=charge.captured_idr + 1),
    "fee": lambda charge: _of(charge, fee_idr=-1),
    "object": lambda charge: (charge, told(charge, object="chg_x")),
    "status": lambda charge: _of(charge, status="refunded", captured_idr=0),
}


@pytest.mark.parametrize("field", LIES)
async def test_without_its_comparison_a_wrong_notice_is_not_quarantined(
    lying: Lying, drain: Drain, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    opened = await open_payment(await checked_out(), drain)
    lying.books.pay(str(opened.charge))
    paid = await super(Lying, lying).fetch_charge(str(opened.charge))
    lying.shown, said = LIES[field](paid)
    await tell(said)
    assert await verdicts() == [("quarantined", field)]
    first = fitting._first
    monkeypatch.setattr(fitting, "_first", lambda checks: first(one for one in checks if one[0] != field))
    _, again = LIES[field](paid)
    try:
        await tell(again)
    except IntegrityError:
        return
    assert [verdict for verdict, _ in await verdicts()] != ["quarantined", "quarantined"]


async def test_without_its_comparison_a_charge_of_another_order_pays_this_one(
    lying: Lying, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, other = [await open_payment(await checked_out(), drain) for _ in range(2)]
    async with db.transaction() as session:
        await session.execute(update(Payment).where(Payment.id == other.id).values(charge=None))
    lying.books.pay(str(opened.charge))
    paid = await super(Lying, lying).fetch_charge(str(opened.charge))
    lying.shown = replace(paid, reference=show("pay", other.id))
    await tell(told(paid))
    assert await verdicts() == [("quarantined", "order")]
    first = fitting._first
    monkeypatch.setattr(fitting, "_first", lambda checks: first(one for one in checks if one[0] != "order"))
    with pytest.raises(IntegrityError, match="uq_payment_charge"):
        await tell(told(paid))


async def paid_for(lying: Lying, drain: Drain) -> Payment:
    """A captured payment of an order that was cancelled afterwards."""
    scene = await checked_out()
    opened = await open_payment(scene, drain)
    lying.books.pay(str(opened.charge))
    lying.shown = await super(Lying, lying).fetch_charge(str(opened.charge))
    await tell(told(lying.shown))
    await drain()
    await bring(scene, "cancel")
    return (await payments(scene))[0]


async def _too_much(payment: Payment) -> None:
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="much", amount_idr=payment.captured_idr + 1)


async def test_the_counted_refund_refuses_politely_and_the_wall_behind_it_in_any_case(
    lying: Lying, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = await paid_for(lying, drain)
    with pytest.raises(RefundExceeds):
        await _too_much(payment)

    async def unguarded(session: AsyncSession, refund: Refund) -> None:
        this = update(Payment).where(Payment.id == refund.payment_id)
        await session.execute(this.values(refunded_idr=Payment.refunded_idr + refund.amount_idr))

    monkeypatch.setattr(refunding, "_count", unguarded)
    with pytest.raises(IntegrityError, match="ck_payment_gone"):
        await _too_much(payment)


WALLS: dict[str, tuple[str, str, str]] = {
    "more goes back than was captured": (
        "payment",
        "ck_payment_gone",
        "UPDATE payment SET refunded_idr = captured_idr, disputed_idr = 1",
    ),
    "more is captured than was asked for": (
        "payment",
        "ck_payment_captured",
        "UPDATE payment SET captured_idr = amount_idr + 1",
    ),
    "one person is two": (
        "refund",
        "ck_refund_two_people",
        (
            "UPDATE refund SET second_by = (SELECT min(id::text)::uuid FROM account), "
            "approved_by = (SELECT min(id::text)::uuid FROM account)"
        ),
    ),
    "a refund from nowhere": ("refund", "ck_refund_sources", "UPDATE refund SET from_escrow_idr = from_escrow_idr - 1"),
    "one reason twice": (
        "refund",
        "uq_refund_payment_id_reason",
        (
            "INSERT INTO refund (id, payment_id, amount_idr, reason, state) "
            "SELECT gen_random_uuid(), payment_id, 1, reason, 'requested' FROM refund"
        ),
    ),
    "one notice twice": (
        "provider_notice",
        "uq_provider_notice_notice",
        (
            "INSERT INTO provider_notice (id, notice, object, body, signature) "
            "SELECT gen_random_uuid(), notice, object, body, signature FROM provider_notice"
        ),
    ),
    "two verdicts of one notice": (
        "notice_verdict",
        "uq_notice_verdict_notice_id",
        (
            "INSERT INTO notice_verdict (id, notice_id, verdict) SELECT gen_random_uuid(), notice_id, 'noted' "
            "FROM notice_verdict"
        ),
    ),
}


@pytest.mark.parametrize("what", WALLS)
async def test_a_wall_of_the_database_stands_and_without_it_the_statement_goes_through(
    lying: Lying, drain: Drain, unwall: Unwall, what: str
) -> None:
    table, wall, words = WALLS[what]
    payment = await paid_for(lying, drain)
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="some", amount_idr=1_000)
    with pytest.raises(IntegrityError, match=wall):
        await _try(words)
    unwall(DROP.format(table, wall))
    assert await _try(words) > 0


async def _try(words: str) -> int:
    """Rows that a statement would change; nothing of it stays."""
    async with db.transaction() as session, session.begin_nested() as tried:
        changed: Any = await session.execute(text(words))
        rows = int(changed.rowcount)
        await tried.rollback()
    return rows


async def test_one_part_has_one_live_payment_and_without_the_index_two(
    lying: Lying, drain: Drain, unwall: Unwall
) -> None:
    await open_payment(await checked_out(), drain)
    words = (
        "INSERT INTO payment (id, order_id, instalment_id, instalment, amount_idr, state) "
        "SELECT gen_random_uuid(), order_id, instalment_id, instalment, amount_idr, 'wished' FROM payment"
    )
    with pytest.raises(IntegrityError, match="uq_payment_instalment_id_part_live"):
        await _try(words)
    unwall("DROP INDEX uq_payment_instalment_id_part_live")
    assert await _try(words) == 1


@pytest.mark.parametrize("guarded", [True, False])
async def test_only_the_deadline_in_the_statement_keeps_late_money_out_of_an_order(
    lying: Lying, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    scene = await checked_out()
    opened = await open_payment(scene, drain)
    await advance(minutes=16)
    lying.books.pay(str(opened.charge))
    lying.shown = await super(Lying, lying).fetch_charge(str(opened.charge))
    if not guarded:
        monkeypatch.setattr(capturing, "or_", lambda *_: true())
    await tell(told(lying.shown))
    assert await order_state(scene) == (("pending_payment", 0) if guarded else ("placed", 1_131_400))


@pytest.mark.parametrize("guarded", [True, False])
async def test_only_asking_first_keeps_an_unclear_refund_from_being_paid_twice(
    lying: Lying, drain: Drain, advance: Advance, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    payment = await paid_for(lying, drain)
    lying.books.play("pruned_key", on="refund")
    half = payment.captured_idr // 2
    async with db.transaction() as session:
        await service.refund_payment(session, payment_id=payment.id, reason="half", amount_idr=half)
    await drain()
    if not guarded:
        ask = service.send_refund

        async def forget(session: AsyncSession, *, refund_id: Any) -> Sending | None:
            sending = await ask(session, refund_id=refund_id)
            return replace(sending, first=True) if sending else None

        monkeypatch.setattr(service, "send_refund", forget)
    await advance(seconds=61)
    await tasks.ask_about_refunds()
    await drain()
    assert ((await last_refund()).state, len(references(lying))) == ("settled", 1 if guarded else 2)
