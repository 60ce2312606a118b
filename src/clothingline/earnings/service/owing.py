"""What a party owes the guarantee fund: noted, forgiven, and paid back out of what it earns later."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clothingline.earnings import postings, queries
from clothingline.earnings.models import Debt, Earning
from clothingline.earnings.service.account import Account
from clothingline.kit.db import locked
from clothingline.kit.ids import new_id
from clothingline.kit.money import share
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order
from clothingline.settings import settings

Cause = tuple[str, UUID]
"""Kind and id of what the fund has paid for, such as ("refund", …)."""


async def owe(
    session: AsyncSession, *, order: Order, debtor: UUID, cause: Cause, amount_idr: int, verdict_by: UUID | None = None
) -> Posting:
    """Note what a party owes the fund for a cause, more of it when there was some before; returns what is to be booked.

    A maker pays it back only with `verdict_by`.
    """
    row = {"organisation_id": debtor, "order_id": order.id, "cause_type": cause[0], "cause_id": cause[1]}
    new = insert(Debt).values(id=new_id(), amount_idr=amount_idr, verdict_by=verdict_by, **row)
    again = new.on_conflict_do_update(
        index_elements=["cause_type", "cause_id", "organisation_id"],
        set_={"amount_idr": Debt.amount_idr + amount_idr, "step": Debt.step + 1},
    )
    [debt] = await session.scalars(again.returning(Debt), execution_options={"populate_existing": True})
    if debt.step:  # one that stood; nobody else can wait for a new one
        locked(session, "debt", [debt.id])
    return postings.owed(debt, "owe", amount_idr)


async def forgive(session: AsyncSession, *, causes: Sequence[Cause]) -> list[Posting]:
    """The fund's money has come back: nobody owes it any more. What was paid back already stays with the fund."""
    found = []
    for debt in await queries.list_debts_of_causes_for_update(session, causes):
        left = debt.open_idr
        if left > 0:
            values = {"forgiven_idr": Debt.forgiven_idr + left, "step": Debt.step + 1}
            await session.execute(update(Debt).where(Debt.id == debt.id).values(**values))
            await session.refresh(debt)
            found.append(postings.owed(debt, "forgive", -left))
    return found


async def lock_debts(session: AsyncSession, account: Account, rows: Sequence[Earning]) -> None:
    """Read what the parties of these earnings owe, locked; before the fund is looked at, so that nobody waits in a
    circle. Whoever pays them afterwards takes it from the account.
    """
    owing = {row.organisation_id for row in rows}
    account.debts = await queries.list_debts_for_update(session, owing) if owing else []


async def recover(session: AsyncSession, debts: Sequence[Debt], row: Earning, *, most: int) -> int:
    """How much of an earning pays back what its party owes, counted there; at most `most`.

    A maker loses a small part, and only for what a person has decided.
    """
    labour = row.source_type == "job"
    left, taken = min(most, _small_part(row)) if labour else most, 0
    for debt in debts:
        part = min(debt.open_idr, left - taken)
        if debt.organisation_id == row.organisation_id and part > 0 and (debt.verdict_by or not labour):
            await queries.count_recovered(session, debt, part)
            taken += part
    return taken


def _small_part(row: Earning) -> int:
    return share(row.amount_idr, permille=settings().earnings.recover_permille)
