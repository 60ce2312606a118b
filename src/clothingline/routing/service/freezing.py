"""What a plan promises to each party, as the price lines of its order."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.materials.models import Lot
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.orders.models import Order
from clothingline.orders.waterfall import Agreed, Claim, Lines, Part, Rates, by_code, replaced, waterfall
from clothingline.reference.taxes import rate_of
from clothingline.routing.models import Plan, PlanShare
from clothingline.settings import OrderSettings


async def freeze_plan(
    session: AsyncSession, order: Order, plan: Plan, *, quote_id: UUID, on: date, rules: OrderSettings
) -> None:
    """Freeze the price of a plan that is taken, with the rates of the day of its quote. Raises `SplitExceedsPrice`."""
    cloth = [await _cloth(session, plan)]
    agreed = _agreed(plan, plan.price_idr, cloth, plan.shares, ppn_idr=amount_of(plan, "ppn"))
    lines = waterfall(agreed, Rates(rules.platform_fee_permille, rate_of("ppn", on)))
    await order_steps.freeze_price(session, order=order, quote_id=quote_id, lines=lines)


async def refreeze_plan(
    session: AsyncSession, order: Order, plan: Plan, *, shares: Sequence[PlanShare], supplier_stays: bool
) -> None:
    """The price stands while the parties of an order change: its brand bears the difference.

    Cloth that stays costs what was agreed. Nothing where nothing is frozen. Raises `SplitExceedsPrice`.
    """
    frozen = await orders.find_frozen_price(session, order.id)
    if frozen is None:
        return
    kept = list(_kept_cloth(frozen.lines)) if supplier_stays else []
    stays = Claim("brand_margin", plan.brand_id) in frozen.lines
    ppn = by_code(frozen.lines)["ppn"] if stays else amount_of(plan, "ppn")
    price = sum(frozen.lines.values())
    agreed = _agreed(plan, price, kept or [await _cloth(session, plan)], shares, ppn_idr=ppn)
    wanted = replaced(frozen.lines, agreed)
    await order_steps.adjust_price_lines(session, order=order, wanted=wanted, reason="replacement", by=None)


def amount_of(plan: Plan, *codes: str) -> int:
    """Rupiah of these parts of a plan."""
    return sum(int(part["amount"]) for part in plan.parts if part["code"] in codes)


def _agreed(plan: Plan, price_idr: int, cloth: Sequence[Part], shares: Iterable[PlanShare], *, ppn_idr: int) -> Agreed:
    labour = [Part(share.tailor_id, "share", share.id, share.pay_idr) for share in shares]
    return Agreed(price_idr, amount_of(plan, "transport"), cloth, labour, plan.brand_id, ppn_idr=ppn_idr)


async def _cloth(session: AsyncSession, plan: Plan) -> Part:
    lot = await session.get_one(Lot, plan.lot_id)
    return Part(lot.supplier_id, "lot", lot.id, amount_of(plan, "cloth"))


def _kept_cloth(lines: Lines) -> Iterable[Part]:
    for claim, amount in lines.items():
        if claim.code == "cloth" and claim.payee_id and claim.source_type and claim.source_id:
            yield Part(claim.payee_id, claim.source_type, claim.source_id, amount)
