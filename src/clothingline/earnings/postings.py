"""What is booked for an earning. Debits are positive; memo accounts say what is coming, the others what is owed."""

from collections import Counter
from uuid import UUID

from clothingline.earnings.models import Advance, Debt, Earning
from clothingline.ledger import chart
from clothingline.ledger.chart import Account
from clothingline.ledger.service import Posting
from clothingline.orders.models import Order

MEMO = {"expected": chart.expected, "earned": chart.earned}


def expected(order: Order, row: Earning) -> Posting:
    """The order will owe it."""
    amount = row.amount_idr
    return _of(row, "expect", {chart.committed(order): amount, chart.expected(row.organisation_id): -amount})


def changed(
    order: Order, row: Earning, kind: str, *, before: int, after: int, state: str, party: UUID | None = None
) -> Posting:
    """It became another amount, or nothing, or another party's (`party` had it before); in the memo of its state."""
    lines = Counter({chart.committed(order): after - before})
    lines[MEMO[state](party or row.organisation_id)] += before
    lines[MEMO[state](row.organisation_id)] -= after
    return _of(row, kind, lines)


def earned(row: Earning) -> Posting:
    """It is done."""
    party, amount = row.organisation_id, row.amount_idr
    return _of(row, "earn", {chart.expected(party): amount, chart.earned(party): -amount})


def advanced(order: Order, row: Earning, amount_idr: int) -> Posting:
    """The guarantee fund puts into escrow what is missing there for this share."""
    return _of(row, "advance", {chart.GUARANTEE: amount_idr, chart.escrow(order): -amount_idr})


def released(order: Order, row: Earning) -> Posting:
    """It leaves escrow: to its party, to the state what is withheld, to the fund what is recovered of a debt."""
    party, amount, recovered = row.organisation_id, row.amount_idr, row.recovered_idr
    lines = {
        chart.escrow(order): amount,
        chart.available(party): -row.net_idr,
        chart.PPH22: -row.withheld_idr,
        chart.GUARANTEE: -recovered,
        chart.earned(party): amount,
        chart.committed(order): -amount,
        chart.RECOURSE: recovered,
        chart.debt(party): -recovered,
    }
    return _of(row, "release", lines)


def repaid(order: Order, advance: Advance, amount_idr: int) -> Posting:
    """Money of the order has arrived: the fund has back what it lent."""
    lines = ((chart.escrow(order), amount_idr), (chart.GUARANTEE, -amount_idr))
    return Posting("advance", advance.id, "repay", lines, step=advance.step)


def closed(order: Order, *, transport: int, fee: int, tax: int) -> list[Posting]:
    """The order is accepted: couriers, platform and state have their parts; nothing when there are none."""
    lines = {
        chart.escrow(order): transport + fee + tax,
        chart.transport(order): -transport,
        chart.FEE_INCOME: -fee,
        chart.PPN: -tax,
    }
    kept = tuple((account, amount) for account, amount in lines.items() if amount)
    return [Posting("order", order.id, "close", kept)] if kept else []


def owed(debt: Debt, kind: str, amount_idr: int) -> Posting:
    """Memo: its party owes the fund so much more, or less."""
    lines = ((chart.debt(debt.organisation_id), amount_idr), (chart.RECOURSE, -amount_idr))
    return Posting("debt", debt.id, kind, lines, step=debt.step)


def _of(row: Earning, kind: str, lines: dict[Account, int]) -> Posting:
    kept = tuple((account, amount) for account, amount in lines.items() if amount)
    return Posting("earning", row.id, kind, kept, step=row.step)
