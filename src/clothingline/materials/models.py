"""Cloth lots, their stock ledger, and what is set aside in them (product 3.7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from clothingline.kit.clock import business_time
from clothingline.kit.db import Base, Followed, Identified, Rupiah, Stamped
from clothingline.kit.states import Machine, Stateful, Transition

RESERVATION = Machine(
    "reservation",
    ("held",),
    (
        Transition("request", ("held",), "requested", "system", "the order is paid", "supplier 1 wd"),
        Transition("confirm", ("requested",), "confirmed", "supplier", "lot, shade, width"),
        Transition("unconfirm", ("confirmed",), "requested", "supplier", "within the undo of its offer"),
        Transition("refuse", ("requested",), "refused", "supplier", "reason", compensation="C-CLOTH"),
        Transition("cut", ("confirmed",), "cut", "brand", "the brand cuts the run"),
        Transition("release", ("held", "requested", "confirmed"), "released", "system", "cancelled or re-planned"),
    ),
)
ENTRY_KINDS = ("received", "corrected", "held", "released", "reserved", "cut")


class Lot(Base, Identified, Stamped, Followed):
    """Cloth of one class, colour and shade. Whole centimetres; received = free + held + reserved + used, always.

    `price_idr` per metre; `width_cm` of the cloth; `min_cut_cm` the shortest cut on sale; `lead_days` until it leaves.
    """

    __tablename__ = "lot"
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("supplier.id"), index=True)
    code: Mapped[str]
    name: Mapped[str]
    cloth_class: Mapped[str]
    colour: Mapped[str]
    shade: Mapped[str]
    fibre: Mapped[str]
    width_cm: Mapped[int]
    price_idr: Mapped[Rupiah]
    min_cut_cm: Mapped[int]
    lead_days: Mapped[int]
    received_cm: Mapped[int] = mapped_column(server_default="0")
    held_cm: Mapped[int] = mapped_column(server_default="0")
    reserved_cm: Mapped[int] = mapped_column(server_default="0")
    used_cm: Mapped[int] = mapped_column(server_default="0")
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("held_cm >= 0 AND reserved_cm >= 0 AND used_cm >= 0", name="amounts"),
        CheckConstraint("held_cm + reserved_cm + used_cm <= received_cm", name="identity"),
        CheckConstraint("width_cm > 0 AND price_idr > 0 AND min_cut_cm >= 0 AND lead_days >= 0", name="terms"),
    )

    @hybrid_property
    def free_cm(self) -> int:
        """Centimetres that nobody has set aside."""
        return self.received_cm - self.held_cm - self.reserved_cm - self.used_cm


class Reservation(Base, Identified, Stateful, Stamped):
    """Centimetres of one lot set aside for one plan (`claim`), at the price of that day."""

    __tablename__ = "reservation"
    claim: Mapped[UUID] = mapped_column(index=True)
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    cm: Mapped[int]
    price_idr: Mapped[Rupiah]

    __table_args__ = (
        CheckConstraint("cm > 0 AND price_idr >= 0", name="amounts"),
        CheckConstraint(f"state IN {RESERVATION.states}", name="state"),
    )


class StockEntry(Base, Identified):
    """One movement in a lot; append-only. `cm` is positive into the column that `kind` names."""

    __tablename__ = "stock_entry"
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    kind: Mapped[str]
    cm: Mapped[int]
    reservation_id: Mapped[UUID | None] = mapped_column(ForeignKey("reservation.id"))
    at: Mapped[datetime] = mapped_column(server_default=business_time())
    by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str | None]

    __table_args__ = (CheckConstraint(f"kind IN {ENTRY_KINDS}", name="kind"), CheckConstraint("cm <> 0", name="cm"))
