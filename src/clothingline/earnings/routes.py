"""What a party has earned."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Query

from clothingline.earnings import queries, schemas
from clothingline.earnings.models import EARNING, Earning
from clothingline.kit.clock import local_date
from clothingline.kit.http.amounts import idr
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentReach, Session, api_router
from clothingline.orders import queries as orders
from clothingline.orders.models import Order
from clothingline.settings import settings

router = api_router()


InState = Annotated[str | None, Query(pattern=f"^({'|'.join(EARNING.states)})$", description="Only in this state.")]


@router.get("/earnings", tags=["earnings"], name="list")
async def list_earnings(
    session: Session, reach: CurrentReach, asked: Asked, state: InState = None
) -> Listing[schemas.EarningOut]:
    """What you have earned or will have, newest first."""
    page = await queries.list_earnings(session, reach, state=state, asked=asked)
    found = await orders.orders_of(session, [row.order_id for row in page.rows])
    return Listing(**page.listing([_earning_out(row, found[row.order_id]) for row in page.rows]))


def _earning_out(row: Earning, order: Order) -> schemas.EarningOut:
    return schemas.EarningOut.model_validate(
        {
            "id": row.id,
            "order": order.id,
            "order_code": order.code,
            "organisation": row.organisation_id,
            "source": row.source_type,
            "amount": idr(row.amount_idr),
            "state": row.state,
            "withheld": idr(row.withheld_idr),
            "recovered": idr(row.recovered_idr),
            "net": idr(row.net_idr),
            "expected_on": _expected_on(row, order),
        }
    )


def _expected_on(row: Earning, order: Order) -> date | None:
    known = row.released_at or row.available_at
    if known is not None:
        return local_date(known)
    days = timedelta(days=settings().orders.acceptance_days)
    return order.promise_on + days if order.promise_on else None
