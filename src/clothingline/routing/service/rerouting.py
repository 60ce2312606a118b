"""When a party falls out: the rest stays pinned, the engine finds who takes its place, or the consumer is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.brands import service as brands
from clothingline.kit.clock import local_date
from clothingline.kit.events import emit
from clothingline.kit.states import move
from clothingline.materials import service as materials
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.orders.models import Order
from clothingline.routing import following, queries
from clothingline.routing.asking import ask_of, pinned, with_slack
from clothingline.routing.events import OfferWithdrawn, PlanAdopted
from clothingline.routing.market import Market
from clothingline.routing.models import OFFER, PLAN, Offer, Plan, PlanShare
from clothingline.routing.problems import Ask
from clothingline.routing.reasons import rounds_document
from clothingline.routing.service.freezing import refreeze_plan
from clothingline.routing.service.issuing import ask_brand, ask_supplier, ask_tailor
from clothingline.routing.service.recording import deal, plan_row, question_row, share_rows, weeks_of
from clothingline.routing.thinking import PARAMS, Answer
from clothingline.settings import OfferSettings
from clothingline.tailors import service as tailors

CHOICE = timedelta(hours=48)


@dataclass(frozen=True)
class Gap:
    """What an order lacks at one moment: its plan, the offers that stand, and the question to the engine.

    `named`: pieces by maker whom an officer has named for an empty place and who may be asked.
    """

    plan: Plan
    standing: frozenset[UUID]
    kinds: frozenset[str]
    kept: dict[UUID, PlanShare]
    market: Market
    ask: Ask
    named: Mapping[UUID, int]

    @property
    def wished(self) -> Ask:
        """The question with those makers seated whom an officer has named."""
        return replace(self.ask, pins={**self.ask.pins, **self.named})


async def find_gap(session: AsyncSession, *, order_id: UUID, now: datetime) -> Gap | None:
    """What is missing in an order that waits for its parties; None when every place is filled or it no longer waits."""
    order = await orders.get_order_by_id(session, order_id)
    plan = await queries.find_adopted_plan(session, order_id)
    if order.state != "placed" or plan is None:
        return None
    live = await queries.list_live_offers(session, order_id)
    kept = _kept(plan, live)
    kinds = frozenset(offer.kind for offer in live)
    if {"brand", "supplier"} <= kinds and len(kept) == len(plan.shares):
        return None
    own = await queries.own_claims(session, order_id=order_id, shares=[share.id for share in kept.values()])
    own = replace(own, rates=_agreed_rates(kept, order.line.standard_seconds))
    seen = await following.load(session, today=local_date(now), until=order.needed_by, own=own)
    ask = await _question(session, order, plan, kinds, kept)
    named = _who_may_be_asked(await queries.list_named(session, plan.id), ask, seen)
    return Gap(plan, frozenset(offer.id for offer in live), kinds, kept, seen, ask, named)


def _who_may_be_asked(named: Mapping[UUID, int], ask: Ask, market: Market) -> dict[UUID, int]:
    barred = ask.forbidden.get("tailor", frozenset()) | ask.pins.keys()
    known = market.makers.at.keys() - barred
    return {tailor_id: pieces for tailor_id, pieces in named.items() if tailor_id in known}


def _kept(plan: Plan, live: list[Offer]) -> dict[UUID, PlanShare]:
    held = {offer.share_id for offer in live if offer.kind == "tailor"}
    return {share.tailor_id: share for share in plan.shares if share.id in held}


def _agreed_rates(kept: Mapping[UUID, PlanShare], standard_seconds: int) -> dict[UUID, int]:
    """Rupiah a standard minute at which whoever stands was asked; the engine rounds the pay of a piece up."""
    pays = {tailor_id: (share.pay_idr - PARAMS.set_up_idr) // share.pieces for tailor_id, share in kept.items()}
    return {tailor_id: pay * 60 // standard_seconds for tailor_id, pay in pays.items()}


async def _question(
    session: AsyncSession, order: Order, plan: Plan, kinds: frozenset[str], kept: dict[UUID, PlanShare]
) -> Ask:
    return pinned(
        with_slack(await ask_of(session, order)),
        brand=plan.brand_id if "brand" in kinds else None,
        lot=plan.lot_id if "supplier" in kinds else None,
        makers={tailor_id: share.pieces for tailor_id, share in kept.items()},
        forbidden=await queries.list_forbidden(session, order.id),
    )


async def fill_gap(
    session: AsyncSession,
    *,
    order_id: UUID,
    gap: Gap,
    answer: Answer,
    now: datetime,
    rules: OfferSettings,
    chosen: bool = False,
) -> bool:
    """Write the new plan down and ask whoever is new in it. False when the order changed while the engine thought.

    After many rounds a person is asked, unless that person has just `chosen`.
    """
    order = await orders.get_order_by_id(session, order_id, lock=True)
    live = await queries.list_live_offers(session, order_id, lock=True)
    plan = await queries.find_adopted_plan(session, order_id)
    unchanged = plan is not None and plan.id == gap.plan.id and frozenset(offer.id for offer in live) == gap.standing
    if order.state != "placed" or plan is None or not unchanged:
        return False
    tired = plan.round >= rules.max_rounds and not chosen
    if answer.refusal is not None or tired:
        reason = answer.refusal or rounds_document(plan.round)
        await order_steps.mark_action_required(session, order_id=order_id, reason=reason, until=now + CHOICE)
        return True
    await _replace(session, order, plan, gap=gap, answer=answer, live=live, now=now, rules=rules)
    return True


async def _replace(
    session: AsyncSession,
    order: Order,
    old: Plan,
    *,
    gap: Gap,
    answer: Answer,
    live: list[Offer],
    now: datetime,
    rules: OfferSettings,
) -> None:
    question = question_row(answer)
    session.add(question)
    await session.flush()
    new = plan_row(
        answer,
        answer.payable[0],
        order,
        solution_id=question.id,
        label="rerouted",
        state="adopted",
        quote_id=old.quote_id,
        round_=old.round + 1,
    )
    await move(session, PLAN, Plan, "replace", Plan.id == old.id)
    session.add(new)
    await session.flush()
    kept = _still_kept(gap, answer)
    standing = await _withdraw_others(session, live, kept)
    fresh = await _seat_makers(session, order, new, kept, answer)
    await _re_reserve(session, order, old, new)
    same_cloth = "supplier" in gap.kinds and (new.lot_id, new.cloth_cm) == (old.lot_id, old.cloth_cm)
    await refreeze_plan(session, order, new, shares=[*kept.values(), *fresh], supplier_stays=same_cloth)
    await session.execute(update(Offer).where(Offer.id.in_(standing)).values(plan_id=new.id))
    await order_steps.note_plan(session, order_id=order.id, brand_id=new.brand_id, promise_on=new.promise_on)
    await emit(session, PlanAdopted(order.id, new.id), audience=[order.consumer_id, new.brand_id])
    await _ask_missing(session, order, new, kinds=gap.kinds, fresh=fresh, now=now, rules=rules)


def _still_kept(gap: Gap, answer: Answer) -> dict[UUID, PlanShare]:
    """The kept shares that have as many pieces in the new plan; all of them, unless they had to be opened."""
    shares = share_rows(answer, answer.payable[0], gap.plan.id, {})
    pieces = {share.tailor_id: share.pieces for share in shares}
    return {tailor: share for tailor, share in gap.kept.items() if pieces.get(tailor) == share.pieces}


async def _withdraw_others(session: AsyncSession, live: list[Offer], kept: dict[UUID, PlanShare]) -> list[UUID]:
    """Take back the offers of makers whose share is another now and free their weeks; returns the offers that stand."""
    held = {share.id for share in kept.values()}
    over = [offer.id for offer in live if offer.kind == "tailor" and offer.share_id not in held]
    withdrawn = await move(session, OFFER, Offer, "withdraw", Offer.id.in_(over))
    for offer in sorted(withdrawn, key=lambda offer: offer.organisation_id):
        await tailors.release_time(session, claim=offer.claim)
        await emit(session, OfferWithdrawn(offer.order_id, offer.id), audience=[offer.organisation_id])
    return [offer.id for offer in live if offer.id not in over]


async def _seat_makers(
    session: AsyncSession, order: Order, new: Plan, kept: dict[UUID, PlanShare], answer: Answer
) -> list[PlanShare]:
    """Move the kept shares under the new plan, re-timed where the engine moved them; returns the new shares, held."""
    kept_ids = [share.id for share in kept.values()]
    await session.execute(update(PlanShare).where(PlanShare.id.in_(kept_ids)).values(plan_id=new.id))
    left = dict(order.line.sizes)
    for share in kept.values():
        for size, count in share.sizes.items():
            left[size] -= count
    fresh = []
    for row in sorted(share_rows(answer, answer.payable[0], new.id, {}), key=lambda row: row.tailor_id):
        if row.tailor_id in kept:
            await _retime(session, kept[row.tailor_id], row)
            continue
        row.sizes = deal(left, row.pieces)
        session.add(row)
        await session.flush()
        await tailors.hold_time(session, claim=row.id, tailor_id=row.tailor_id, weeks=weeks_of(row))
        fresh.append(row)
    return fresh


async def _retime(session: AsyncSession, kept: PlanShare, moved: PlanShare) -> None:
    """Give a kept maker its new weeks when the engine had to move them; an accepted share stays booked."""
    if kept.weeks == moved.weeks:
        return
    booked = await queries.is_booked(session, claim=kept.id)
    await tailors.release_time(session, claim=kept.id)
    await tailors.hold_time(session, claim=kept.id, tailor_id=kept.tailor_id, weeks=weeks_of(moved))
    if booked:
        await tailors.book_time(session, claim=kept.id)
    values = {"weeks": moved.weeks, "due_on": moved.due_on}
    await session.execute(update(PlanShare).where(PlanShare.id == kept.id).values(**values))
    await session.execute(update(Offer).where(Offer.share_id == kept.id).values(due_on=moved.due_on))


async def _re_reserve(session: AsyncSession, order: Order, old: Plan, new: Plan) -> None:
    """Move cloth and the brand's week when the new plan uses others."""
    if (new.lot_id, new.cloth_cm) != (old.lot_id, old.cloth_cm):
        await materials.release_cloth(session, claim=order.id)
        await materials.hold_cloth(session, claim=order.id, lot_id=new.lot_id, cm=new.cloth_cm)
        await materials.request_cloth(session, claim=order.id)
    if (new.brand_id, new.cut_week) != (old.brand_id, old.cut_week):
        await brands.release_pieces(session, claim=order.id)
        await brands.hold_pieces(
            session, claim=order.id, brand_id=new.brand_id, monday=new.cut_week, pieces=order.line.pieces
        )
        await brands.book_pieces(session, claim=order.id)


async def _ask_missing(
    session: AsyncSession,
    order: Order,
    new: Plan,
    *,
    kinds: frozenset[str],
    fresh: list[PlanShare],
    now: datetime,
    rules: OfferSettings,
) -> None:
    if "brand" not in kinds:
        await ask_brand(session, order, new, now=now, rules=rules)
    if "supplier" not in kinds:
        await ask_supplier(session, order, new, now=now, rules=rules)
    for share in fresh:
        await ask_tailor(session, order, new, share, now=now, rules=rules)
