"""What parties are owed (product 3.12)."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.db import Base, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

EARNING = Machine(
    "earning",
    ("expected",),
    (
        Transition("earn", ("expected",), "earned", "system", "job passed · cloth cut · order accepted"),
        Transition("release", ("earned",), "available", "system", "the order is accepted"),
        Transition("void", ("expected",), "voided", "system", "nothing was done"),
        Transition("revive", ("voided",), "expected", "system", "it is owed again"),
    ),
)


class Earning(Base, Identified, Stateful, Stamped):
    """What a party is owed for one thing done, in the split that was frozen when the order was paid."""

    __tablename__ = "earning"
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    amount_idr: Mapped[Rupiah]

    __table_args__ = (
        UniqueConstraint("source_type", "source_id"),
        CheckConstraint("source_type IN ('job', 'reservation', 'order')", name="source"),
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint(f"state IN {EARNING.states}", name="state"),
        Index("ix_earning_organisation_id_id", "organisation_id", "id"),
    )
