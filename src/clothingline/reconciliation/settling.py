"""What can be done about a difference without a person: ask about the thing by its id, and act as on a notice."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from clothingline.integrations import payments as providers
from clothingline.kit import db
from clothingline.payments import queries as payments
from clothingline.payments import service as paying
from clothingline.payouts import pursuing
from clothingline.reconciliation import queries
from clothingline.reconciliation.models import Difference


async def settle(difference_id: UUID) -> None:
    """Do what the code of an open difference says, if anything. Whether it helped is found out by the next run."""
    async with db.transaction() as session:
        difference = await queries.get_difference_for_update(session, difference_id)
    act = ACTS.get((difference.code, difference.object_type))
    if act is not None and difference.state == "open" and difference.subject_id is not None:
        await act(difference, difference.subject_id)


async def _ask_charge(difference: Difference, payment_id: UUID) -> None:
    charge = await providers.current().fetch_charge(difference.object)
    async with db.transaction() as session:
        await paying.settle_asked(session, payment_id=payment_id, charge=charge)


async def _ask_refund(difference: Difference, refund_id: UUID) -> None:
    back = await providers.current().fetch_refund(difference.object)
    async with db.transaction() as session:
        await paying.note_answer(session, refund_id=refund_id, back=back)


async def _ask_dispute(difference: Difference, subject_id: UUID) -> None:
    """The subject is our dispute, or its payment as long as we have no row of the dispute."""
    told = await providers.current().fetch_dispute(difference.object)
    async with db.transaction() as session:
        row = await payments.find_dispute(session, difference.object)
        await paying.follow_dispute(session, payment_id=row.payment_id if row else subject_id, dispute=told)


async def _ask_payout(difference: Difference, payout_id: UUID) -> None:
    await pursuing.pursue(payout_id)


async def _take_back(difference: Difference, payout_id: UUID) -> None:
    """The provider has made a second transfer under one reference: what is left of the younger one is ours again."""
    provider = providers.current()
    transfer = await provider.fetch_transfer(difference.object)
    left = transfer.amount_idr - transfer.reversed_idr
    if left:
        await provider.take_back(transfer.id, f"{transfer.reference}:twice", left)


ACTS: dict[tuple[str, str], Callable[[Difference, UUID], Awaitable[None]]] = {
    ("state", "pay"): _ask_charge,
    ("fee", "pay"): _ask_charge,
    ("state", "rfd"): _ask_refund,
    ("state", "dsp"): _ask_dispute,
    ("state", "out"): _ask_payout,
    ("twice", "transfer"): _take_back,
}
"""By code and kind of the object."""
