"""From a draft to an order with a locked price: what is done when somebody agrees with the summary."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.accounts import service as accounts
from clothingline.kit.access import Reach
from clothingline.kit.clock import business_now, local_date
from clothingline.kit.ids import show
from clothingline.measurements import service as measurements
from clothingline.measurements.service import Taken
from clothingline.measurements.service.measuring import PURPOSE
from clothingline.orders import queries as orders
from clothingline.orders import service as order_steps
from clothingline.orders.models import Order, Quote
from clothingline.routing import queries as routes
from clothingline.routing import service as routing
from clothingline.routing.models import Plan
from clothingline.routing.sketching import Seen, look
from clothingline.routing.thinking import Answer
from clothingline.settings import settings
from clothingline.shop import groups
from clothingline.shop.answers import Answers, Chosen
from clothingline.shop.drafts import Opened

CONSENT_VERSION = "2026-11"
"""Of the words on the pages on which somebody agrees to body measures being used; other words are another version."""


async def look_at(session: AsyncSession, opened: Opened, now: datetime) -> Seen:
    """Read what the engine must know for a draft, or for what was ordered from it."""
    wish, today = opened.answers.wish(opened.design.slug), local_date(now)
    sketched = await order_steps.sketch_order(
        session, wish=wish, consumer=opened.caller.account, today=today, rules=settings().orders
    )
    if opened.order is not None:
        sketched.id = opened.order.id
    return await look(session, sketched, today=today)


async def live_plans(session: AsyncSession, opened: Opened) -> list[Plan]:
    """The plans whose price is locked for exactly what the draft says now; none when there is no such quote."""
    quote = await live_quote(session, opened)
    return [] if quote is None else list(await routes.list_plans_of_quote(session, quote.id))


async def live_quote(session: AsyncSession, opened: Opened) -> Quote | None:
    """The quote that stands for exactly what the draft says now, and whose time is not over."""
    if opened.order is None or opened.order.state != "quoted" or not opened.answers.written:
        return None
    quote = await orders.find_live_quote(session, opened.order.id)
    return quote if quote is not None and quote.expires_at > await business_now(session) else None


async def lock_price(session: AsyncSession, opened: Opened, answer: Answer, now: datetime) -> list[Plan]:
    """Write the order down, and store the engine's answer to it as a quote that holds cloth and time. Its plans.

    Raises what placing and changing an order and recording a quote raise.
    """
    account = opened.caller.person
    answers = await _with_measures(session, opened, now)
    order = await _write(session, opened, answers, now)
    reach = Reach(account=account)
    version = order.version
    _, _, plans = await routing.record_quote(
        session,
        ref=show("ord", order.id),
        reach=reach,
        version=version,
        answer=replace(answer, ask=replace(answer.ask, order_id=order.id)),
        now=now,
        rules=settings().orders,
    )
    opened.draft.order_id = order.id
    await opened.keep(session, answers.model_copy(update={"written": True}), measures={})
    return plans


async def _write(session: AsyncSession, opened: Opened, answers: Answers, now: datetime) -> Order:
    """The order of the draft with exactly this wish; a cancelled one is not taken up again."""
    wish, account, rules = answers.wish(opened.design.slug), opened.caller.person, settings().orders
    standing = opened.order
    if standing is None or standing.state == "cancelled":
        async with session.begin_nested():  # what goes with the commit otherwise, must be there for the quote
            placed = await order_steps.place_order(session, wish=wish, consumer=account, now=now, rules=rules)
        return await orders.get_order_by_id(session, placed.id, lock=True)
    found = await orders.get_order_by_id(session, standing.id, lock=True)
    if answers.written:
        return found
    today = local_date(now)
    return await order_steps.change_order(session, order=found, wish=wish, by=account, today=today, rules=rules)


async def _with_measures(session: AsyncSession, opened: Opened, now: datetime) -> Answers:
    """The answers with a set of measures that is stored for the account, if measures were typed."""
    answers = opened.answers
    if not answers.to_measure:
        return answers
    account, today = opened.caller.person, local_date(now)
    await accounts.give_consent(session, account_id=account, purpose=PURPOSE, version=CONSENT_VERSION, now=now)
    person = answers.person or await _new_person(session, answers, account)
    values = order_steps.measures_of(opened.draft)
    method, measurer = answers.way or "self", opened.caller.name or "Sendiri"
    taken = Taken(values, method, measurer, today, confirmed=True, unsure=answers.unsure)
    row = await measurements.store_set(session, person_id=person, account_id=account, taken=taken, today=today)
    return answers.model_copy(update={"measurement_set": row.id, "person": person})


async def _new_person(session: AsyncSession, answers: Answers, account: UUID) -> UUID:
    label = answers.label or "Saya"
    person = await measurements.add_person(session, account_id=account, label=label, sex=answers.sex)
    return person.id


def still_as_shown(plans: list[Plan], chosen: Chosen) -> Plan | None:
    """The plan that was chosen, when it costs no more and arrives no later than was shown."""
    return next(
        (
            one
            for one in plans
            if one.label == chosen.label
            and one.price_idr <= chosen.price_idr
            and one.promise_on <= chosen.promise_on
            and one.state in ("proposed", "held")
        ),
        None,
    )


async def check_out(session: AsyncSession, opened: Opened, plan_id: UUID, now: datetime) -> Order:
    """Take a plan of the locked price; what a group has said stays as it is.

    Raises `RosterChanged`, or what `routing.service.take_plan` raises.
    """
    order = await orders.get_order_by_id(session, _id_of(opened), lock=True)
    taken = await routing.take_plan(session, order=order, plan_id=plan_id, rules=settings().orders)
    if opened.answers.way == "group":
        await groups.order(session, opened, order.id, now)
    else:
        await groups.close(session, opened)
    return taken


def _id_of(opened: Opened) -> UUID:
    if opened.draft.order_id is None:
        raise ValueError("nothing was written down from this draft yet")
    return opened.draft.order_id
