"""Refunds that people decide: how much, by whom, and by how many."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import httpx
import pytest

from clothingline.accounts import service as accounts
from clothingline.accounts.secrets import phone_number
from clothingline.integrations.payments.fake import FakeProvider
from clothingline.kit import db
from clothingline.kit.access import Membership, Role
from clothingline.kit.ids import show
from clothingline.orders.events import OrderCancelled
from clothingline.payments import service, tasks
from clothingline.payments.models import Payment
from tests.cast import Actor, Cast
from tests.payments.counting import alarms, held, last_refund
from tests.payments.stage import Scene, bring, checked_out, open_payment, payments, refunds
from tests.payments.test_refunds import references

Drain = Callable[[], Awaitable[None]]
Advance = Callable[..., Awaitable[None]]
LIMITS = service.Limits(officer_from_idr=500_000, two_people_from_idr=5_000_000)


async def paid(provider: FakeProvider, drain: Drain, price: int = 8_000_000) -> tuple[Scene, Payment]:
    """An order that is cancelled, but whose money nobody has sent back yet."""
    scene = await checked_out(price=price)
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    await bring(scene, "cancel")
    return scene, (await payments(scene))[0]


async def officer(cast: Cast, phone: str) -> Actor:
    """An administrator of the programme."""
    async with db.transaction() as session:
        await accounts.open_account(
            session, phone=phone_number(phone), name="Petugas", memberships=[Membership(Role.ADMIN)]
        )
    return await cast.sign_in(phone)


async def ask(who: Actor, payment: Payment, reason: str, amount: int | None = None) -> httpx.Response:
    money = {} if amount is None else {"amount": {"amount": amount, "currency": "IDR"}}
    return await who.post(f"/v1/payments/{show('pay', payment.id)}/refunds", {"reason": reason, **money})


async def test_an_officer_sends_a_part_back_and_never_more_than_is_left(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain)
    ratna = await officer(cast, "081234567811")
    first = await ask(ratna, payment, "Jahitan lepas", 3_000_000)
    assert (first.status_code, first.json()["state"], first.json()["approved_by"]) == (201, "approved", ratna.account)
    over = await ask(ratna, payment, "Kain luntur", 5_000_001)
    assert (over.status_code, over.json()["code"], over.json()["left_idr"]) == (409, "refund_exceeds", 5_000_000)
    again = await ask(ratna, payment, "Jahitan lepas", 1)
    assert (again.status_code, again.json()["code"]) == (409, "refund_repeated")
    await drain()
    assert (await refunds(), await held()) == (
        [("Jahitan lepas", 3_000_000, "settled")],
        {f"escrow:{scene.code}": -5_000_000},
    )


async def test_a_refund_above_the_limit_needs_two_people(provider: FakeProvider, cast: Cast, drain: Drain) -> None:
    _, payment = await paid(provider, drain)
    ratna, joko = await officer(cast, "081234567811"), await officer(cast, "081234567812")
    asked = (await ask(ratna, payment, "Salah ukur")).json()
    await drain()
    assert (asked["state"], asked["amount"]["amount"]) == ("requested", 8_000_000)
    assert (await payments_refunded(payment), references(provider)) == (0, [])
    path = f"/v1/refunds/{asked['id']}/approval"
    alone = await ratna.post(path)
    assert (alone.status_code, alone.json()["code"]) == (409, "second_officer_needed")
    second = await joko.post(path)
    assert (second.status_code, second.json()["approved_by"], second.json()["second_by"]) == (
        201,
        ratna.account,
        joko.account,
    )
    await drain()
    assert (await refunds(), await held()) == ([("Salah ukur", 8_000_000, "settled")], {})
    late = await joko.post(path)
    assert (late.status_code, late.json()["code"]) == (409, "refund_decided")


async def test_many_small_refunds_need_as_many_people_as_a_large_one(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    _, payment = await paid(provider, drain)
    ratna, joko = await officer(cast, "081234567811"), await officer(cast, "081234567812")
    first = (await ask(ratna, payment, "Jahitan lepas", 4_999_999)).json()
    second = (await ask(ratna, payment, "Kain luntur", 1)).json()
    assert (first["state"], second["state"]) == ("approved", "requested")
    path = f"/v1/refunds/{second['id']}/approval"
    assert (await ratna.post(path)).json()["code"] == "second_officer_needed"
    assert (await joko.post(path)).status_code == 201
    await drain()
    assert [state for _, _, state in await refunds()] == ["settled", "settled"]


async def payments_refunded(payment: Payment) -> int:
    async with db.transaction() as session:
        return (await session.get_one(Payment, payment.id)).refunded_idr


async def test_the_same_officer_twice_at_once_is_one_person(provider: FakeProvider, cast: Cast, drain: Drain) -> None:
    _, payment = await paid(provider, drain)
    ratna = await officer(cast, "081234567811")
    async with db.transaction() as session:
        refund = await service.request_refund(
            session, payment_id=payment.id, reason="klaim", limits=LIMITS, case=("claim", uuid4())
        )
    assert (refund.state, refund.approved_by) == ("requested", None)
    path = f"/v1/refunds/{show('rfd', refund.id)}/approval"
    answers = await asyncio.gather(*(ratna.post(path) for _ in range(6)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]
    assert ((await last_refund()).state, references(provider)) == ("requested", [])


@pytest.mark.parametrize(("amount", "state"), [(499_999, "approved"), (500_000, "requested")])
async def test_what_a_case_decides_goes_back_by_itself_below_the_officers_limit(
    provider: FakeProvider, drain: Drain, amount: int, state: str
) -> None:
    _, payment = await paid(provider, drain)
    async with db.transaction() as session:
        asked = await service.request_refund(
            session, payment_id=payment.id, reason="klaim", limits=LIMITS, amount_idr=amount, case=("claim", uuid4())
        )
    assert asked.state == state


async def test_a_refund_that_is_rejected_moves_nothing(provider: FakeProvider, cast: Cast, drain: Drain) -> None:
    scene, payment = await paid(provider, drain)
    ratna, joko = await officer(cast, "081234567811"), await officer(cast, "081234567812")
    asked = (await ask(ratna, payment, "Salah ukur")).json()
    answer = await joko.post(f"/v1/refunds/{asked['id']}/rejection")
    assert (answer.status_code, answer.json()["state"]) == (201, "rejected")
    for deed in ("approval", "rejection"):
        assert (await joko.post(f"/v1/refunds/{asked['id']}/{deed}")).json()["code"] == "refund_decided"
    await drain()
    assert (await held(), references(provider)) == ({f"escrow:{scene.code}": -8_000_000}, [])


async def test_two_requests_that_fit_only_one_by_one_do_not_both_go_back(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    _, payment = await paid(provider, drain)
    ratna, joko = await officer(cast, "081234567811"), await officer(cast, "081234567812")
    asked = [(await ask(ratna, payment, reason, 6_000_000)).json()["id"] for reason in ("satu kali", "dua kali")]
    answers = await asyncio.gather(*(joko.post(f"/v1/refunds/{one}/approval") for one in asked))
    assert sorted(one.status_code for one in answers) == [201, 409]
    await drain()
    assert [(amount, state) for _, amount, state in sorted(await refunds(), key=lambda row: row[2])] == [
        (6_000_000, "requested"),
        (6_000_000, "settled"),
    ]


async def test_a_refund_that_failed_is_tried_anew_under_a_new_reference(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain, 1_131_400)
    provider.play("slow_refund")
    async with db.transaction() as session:
        await service.refund_order(session, order_id=scene.order, reason="order_cancelled")
    await drain()
    slow = await last_refund()
    assert (slow.state, list((await held()).values())) == ("sent", [-1_131_400])
    await provider.happen(provider.books.end_refund, str(slow.provider_id), arrived=False)
    await drain()
    failed = await last_refund()
    assert (failed.state, await held(), await alarms()) == (
        "failed",
        {f"escrow:{scene.code}": -1_131_400},
        ["refund_failed"],
    )
    ratna = await officer(cast, "081234567811")
    answer = await ratna.post(f"/v1/refunds/{show('rfd', failed.id)}/approval")
    assert (answer.status_code, answer.json()["state"]) == (201, "approved")
    await drain()
    name = show("rfd", failed.id)
    assert (references(provider), (await last_refund()).state, await held()) == ([name, f"{name}-1"], "settled", {})
    assert await payments_refunded(payment) == 1_131_400


async def test_a_refund_that_comes_back_after_it_was_settled_stands_in_escrow_again(
    provider: FakeProvider, drain: Drain
) -> None:
    scene, payment = await paid(provider, drain, 1_131_400)
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    settled = await last_refund()
    assert (settled.state, await held()) == ("settled", {})
    await provider.happen(provider.books.end_refund, str(settled.provider_id), arrived=False)
    await drain()
    assert ((await last_refund()).state, await held()) == ("failed", {f"escrow:{scene.code}": -1_131_400})
    assert await payments_refunded(payment) == 0


async def test_a_slow_refund_is_settled_by_its_notice_or_by_asking(
    provider: FakeProvider, drain: Drain, advance: Advance
) -> None:
    for told in (True, False):
        scene, _ = await paid(provider, drain, 1_131_400)
        provider.play("slow_refund")
        await bring(scene, "cancel", OrderCancelled(scene.order))
        await drain()
        slow = await last_refund()
        provider.books.end_refund(str(slow.provider_id))
        if told:
            await provider.deliver_waiting()
        else:
            await advance(minutes=2)
            assert await tasks.ask_about_refunds() == 1
        await drain()
        assert ((await last_refund()).state, await held()) == ("settled", {})


async def test_a_consumer_sees_the_own_refund_and_asks_for_none(
    provider: FakeProvider, cast: Cast, drain: Drain
) -> None:
    rina, dewi = await cast.sign_in("081234567801"), await cast.sign_in("081234567802", "Dewi")
    scene = await checked_out(consumer=rina.account)
    payment = await open_payment(scene, drain)
    await provider.pay(str(payment.charge))
    await drain()
    await bring(scene, "cancel", OrderCancelled(scene.order))
    await drain()
    path = f"/v1/refunds/{show('rfd', (await last_refund()).id)}"
    shown = (await rina.get(path)).json()
    assert (shown["state"], shown["amount"]["amount"], shown["reason"]) == ("settled", 1_131_400, "order_cancelled")
    assert ((await dewi.get(path)).status_code, (await ask(rina, payment, "mau saja")).status_code) == (404, 403)
