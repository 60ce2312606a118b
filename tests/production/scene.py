"""An order of Rina's at Busana Melati that Siti and others sew, brought to any stage, with everybody signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands.models import Brand
from clothingline.kit import db, ids
from clothingline.kit.access import Reach, Role
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.states import move
from clothingline.kit.weeks import monday_of
from clothingline.materials.models import RESERVATION, Lot, Reservation
from clothingline.orders.models import ORDER, Order, OrderLine, PriceLine, Quote
from clothingline.production import queries, service
from clothingline.production.models import Job, Run
from clothingline.routing.models import OFFER, PLAN, Offer, Plan, PlanShare, Solution
from clothingline.tailors.models import Tailor
from tests import parties
from tests.cast import Actor, Cast

PRICE = 2_400_000
CLOTH_CM = 1_920
EVERYTHING = Reach(everything=True)
# Each stage by the event that leads to it, and what that event sets.
STAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "quoted": ("price", {}),
    "pending_payment": ("checkout", {"price_idr": PRICE, "deposit_idr": PRICE // 2}),
    "placed": ("pay", {"paid_idr": PRICE // 2}),
    "confirmed": ("all_accepted", {}),
    "in_production": ("first_cut", {}),
    "ready": ("all_packed", {}),
}


@dataclass(frozen=True)
class Scene:
    """Who is there and what stands."""

    rina: Actor
    dewi: Actor
    makers: list[Actor]
    tailors: list[UUID]
    brand_id: UUID
    order_id: UUID
    code: str
    plan_id: UUID
    lot_id: UUID
    offers: list[UUID]

    @property
    def siti(self) -> Actor:
        """The first maker."""
        return self.makers[0]

    @property
    def ref(self) -> str:
        """The order's id on the wire."""
        return ids.show("ord", self.order_id)


async def set_scene(
    cast: Cast,
    *,
    pieces: tuple[int, ...] = (12,),
    stage: str = "confirmed",
    measured_by: UUID | None = None,
    chosen: Mapping[str, object] | None = None,
) -> Scene:
    """One maker for each number in `pieces`; every offer accepted, cloth confirmed, the order at `stage`.

    `chosen`: what was answered to `parties.OPTIONS`; without it the design has no options.
    """
    async with db.transaction() as session:
        brand = await parties.make_brand(session)
        tailors = [await parties.make_tailor(session, name=f"Penjahit {number + 1}") for number in range(len(pieces))]
        rina = await cast.sign_in("0812-3456-7801")
        dewi = await parties.member(cast, session, "0812-3456-7802", Role.BRAND_OWNER, brand.id, name="Dewi")
        makers = [
            await parties.member(cast, session, f"0812-3456-78{number:02d}", Role.TAILOR, tailor.id)
            for number, tailor in enumerate(tailors, start=10)
        ]
        order = await _order(session, ids.read("acc", rina.account), brand, sum(pieces), measured_by, chosen)
        lot = await _cloth(session, order)
        plan = await _plan(session, order, lot)
        offers = [await _offer(session, plan, tailor, count) for tailor, count in zip(tailors, pieces, strict=True)]
        await _bring(session, order, stage)
    return Scene(
        rina=rina,
        dewi=dewi,
        makers=makers,
        tailors=[tailor.id for tailor in tailors],
        brand_id=brand.id,
        order_id=order.id,
        code=order.code,
        plan_id=plan.id,
        lot_id=lot.id,
        offers=offers,
    )


async def _order(
    session: AsyncSession,
    consumer_id: UUID,
    brand: Brand,
    pieces: int,
    measured_by: UUID | None,
    chosen: Mapping[str, object] | None,
) -> Order:
    design = await parties.make_design(session, brand.id, options=parties.OPTIONS if chosen else [])
    order = Order(consumer_id=consumer_id, brand_id=brand.id, needed_by=await _day(session, 40), state="draft")
    order.recipient, order.street, order.regency_code = "Rina Kartika", "Jalan Melati 1", parties.HOME
    session.add(order)
    await session.flush()
    line = OrderLine(
        order_id=order.id, design_id=design.id, design_version=1, options=chosen or {}, sizes={"M": pieces}
    )
    line.pieces, line.standard_seconds, line.cloth_cm, line.skills = pieces, 1_320, 160, []
    line.measurement_set_id = measured_by
    session.add(line)
    await session.flush()
    return order


async def _day(session: AsyncSession, days: int) -> date:
    return local_date(await business_now(session)) + timedelta(days=days)


async def _cloth(session: AsyncSession, order: Order) -> Lot:
    supplier = await parties.make_supplier(session)
    lot = await parties.make_lot(session, supplier.id)
    session.add(Reservation(claim=order.id, lot_id=lot.id, cm=CLOTH_CM, price_idr=40_000, state="held"))
    await session.flush()
    for event in ("request", "confirm"):
        await move(session, RESERVATION, Reservation, event, Reservation.claim == order.id)
    await session.execute(update(Lot).where(Lot.id == lot.id).values(reserved_cm=CLOTH_CM))
    return lot


async def _plan(session: AsyncSession, order: Order, lot: Lot) -> Plan:
    quote = Quote(
        order_id=order.id, order_version=1, version=1, state="offered", expires_at=await business_now(session)
    )
    solution = Solution(order_id=order.id, params_version="p1", problem=b"", legend={})
    session.add_all([quote, solution])
    await session.flush()
    plan = Plan(order_id=order.id, quote_id=quote.id, label="balanced", brand_id=order.brand_id, lot_id=lot.id)
    plan.cloth_cm, plan.price_idr, plan.cost_idr, plan.bound_idr = CLOTH_CM, PRICE, PRICE, PRICE
    plan.parts, plan.solution_id, plan.number = [], solution.id, 0
    plan.usual_on, plan.promise_on = await _day(session, 20), await _day(session, 24)
    plan.timeline, plan.cut_week = {"cut": str(plan.usual_on)}, monday_of(plan.usual_on)
    plan.state = "proposed"
    session.add(plan)
    await session.flush()
    await move(session, PLAN, Plan, "adopt", Plan.id == plan.id)
    whole = PriceLine(order_id=order.id, quote_id=quote.id, code="brand_margin", payee_id=order.brand_id)
    whole.amount_idr, whole.reason = PRICE, "frozen"
    session.add(whole)
    return plan


async def _offer(session: AsyncSession, plan: Plan, tailor: Tailor, pieces: int) -> UUID:
    work = {"pieces": pieces, "sizes": {"M": pieces}, "pay_idr": 30_000 * pieces, "due_on": await _day(session, 18)}
    share = PlanShare(plan_id=plan.id, tailor_id=tailor.id, weeks={}, **work)
    session.add(share)
    await session.flush()
    offer = Offer(order_id=plan.order_id, plan_id=plan.id, kind="tailor", organisation_id=tailor.id, **work)
    offer.share_id = offer.claim = share.id
    offer.expires_at, offer.state = await business_now(session) + timedelta(hours=24), "sent"
    session.add(offer)
    await session.flush()
    await accept_offer(session, offer.id)
    return offer.id


async def accept_offer(session: AsyncSession, offer_id: UUID) -> None:
    """The maker accepts."""
    await move(session, OFFER, Offer, "accept", Offer.id == offer_id, accepted_at=await business_now(session))


async def undo_offer(session: AsyncSession, offer_id: UUID) -> None:
    """The maker takes the acceptance back."""
    await move(session, OFFER, Offer, "undo", Offer.id == offer_id, accepted_at=None)


async def _bring(session: AsyncSession, order: Order, stage: str) -> None:
    for name, (event, values) in STAGES.items():
        await move(session, ORDER, Order, event, Order.id == order.id, **values)
        if name == stage:
            return


async def pay_in_full(scene: Scene) -> None:
    """The balance arrives."""
    async with db.transaction() as session:
        await session.execute(update(Order).where(Order.id == scene.order_id).values(paid_idr=PRICE))


async def planned_run(scene: Scene) -> str:
    """The run of a confirmed order, by its id on the wire."""
    async with db.transaction() as session:
        run = await service.make_run(session, order_id=scene.order_id)
    assert run is not None
    return ids.show("run", run.id)


async def released_jobs(scene: Scene) -> list[str]:
    """The jobs of a released run, in the order of the makers."""
    run = await planned_run(scene)
    answer = await scene.dewi.post(f"/v1/runs/{run}/release")
    assert answer.status_code == 201, answer.text
    async with db.transaction() as session:
        jobs = await queries.list_jobs_of_run(session, ids.read("run", run))
    by_tailor = {job.tailor_id: ids.show("job", job.id) for job in jobs}
    return [by_tailor[tailor] for tailor in scene.tailors]


async def started_job(scene: Scene, job: str, *, maker: int = 0, pieces: int = 12) -> None:
    """Kit counted, sewing begun."""
    for step, body in (("kit-receipt", {"pieces": pieces}), ("start", None)):
        answer = await scene.makers[maker].post(f"/v1/jobs/{job}/{step}", body)
        assert answer.status_code == 201, answer.text


async def another_brand(cast: Cast) -> Actor:
    """The owner of a brand that has nothing to do with the scene."""
    async with db.transaction() as session:
        brand = await parties.make_brand(session, name="Busana Kenanga")
        return await parties.member(cast, session, "0812-3456-7890", Role.BRAND_OWNER, brand.id, name="Ayu")


async def another_maker(cast: Cast) -> Actor:
    """A tailor who has nothing to do with the scene."""
    async with db.transaction() as session:
        tailor = await parties.make_tailor(session, name="Penjahit Lain")
        return await parties.member(cast, session, "0812-3456-7891", Role.TAILOR, tailor.id, name="Tono")


async def read_job(job: str) -> Job:
    """The row of a job."""
    async with db.transaction() as session:
        return await queries.get_job(session, ids.read("job", job), EVERYTHING)


async def read_run(run: str) -> Run:
    """The row of a run."""
    async with db.transaction() as session:
        return await queries.get_run(session, ids.read("run", run), EVERYTHING)


async def read_order(scene: Scene) -> Order:
    """The row of the order."""
    async with db.transaction() as session:
        return await session.get_one(Order, scene.order_id)
