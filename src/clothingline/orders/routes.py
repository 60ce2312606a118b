"""Orders: intake, reading, change, cancellation."""

from typing import Annotated

from fastapi import Query

from clothingline.kit.access import Caller
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import CurrentCaller, CurrentReach, Now, Session, api_router
from clothingline.orders import queries, schemas, service
from clothingline.orders.models import ORDER, Order
from clothingline.orders.service.placing import Wish
from clothingline.settings import settings

router = api_router()
Status = Annotated[str | None, Query(pattern=f"^({'|'.join(ORDER.states)})$", description="Only this stage.")]


@router.post("/orders", status_code=201, tags=["orders"], name="create")
async def create_order(
    body: schemas.OrderCreate, session: Session, caller: CurrentCaller, now: Now
) -> schemas.OrderOut:
    """Write an order down as a draft. Next: ask for a quote."""
    order = await service.place_order(
        session,
        wish=wish_of(body),
        consumer=caller.person,
        now=now,
        rules=settings().orders,
    )
    return schemas.order_out(order, consumer=True)


def wish_of(body: schemas.OrderCreate) -> Wish:
    """The wish in a payload."""
    return Wish(
        design=body.design,
        options=body.options,
        colour=body.colour.lower() if body.colour else None,
        measurement_set=body.measurement_set,
        sizes=body.sizes,
        needed_by=body.needed_by,
        ceiling_idr=body.ceiling.amount if body.ceiling else None,
        recipient=body.ship_to.recipient,
        street=body.ship_to.street,
        regency=body.ship_to.regency,
    )


@router.get("/orders", tags=["orders"], name="list")
async def list_orders(
    session: Session, caller: CurrentCaller, reach: CurrentReach, asked: Asked, status: Status = None
) -> Listing[schemas.OrderOut]:
    """Your orders, newest first."""
    page = await queries.list_orders(session, reach, state=status, asked=asked)
    return Listing(**page.listing([_out(order, caller) for order in page.rows]))


def _out(order: Order, caller: Caller) -> schemas.OrderOut:
    return schemas.order_out(order, consumer=order.consumer_id == caller.account)


@router.get("/orders/{order}", tags=["orders"], name="show")
async def show_order(
    order: schemas.OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OrderOut:
    """One order, by id or by code."""
    return _out(await queries.get_order(session, order, reach), caller)


@router.get("/orders/{order}/timeline", tags=["orders"], name="timeline")
async def show_timeline(order: schemas.OrderRef, session: Session, reach: CurrentReach) -> schemas.Timeline:
    """Everything that happened to an order."""
    found = await queries.get_order(session, order, reach)
    events = await queries.timeline(session, found.id)
    entries = [schemas.TimelineEntry(at=one.at, event=one.name, facts=one.facts) for one in events]
    return schemas.Timeline(data=entries)


@router.get("/orders/{order}/quotes", tags=["orders"], name="quotes")
async def list_quotes(
    order: schemas.OrderRef, session: Session, reach: CurrentReach, asked: Asked
) -> Listing[schemas.QuoteOut]:
    """All versions of an order's quote, newest first."""
    found = await queries.get_order(session, order, reach)
    page = await queries.list_quotes(session, found.id, asked=asked)
    return Listing(**page.listing([schemas.quote_out(row) for row in page.rows]))


@router.get("/orders/{order}/price-lines", tags=["orders"], name="price")
async def show_price(order: schemas.OrderRef, session: Session, reach: CurrentReach) -> schemas.PriceLinesOut:
    """What the price consists of, frozen at checkout. Whoever is paid of it sees all purposes and the own amounts."""
    found = await queries.get_order_of_payee(session, order, reach)
    frozen = await queries.find_frozen_price(session, found.id)
    whole = reach.everything or found.consumer_id == reach.account
    return schemas.price_lines_out(found, frozen.lines if frozen else {}, own=reach.of(*queries.PAYEES), whole=whole)


@router.put("/orders/{order}", tags=["orders"], name="change")
async def change_order(
    order: schemas.OrderRef,
    body: schemas.OrderCreate,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> schemas.OrderOut:
    """Replace what is wished. Before payment the quote falls; after it, until the cut, the work stays as agreed."""
    found = await queries.get_order(session, order, reach, lock=True)
    changed = await service.change_order(
        session,
        order=found,
        wish=wish_of(body),
        by=caller.person,
        today=local_date(await business_now(session)),
        rules=settings().orders,
    )
    return _out(changed, caller)


@router.post("/orders/{order}/cancellation", status_code=201, tags=["orders"], name="cancel")
async def cancel_order(
    order: schemas.OrderRef, session: Session, caller: CurrentCaller, reach: CurrentReach
) -> schemas.OrderOut:
    """End an order before anything is cut; money paid comes back."""
    found = await queries.get_order(session, order, reach, lock=True)
    ended = await service.cancel_order(session, order=found, by=caller.account)
    return _out(await queries.get_order_by_id(session, ended.id), caller)


@router.post("/orders/{order}/choice", status_code=201, tags=["orders"], name="choose")
async def choose_later(
    order: schemas.OrderRef,
    body: schemas.ChoiceIn,
    session: Session,
    caller: CurrentCaller,
    reach: CurrentReach,
) -> schemas.OrderOut:
    """When nothing fits: allow a later day at the same price; the order is routed again."""
    found = await queries.get_order(session, order, reach, lock=True)
    chosen = await service.choose_later(
        session,
        order=found,
        needed_by=body.needed_by,
        by=caller.person,
        today=local_date(await business_now(session)),
    )
    return _out(await queries.get_order_by_id(session, chosen.id), caller)
