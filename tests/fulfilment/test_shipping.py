"""From the packed parcel to the accepted goods."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import select

from clothingline.fulfilment import tasks
from clothingline.fulfilment.models import Acceptance
from clothingline.kit import db
from clothingline.kit.events import Event
from clothingline.kit.ids import new_id, show
from clothingline.kit.states import move
from clothingline.orders.models import ORDER, Order
from clothingline.production import tasks as production
from clothingline.production.models import RUN, Run
from tests.cast import Cast
from tests.production.scene import Scene, another_brand, pay_in_full, planned_run, read_order, read_run, set_scene

PARCEL = {"carrier": "JNE REG", "tracking": "CGK1234567890", "weight_g": 1300}
PROOF = {"received_by": "Rina Kartika"}
Advance = Callable[..., Awaitable[None]]


async def shipped(scene: Scene) -> str:
    """The paid parcel of a ready order on its way, by its id."""
    await pay_in_full(scene)
    answer = await scene.dewi.post(f"/v1/orders/{scene.ref}/shipments", PARCEL)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def delivered(scene: Scene) -> str:
    """The parcel at Rina's."""
    shipment = await shipped(scene)
    answer = await scene.dewi.post(f"/v1/shipments/{shipment}/delivery", PROOF)
    assert answer.status_code == 201, answer.text
    return shipment


async def acceptances() -> list[Acceptance]:
    """Every acceptance."""
    async with db.transaction() as session:
        return list(await session.scalars(select(Acceptance)))


async def test_a_ready_and_paid_order_is_shipped_delivered_and_accepted(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    shipment = await delivered(scene)
    shown = (await scene.rina.get(f"/v1/shipments/{shipment}")).json()
    assert (shown["state"], shown["received_by"], shown["chargeable_g"]) == ("delivered", "Rina Kartika", 1000)
    answer = await scene.rina.post(f"/v1/orders/{scene.code}/acceptance")
    assert (answer.status_code, answer.json()["by"]) == (201, scene.rina.account)
    assert (await read_order(scene)).state == "accepted"
    async with db.transaction() as session:
        names = list(await session.scalars(select(Event.name).order_by(Event.seq)))
    told = "OrderShipped ShipmentDispatched OrderDelivered ShipmentDelivered OrderAccepted"
    assert names[-5:] == told.split()


async def test_an_order_that_is_not_paid_in_full_stays_where_it_is(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    answer = await scene.dewi.post(f"/v1/orders/{scene.ref}/shipments", PARCEL)
    assert (answer.status_code, answer.json()["code"], answer.json()["owed_idr"]) == (409, "balance_due", 1_200_000)
    assert (await read_order(scene)).state == "ready"


async def test_an_order_that_is_still_sewn_is_not_shipped(cast: Cast) -> None:
    scene = await set_scene(cast, stage="in_production")
    await pay_in_full(scene)
    answer = await scene.dewi.post(f"/v1/orders/{scene.code}/shipments", PARCEL)
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (409, "not_ready", "in_production")


async def test_an_order_is_shipped_once_however_often_the_brand_presses(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    await pay_in_full(scene)
    path = f"/v1/orders/{scene.ref}/shipments"
    answers = await asyncio.gather(*(scene.dewi.post(path, PARCEL) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "already_shipped"}


async def test_a_parcel_is_delivered_once(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    path = f"/v1/shipments/{await shipped(scene)}/delivery"
    answers = await asyncio.gather(*(scene.dewi.post(path, PROOF) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "shipment_ended"}


async def test_goods_that_have_not_arrived_cannot_be_accepted(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    await shipped(scene)
    answer = await scene.rina.post(f"/v1/orders/{scene.ref}/acceptance")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_delivered")


async def test_goods_are_accepted_once_however_often_the_consumer_presses(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    await delivered(scene)
    answers = await asyncio.gather(*(scene.rina.post(f"/v1/orders/{scene.ref}/acceptance") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "already_accepted"}
    assert len(await acceptances()) == 1


async def test_silence_accepts_after_fourteen_days_and_not_before(cast: Cast, advance: Advance) -> None:
    scene = await set_scene(cast, stage="ready")
    await delivered(scene)
    await advance(days=13, hours=23)
    assert (await tasks.sweep(), await acceptances()) == (0, [])
    await advance(hours=2)
    assert sorted(await asyncio.gather(tasks.sweep(), tasks.sweep())) == [0, 1]
    [acceptance] = await acceptances()
    assert (acceptance.by, acceptance.order_id) == (None, scene.order_id)
    assert (await read_order(scene)).state == "accepted"
    assert await tasks.sweep() == 0


async def test_an_acceptance_in_time_leaves_nothing_to_the_sweep(cast: Cast, advance: Advance) -> None:
    scene = await set_scene(cast, stage="ready")
    await delivered(scene)
    await scene.rina.post(f"/v1/orders/{scene.ref}/acceptance")
    await advance(days=20)
    assert await tasks.sweep() == 0
    assert len(await acceptances()) == 1


async def test_the_parcel_of_a_stranger_is_unknown_like_one_that_never_was(cast: Cast) -> None:
    scene = await set_scene(cast, stage="ready")
    shipment = await shipped(scene)
    ayu, tuti = await another_brand(cast), await cast.sign_in("0812-3456-7892", "Tuti")
    answers = [await ayu.get(f"/v1/shipments/{shipment}"), await tuti.get(f"/v1/shipments/{shipment}")]
    answers += [await ayu.get(f"/v1/shipments/{show('shp', new_id())}")]
    answers += [await ayu.post(f"/v1/shipments/{shipment}/delivery", PROOF)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "shipment_unknown")] * 4
    refused = [await ayu.post(f"/v1/orders/{scene.ref}/shipments", PARCEL)]
    refused += [await tuti.post(f"/v1/orders/{scene.code}/acceptance")]
    refused += [await tuti.post(f"/v1/orders/{show('ord', new_id())}/acceptance")]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(404, "order_not_found")] * 3


async def test_a_delivered_order_closes_its_packed_run(cast: Cast) -> None:
    scene = await set_scene(cast)
    run = await planned_run(scene)
    async with db.transaction() as session:
        for event in ("first_cut", "all_packed"):
            await move(session, ORDER, Order, event, Order.id == scene.order_id)
        for event in ("release", "pack"):
            await move(session, RUN, Run, event, Run.order_id == scene.order_id)
    await delivered(scene)
    for _ in range(2):
        await production.close_run(order_id=str(scene.order_id))
    assert (await read_run(run)).state == "closed"
