"""Payees and payouts, for those who are paid and for officers."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings.models import Earning
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import (
    CurrentCaller,
    CurrentReach,
    Now,
    Session,
    api_router,
    look_think,
    secret_answer,
)
from clothingline.payouts import onboarding, queries, schemas, service
from clothingline.payouts.models import PAYEE, PAYOUT, Payee, Payout, PayoutItem

router = api_router()
PayeeState = Annotated[str | None, Query(pattern=f"^({'|'.join(PAYEE.states)})$", description="Only in this state.")]
PayoutState = Annotated[str | None, Query(pattern=f"^({'|'.join(PAYOUT.states)})$", description="Only in this state.")]
OfPayee = Annotated[schemas.PayeeId | None, Query(description="Only of this payee.")]


@router.post("/payees", status_code=201, tags=["payees"], name="create")
async def open_payee(
    body: schemas.PayeeIn, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.PayeeOut:
    """Register one of your businesses to be paid. A repeat answers the payee that stands."""
    payee = await service.open_payee(
        session,
        organisation_id=body.organisation,
        cadence=body.cadence,
        weekday=body.weekday,
        reach=reach,
        by=caller.account,
    )
    return (await _payees_out(session, [payee]))[0]


@router.get("/payees", tags=["payees"], name="list")
async def list_payees(
    session: Session, reach: CurrentReach, asked: Asked, state: PayeeState = None
) -> Listing[schemas.PayeeOut]:
    """Who is paid, newest first."""
    page = await queries.list_payees(session, reach, state=state, asked=asked)
    return Listing(**page.listing(await _payees_out(session, page.rows)))


@router.get("/payees/{payee_id}", tags=["payees"], name="show")
async def show_payee(payee_id: schemas.PayeeId, session: Session, reach: CurrentReach) -> schemas.PayeeOut:
    """One payee, with what is available to it now."""
    return (await _payees_out(session, [await queries.get_payee(session, payee_id, reach)]))[0]


@router.patch("/payees/{payee_id}", tags=["payees"], name="update")
async def update_payee(
    payee_id: schemas.PayeeId, body: schemas.PayeeChange, session: Session, reach: CurrentReach
) -> schemas.PayeeOut:
    """Say how often money is to leave."""
    payee = await service.update_payee(
        session, payee_id=payee_id, cadence=body.cadence, weekday=body.weekday, reach=reach
    )
    return (await _payees_out(session, [payee]))[0]


async def _payees_out(session: AsyncSession, rows: Sequence[Payee]) -> list[schemas.PayeeOut]:
    available = await queries.available_to(session, [row.id for row in rows])
    return [_payee_out(row, available.get(row.id, 0)) for row in rows]


def _payee_out(row: Payee, available: int) -> schemas.PayeeOut:
    return schemas.PayeeOut.model_validate(
        {
            **{name: getattr(row, name) for name in _PAYEE_FIELDS},
            "organisation": row.id,
            "available": idr(available),
            "rests_until": service.rests_until(row),
        }
    )


_PAYEE_FIELDS = ("id", "state", "cadence", "weekday", "bank_last4", "requirements", "collected_on")


@router.post("/payees/{payee_id}/onboarding", status_code=201, tags=["payees"], name="onboard")
@secret_answer
@look_think(onboarding.look_at_payee, onboarding.fetch_link)
async def onboard_payee(
    payee_id: schemas.PayeeId, request: Request, session: Session, reach: CurrentReach
) -> schemas.Onboarding:
    """A link to the provider's page, on which the payee says who it is and where its bank account is."""
    await queries.get_payee(session, payee_id, reach)
    return schemas.Onboarding(link=request.state.thought)


@router.get("/payouts", tags=["payouts"], name="list")
async def list_payouts(
    session: Session, reach: CurrentReach, asked: Asked, payee: OfPayee = None, state: PayoutState = None
) -> Listing[schemas.PayoutOut]:
    """Payouts, newest first."""
    page = await queries.list_payouts(session, reach, payee_id=payee, state=state, asked=asked)
    return Listing(**page.listing([schemas.PayoutOut.model_validate(_payout_out(row)) for row in page.rows]))


@router.get("/payouts/{payout_id}", tags=["payouts"], name="show")
async def show_payout(payout_id: schemas.PayoutId, session: Session, reach: CurrentReach) -> schemas.PayoutWithItems:
    """One payout, with the earnings in it."""
    return await _with_items(session, await queries.get_payout(session, payout_id, reach))


@router.post("/payouts", status_code=201, tags=["payouts"], name="create")
async def create_payout(
    body: schemas.PayoutIn, session: Session, reach: CurrentReach, now: Now
) -> schemas.PayoutWithItems:
    """Pay everything that is available to a payee now, without waiting for its day."""
    payout = await service.collect_wished(session, payee_id=body.payee, now=now, reach=reach)
    return await _with_items(session, payout)


@router.post("/payouts/{payout_id}/approval", status_code=201, tags=["payouts"], name="approve")
async def approve_payout(
    payout_id: schemas.PayoutId, session: Session, reach: CurrentReach, caller: CurrentCaller
) -> schemas.PayoutWithItems:
    """Agree that a payout may leave; from the limit on two different people must."""
    await queries.get_payout(session, payout_id, reach)
    return await _with_items(session, await service.approve(session, payout_id=payout_id, by=caller.person))


async def _with_items(session: AsyncSession, row: Payout) -> schemas.PayoutWithItems:
    items = (await queries.items_of(session, [row.id]))[row.id]
    shown = [_item_out(item, earning) for item, earning in items]
    return schemas.PayoutWithItems.model_validate({**_payout_out(row), "items": shown})


def _payout_out(row: Payout) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _PAYOUT_FIELDS},
        "payee": row.payee_id,
        "amount": idr(row.amount_idr),
    }


_PAYOUT_FIELDS = ("id", "state", "state_at", "approved_by", "second_by", "failure", "created_at")


def _item_out(item: PayoutItem, earning: Earning) -> schemas.PayoutItemOut:
    return schemas.PayoutItemOut(
        earning=earning.id,
        source=earning.source_type,
        amount=idr(item.amount_idr),
        withheld=idr(earning.withheld_idr),
        recovered=idr(earning.recovered_idr),
    )
