"""The ledger, for staff."""

from typing import Annotated

from fastapi import Query

from clothingline.kit.http.amounts import MoneyOut
from clothingline.kit.http.listing import Asked, Listing
from clothingline.kit.http.route import Session, api_router
from clothingline.ledger import queries, schemas
from clothingline.ledger.models import LedgerAccount

router = api_router()


OfOrder = Annotated[schemas.OrderId | None, Query(description="Only of this order.")]


@router.get("/ledger-accounts", tags=["ledger_accounts"], name="list")
async def list_ledger_accounts(
    session: Session, asked: Asked, order: OfOrder = None
) -> Listing[schemas.LedgerAccountOut]:
    """Accounts of the ledger with their balances, newest first."""
    page = await queries.list_ledger_accounts(session, order_id=order, asked=asked)
    balances = await queries.balances(session, [row.id for row in page.rows])
    return Listing(**page.listing([_account_out(row, balances.get(row.id, 0)) for row in page.rows]))


def _account_out(row: LedgerAccount, balance: int) -> schemas.LedgerAccountOut:
    amount = MoneyOut(amount=balance, currency=row.currency)
    return schemas.LedgerAccountOut(id=row.id, code=row.code, kind=row.kind, balance=amount)


@router.get("/ledger-transactions", tags=["ledger_transactions"], name="list")
async def list_ledger_transactions(session: Session, asked: Asked) -> Listing[schemas.LedgerTransactionOut]:
    """Transactions of the ledger with their entries, newest first."""
    page = await queries.list_ledger_transactions(session, asked=asked)
    entries = await queries.entries_of(session, [row.id for row in page.rows])
    shown = [
        schemas.LedgerTransactionOut(
            id=row.id,
            source=row.source_type,
            kind=row.kind,
            at=row.at,
            entries=[_entry_out(*entry) for entry in entries[row.id]],
        )
        for row in page.rows
    ]
    return Listing(**page.listing(shown))


def _entry_out(account: str, amount: int, currency: str) -> schemas.LedgerEntryOut:
    return schemas.LedgerEntryOut(account=account, amount=MoneyOut(amount=amount, currency=currency))
