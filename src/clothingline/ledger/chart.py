"""The chart of accounts: what an account is called, and whose it is.

Accounts are named after what they stand for: `clearing:provider` money at the provider, `clearing:refund:rfd_…` money
on its way back, `escrow:CL-…` what is held for an order, `payable:tlr_…` what a party may be paid, `transport:CL-…`
what the couriers of an order are owed. Escrow and payables are liabilities: what is held is a negative balance.
"""

from dataclasses import dataclass
from uuid import UUID

from clothingline.kit.ids import show
from clothingline.orders.models import Order

PAYEES = {"job": "tlr", "reservation": "sup", "order": "brd"}


@dataclass(frozen=True)
class Account:
    """The name of a ledger account, and whose it is."""

    code: str
    order_id: UUID | None = None
    organisation_id: UUID | None = None

    @property
    def kind(self) -> str:
        """The first word of the code."""
        return self.code.partition(":")[0]


PROVIDER = Account("clearing:provider")


def escrow(order: Order) -> Account:
    """What is held for an order."""
    return Account(f"escrow:{order.code}", order_id=order.id)


def transport(order: Order) -> Account:
    """What the couriers of an order are owed."""
    return Account(f"transport:{order.code}", order_id=order.id)


def payable(source_type: str, organisation_id: UUID) -> Account:
    """What a party may be paid for things of this source type."""
    return Account(f"payable:{show(PAYEES[source_type], organisation_id)}", organisation_id=organisation_id)


def on_its_way_back(refund_id: UUID) -> Account:
    """Money of one refund that has left escrow and not yet the provider."""
    return Account(f"clearing:refund:{show('rfd', refund_id)}")
