"""Money that an officer wants to go back to a buyer: how much, why, and who must agree."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.kit.access import Role
from clothingline.kit.errors import Conflict, Invalid
from clothingline.kit.http.route import CurrentCaller, Session
from clothingline.kit.page import LARGEST, Window
from clothingline.office import till
from clothingline.office.desk import OnDesk
from clothingline.orders import queries as orders
from clothingline.payments import queries, service
from clothingline.payments.errors import PaymentUnknown, RefundExceeds, RefundRepeated
from clothingline.payments.models import Payment
from clothingline.payments.schemas import PaymentId
from clothingline.settings import settings
from clothingline.web.forms import PageForm, WholeRupiah
from clothingline.web.route import page_router, stands_for
from clothingline.web.showing import see
from clothingline.web.words import later

CASES = "/admin/sengketa"
HOME = CASES + "/baru/{payment_id}"

pages = page_router()


class Refunding(PageForm):
    """How much goes back, whole rupiah, and why."""

    amount: Annotated[WholeRupiah, Field(ge=1, le=1_000_000_000_000)]
    reason: Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


@pages.get(HOME)
@stands_for("refunds_create", Role.ADMIN)
async def ask(payment_id: PaymentId, session: Session, desk: OnDesk) -> Response:
    """What is left of a payment, what went back of it already, and how many people more must agree."""
    payment = await _get_payment(session, payment_id)
    page = await queries.list_refunds(session, payment_id=payment_id, asked=Window(limit=LARGEST))
    return desk(
        "admin/refund.html",
        payment=payment,
        order=await orders.get_order_by_id(session, payment.order_id),
        refunds=page.rows,
        officers=await till.names_of_people(session, till.deciders(page.rows)),
        two_from=_two_from(payment),
    )


async def _get_payment(session: AsyncSession, payment_id: UUID) -> Payment:
    found = await queries.payments_of(session, [payment_id])
    if payment_id not in found:
        raise PaymentUnknown
    return found[payment_id]


def _two_from(payment: Payment) -> int:
    """From so many rupiah more of this payment on two people must agree."""
    return settings().payments.refund_two_people_from_idr - payment.refunded_idr


@pages.post(HOME)
@stands_for("refunds_create", Role.ADMIN)
async def create(
    payment_id: PaymentId, form: Annotated[Refunding, Form()], session: Session, caller: CurrentCaller
) -> Response:
    """It goes back at once, or waits for another officer."""
    limits = service.Limits.of(settings().payments)
    try:
        refund = await service.request_refund(
            session,
            payment_id=payment_id,
            reason=form.reason,
            amount_idr=form.amount,
            limits=limits,
            by=caller.person,
        )
    except RefundExceeds as error:
        raise _of_field("/amount", error) from error
    except RefundRepeated as error:
        raise _of_field("/reason", error) from error
    if refund.state == "requested":
        return see(CASES, later("Pengembalian uang diminta. Orang kedua harus menyetujui."))
    order = await orders.get_order_by_id(session, (await _get_payment(session, payment_id)).order_id)
    return see(f"/admin/pesanan/{order.code}", later("Pengembalian uang sedang dikirim."))


def _of_field(pointer: str, error: Conflict) -> Invalid:
    return Invalid(pointer, error.detail("id"), error.detail("en"), code=error.code)
